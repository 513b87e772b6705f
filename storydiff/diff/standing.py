"""What a collation comes to in figures: of the story, and of each outlet in it. For lists of many stories.

The figures are those that the report tells of one story (its headline strip, its view of ours); here they are counted
in one pass over the points for all outlets at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from storydiff.model import Collation, Extent, Point, Status

TOLD = frozenset({Status.REPORTED, Status.PARTIAL, Status.CONFLICTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of the whole story."""

    outlets: int
    independent: int
    """Readable texts, a family counted once."""
    points: int
    conflicts: int
    drifts: int
    silent: int
    """Silent revisions."""
    unread: int
    """Versions that could not be read whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Of one outlet: how many points concern its desk."""

    outlet: str
    """Its name without regard to case, and so its domain."""
    domain: str | None
    lacks: int
    """Read in full, and without a point that others tell."""
    lacks_details: int
    differs: int
    """Points with an open discrepancy in which its words are a reading."""
    alone: int
    """Points that no other outlet tells."""


def figures(collation: Collation) -> Figures:
    """The figures of the story."""
    joined = [each for each in collation.versions if each.id not in collation.apart]
    family = {version: number for number, each in enumerate(collation.families) for version in each.versions}
    readable = [each.id for each in joined if each.extent is not Extent.BLOCKED]
    drifts = sum(each.drift for each in collation.discrepancies)
    return Figures(
        outlets=len({each.outlet for each in joined}),
        independent=len({family.get(each, each) for each in readable}),
        points=len(collation.points),
        conflicts=len(collation.discrepancies) - drifts,
        drifts=drifts,
        silent=sum(each.silent for each in collation.revisions),
        unread=sum(each.extent is not Extent.COMPLETE for each in joined),
    )


def standings(collation: Collation) -> tuple[Standing, ...]:
    """How each outlet stands, by name."""
    outlet = {version.id: version.outlet.casefold() for version in collation.versions}
    lacks: dict[str, int] = defaultdict(int)
    details: dict[str, int] = defaultdict(int)
    alone: dict[str, int] = defaultdict(int)
    for point in collation.points:
        said = _by_outlet(point, outlet)
        tellers = [name for name, statuses in said.items() if statuses & TOLD]
        for name, statuses in said.items():
            lacks[name] += bool(tellers) and statuses == {Status.OMITTED}
            details[name] += Status.PARTIAL in statuses and Status.REPORTED not in statuses
        if len(tellers) == 1:
            alone[tellers[0]] += 1
    differs = _differing(collation, outlet)
    domains = {each.outlet.casefold(): _domain(each.url) for each in reversed(collation.versions)}
    return tuple(
        Standing(
            outlet=name,
            domain=domains[name],
            lacks=lacks[name],
            lacks_details=details[name],
            differs=len(differs[name]),
            alone=alone[name],
        )
        for name in sorted(domains)
    )


def _by_outlet(point: Point, outlet: dict[str, str]) -> dict[str, set[Status]]:
    said: dict[str, set[Status]] = defaultdict(set)
    for version, cell in point.coverage.items():
        if version in outlet:
            said[outlet[version]].add(cell.status)
    return said


def _differing(collation: Collation, outlet: dict[str, str]) -> dict[str, set[str]]:
    differs: dict[str, set[str]] = defaultdict(set)
    known = {point.id for point in collation.points}
    for found in collation.discrepancies:
        if not found.drift and found.point in known:
            for name in _names((each.version for each in found.readings), outlet):
                differs[name].add(found.point)
    return differs


def _names(versions: Iterable[str], outlet: dict[str, str]) -> set[str]:
    return {outlet[each] for each in versions if each in outlet}


def _domain(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.").casefold() or None
    except ValueError:
        return None
