"""The sides of a discrepancy: readings with equal values stand together."""

from __future__ import annotations

from storydiff.model import Discrepancy, DiscrepancyType, Reading
from storydiff.report.view import View

FIGURES = frozenset({DiscrepancyType.NUMBER})
"""Types whose values read well; the others' are keys for comparing ("clock:1057-1063"): there the words are shown."""


def by_value(found: Discrepancy, shown: View) -> dict[str, list[Reading]]:
    """The readings that agree, together; within a value in the order of the columns, so that an agency leads its
    copies."""
    place = {column.version.id: number for number, column in enumerate(shown.columns)}
    values: dict[str, list[Reading]] = {}
    for each in found.readings:
        if each.version in place:
            values.setdefault(each.value, []).append(each)
    return {value: sorted(its, key=lambda each: place[each.version]) for value, its in values.items()}


def code_of(shown: View, version: str) -> str:
    """The short code of a version that has a column."""
    return next(each.code for each in shown.columns if each.version.id == version)
