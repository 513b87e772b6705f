"""What all faces show of a collation, decided once: columns, rows in order of importance, counts.

Rows keep the number that they have in the story (`--point 7` is the same point in every view); only their
order and grouping say what an editor should look at first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from storydiff.model import Collation, Discrepancy, Extent, Point, Revision, Version
from storydiff.report.changed import changed_cells
from storydiff.report.columns import Column, columns
from storydiff.report.marks import Disputes, Mark
from storydiff.report.ours import Ours


class Only(StrEnum):
    """Which points to show."""

    CONFLICTS = "conflicts"
    OMISSIONS = "omissions"
    EXCLUSIVE = "exclusive"
    CHANGED = "changed"


class Group(StrEnum):
    """Why a row stands where it stands; the value is its heading."""

    WE_DIFFER = "We differ"
    WE_LACK = "We lack"
    WE_LACK_DETAILS = "We lack a detail"
    ONLY_WE_HAVE = "Only we have"
    CONFLICT = "Readings conflict"
    GAP = "Told by several, left out by others"
    ALONE = "One source alone"
    SHARED = "Left out by none that could be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One point with its marks, one per column."""

    number: int
    point: Point
    group: Group
    marks: tuple[Mark, ...]
    changed: frozenset[str]
    """Versions whose words for this point came in, or changed, after they were first seen."""
    disputed: bool
    """An open discrepancy is about it; one that a later update explains does not count."""

    def kept(self, only: Only | None) -> bool:
        """Whether the filter keeps the row."""
        keeps = {
            None: True,
            Only.CONFLICTS: self.disputed,
            Only.OMISSIONS: Mark.OMITTED in self.marks,
            Only.EXCLUSIVE: self.point.independent_sources == 1,
            Only.CHANGED: bool(self.changed) or Mark.OVERTAKEN in self.marks,
        }
        return keeps[only]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The headline strip."""

    outlets: int
    """Joined to this story, readable or not."""
    independent: int
    """Readable texts, a family counted once."""
    points: int
    conflicts: int
    drifts: int
    unread: int
    """Truncated or blocked."""
    apart: int
    silent: int
    """Silent revisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A collation, ready to be shown."""

    collation: Collation
    tally: Tally
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    """Those that the filter and the view of ours keep, most important first."""
    every: tuple[Row, ...]
    """All, by number."""
    ours: Ours | None
    only: Only | None
    hidden: int
    """Points that the filter or the view of ours leaves out."""

    @property
    def groups(self) -> tuple[tuple[Group, tuple[Row, ...]], ...]:
        """The rows under their headings, in order."""
        found = ((group, tuple(row for row in self.rows if row.group is group)) for group in Group)
        return tuple((group, rows) for group, rows in found if rows)

    @property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """Those of the points shown: open conflicts first, then what a later update explains."""
        numbers = {row.point.id: row.number for row in self.rows}
        found = [each for each in self.collation.discrepancies if each.point in numbers]
        return tuple(sorted(found, key=lambda each: (each.drift, numbers[each.point])))

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """Silent ones first."""
        return tuple(sorted(self.collation.revisions, key=lambda each: not each.silent))

    @property
    def unread(self) -> tuple[Column, ...]:
        """Columns whose article could not be read whole."""
        return tuple(each for each in self.columns if each.version.extent is not Extent.COMPLETE)

    @property
    def apart(self) -> tuple[tuple[Version, str], ...]:
        """Versions that are about something else, with the reason."""
        apart = self.collation.apart
        return tuple((each, apart[each.id]) for each in self.collation.versions if each.id in apart)

    @property
    def numbers(self) -> dict[str, int]:
        """Point id -> its number, for all points."""
        return {point.id: number for number, point in enumerate(self.collation.points, 1)}


def view(collation: Collation, *, only: Only | None = None, ours: str | None = None) -> View:
    """The view with that filter, or as that outlet's desk reads it; UnknownOutlet when it has no version."""
    desk = Ours.of(collation, ours) if ours is not None else None
    shown = columns(collation, desk.versions if desk else frozenset())
    every = tuple(_rows(collation, shown))
    rows = [row for each in every for row in _seen_from(each, desk) if row.kept(only)]
    kept = tuple(sorted(rows, key=_importance))
    return View(
        collation=collation,
        tally=_tally(collation, shown),
        columns=shown,
        rows=kept,
        every=every,
        ours=desk,
        only=only,
        hidden=len(collation.points) - len(kept),
    )


def _tally(collation: Collation, shown: tuple[Column, ...]) -> Tally:
    readable = [each for each in shown if each.readable]
    drifts = sum(each.drift for each in collation.discrepancies)
    return Tally(
        outlets=len({each.version.outlet for each in shown}),
        independent=len({each.version.id if each.family is None else each.family for each in readable}),
        points=len(collation.points),
        conflicts=len(collation.discrepancies) - drifts,
        drifts=drifts,
        unread=sum(each.version.extent is not Extent.COMPLETE for each in shown),
        apart=len(collation.apart),
        silent=sum(each.silent for each in collation.revisions),
    )


def _rows(collation: Collation, shown: tuple[Column, ...]) -> Iterable[Row]:
    disputes, changed = Disputes.of(collation), changed_cells(collation)
    disputed = {found.point for found in collation.discrepancies if not found.drift}
    for number, point in enumerate(collation.points, 1):
        marks = tuple(disputes.mark(point, each.version.id) for each in shown)
        yield Row(
            number=number,
            point=point,
            group=_group(point, marks, open_=point.id in disputed),
            marks=marks,
            changed=frozenset(version for found, version in changed if found == point.id),
            disputed=point.id in disputed,
        )


def _group(point: Point, marks: tuple[Mark, ...], *, open_: bool) -> Group:
    if open_:
        return Group.CONFLICT
    if point.independent_sources <= 1:
        return Group.ALONE
    return Group.GAP if Mark.OMITTED in marks else Group.SHARED


def _seen_from(row: Row, desk: Ours | None) -> Iterable[Row]:
    """The row under the heading that it has for that desk; none when it does not concern it."""
    if desk is None:
        return (row,)
    lists = {
        Group.WE_DIFFER: desk.we_differ,
        Group.WE_LACK: desk.we_lack,
        Group.WE_LACK_DETAILS: desk.we_lack_details,
        Group.ONLY_WE_HAVE: desk.only_we_have,
    }
    found = next((group for group, points in lists.items() if row.point in points), None)
    return () if found is None else (replace(row, group=found),)


_PLACE = {group: place for place, group in enumerate(Group)}
_BY_SOURCES = frozenset({Group.GAP, Group.WE_LACK, Group.WE_LACK_DETAILS})


SILENT = frozenset({Mark.OMITTED, Mark.UNKNOWN})
"""Marks of columns that do not have a point."""


def _importance(row: Row) -> tuple[int, int, int]:
    """Group; then what more independent sources have first, and what one has alone outlet by outlet; then as told."""
    weight = -row.point.independent_sources if row.group in _BY_SOURCES else 0
    if row.group is Group.ALONE:
        weight = next((place for place, mark in enumerate(row.marks) if mark not in SILENT), 0)
    return _PLACE[row.group], weight, row.number
