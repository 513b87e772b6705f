"""The different texts of a story, and which of them are near each other though they stand in two points."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from storydiff.align.points_concepts import Bag
from storydiff.align.points_index import Index
from storydiff.align.points_table import Piece, Table
from storydiff.diff.rules.passage import Passage, passage
from storydiff.model import Reading, Version

BLOCK = 64
"""Texts whose nearness to all others is one count."""


@dataclass(frozen=True, eq=False)
class Text:
    """One text and the pieces that print it."""

    pieces: tuple[Piece, ...]
    points: frozenset[int]
    version: Version
    """One that prints it."""

    @cached_property
    def versions(self) -> frozenset[str]:
        """All that print it."""
        return frozenset(piece.span.version for piece in self.pieces)

    @property
    def bag(self) -> Bag:
        """Its concepts."""
        return self.pieces[0].bag

    @cached_property
    def read(self) -> Passage:
        """The text taken apart."""
        return passage(self.pieces[0].span.text, self.version.language, self.version.published or self.version.fetched)


def texts(table: Table) -> list[Text]:
    """The different texts, in their own order."""
    versions = {version.id: version for version in table.joined()}
    prints: dict[tuple[str, str], list[tuple[int, Piece]]] = defaultdict(list)
    for point, pieces in enumerate(table.points):
        for piece in pieces:
            prints[piece.span.text, versions[piece.span.version].language or ""].append((point, piece))
    return [
        Text(
            pieces=tuple(piece for _, piece in prints[key]),
            points=frozenset(point for point, _ in prints[key]),
            version=versions[prints[key][0][1].span.version],
        )
        for key in sorted(prints)
    ]


def near(
    found: Sequence[Text], weight: Mapping[str, float], *, shared: float, cosine: float
) -> Iterable[tuple[Text, Text]]:
    """Pairs of texts of two versions and two points that share so much weight, and so much of it (cosine)."""
    if len(found) < 2:
        return
    bags = [each.bag for each in found]
    index = Index(bags, weight)
    total = np.array([math.fsum([weight.get(concept, 0.0) for concept in each]) for each in bags])
    for start in range(0, len(found), BLOCK):
        numbers = np.arange(start, min(start + BLOCK, len(found)))
        both = index.between(numbers)
        scale = np.sqrt(total[numbers, None] * total[None, :])
        for row, column in np.argwhere((both >= shared) & (both >= cosine * scale)).tolist():
            one, other = found[start + row], found[column]
            if start + row < column and not (one.points & other.points or one.versions & other.versions):
                yield one, other


def reading(piece: Piece, place: tuple[int, int], value: str) -> Reading:
    """A detail at a place of a piece."""
    span, (start, end) = piece.span, place
    return Reading(span.version, span.paragraph, span.start + start, span.start + end, span.text[start:end], value)
