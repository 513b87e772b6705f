"""storydiff: one news event, many outlets; what each reports, omits, words otherwise, copies or changes.

    >>> import storydiff
    >>> found = storydiff.collate([storydiff.read_text("...", outlet="Coast Daily"), ...])

The names are loaded on first use, so that `storydiff --help` does not pay for numpy.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Collation": "storydiff.model",
    "Discrepancy": "storydiff.model",
    "Extent": "storydiff.model",
    "Paragraph": "storydiff.model",
    "Point": "storydiff.model",
    "Settings": "storydiff.settings",
    "Status": "storydiff.model",
    "StorydiffError": "storydiff.errors",
    "Version": "storydiff.model",
    "collate": "storydiff.engine",
    "read_text": "storydiff.engine",
}

__all__ = [*_HOME]  # noqa: PLE0604 - the table is the list


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'storydiff' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
