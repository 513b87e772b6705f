"""Readings of one point that cannot both be right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DiscrepancyType(StrEnum):
    """In what the readings differ."""

    NUMBER = "number"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    NAME = "name"
    TIME = "time"
    PLACE = "place"
    CERTAINTY = "certainty"
    ROLE = "role"


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """How one version words the disputed detail; `text` is exactly that slice of its paragraph."""

    version: str
    paragraph: int
    start: int
    end: int
    text: str
    value: str
    """The detail made comparable: "14", "2026-03-12", "Leora Kesten". Equal values agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """Two or more readings that conflict. At least two different values are among them."""

    id: str
    type: DiscrepancyType
    point: str
    readings: tuple[Reading, ...]
    drift: bool = False
    """A later update explains the difference."""
    explanation: str = ""
    """One sentence for a reader: "Harbour Post says 14 dead; Coast Daily, two hours earlier, 12"."""
