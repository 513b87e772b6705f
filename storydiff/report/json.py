"""The public JSON format: writing, reading and its schema."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from storydiff.model import Collation
from storydiff.report.decode import from_json
from storydiff.report.encode import SCHEMA, to_json
from storydiff.report.safe import escaped
from storydiff.report.view import View

__all__ = ["SCHEMA", "dumps", "from_json", "schema", "to_json"]


def dumps(collation: Collation, *, ours: str | None = None) -> str:
    """The collation as JSON text ending in a newline; the same collation gives the same bytes.

    Characters that could command a terminal, and lone surrogates, are written as \\u escapes.
    """
    return _text(to_json(collation, ours=ours))


def dumps_of(shown: View) -> str:
    """The same of a view: its points, whole, and what is about them; all versions, to which the rest refers."""
    values = to_json(shown.collation, ours=shown.ours.outlet if shown.ours else None)
    kept = {row.point.id for row in shown.rows}
    values["points"] = [each for each in values["points"] if each["id"] in kept]
    values["discrepancies"] = [each for each in values["discrepancies"] if each["point"] in kept]
    return _text(values)


def _text(values: dict[str, Any]) -> str:
    return escaped(json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the format."""
    text = resources.files("storydiff.report").joinpath("collation-1.schema.json").read_text(encoding="utf8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
