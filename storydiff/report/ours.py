"""The comparison as one outlet's desk reads it: what only we have, what we lack, where we differ.

An unreadable text of ours proves nothing, so a cell that is unknown is never a lack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from storydiff.errors import UnknownOutlet
from storydiff.model import Collation, Point, Status

TOLD = frozenset({Status.REPORTED, Status.PARTIAL, Status.CONFLICTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Points of interest to one outlet, most corroborated first. A point can be in several lists."""

    outlet: str
    versions: frozenset[str]
    only_we_have: tuple[Point, ...]
    we_lack: tuple[Point, ...]
    we_lack_details: tuple[Point, ...]
    """Points that we tell without a detail that others give."""
    we_differ: tuple[Point, ...]

    @classmethod
    def of(cls, collation: Collation, outlet: str) -> Ours:
        """The view of `outlet`, given by name or by domain; UnknownOutlet when it has no version here."""
        mine = ours_versions(collation, outlet)
        differing = {
            found.point
            for found in collation.discrepancies
            if not found.drift and any(each.version in mine for each in found.readings)
        }
        points = sorted(collation.points, key=lambda point: -point.independent_sources)
        return cls(
            outlet=next(each.outlet for each in collation.versions if each.id in mine),
            versions=mine,
            only_we_have=tuple(each for each in points if _tellers(each) and _tellers(each) <= mine),
            we_lack=tuple(each for each in points if _lacking(each, mine)),
            we_lack_details=tuple(each for each in points if _lacking_details(each, mine)),
            we_differ=tuple(each for each in points if each.id in differing),
        )


def ours_versions(collation: Collation, outlet: str) -> frozenset[str]:
    """Ids of the versions by that outlet, given by name or by domain."""
    wanted = outlet.strip().casefold()
    mine = frozenset(
        version.id for version in collation.versions if wanted in {version.outlet.casefold(), _domain(version.url)}
    )
    if not mine:
        known = ", ".join(sorted({version.outlet for version in collation.versions}))
        raise UnknownOutlet(f"No version here is by {outlet!r}.", hint=f"The outlets are: {known}.")
    return mine


def _domain(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "-").removeprefix("www.")
    except ValueError:
        return "-"


def _statuses(point: Point, versions: Iterable[str]) -> set[Status]:
    return {point.coverage[each].status for each in versions if each in point.coverage}


def _tellers(point: Point) -> frozenset[str]:
    return frozenset(version for version, cell in point.coverage.items() if cell.status in TOLD)


def _lacking(point: Point, mine: frozenset[str]) -> bool:
    told_by_us = bool(_tellers(point) & mine)
    return not told_by_us and _statuses(point, mine) == {Status.OMITTED} and bool(_tellers(point))


def _lacking_details(point: Point, mine: frozenset[str]) -> bool:
    statuses = _statuses(point, mine)
    return Status.PARTIAL in statuses and Status.REPORTED not in statuses
