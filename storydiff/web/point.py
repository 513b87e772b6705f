"""The page of one point: what every outlet says on it, word for word, and how that came about.

Its address survives new collations: a point that is gone is shown as it was last, and says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from storydiff.errors import UnknownPoint
from storydiff.model import Collation, Point, Version
from storydiff.report.columns import Column
from storydiff.report.detail import Detail
from storydiff.report.marks import Mark
from storydiff.report.page import Dispute, disputes
from storydiff.report.page_points import PagePoint, PageReading, page_point
from storydiff.report.readings import ORDER, Quote, quotes
from storydiff.report.since import Cells, transitions
from storydiff.report.view import Row, View
from storydiff.serving.answer import Answer
from storydiff.store import PointState
from storydiff.web.asked import Asked
from storydiff.web.call import Call
from storydiff.web.showing import shown, to
from storydiff.web.story import ours_asked

WHOLE = Detail(compact=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What of the point is stored."""

    collation: Collation
    """From which it is shown."""
    latest: Collation
    history: tuple[PointState, ...]
    marks: Mapping[int, Mapping[str, Mark]]
    """The point's marks by outlet, of each collation in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One wording on the page, with all who have it."""

    reading: PageReading
    columns: tuple[Column, ...]

    @property
    def anchor(self) -> str:
        """Of the first who has it; the others have their own."""
        return self.columns[0].code.lower()


@dataclass(frozen=True, slots=True)
class Silent:
    """An outlet without words on the point, and why."""

    column: Column
    mark: Mark
    reason: str | None
    is_chosen: bool
    """Its cell was opened."""
    closest: tuple[Quote, ...]
    """Where it is unknown: words that come close to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The point in one collation: who moved since the one before."""

    number: int
    made: datetime | None
    statement: str | None
    """Where it is another one than before."""
    independent: int
    told: int
    """Outlets that tell it, at least in part."""
    moves: tuple[tuple[str, Mark | None, Mark | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPage:
    """Everything on the page of a point."""

    base: str
    title: str
    collation: Collation
    found: PagePoint
    chosen: str
    """Code of the cell that was opened, in lower case; empty when none was."""
    said: tuple[Said, ...]
    """The chosen one first."""
    silent: tuple[Silent, ...]
    origin: str | None
    """The version that the statement was taken from."""
    disputes: tuple[Dispute, ...]
    history: tuple[State, ...]
    successors: tuple[tuple[int, Point], ...]
    """Points of the latest collation that this one was merged into or split up to."""
    is_gone: bool
    """From the latest collation."""
    pinned: bool
    """An earlier collation was asked for."""
    latest: int

    @property
    def marks(self) -> tuple[Mark, ...]:
        """In the order of what needs the eye first."""
        return ORDER

    def href(self, number: int) -> str:
        """For the parts of the report: a discrepancy on this page is about this point."""
        return f"{self.base}/points/{self.collation.points[number - 1].id}"

    def version(self, name: str) -> Version:
        """The version of that id."""
        return self.collation.version(name)


def point(call: Call) -> Answer:
    """The point's page, `?number=` for how it was then, `?cell=` for one outlet's words first; UnknownPoint."""
    asked = Asked.of(call.query)
    found = _found(call, asked.number)
    ours = ours_asked(call.desk, found.collation, asked)
    seen = call.service.opened.view(found.collation, ours)
    made = point_page(found, seen, call.path["point"], cell=call.query.text("cell"))
    return shown(call, "point.html.j2", page=made)


def _found(call: Call, number: int | None) -> Found:
    """With the collation that was asked for, else the latest, else the last that has it."""
    slug = call.path["slug"]
    opened = call.service.opened
    latest = opened.collation(call.desk, slug)
    history = call.desk.store.collations.point(slug, call.path["point"])
    if not history:
        raise UnknownPoint
    wanted = number or history[-1].number
    collation = latest if wanted == latest.number else opened.collation(call.desk, slug, wanted)
    marks = {each.number: _marks(call, each) for each in history}
    return Found(collation=collation, latest=latest, history=history, marks=marks)


def _marks(call: Call, state: PointState) -> dict[str, Mark]:
    """By outlet. Where a later update explains one of several conflicts, the collation says which."""
    told = {outlet: Mark(status.value) for outlet, status in state.statuses.items()}
    if not state.drifts or Mark.CONFLICTS not in told.values():
        return told
    found = call.service.opened.collation(call.desk, call.path["slug"], state.number)
    exact = Cells(found).of(next(each for each in found.points if each.id == call.path["point"]))
    return {outlet: exact.get(outlet, mark) if mark is Mark.CONFLICTS else mark for outlet, mark in told.items()}


def point_page(stored: Found, seen: View, name: str, *, cell: str = "") -> PointPage:
    """The page of that point in that view of the collation; UnknownPoint when it has none of that id."""
    collation, latest = stored.collation, stored.latest
    row = next((each for each in seen.every if each.point.id == name), None)
    if row is None:
        raise UnknownPoint
    codes = {each.code.lower() for each in seen.columns}
    chosen = cell.lower() if cell.lower() in codes else ""
    found = page_point(seen, row, WHOLE)
    base = to("stories", collation.story.slug)
    return PointPage(
        base=base,
        title=collation.story.title or collation.story.slug,
        collation=collation,
        found=found,
        chosen=chosen,
        said=tuple(sorted(_said(found, seen), key=lambda each: not _has(each, chosen))),
        silent=tuple(_silent(seen, row, chosen)),
        origin=row.point.origin.version if row.point.origin else None,
        disputes=tuple(each for each in disputes(seen) if each.number == row.number),
        history=tuple(_states(stored)),
        successors=tuple((n, each) for n, each in enumerate(latest.points, 1) if name in each.formerly),
        is_gone=all(each.id != name for each in latest.points),
        pinned=collation.number != latest.number,
        latest=latest.number or 0,
    )


def _said(found: PagePoint, seen: View) -> Iterator[Said]:
    column = {each.version.id: each for each in seen.columns}
    for each in found.readings:
        yield Said(reading=each, columns=tuple(column[version.id] for version in each.versions))


def _has(said: Said, code: str) -> bool:
    return any(each.code.lower() == code for each in said.columns)


def _silent(seen: View, row: Row, chosen: str) -> Iterator[Silent]:
    for column, mark in zip(seen.columns, row.marks, strict=True):
        cell = row.point.coverage.get(column.version.id)
        closest = tuple(quotes(column.version, cell.closest)) if cell else ()
        if cell is None or not cell.told:
            yield Silent(column, mark, cell.reason if cell else None, column.code.lower() == chosen, closest)


def _states(stored: Found) -> Iterator[State]:
    before = None
    moves = dict(transitions((number, dict(marks)) for number, marks in stored.marks.items()))
    for each in stored.history:
        told = sum(mark not in (Mark.OMITTED, Mark.UNKNOWN) for mark in stored.marks[each.number].values())
        yield State(
            number=each.number,
            made=each.made,
            statement=each.statement if each.statement != before else None,
            independent=each.independent_sources,
            told=told,
            moves=moves[each.number],
        )
        before = each.statement
