"""Links between the paragraphs of two versions: m:n, moves marked, the same whichever version comes first.

Two paragraphs are linked when they tell a point in common, or print the same words. A point that both versions tell
in equally many paragraphs links them one to one in order, otherwise each with each. A link is moved when it does not
lie on the longest chain of links that do not cross (the longest increasing subsequence: Fredman 1975).

time: O(l log l) in the links of a pair of versions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, product

from storydiff.model import Link, Span

Pair = tuple[int, int]


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
        left, right = self._told[a], self._told[b]
        pairs = Counter(
            chain.from_iterable(_told_in_both(left[number], right[number]) for number in left.keys() & right.keys())
        )
        ordered = sorted(pairs)
        score = {(i, j): pairs[i, j] / min(self._held[a][i], self._held[b][j]) for i, j in ordered}
        return tuple(
            Link(
                a=a,
                b=b,
                a_paragraphs=tuple(sorted(ours)),
                b_paragraphs=tuple(sorted(theirs)),
                moved=moved,
                score=round(max(score[i, j] for i in ours for j in theirs), 3),
            )
            for moved, ours, theirs in _bundles(ordered, _straight(ordered))
        )


def _told_in_both(a: Sequence[int], b: Sequence[int]) -> Iterable[Pair]:
    return zip(a, b, strict=True) if len(a) == len(b) else product(a, b)


def _straight(pairs: Sequence[Pair]) -> set[Pair]:
    """The pairs of one longest chain; the same ones whichever version is the first of each pair.

    When the two sides are mirror images (two paragraphs exchanged, nothing else), the earlier one of `a` is straight:
    the caller gives versions in an order of their own.
    """
    swapped = sorted((j, i) for i, j in pairs)
    if list(pairs) <= swapped:
        return set(_chain(pairs))
    return {(i, j) for j, i in _chain(swapped)}


def _chain(pairs: Sequence[Pair]) -> list[Pair]:
    """One longest chain of pairs that do not cross; several may touch the same paragraph."""
    ends: list[int] = []
    best: list[Pair] = []
    back: dict[Pair, Pair | None] = {}
    # Non-decreasing in both: pairs are sorted by (i, j), so only j must not fall.
    for pair in pairs:
        at = bisect_left(ends, pair[1] + 1)
        back[pair] = best[at - 1] if at else None
        ends[at : at + 1], best[at : at + 1] = [pair[1]], [pair]
    chain: list[Pair] = []
    last = best[-1] if best else None
    while last is not None:
        chain.append(last)
        last = back[last]
    return chain


def _bundles(pairs: Sequence[Pair], straight: set[Pair]) -> list[tuple[bool, set[int], set[int]]]:
    """Pairs that have the same partners, as m:n links in which each paragraph is linked with each."""
    partners: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for i, j in pairs:
        partners[(i, j) not in straight, i].add(j)
    bundles: dict[tuple[bool, frozenset[int]], set[int]] = defaultdict(set)
    for (moved, i), others in partners.items():
        bundles[moved, frozenset(others)].add(i)
    found = [(moved, left, set(right)) for (moved, right), left in bundles.items()]
    return sorted(found, key=lambda b: (min(b[1]), min(b[2]), b[0]))
