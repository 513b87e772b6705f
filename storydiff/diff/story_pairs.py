"""Pieces of two versions that are near each other and yet stand in two points: figures and speakers against each other.

The rules for numbers and attribution are strict enough to be asked about pieces that only share some words: of 1,900
such pairs in 25 real and five invented stories they set four against each other, three rightly, and the fourth is an
old post of a live blog, which is no party here. The rules for quotations, places, times and certainty set eleven
against each other there, nine of them wrongly: they presuppose one point.

time: an inverted index gives what each different text shares with the others; of near pairs those are read that have
figures of their own, or somebody who says something, on both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from storydiff.align.points_concepts import bag
from storydiff.align.points_index import Index
from storydiff.align.points_table import Piece, Table
from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules import attribution, number
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, passage
from storydiff.model import Reading, Version
from storydiff.text.names import Names

SHARED, COSINE = 4.0, 0.12
"""Weight that near pieces share, and cosine of their weights."""
BLOCK = 64
"""Texts whose nearness to all others is one count."""

Place = tuple[int, int]
"""Start and end of a detail in its text."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One text and the pieces that print it."""

    prints: tuple[Piece, ...]
    points: frozenset[int]
    versions: frozenset[str]
    weight: float
    figures: frozenset[str]
    old: bool
    """Whether it stands in a post of a live blog that is not the newest: its figures may be out of date."""


def told_apart(table: Table, names: Names) -> Iterable[list[Edge]]:
    """For each figure or speaker that two points give differently the readings against each other."""
    versions = {version.id: version for version in table.joined()}
    texts = _texts(table, versions)
    told = _Told.of(texts)
    for one, other in _near(texts, table.weight):
        a, b = _parsed(one, versions), _parsed(other, versions)
        for each in _conflicts(one, a, other, b, names, told):
            yield [
                Edge(each.type, _reading(p, each.a, each.a_value), _reading(q, each.b, each.b_value), each.drift)
                for p, q in product(one.prints, other.prints)
            ]


def _texts(table: Table, versions: Mapping[str, Version]) -> list[_Text]:
    """The different texts of the story."""
    prints: dict[tuple[str, str], list[tuple[int, Piece]]] = defaultdict(list)
    for point, pieces in enumerate(table.points):
        for piece in pieces:
            prints[piece.span.text, versions[piece.span.version].language or ""].append((point, piece))
    return [_text(found, table.weight, versions) for _, found in sorted(prints.items())]


def _text(found: Sequence[tuple[int, Piece]], weight: Mapping[str, float], versions: Mapping[str, Version]) -> _Text:
    pieces = tuple(piece for _, piece in found)
    held, spans = pieces[0].bag, [piece.span for piece in pieces]
    return _Text(
        prints=pieces,
        points=frozenset(point for point, _ in found),
        versions=frozenset(span.version for span in spans),
        weight=sum(weight.get(concept, 0.0) for concept in sorted(held)),
        figures=frozenset(concept for concept in held if concept[0] == "#"),
        old=any(versions[span.version].paragraphs[span.paragraph].post for span in spans),
    )


def _near(texts: Sequence[_Text], weight: Mapping[str, float]) -> Iterable[tuple[_Text, _Text]]:
    """Pairs of texts of two versions and two points that share enough."""
    if len(texts) < 2:
        return
    index = Index([each.prints[0].bag for each in texts], weight)
    total = np.array([each.weight for each in texts])
    for start in range(0, len(texts), BLOCK):
        numbers = np.arange(start, min(start + BLOCK, len(texts)))
        shared = index.between(numbers)
        near = (shared >= SHARED) & (shared**2 >= COSINE**2 * total[numbers, None] * total[None, :])
        for row, column in np.argwhere(near).tolist():
            one, other = texts[start + row], texts[column]
            if start + row < column and not (one.points & other.points or one.versions & other.versions):
                yield one, other


def _parsed(text: _Text, versions: Mapping[str, Version]) -> Passage:
    span = text.prints[0].span
    version = versions[span.version]
    return passage(span.text, version.language, version.published or version.fetched)


def _conflicts(one: _Text, a: Passage, other: _Text, b: Passage, names: Names, told: _Told) -> Iterable[Conflict]:
    if one.figures - other.figures and other.figures - one.figures and not (one.old or other.old):
        for each in number.find(a, b, names):
            if not told.knows(other, a, each.a) and not told.knows(one, b, each.b):
                yield each
    if a.sources and b.sources:
        yield from attribution.find(a, b, names)


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures of all texts of each version."""

    figures: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, texts: Iterable[_Text]) -> _Told:
        found: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            for version in text.versions:
                found[version] |= text.figures
        return cls({version: frozenset(figures) for version, figures in found.items()})

    def knows(self, text: _Text, a: Passage, place: Place) -> bool:
        """Whether a version that has a text tells the figure at a place of another, of whatever it counts."""
        own = bag(a.text[slice(*place)], a.language)
        figures = {concept for concept in own if concept[0] == "#"}
        return any(figures & self.figures[version] for version in text.versions)


def _reading(piece: Piece, place: Place, value: str) -> Reading:
    span, (start, end) = piece.span, place
    return Reading(span.version, span.paragraph, span.start + start, span.start + end, span.text[start:end], value)
