"""Sentences as rows of numbers: what they hold, and how much each thing weighs in this story.

A `Bag` is a sparse matrix of ones, row after row (CSR without values). Everything that judges a whole story works on
bags with a fixed number of numpy operations per version, so that cost follows the number of words, not of pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """Rows of item numbers: row r holds `items[starts[r]:starts[r + 1]]`, each at most once, in order."""

    items: Ints
    starts: Ints

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Bag:
        """From lists of item numbers."""
        kept = list(rows)
        lengths = np.fromiter(map(len, kept), np.int64, len(kept))
        items = np.fromiter((item for row in kept for item in row), np.int64, int(lengths.sum()))
        return cls(items, np.concatenate(([0], np.cumsum(lengths))))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> Ints:
        """The items of one row."""
        return self.items[self.starts[number] : self.starts[number + 1]]

    def take(self, rows: Ints) -> Bag:
        """The chosen rows, in that order, repeats allowed."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        shift = np.repeat(self.starts[rows] - starts[:-1], lengths)
        return Bag(self.items[np.arange(starts[-1]) + shift], starts)

    def owner(self) -> Ints:
        """For each item, the row it stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def spread(self, size: int) -> Floats:
        """For each of `size` items, in how many rows it stands."""
        return np.bincount(self.items, minlength=size).astype(np.float32)

    def total(self, values: Floats) -> Floats:
        """Sum of `values` (one per item in the bag, or rows of them) over each row; empty rows give 0."""
        if not len(self):
            return np.zeros((0, *values.shape[1:]), np.float32)
        padded = np.concatenate((values, np.zeros((1, *values.shape[1:]), np.float32)))
        sums = np.add.reduceat(padded, self.starts[:-1], axis=0)
        sums[self.starts[:-1] == self.starts[1:]] = 0
        return np.asarray(sums, np.float32)


def inverse_frequency(spread: Floats, rows: int | Ints) -> Floats:
    """How much an item says that stands in `spread` of `rows` rows (Spärck Jones 1972); never negative."""
    return np.maximum(np.log((rows + 1) / (spread + 0.5)), 0.02).astype(np.float32)
