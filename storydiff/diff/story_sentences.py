"""The sentences of a whole story, and which of them tell one thing in two versions.

What two versions tell against each other often stands in two points, because the words differ as much as the values.
The finders of `second_look` compare whole sentences of the story instead. Two sentences are compared when they share
enough weight: concepts that are rare in this story, whatever the language (`align.points_concepts`). A sentence that
several versions print is one.

time: for each finder one inverted index over the sentences that have what it looks for, half of a story or fewer; only
pairs that share enough are looked at closely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

from storydiff.align.points_concepts import Bag, is_telling
from storydiff.align.points_index import Index
from storydiff.align.points_table import Piece
from storydiff.align.points_told import saying
from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, passage
from storydiff.diff.rules.tellings import LOST
from storydiff.model import Reading, Span, Version
from storydiff.text.names import Names
from storydiff.text.names_mentions import CAPITAL
from storydiff.text.normalize import plain

LEAST = 6.5
"""Weight that two sentences must share for anybody to compare them."""
ROWS = 256
"""Sentences that are compared with all others at a time: a made-up story of thousands fits into memory."""
FIGURE = "#"
"""The first sign of the concept of a figure."""
_NONE: frozenset[float] = frozenset()
_BACK = 240
"""Characters before a sentence in which the person of its pronoun is named."""
_MARK = re.compile(r"[“”„«»\"‘]|(?<!\w)'")
_FULL = re.compile(rf"\b{CAPITAL}[^\W\d_]+ {CAPITAL}[^\W\d_]{{2,}}")


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence with all places where it is printed."""

    text: str
    tellers: tuple[Version, ...]
    """The version of each place."""
    bag: Bag
    prints: tuple[Span, ...]

    @property
    def version(self) -> Version:
        """The first that prints it, in the order of the story's versions."""
        return self.tellers[0]

    def version_of(self, span: Span) -> Version:
        """Whose print a place is."""
        return self.tellers[self.prints.index(span)]

    @cached_property
    def versions(self) -> frozenset[str]:
        """Who prints it."""
        return frozenset(span.version for span in self.prints)

    @cached_property
    def values(self) -> frozenset[float]:
        """Its plain figures as numbers, as they are printed: 2.4 of 2.4 million."""
        figures = [concept for concept in self.bag if concept[0] == FIGURE]
        return frozenset(value for concept in figures if (value := _value(concept)) is not None) if figures else _NONE

    @cached_property
    def sure(self) -> Bag:
        """Its concepts without small counts, which two sentences share by chance."""
        return frozenset(concept for concept in self.bag if concept[0] != FIGURE or is_telling(concept))

    @property
    def says(self) -> bool:
        """Whether it has a verb of saying or a quotation."""
        return bool(self.bag & saying() or _MARK.search(self.text))

    @cached_property
    def people(self) -> frozenset[str]:
        """The last words of the full names in it, or else right before it in its paragraph."""
        return _surnames(self.text) or _surnames(lead(self.version, self.prints[0])[1])

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

    def near(self, some: Sequence[Sentence], least: float) -> Iterable[tuple[Sentence, Sentence, float]]:
        """The pairs of some sentences, of two versions, that share so much weight, those that share most first."""
        if len(some) < 2:
            return
        for weight, i, j in _shared(Index([sentence.sure for sentence in some], self.weight), len(some), least):
            a, b = some[int(i)], some[int(j)]
            if not a.versions & b.versions:
                yield a, b, float(weight)

    def values(self, versions: Iterable[str]) -> frozenset[float]:
        """The plain figures that some versions tell anywhere."""
        return frozenset().union(*(self._values[version] for version in versions))

    @cached_property
    def _values(self) -> Mapping[str, set[float]]:
        told: dict[str, set[float]] = {version: set() for version in self.versions}
        for sentence in self.every:
            for span in sentence.prints if sentence.values else ():
                told[span.version] |= sentence.values
        return told


def _shared(index: Index, count: int, least: float) -> npt.NDArray[np.float64]:
    """What any two of so many bags share, and which, if it is enough: the most first, then in the order of the bags."""
    found: list[npt.NDArray[np.float64]] = []
    for first in range(0, count, ROWS):
        shared = index.between(np.arange(first, min(first + ROWS, count)))
        rows, columns = np.nonzero(np.triu(shared >= least, first + 1))
        found.append(np.stack([shared[rows, columns], rows + first, columns]))
    every = np.concatenate(found, axis=1)
    return np.asarray(every[:, np.argsort(-every[0], kind="stable")].T)


@lru_cache(maxsize=1 << 14)
def _value(concept: str) -> float | None:
    """The number of the concept of a plain figure; None of a time or a measure."""
    digits = concept[1:]
    return float(digits) if digits.replace(".", "", 1).isdecimal() else None


def edges(a: Sentence, b: Sentence, found: Conflict) -> list[Edge]:
    """A conflict of two sentences between all that print them."""
    ours, theirs = a.readings(*found.a, found.a_value), b.readings(*found.b, found.b_value)
    return [Edge(found.type, x, y, found.drift, found.slip) for x, y in product(ours, theirs)]


def lead(version: Version, span: Span) -> tuple[int, str]:
    """What stands before a sentence in its paragraph, and where."""
    start = max(0, span.start - _BACK)
    return start, version.paragraphs[span.paragraph].text[start : span.start]


def _surnames(text: str) -> frozenset[str]:
    return frozenset(match.group().rpartition(" ")[2] for match in _FULL.finditer(text))


def _printed(text: str) -> str:
    """The text in one typography, if that keeps all places."""
    if text.isascii():
        return text
    same = plain(text)
    return same if len(same) == len(text) else text


def _whole(version: Version, pieces: Sequence[Piece]) -> Iterable[tuple[Span, Bag]]:
    """The sentences of one version."""
    parts: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        parts[piece.span.paragraph, piece.sentence].append(piece)
    for (paragraph, _), found in parts.items():
        if len(found) == 1:
            yield found[0].span, found[0].bag
            continue
        start, end = min(p.span.start for p in found), max(p.span.end for p in found)
        text = version.paragraphs[paragraph].text[start:end]
        yield Span(version.id, paragraph, start, end, text), frozenset().union(*(piece.bag for piece in found))


def _sentence(prints: Sequence[tuple[Version, Span, Bag]]) -> Sentence:
    tellers, spans, bags = zip(*prints, strict=True)
    return Sentence(spans[0].text, tellers, bags[0], spans)
