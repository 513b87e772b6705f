"""Links between the paragraphs of versions: m:n, moves marked, the same whichever version of two comes first.

Two paragraphs are linked when they tell a point in common, or print the same words. A point that both versions tell
in equally many paragraphs links them one to one in order, otherwise each with each. A link is moved when it does not
lie on the longest chain of links that do not cross (the longest increasing subsequence: Fredman 1975).

All pairs of versions go through the same arrays at once; one number a pair of paragraphs keeps them apart and in order.

time: O(l log l) in the links; memory: some arrays of as many numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt

from storydiff.align.bags import Bag as Rows
from storydiff.align.bags import Bools, Ints
from storydiff.model import Link, Span

Side = tuple[int, ...]
"""Paragraphs of one version, in order."""
Told = Mapping[str, Sequence[Span]]
"""Who tells a point where, by version."""
Bundles = tuple[list[Side], list[Side], list[bool], list[float]]
"""What the links of two versions are made of: the paragraphs on both sides, whether they are moved, and the scores."""


class Linker:
    """Links the paragraphs of any versions; `points` gives for each point who tells it where."""

    def __init__(self, points: Iterable[Told]) -> None:
        told: dict[str, list[tuple[int, Side]]] = defaultdict(list)
        for number, point in enumerate(points):
            for version, spans in point.items():
                told[version].append((number, tuple(sorted({span.paragraph for span in spans}))))
        by_version = {version: tuple(tellings) for version, tellings in told.items()}
        rows = list(dict.fromkeys(by_version.values()))
        number_of = {tellings: i for i, tellings in enumerate(rows)}
        self._row = {version: number_of[tellings] for version, tellings in by_version.items()}
        """Copies that tell the same points in the same places are one row."""
        every = list(chain.from_iterable(rows))
        self._point = np.array([number for number, _ in every], np.int64)
        """Of each telling of a point, by row, then by point."""
        self._where = Rows.of([paragraphs for _, paragraphs in every])
        """The paragraphs of each telling."""
        self._tellings = Rows(np.arange(len(every)), np.cumsum([0, *map(len, rows)]))
        """The tellings of each row."""
        self._width = int(self._where.items.max(initial=0)) + 1
        place = self._tellings.owner()[self._where.owner()] * self._width + self._where.items
        self._held = np.bincount(place, minlength=len(rows) * self._width).reshape(len(rows), self._width)
        """How many points a row tells in each paragraph."""

    def told(self, version: str) -> int:
        """How many points a version tells."""
        return len(self._tellings.row(self._row[version])) if version in self._row else 0

    def links(self, a: str, b: str) -> tuple[Link, ...]:
        """The links between two versions."""
        return tuple(self.between([(a, b)]))

    def between(self, pairs: Iterable[tuple[str, str]]) -> Iterator[Link]:
        """The links of several pairs of versions, pair by pair.

        A link's score is the share of the points of the paragraph with fewer that are told in both.
        """
        asked = [(a, b) for a, b in pairs if a in self._row and b in self._row]
        rows = [(self._row[a], self._row[b]) for a, b in asked]
        distinct = list(dict.fromkeys(rows))
        bundles = _bundles(self._pairs(*np.array(distinct, np.int64).reshape(-1, 2).T), len(distinct))
        found = dict(zip(distinct, bundles, strict=True))
        for (a, b), pair in zip(asked, rows, strict=True):
            yield from map(Link, repeat(a), repeat(b), *found[pair])

    def _pairs(self, a: Ints, b: Ints) -> _Pairs:
        """Of pairs of versions the paragraphs that tell a point in common."""
        which, first, second = self._told_in_both(a, b)
        codes, times = np.unique((which * self._width + first) * self._width + second, return_counts=True)
        rest, second = np.divmod(codes, self._width)
        which, first = np.divmod(rest, self._width)
        fewer = np.minimum(self._held[a[which], first], self._held[b[which], second])
        return _Pairs(self._width, which, first, second, times / fewer)

    def _told_in_both(self, a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
        """For each point that both versions of a pair tell: the number of the pair, and a paragraph on each side."""
        left, right = self._tellings.take(a), self._tellings.take(b)
        points = int(self._point.max(initial=0)) + 1
        ours, theirs = (side.owner() * points + self._point[side.items] for side in (left, right))
        common, here, there = np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
        one, other = left.items[here], right.items[there]
        sizes = np.diff(self._where.starts)
        even = sizes[one] == sizes[other]
        times = np.where(even, sizes[one], sizes[one] * sizes[other])
        step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        even, row = np.repeat(even, times), np.repeat(sizes[other], times)
        first = np.repeat(self._where.starts[one], times) + np.where(even, step, step // row)
        second = np.repeat(self._where.starts[other], times) + np.where(even, step, step % row)
        return np.repeat(common // points, times), self._where.items[first], self._where.items[second]


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Pairs of paragraphs, each once, ordered by pair of versions, first and second paragraph."""

    width: int
    """More than any number of a paragraph."""
    which: Ints
    """The pair of versions."""
    first: Ints
    second: Ints
    score: npt.NDArray[np.float64]

    def moved(self) -> Bools:
        """Which do not lie on one longest chain; the same ones whichever version is the first of each pair.

        When the two sides are mirror images (two paragraphs exchanged, nothing else), the earlier one of the first
        version is straight: the caller gives versions in an order of their own.
        """
        mirrored = np.argsort((self.which * self.width + self.second) * self.width + self.first)
        lower = self._is_lower(mirrored)
        order = np.where(lower, np.arange(len(lower)), mirrored)
        rising = np.where(lower, self.second, self.first)[order]
        # What belongs to a later pair of versions is higher than all before: the chains of all follow upon each other.
        straight = order[_chain((self.which * self.width + rising).tolist())]
        moved = np.ones(len(order), bool)
        moved[straight] = False
        return moved

    def _is_lower(self, mirrored: Ints) -> Bools:
        """Whether the pairs of the same two versions come before their mirror image, or are equal to it."""
        own, image = self.first * self.width + self.second, self.second * self.width + self.first
        differ = np.flatnonzero(own != image[mirrored])
        whose, at = np.unique(self.which[differ], return_index=True)
        lower = np.ones(int(self.which.max(initial=0)) + 1, bool)
        lower[whose] = own[differ[at]] < image[mirrored][differ[at]]
        return lower[self.which]


