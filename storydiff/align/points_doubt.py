"""Does a reading tell its own point, or rather another one? Clustering joins by pairs, and some pairs are only near.

A reading is doubtful when it is little like the statement of its point and at least as like that of another point, or
when it shares hardly more than names with its point. It neither tells the point nor leaves it out, so whoever wrote it
is neither said to report nor to omit it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np

from storydiff.align.points_concepts import Bag, capitalised
from storydiff.align.points_index import Index
from storydiff.align.points_table import Table

T = TypeVar("T")

UNLIKE = 0.25
"""Likeness from which a reading is not doubted. In 50 real stories 24 readings of 731 are less like their point and no
less like another; read one by one, 18 say something else, 6 tell a part of it and none tells all. Of the further ones
that .30 would doubt, half are told."""

FITTING = 3
"""Concepts that a reading must share with another statement to be as like it."""

NAMED, CONTENT, RIVAL, SHARED = 0.3, 7.0, 0.6, 2
"""A reading is doubted too up to this likeness when what it shares with its point weighs no more than this without
names, and another statement, of which it shares two concepts, is this much as like it. In the same stories that doubts
61 readings of the 803 left; of the 32 of these that were read 19 say something else, 10 tell a part and 3 all of it. Of
580 readings of eight labelled stories it doubts 7 that tell the point and 4 of 10 that do not. Weights of 6 to 8 and
likenesses of .27 to .33 part them alike; without the rival 13 that tell it are doubted, for one that says something
else."""


def names_in(table: Table) -> Bag:
    """The concepts of a story that are names: most often written with a capital within a sentence."""
    pieces = [piece for point in table.points for piece in point]
    spread = Counter(chain.from_iterable(piece.bag for piece in pieces))
    named = {text: capitalised(text) for text in {piece.span.text for piece in pieces}}
    written = Counter(chain.from_iterable(named[piece.span.text] for piece in pieces))
    return frozenset(concept for concept, times in written.items() if 2 * times >= spread[concept])


class Statements:
    """The statements of all points, by number. `names`: the concepts of the story that are names."""

    def __init__(self, bags: Sequence[Bag], weight: Mapping[str, float], names: Bag = frozenset()) -> None:
        self._bags, self._weight = bags, weight
        self._content = {concept: each for concept, each in weight.items() if concept not in names}
        self._size = np.sqrt([max(_weigh(bag, weight), 1.0) for bag in bags])
        self._index = Index(bags, weight)

    def doubtful(self, number: int, readings: Mapping[str, Bag]) -> frozenset[str]:
        """The versions whose readings of that point are unlike it, and no less like another.

        What is like another version's reading of the point is told, however the statement puts it. Likeness is the
        cosine of the weights: shared / sqrt(weight of one * weight of the other), 0..1.
        """
        if len(readings) < 2:  # its own statement's
            return frozenset()
        bags = [self._bags[number], *readings.values()]
        sizes = [math.sqrt(_weigh(each, self._weight)) for each in bags]
        return frozenset(
            version
            for place, (version, own) in enumerate(readings.items(), start=1)
            if self._doubted(number, own, sizes[place], _without(bags, place), _without(sizes, place))
        )

    def _doubted(self, number: int, reading: Bag, size: float, others: Sequence[Bag], sizes: Sequence[float]) -> bool:
        like = 0.0
        for each, other in zip(others, sizes, strict=True):
            like = max(like, _weigh(reading & each, self._weight) / (size * other or 1.0))
            if like >= NAMED:
                return False
        if like < UNLIKE and self._fits_elsewhere(number, reading, 1.0, FITTING):
            return True
        bare = all(_weigh(reading & each, self._content) < CONTENT for each in others)
        return bare and self._fits_elsewhere(number, reading, RIVAL, SHARED)

    def _fits_elsewhere(self, number: int, reading: Bag, least: float, concepts: int) -> bool:
        like = self._index.shared(reading) / self._size
        fitting = (i for i in np.flatnonzero(like >= least * like[number]).tolist() if i != number)
        return any(len(reading & self._bags[i]) >= concepts for i in fitting)


def _without(values: list[T], place: int) -> list[T]:
    return values[:place] + values[place + 1 :]


def _weigh(bag: Bag, weight: Mapping[str, float]) -> float:
    return math.fsum([weight.get(concept, 0.0) for concept in bag])
