"""What a cell shows: a glyph and a word, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storydiff.model import Cell, Collation, Point, Status


class Mark(StrEnum):
    """The five statuses, and `overtaken`: a conflict that a later update explains."""

    REPORTED = "reported"
    PARTIAL = "partial"
    CONFLICTS = "conflicts"
    OVERTAKEN = "overtaken"
    OMITTED = "omitted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a mark is written."""

    glyph: str
    letter: str
    """Where the terminal has ASCII only."""
    word: str
    meaning: str


SIGNS = {
    Mark.REPORTED: Sign("●", "R", "reports", "reports it"),
    Mark.PARTIAL: Sign("◐", "p", "in part", "reports it without a detail"),
    Mark.CONFLICTS: Sign("≠", "X", "conflicts", "tells it otherwise"),
    Mark.OVERTAKEN: Sign("↻", "o", "overtaken", "has the state before a later update"),
    Mark.OMITTED: Sign("○", "-", "omits", "read in full, does not have it"),
    Mark.UNKNOWN: Sign("·", "?", "unknown", "cannot be known: not fully readable, not comparable, or only close to it"),
}
NOTHING = Cell(status=Status.UNKNOWN, reason="not compared")


def cell_of(point: Point, version: str) -> Cell:
    """The version's cell; unknown where the collation has none."""
    return point.coverage.get(version, NOTHING)


@dataclass(frozen=True, slots=True)
class Disputes:
    """Which versions stand in an open conflict, and which only in one that time explains, per point."""

    open: frozenset[tuple[str, str]]
    drift: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, collation: Collation) -> Disputes:
        """Pairs of point and version."""
        pairs = {
            drift: frozenset(
                (found.point, reading.version)
                for found in collation.discrepancies
                if found.drift is drift
                for reading in found.readings
            )
            for drift in (False, True)
        }
        return cls(open=pairs[False], drift=pairs[True])

    def mark(self, point: Point, version: str) -> Mark:
        """The mark of a cell. A conflict that only time explains is `overtaken`: it accuses nobody."""
        status = cell_of(point, version).status
        key = (point.id, version)
        if status is Status.CONFLICTS and key in self.drift and key not in self.open:
            return Mark.OVERTAKEN
        return Mark(status.value)
