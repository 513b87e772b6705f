"""Does a reading tell its own point, or rather another one? Clustering joins by pairs, and some pairs are only near.

A reading is doubtful when it is little like the statement of its point and at least as like that of another point. It
neither tells the point nor leaves it out, so whoever wrote it is neither said to report nor to omit it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from storydiff.align.points_concepts import Bag
from storydiff.align.points_index import Index

UNLIKE = 0.25
"""Likeness from which a reading is not doubted. In 50 real stories 24 readings of 731 are less like their point and no
less like another; read one by one, 18 say something else, 6 tell a part of it and none tells all. Of the further ones
that .30 would doubt, half are told."""

FITTING = 3
"""Concepts that a reading must share with another statement to be as like it."""


class Statements:
    """The statements of all points, by number."""

    def __init__(self, bags: Sequence[Bag], weight: Mapping[str, float]) -> None:
        self._bags, self._weight = bags, weight
        self._size = np.sqrt([max(self._weigh(bag), 1.0) for bag in bags])
        self._index = Index(bags, weight)

    def doubtful(self, number: int, readings: Mapping[str, Bag]) -> frozenset[str]:
        """The versions whose readings of that point are unlike it, and no less like another.

        What is like another version's reading of the point is told, however the statement puts it. Likeness is the
        cosine of the weights: shared / sqrt(weight of one * weight of the other), 0..1.
        """
        point = self._bags[number]
        return frozenset(
            version
            for version, own in readings.items()
            if self._unlike(own, chain([point], (each for other, each in readings.items() if other != version)))
            and self._fits_elsewhere(number, own)
        )

    def _unlike(self, reading: Bag, others: Iterable[Bag]) -> bool:
        limit = UNLIKE * math.sqrt(self._weigh(reading))
        return all(self._weigh(reading & each) < limit * math.sqrt(self._weigh(each)) for each in others)

    def _fits_elsewhere(self, number: int, reading: Bag) -> bool:
        like = self._index.shared(reading) / self._size
        fitting = (i for i in np.flatnonzero(like >= like[number]).tolist() if i != number)
        return any(len(reading & self._bags[i]) >= FITTING for i in fitting)

    def _weigh(self, bag: Bag) -> float:
        return math.fsum([self._weight.get(concept, 0.0) for concept in bag])
