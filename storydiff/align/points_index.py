"""Which bags share how much weight with a given one: an inverted index, so that cost follows what is shared.

cost of one question: the postings of the concepts asked for, and one count over all bags, in numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from storydiff.align.points_concepts import Bag

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Index:
    """Bags by number."""

    def __init__(self, bags: Sequence[Bag], weight: Mapping[str, float]) -> None:
        postings: dict[str, list[int]] = {}
        for number, bag in enumerate(bags):
            for concept in bag:
                postings.setdefault(concept, []).append(number)
        self._postings: dict[str, Ints] = {c: np.array(numbers, np.int64) for c, numbers in postings.items()}
        self._weight = weight
        self._count = len(bags)

    def shared(self, concepts: Iterable[str]) -> Floats:
        """For each bag the weight that it shares with the concepts."""
        known = sorted(concept for concept in concepts if concept in self._postings)
        if not known:
            return np.zeros(self._count)
        found = [self._postings[concept] for concept in known]
        worth = np.repeat([self._weight.get(concept, 0.0) for concept in known], [len(each) for each in found])
        return np.bincount(np.concatenate(found), worth, minlength=self._count).astype(np.float64)

    def spread(self, concept: str) -> int:
        """How many bags hold a concept."""
        return len(self._postings.get(concept, ()))


def highest(values: Floats, group: Ints, groups: int) -> Floats:
    """The highest value in each group; 0 where it has none."""
    best = np.zeros(groups)
    np.maximum.at(best, group, values)
    return best
