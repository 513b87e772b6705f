"""What each outlet of a story did, counted so that many stories can be added up: omitted, shared, changed, was first.

Nothing is counted that could not be seen. A point that an outlet may have told in a text we could not read is no case
at all, neither for it nor against it; a point counts as told by others only where at least two independent ones tell
it, and copies of the outlet's own text are none; a point without a known first teller has no first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from storydiff.model import Collation, Extent, Point, Revision, Status, Version

TOLD = frozenset({Status.REPORTED, Status.PARTIAL, Status.CONFLICTS})
INDEPENDENT = 2
"""Others who must tell a point before leaving it out is worth a count: one alone may be wrong, or be its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What one outlet did in one story, case by case."""

    outlet: str
    told_by_others: tuple[Point, ...] = ()
    """Points that two independent others tell, where this outlet could be read."""
    omitted: tuple[Point, ...] = ()
    """Those of them that it omits."""
    unreadable: tuple[Point, ...] = ()
    """Points that two independent others tell, where nobody can know whether it does. Not among the cases."""
    texts: tuple[Version, ...] = ()
    """Its texts that were read in full."""
    shared: tuple[Version, ...] = ()
    """Those of them that carry a text which others carry too, without being its origin."""
    changes: tuple[Revision, ...] = ()
    silent: tuple[Revision, ...] = ()
    datable: tuple[Point, ...] = ()
    """Points that it and others tell, of which it is known who had them first."""
    first: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The same as counts."""

    outlet: str
    told_by_others: int
    omitted: int
    unreadable: int
    texts: int
    shared: int
    changes: int
    silent: int
    datable: int
    first: int


PAIRS = {
    "omits": ("omitted", "told_by_others"),
    "shares": ("shared", "texts"),
    "silent": ("silent", "changes"),
    "first": ("first", "datable"),
}
"""Figure -> the counts that it is made from: hits and cases."""


def habits(collation: Collation) -> tuple[Habits, ...]:
    """The counts of each outlet that has a version in the story, by name."""
    return tuple(counted(each) for each in deeds(collation))


def counted(each: Deeds) -> Habits:
    """The counts of these deeds."""
    names = {name for pair in PAIRS.values() for name in pair} | {"unreadable"}
    return Habits(outlet=each.outlet, **{name: len(getattr(each, name)) for name in names})


def deeds(collation: Collation) -> tuple[Deeds, ...]:
    """What each outlet did, by name."""
    story = _Story(collation)
    return tuple(story.deeds(outlet) for outlet in sorted(story.versions))


@dataclass(frozen=True)
class _Story:
    """A collation, seen outlet by outlet."""

    collation: Collation

    @cached_property
    def versions(self) -> dict[str, list[Version]]:
        """Outlet -> its versions that were taken as this story."""
        found: dict[str, list[Version]] = defaultdict(list)
        for version in self.collation.versions:
            if version.id not in self.collation.apart:
                found[version.outlet].append(version)
        return found

    @cached_property
    def outlet(self) -> dict[str, str]:
        """Version id -> outlet, for earlier versions too."""
        changed = {each: found.outlet for found in self.collation.revisions for each in (found.before, found.after)}
        return changed | {version.id: outlet for outlet, its in self.versions.items() for version in its}

    @cached_property
    def family(self) -> dict[str, int]:
        """Version id -> number of its family."""
        return {version: number for number, each in enumerate(self.collation.families) for version in each.versions}

    @cached_property
    def origins(self) -> frozenset[str]:
        """The agencies' own pages."""
        return frozenset(each.origin for each in self.collation.families if each.origin)

    def deeds(self, outlet: str) -> Deeds:
        """What that outlet did."""
        mine = self.versions[outlet]
        common = [point for point in self.collation.points if self._others(point, mine) >= INDEPENDENT]
        status = {point.id: _status(point, mine) for point in self.collation.points}
        # Of a text that is cut off only what it tells can be known: counting that alone would speak for it.
        is_whole = all(version.extent is Extent.COMPLETE for version in mine)
        readable = [point for point in common if is_whole and status[point.id] is not Status.UNKNOWN]
        texts = [version for version in mine if version.extent is Extent.COMPLETE]
        changes = self._changes(mine)
        datable = [point for point in self.collation.points if self._datable(point, status[point.id])]
        return Deeds(
            outlet=outlet,
            told_by_others=tuple(readable),
            omitted=tuple(point for point in readable if status[point.id] is Status.OMITTED),
            unreadable=tuple(point for point in common if point not in readable),
            texts=tuple(texts),
            shared=tuple(each for each in texts if each.id in self.family and each.id not in self.origins),
            changes=changes,
            silent=tuple(each for each in changes if each.silent),
            datable=tuple(datable),
            first=tuple(point for point in datable if self._first(point) == outlet),
        )

    def _others(self, point: Point, mine: Sequence[Version]) -> int:
        """How many independent others tell it: a family counts once, and the outlet's own not at all."""
        own = {self.family[version.id] for version in mine if version.id in self.family}
        tellers: dict[str, int | str] = {}
        for version, cell in point.coverage.items():
            outlet = self.outlet.get(version)
            if cell.status in TOLD and outlet is not None and outlet != mine[0].outlet:
                tellers[outlet] = self.family.get(version, tellers.get(outlet, outlet))
        return len(set(tellers.values()) - own)

    def _changes(self, mine: Sequence[Version]) -> tuple[Revision, ...]:
        articles = {(version.outlet, version.url or "") for version in mine}
        return tuple(each for each in self.collation.revisions if (each.outlet, each.url) in articles)

    def _datable(self, point: Point, status: Status) -> bool:
        return status in TOLD and point.independent_sources >= INDEPENDENT and self._first(point) is not None

    def _first(self, point: Point) -> str | None:
        return self.outlet.get(point.first.version) if point.first else None


def _status(point: Point, mine: Iterable[Version]) -> Status:
    """Of an outlet with several articles: told when one tells it, omitted only when all omit it."""
    said: Mapping[str, Status] = {
        version.id: point.coverage[version.id].status if version.id in point.coverage else Status.UNKNOWN
        for version in mine
    }
    told = [status for status in said.values() if status in TOLD]
    if told:
        return told[0]
    return Status.OMITTED if set(said.values()) == {Status.OMITTED} else Status.UNKNOWN
