"""Links between the paragraphs of two versions: m:n, moves marked, the same whichever version comes first.

Two paragraphs are linked when they tell a point in common, or print the same words. A point that both versions tell
in equally many paragraphs links them one to one in order, otherwise each with each. A link is moved when it does not
lie on the longest chain of links that do not cross (the longest increasing subsequence: Fredman 1975).

time: O(l log l) in the links of a pair of versions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, product
from operator import itemgetter

from storydiff.model import Link, Span

Pair = tuple[int, int]
Side = tuple[int, ...]
"""Paragraphs of one version, in order."""


Told = Mapping[str, Sequence[Span]]
"""Who tells a point where, by version."""


class Linker:
    """Links the paragraphs of any two versions; `points` gives for each point who tells it where."""

    def __init__(self, points: Iterable[Told]) -> None:
        self._told: dict[str, dict[int, list[int]]] = defaultdict(dict)
        """Version -> point -> the paragraphs that tell it, in order."""
        self._held: dict[str, Counter[int]] = defaultdict(Counter)
        """Version -> paragraph -> how many points it tells."""
        for number, point in enumerate(points):
            for version, spans in point.items():
                paragraphs = sorted({span.paragraph for span in spans})
                self._told[version][number] = paragraphs
                self._held[version].update(paragraphs)

    def told(self, version: str) -> int:
        """How many points a version tells."""
        return len(self._told[version])

    def links(self, a: str, b: str) -> tuple[Link, ...]:
        """The links between two versions.

        A link's score is the share of the points of the paragraph with fewer that are told in both.
        """
        left, right, held, holds = self._told[a], self._told[b], self._held[a], self._held[b]
        pairs: dict[Pair, int] = {}
        for number in left.keys() & right.keys():
            for pair in _told_in_both(left[number], right[number]):
                pairs[pair] = pairs.get(pair, 0) + 1
        ordered = sorted(pairs)
        return tuple(
            [
                Link(
                    a=a,
                    b=b,
                    a_paragraphs=ours,
                    b_paragraphs=theirs,
                    moved=moved,
                    score=round(max([pairs[i, j] / min(held[i], holds[j]) for i in ours for j in theirs]), 3),
                )
                for moved, ours, theirs in _bundles(ordered, _straight(ordered))
            ]
        )


def _told_in_both(a: Sequence[int], b: Sequence[int]) -> Iterable[Pair]:
    return zip(a, b, strict=True) if len(a) == len(b) else product(a, b)


def _straight(pairs: Sequence[Pair]) -> set[Pair]:
    """The pairs of one longest chain; the same ones whichever version is the first of each pair.

    When the two sides are mirror images (two paragraphs exchanged, nothing else), the earlier one of `a` is straight:
    the caller gives versions in an order of their own.
    """
    swapped = sorted([(j, i) for i, j in pairs])
    if list(pairs) <= swapped:
        return set(_chain(pairs))
    return {(i, j) for j, i in _chain(swapped)}


def _chain(pairs: Sequence[Pair]) -> list[Pair]:
    """One longest chain of pairs that do not cross; several may touch the same paragraph."""
    ends: list[int] = []
    best: list[int] = []
    back: list[int] = []
    # Non-decreasing in both: pairs are sorted by (i, j), so only j must not fall.
    for number, (_, second) in enumerate(pairs):
        at = bisect_right(ends, second)
        back.append(best[at - 1] if at else -1)
        ends[at : at + 1], best[at : at + 1] = (second,), (number,)
    chain: list[Pair] = []
    last = best[-1] if best else -1
    while last >= 0:
        chain.append(pairs[last])
        last = back[last]
    return chain


def _bundles(pairs: Sequence[Pair], straight: set[Pair]) -> list[tuple[bool, Side, Side]]:
    """Pairs that have the same partners, as m:n links in which each paragraph is linked with each.

    Pairs are sorted, and so are the paragraphs on both sides of a link.
    """
    bundles: dict[tuple[bool, Side], list[int]] = {}
    for first, group in groupby(pairs, key=itemgetter(0)):
        partners: tuple[list[int], list[int]] = [], []
        for pair in group:
            partners[pair not in straight].append(pair[1])
        for moved, others in enumerate(partners):
            if others:
                bundles.setdefault((bool(moved), tuple(others)), []).append(first)
    return sorted([(moved, tuple(left), right) for (moved, right), left in bundles.items()], key=_place)


def _place(bundle: tuple[bool, Side, Side]) -> tuple[int, int, bool]:
    moved, ours, theirs = bundle
    return ours[0], theirs[0], moved