def _chain(values: Sequence[int]) -> list[int]:
    """The places of one longest chain of values from 0 on that do not fall."""
    ends, best = [-1], [-1]
    back: list[int] = []
    for number, value in enumerate(values):
        if value >= ends[-1]:
            back.append(best[-1])
            ends.append(value)
            best.append(number)
        else:
            at = bisect_right(ends, value)
            back.append(best[at - 1])
            ends[at], best[at] = value, number
    chained: list[int] = []
    last = best[-1]
    while last >= 0:
        chained.append(last)
        last = back[last]
    return chained


def _bundles(pairs: _Pairs, count: int) -> Iterator[Bundles]:
    """For each of `count` pairs of versions the paragraphs that have the same partners, as m:n links in order."""
    number: dict[Side, int] = {}
    place = (2 * pairs.which + pairs.moved()) * pairs.width + pairs.first
    order = np.argsort(place * pairs.width + pairs.second)
    begins = np.flatnonzero(np.diff(place[order], prepend=-1))
    group, first = np.divmod(place[order][begins], pairs.width)
    second, score = pairs.second[order], _highest(pairs.score[order], begins)
    theirs, nearest = _numbered(second, begins, number), second[begins]
    # What is in one group and has the same partners is one side of a link.
    alike = group * (len(number) + 1) + theirs
    order = np.argsort(alike, kind="stable")
    begins = np.flatnonzero(np.diff(alike[order], prepend=-1))
    ours, score = _numbered(first[order], begins, number), _highest(score[order], begins)
    which, moved = np.divmod(group[order][begins], 2)
    ordered = np.lexsort((moved, nearest[order][begins], first[order][begins], which))
    side = list(number).__getitem__
    left, right = ours[ordered].tolist(), theirs[order][begins][ordered].tolist()
    columns = list(map(side, left)), list(map(side, right)), (moved[ordered] == 1).tolist(), _rounded(score[ordered])
    ends = np.cumsum(np.bincount(which, minlength=count)).tolist()
    for part in map(slice, [0, *ends], ends):
        yield columns[0][part], columns[1][part], columns[2][part], columns[3][part]


def _numbered(paragraphs: Ints, begins: Ints, number: dict[Side, int]) -> Ints:
    """The numbers of the sides that begin at those places; of ten thousand few are different."""
    row, starts = tuple(paragraphs.tolist()), begins.tolist()
    sides = map(row.__getitem__, map(slice, starts, [*starts[1:], len(row)]))
    return np.array([number.setdefault(side, len(number)) for side in sides], np.int64)


def _highest(scores: npt.NDArray[np.float64], begins: Ints) -> npt.NDArray[np.float64]:
    """Of the scores from each of those places to the next the highest."""
    highest: npt.NDArray[np.float64] = np.maximum.reduceat(np.append(scores, 0.0), begins)
    return highest


def _rounded(scores: npt.NDArray[np.float64]) -> list[float]:
    """The scores to three places; there are few different ones."""
    distinct, number = np.unique(scores, return_inverse=True)
    rounded = [round(score, 3) for score in distinct.tolist()]
    return [rounded[i] for i in number.tolist()]
