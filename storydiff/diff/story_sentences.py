"""The sentences of a whole story, and which of them tell one thing in two versions.

What two versions tell against each other often stands in two points, because the words differ as much as the values.
The finders of `second_look` compare whole sentences of the story instead. Two sentences are compared when they share
enough weight: concepts that are rare in this story, whatever the language (`align.points_concepts`). A sentence that
several versions print is one.

time: one inverted index over the sentences that a finder looks at; only pairs that share enough are looked at closely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from storydiff.align.points_concepts import Bag, is_telling
from storydiff.align.points_index import Index
from storydiff.align.points_table import Piece
from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, passage
from storydiff.diff.rules.tellings import LOST
from storydiff.model import Reading, Span, Version
from storydiff.text.names import Names
from storydiff.text.normalize import plain

ROWS = 256
"""Sentences that are compared with all others at a time: a made-up story of thousands fits into memory."""
FIGURE = "#"
"""The first sign of the concept of a figure."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence with all places where it is printed."""

    text: str
    version: Version
    """The first that prints it, in the order of the story's versions."""
    bag: Bag
    prints: tuple[Span, ...]

    @cached_property
    def versions(self) -> frozenset[str]:
        """Who prints it."""
        return frozenset(span.version for span in self.prints)

    @cached_property
    def figures(self) -> Bag:
        """What its figures say."""
        return frozenset(concept for concept in self.bag if concept[0] == FIGURE)

    @cached_property
    def values(self) -> frozenset[float]:
        """Its plain figures as numbers, as they are printed: 2.4 of 2.4 million."""
        digits = (concept[1:] for concept in self.figures)
        return frozenset(float(each) for each in digits if each.replace(".", "", 1).isdecimal())

    @cached_property
    def sure(self) -> Bag:
        """Its concepts without small counts, which two sentences share by chance."""
        return frozenset(concept for concept in self.bag if concept[0] != FIGURE or is_telling(concept))

    @cached_property
    def language(self) -> str:
        """In which it is written; empty when nobody knows."""
        return (self.version.language or "").split("-")[0].lower()

    @cached_property
    def passage(self) -> Passage:
        """The sentence taken apart."""
        version = self.version
        return passage(self.text, version.language, version.published or version.fetched or version.modified)

    def readings(self, start: int, end: int, value: str) -> list[Reading]:
        """A stretch of it wherever it is printed."""
        return [
            Reading(each.version, each.paragraph, each.start + start, each.start + end, each.text[start:end], value)
            for each in self.prints
        ]


@dataclass(frozen=True, eq=False)
class Sentences:
    """What the finders of a second look read."""

    versions: Mapping[str, Version]
    every: tuple[Sentence, ...]
    weight: Mapping[str, float]
    names: Names

    @classmethod
    def of(
        cls,
        versions: Sequence[Version],
        pieces: Mapping[str, Sequence[Piece]],
        weight: Mapping[str, float],
        names: Names,
    ) -> Sentences:
        """The sentences of a table's pieces, in the order of their texts."""
        prints: dict[tuple[str, str], list[tuple[Version, Span, Bag]]] = defaultdict(list)
        for version in versions:
            for span, bag in _whole(version, pieces.get(version.id, ())):
                if LOST not in span.text:
                    prints[_printed(span.text), version.language or ""].append((version, span, bag))
        every = (_sentence(prints[key]) for key in sorted(prints))
        return cls({v.id: v for v in versions}, tuple(every), weight, names)

    def near(self, pool: Sequence[Sentence], least: float) -> Iterable[tuple[Sentence, Sentence, float]]:
        """The pairs of sentences of two versions that share so much weight, and how much they share."""
        if len(pool) < 2:
            return
        index = Index([sentence.sure for sentence in pool], self.weight)
        for first in range(0, len(pool), ROWS):
            rows = np.arange(first, min(first + ROWS, len(pool)))
            shared = index.between(rows)
            for row, other in np.argwhere(shared >= least).tolist():
                a, b = pool[first + row], pool[other]
                if other > first + row and not a.versions & b.versions:
                    yield a, b, float(shared[row, other])

    def knows(self, concepts: Iterable[str]) -> frozenset[str]:
        """The versions that have one of the concepts anywhere."""
        return frozenset().union(*(self._tellers.get(concept, frozenset()) for concept in concepts))

    @cached_property
    def _tellers(self) -> Mapping[str, frozenset[str]]:
        tellers: dict[str, set[str]] = defaultdict(set)
        for sentence in self.every:
            for concept in sentence.bag:
                tellers[concept] |= sentence.versions
        return {concept: frozenset(found) for concept, found in tellers.items()}


def edges(a: Sentence, b: Sentence, found: Conflict) -> list[Edge]:
    """A conflict of two sentences between all that print them."""
    ours, theirs = a.readings(*found.a, found.a_value), b.readings(*found.b, found.b_value)
    return [Edge(found.type, x, y, found.drift) for x, y in product(ours, theirs)]


def _printed(text: str) -> str:
    """The text in one typography, if that keeps all places."""
    same = plain(text)
    return same if len(same) == len(text) else text


def _whole(version: Version, pieces: Sequence[Piece]) -> Iterable[tuple[Span, Bag]]:
    """The sentences of one version."""
    parts: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        parts[piece.span.paragraph, piece.sentence].append(piece)
    for (paragraph, _), found in parts.items():
        start, end = min(p.span.start for p in found), max(p.span.end for p in found)
        text = version.paragraphs[paragraph].text[start:end]
        yield Span(version.id, paragraph, start, end, text), frozenset().union(*(piece.bag for piece in found))


def _sentence(prints: Sequence[tuple[Version, Span, Bag]]) -> Sentence:
    version, span, bag = prints[0]
    return Sentence(span.text, version, bag, tuple(each for _, each, _ in prints))
