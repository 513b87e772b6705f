"""The sides of a discrepancy: readings with equal values stand together."""

from __future__ import annotations

from storydiff.model import Discrepancy, DiscrepancyType, Reading
from storydiff.report.view import View

FIGURES = frozenset({DiscrepancyType.NUMBER})
"""Types whose values read well; the others' are keys for comparing ("clock:1057-1063"): there the words are shown."""


def by_value(found: Discrepancy, shown: View) -> dict[str, list[Reading]]:
    """The readings that agree, together: first those with the statement, then what more outlets say.

    So does the explanation. Within a value they stand in the order of the columns: an agency leads its copies.
    """
    place = {column.version.id: number for number, column in enumerate(shown.columns)}
    values: dict[str, list[Reading]] = {}
    for each in found.readings:
        if each.version in place:
            values.setdefault(each.value, []).append(each)
    ordered = [sorted(its, key=lambda each: place[each.version]) for its in values.values()]
    origin = next(
        (each.origin.version for each in shown.collation.points if each.id == found.point and each.origin), ""
    )

    def rank(side: list[Reading]) -> tuple[bool, int, int]:
        versions = {each.version for each in side}
        return origin not in versions, -len(versions), place[side[0].version]

    return {side[0].value: side for side in sorted(ordered, key=rank)}


def texts(readings: list[Reading], shown: View) -> int:
    """How many independent texts they stand in: copies of one agency's text are one."""
    own = {each.version.id: each.family if each.family is not None else each.version.id for each in shown.columns}
    return len({own[each.version] for each in readings if each.version in own})


def code_of(shown: View, version: str) -> str:
    """The short code of a version that has a column."""
    return next(each.code for each in shown.columns if each.version.id == version)
