"""The page of a story as values: the report's page, what of its matrix is shown, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storydiff.model import Collation, Family, Point
from storydiff.report.columns import Column
from storydiff.report.links import Links
from storydiff.report.marks import SIGNS, Mark
from storydiff.report.narrow import Narrow, narrowed
from storydiff.report.page import Page, page
from storydiff.report.page_rows import PageRow
from storydiff.report.since import Since, since
from storydiff.report.view import Group, Only, View
from storydiff.store import CollationSummary
from storydiff.web.asked import Asked

KINDS = {
    Only.CONFLICTS: "with conflicts",
    Only.OMISSIONS: "left out by some",
    Only.EXCLUSIVE: "of one source",
    Only.CHANGED: "changed later",
}
LARGE = 3_000
"""Cells. Below, a page is laid out in a fraction of a second (12,000 take about one)."""
FORMATS = (("html", "Report, one HTML file"), ("csv", "Table, CSV"), ("json", "All data, JSON"), ("md", "Markdown"))


class PointPages(Links):
    """Links to the pages of the points. Relative, because there may be twelve thousand on one page."""

    def __init__(self, base: str, number: int | None) -> None:
        self._base = f"{base.rpartition('/')[2]}/points"
        self._number = f"?number={number}" if number else ""

    def point(self, number: int, point: Point) -> str:
        """To the page of a point."""
        return f"{self._base}/{point.id}{self._number}"

    def cell(self, number: int, point: Point, code: str) -> str:
        """To one outlet's words on it."""
        return f"{self._base}/{point.id}{self._number}#{code.lower()}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in the form over the matrix."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """The form over the matrix."""

    only: tuple[Choice, ...]
    marks: tuple[Choice, ...]
    types: tuple[Choice, ...]
    outlets: tuple[Choice, ...]
    ours: tuple[Choice, ...]
    numbers: tuple[Choice, ...]
    narrows: bool


@dataclass(frozen=True, slots=True)
class TableRun:
    """Neighbouring columns of one family, or of none, each with whether the filters show it."""

    family: Family | None
    columns: tuple[tuple[Column, bool], ...]

    @property
    def shown(self) -> int:
        """How many of them the filters show."""
        return sum(is_shown for _, is_shown in self.columns)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the matrix and whether the filters show it."""

    row: PageRow
    name: str
    """The point's id."""
    shown: bool


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Rows under one heading."""

    group: Group
    rows: tuple[TableRow, ...]

    @property
    def shown(self) -> int:
        """How many of them the filters show."""
        return sum(each.shown for each in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Everything on the page that follows from the collation and from what was asked."""

    base: str
    """The path of the story."""
    query: str
    """What was asked, for links that ask the same elsewhere."""
    page: Page
    groups: tuple[TableGroup, ...]
    runs: tuple[TableRun, ...]
    sieve: Sieve
    since: Since | None
    latest: int
    """The number of the story's latest collation."""
    formats: tuple[tuple[str, str], ...] = FORMATS

    @property
    def columns(self) -> tuple[bool, ...]:
        """Which columns the filters show."""
        return tuple(is_shown for run in self.runs for _, is_shown in run.columns)

    @property
    def shown(self) -> int:
        """How many points the filters show."""
        return sum(each.shown for each in self.groups)

    @property
    def is_large(self) -> bool:
        """Whether browsers should put off what is not in sight."""
        return self.rows * len(self.columns) > LARGE

    @property
    def rows(self) -> int:
        """How many points the matrix has."""
        return sum(len(each.rows) for each in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What of the story is stored: the collation shown, one to compare it with, and the list of all."""

    collation: Collation
    before: Collation | None
    every: tuple[CollationSummary, ...]


def story_page(stored: Stored, asked: Asked, shown: View, *, base: str) -> StoryPage:
    """The page of that view of the collation."""
    kept = narrowed(shown, asked.narrow)
    made = page(shown, None, PointPages(base, asked.number))
    rows, columns = {row.number for row in kept.rows}, {each.version.id for each in kept.columns}
    return StoryPage(
        base=base,
        query=asked.query,
        page=made,
        groups=tuple(TableGroup(group, tuple(_rows(of, rows, shown.numbers))) for group, of in made.groups),
        runs=tuple(
            TableRun(run.family, tuple((each, each.version.id in columns) for each in run.columns))
            for run in made.column_runs
        ),
        sieve=_sieve(made, asked.narrow, stored, columns),
        since=since(stored.before, stored.collation) if stored.before else None,
        latest=max((each.number for each in stored.every), default=0),
    )


def _rows(rows: tuple[PageRow, ...], kept: set[int], numbers: dict[str, int]) -> Iterator[TableRow]:
    names = {number: name for name, number in numbers.items()}
    return (TableRow(row, names[row.number], row.number in kept) for row in rows)


def _sieve(made: Page, narrow: Narrow, stored: Stored, columns: set[str]) -> Sieve:
    shown = made.view
    outlets = tuple(dict.fromkeys(each.version.outlet for each in shown.columns))
    chosen = {each.version.outlet for each in shown.columns if each.version.id in columns} if narrow.outlets else set()
    own = shown.ours.outlet if shown.ours else ""
    types = dict.fromkeys(found.type for found in shown.discrepancies)
    marks = {mark for row in shown.rows for mark in row.marks}
    return Sieve(
        only=tuple(Choice(each.value, KINDS[each], narrow.only is each) for each in Only if _has(made, each)),
        marks=tuple(Choice(each.value, SIGNS[each].word, each in narrow.marks) for each in Mark if each in marks),
        types=tuple(Choice(each.value, each.value, each in narrow.types) for each in types),
        outlets=tuple(Choice(each, each, each in chosen) for each in outlets),
        ours=tuple(Choice(each, each, each == own) for each in outlets),
        numbers=tuple(_numbers(stored)),
        narrows=bool(narrow),
    )


def _has(made: Page, only: Only) -> bool:
    return any(row.kept(only) for row in made.view.rows)


def _numbers(stored: Stored) -> Iterator[Choice]:
    for each in reversed(stored.every):
        yield Choice(str(each.number), str(each.number), each.number == stored.collation.number)
