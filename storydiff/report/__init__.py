"""Showing a collation: JSON, terminal, Markdown, CSV, HTML. Pure functions: collation in, text out.

The names are loaded on first use: `storydiff --help` pays neither for rich nor for Jinja.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOME = {
    "Look": "storydiff.report.look",
    "Only": "storydiff.report.view",
    "dumps": "storydiff.report.json",
    "from_json": "storydiff.report.json",
    "schema": "storydiff.report.json",
    "to_csv": "storydiff.report.csv",
    "to_history": "storydiff.report.history",
    "to_html": "storydiff.report.html",
    "to_json": "storydiff.report.json",
    "to_markdown": "storydiff.report.markdown",
    "to_point": "storydiff.report.point",
    "to_table": "storydiff.report.table",
}

__all__ = [*_HOME]  # noqa: PLE0604 - the table is the list


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'storydiff.report' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
