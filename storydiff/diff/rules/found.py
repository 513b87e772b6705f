"""What a rule reports."""

from __future__ import annotations

from dataclasses import dataclass

from storydiff.model import DiscrepancyType

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two spans, one in each telling, that cannot both be right. Offsets are code points of the telling's text."""

    type: DiscrepancyType
    a: Span
    b: Span
    a_value: str
    b_value: str
    """The details made comparable; equal values agree."""
    drift: bool = False
    """Counts of people, told at different hours: perhaps a later update. A rule sets it for what can grow."""
    slip: bool = False
    """Counts of people with the same digits in another order: whenever they were told, no later count of the other."""
    score: float = 1.0
    """How well the two slots match, 0..1; the best pair is shown when several compete."""

    def swapped(self) -> Conflict:
        """The same conflict seen from the other telling."""
        return Conflict(
            type=self.type,
            a=self.b,
            b=self.a,
            a_value=self.b_value,
            b_value=self.a_value,
            drift=self.drift,
            slip=self.slip,
            score=self.score,
        )
