"""A view narrowed to what somebody asks for: filters by kind of row, mark, type of discrepancy and outlet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from storydiff.errors import UnknownOutlet
from storydiff.model import DiscrepancyType
from storydiff.report.columns import Column
from storydiff.report.marks import Mark
from storydiff.report.ours import ours_versions
from storydiff.report.view import Only, Row, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What to show; what is empty narrows nothing."""

    only: Only | None = None
    marks: frozenset[Mark] = field(default_factory=frozenset)
    """Rows in which one of the outlets shown has one of these marks."""
    types: frozenset[DiscrepancyType] = field(default_factory=frozenset)
    """Rows with a discrepancy of one of these types, explained by a later update or not."""
    outlets: frozenset[str] = field(default_factory=frozenset)
    """Columns by name or domain; ours stays. Names of none are passed over."""

    def __bool__(self) -> bool:
        return bool(self.only or self.marks or self.types or self.outlets)


def narrowed(shown: View, by: Narrow) -> View:
    """The view with only those rows and columns."""
    if not by:
        return shown
    places = _places(shown, by.outlets)
    typed = {found.point for found in shown.collation.discrepancies if found.type in by.types}

    def keeps(row: Row) -> bool:
        marks = {row.marks[place] for place in places}
        is_typed = not by.types or row.point.id in typed
        return row.kept(by.only) and is_typed and (not by.marks or bool(marks & by.marks))

    rows = tuple(_row(row, places) for row in shown.rows if keeps(row))
    return replace(
        shown,
        columns=tuple(shown.columns[place] for place in places),
        rows=rows,
        every=tuple(_row(row, places) for row in shown.every),
        only=by.only,
        hidden=len(shown.every) - len(rows),
    )


def _row(row: Row, places: Iterable[int]) -> Row:
    return replace(row, marks=tuple(row.marks[place] for place in places))


def _places(shown: View, outlets: frozenset[str]) -> list[int]:
    wanted: set[str] = set()
    for each in outlets:
        try:
            wanted |= ours_versions(shown.collation, each)
        except UnknownOutlet:
            continue
    kept = [place for place, column in enumerate(shown.columns) if _is_kept(column, wanted)]
    return kept if any(shown.columns[place].version.id in wanted for place in kept) else list(range(len(shown.columns)))


def _is_kept(column: Column, wanted: set[str]) -> bool:
    return column.ours or column.version.id in wanted
