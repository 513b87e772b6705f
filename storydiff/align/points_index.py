"""Which bags share how much weight with given ones: an inverted index, so that cost follows what is shared.

cost of a question: the postings of the concepts asked for, and one count over all bags, in numpy. Weights are added in
the order of the concepts, so that sums do not depend on how many questions are asked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from storydiff.align.bags import Bag as Rows
from storydiff.align.points_concepts import Bag

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Index:
    """Bags by number."""

    def __init__(self, bags: Sequence[Bag], weight: Mapping[str, float]) -> None:
        self._number = {concept: i for i, concept in enumerate(sorted(frozenset().union(*bags)))}
        self._weight = np.array([weight.get(concept, 0.0) for concept in self._number], np.float64)
        self._count = len(bags)
        self._held = _rows(bags, self._number)
        """For each bag its concepts."""
        order = np.argsort(self._held.items, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(self._held.items, minlength=len(self._number)))))
        self._holders = Rows(self._held.owner()[order], starts)
        """For each concept the bags that hold it."""
        self._worth = np.repeat(self._weight, np.diff(starts))
        """For each of these the weight of the concept."""
        self._postings = [slice(*ends) for ends in pairwise(starts.tolist())]
        """For each concept where its holders stand."""

    def shared(self, concepts: Iterable[str]) -> Floats:
        """For each bag the weight that it shares with the concepts."""
        asked = [self._postings[n] for n in sorted([self._number[c] for c in concepts if c in self._number])]
        holders = np.concatenate([_NONE, *map(self._holders.items.__getitem__, asked)])
        worth = np.concatenate([_NO_WEIGHT, *map(self._worth.__getitem__, asked)])
        return np.asarray(np.bincount(holders, worth, minlength=self._count), np.float64)

    def between(self, numbers: Ints) -> Floats:
        """For each of several bags (rows), given by number, the weight that each bag shares with it."""
        return self._sums(self._held.take(numbers))

    def _sums(self, asked: Rows) -> Floats:
        holders = self._holders.take(asked.items)
        times = np.diff(holders.starts)
        cell = np.repeat(asked.owner() * self._count, times) + holders.items
        sums = np.bincount(cell, np.repeat(self._weight[asked.items], times), minlength=len(asked) * self._count)
        return np.asarray(sums, np.float64).reshape(len(asked), self._count)

    def spread(self, concept: str) -> int:
        """How many bags hold a concept."""
        return len(self._holders.row(self._number[concept])) if concept in self._number else 0


def _rows(bags: Sequence[Bag], number: Mapping[str, int]) -> Rows:
    """The numbers of the concepts of each bag, in order."""
    starts = np.cumsum([0, *map(len, bags)])
    items = np.fromiter(map(number.__getitem__, chain.from_iterable(bags)), np.int64, int(starts[-1]))
    before = np.repeat(np.arange(len(bags)) * len(number), np.diff(starts))
    return Rows(np.sort(items + before) - before, starts)


_NONE, _NO_WEIGHT = np.zeros(0, np.int64), np.zeros(0, np.float64)
