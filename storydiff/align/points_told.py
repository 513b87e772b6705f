"""Does a version without a reading of a point tell it all the same, in several sentences? Is it surely silent?

Asked before anyone is said to omit something. The statement's concepts are sought in the version: in up to three units
that together hold most of their weight. Across languages only what a translation keeps is sought, and silence is sure
only when the statement has enough of it and hardly any is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storydiff.align.points_concepts import Bag, bag, translatable
from storydiff.align.points_table import Piece
from storydiff.model import Span

TOLD = 0.6
"""Share of the statement's weight that must be found."""
CORE = 0.5
"""Share that one piece alone must hold: three sentences that each share a word with the statement do not tell it."""
GAIN = 0.12
"""A further unit must add this share to count as evidence."""
UNITS = 3
SILENT = 0.15
"""Across languages: no single unit holds this share. On the dev stories no told point lies below .20."""
ENOUGH = 12.0
"""Across languages: weight that the statement's translatable concepts must have, about three rare words."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was found of a statement in a version."""

    share: float
    """Of the statement's weight, found in the evidence."""
    evidence: tuple[Span, ...]
    """Empty unless the version tells the point."""
    surely_silent: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What is sought."""

    concepts: Bag
    kept: Bag
    """What a translation keeps."""
    language: str

    @classmethod
    def of(cls, text: str, language: str) -> Statement:
        """The statement of a point."""
        return cls(bag(text, language), translatable(text, language), language)


def search(statement: Statement, pieces: Sequence[Piece], language: str, weight: Mapping[str, float]) -> Search:
    """Seek the statement in the pieces of one version, which must be in reading order."""
    foreign = language != statement.language
    sought = statement.kept if foreign else statement.concepts
    total = sum(weight.get(concept, 0.0) for concept in sought)
    if not total or not pieces:
        return Search(0.0, (), surely_silent=not foreign)
    found: Bag = frozenset()
    evidence: list[Span] = []
    first = 0.0
    for _ in range(UNITS):
        gains = [_weigh((piece.bag & sought) - found, weight) for piece in pieces]
        gain = max(gains)
        if gain < GAIN * total:
            break
        first = first or gain / total
        best = pieces[gains.index(gain)]
        found |= best.bag & sought
        evidence.append(best.span)
    share = _weigh(found, weight) / total
    silent = not foreign or (total >= ENOUGH and first < SILENT)
    tells = share >= TOLD and first >= CORE
    return Search(share, tuple(sorted(evidence)) if tells else (), silent)


def _weigh(concepts: Bag, weight: Mapping[str, float]) -> float:
    return sum(weight.get(concept, 0.0) for concept in concepts)
