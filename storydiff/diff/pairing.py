"""Which paragraph (or sentence) of an older text became which of a newer one.

Units are paired in passes, from the surest to the weakest: equal ones in order (Levenshtein over units), equal ones
out of order, similar ones. A pair that is much alike may stand anywhere; one that is only somewhat alike must stand
between the same neighbours, because a rewritten paragraph keeps its place. At last the pieces of a unit that was
split, or of units that were joined, come to their pair.

Likeness is the order-preserving word overlap (Dice over the longest common subsequence of words), raised where the
shorter text lies whole inside the longer: news paragraphs mostly change by growing. Candidates come from an index of
shared words, so that cost grows with units, not with their product.
Where it fails: a sentence that went from one paragraph into another is an edit of both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from storydiff.text.normalize import plain
from storydiff.text.words import tokens

# Edited paragraphs of newsedits_samples and stories (49) reach .49 and more. Unrelated paragraphs of one article (9,393
# pairs of basil and newswcl50): 99 of 100 stay below .28, 3 of 1,000 reach .35, 1 of 1,600 reaches .60.
ANYWHERE = 0.6
IN_PLACE = 0.35
PART = 0.8  # share of a piece's words that must stand, in order, in the whole
PIECE = 4  # words; shorter ones are too easily found anywhere
CANDIDATES = 8  # new units looked at for each old one, those with most words in common first
COMMON = 40  # a word in more units than this points to none of them


class Kind(StrEnum):
    """What became of a unit."""

    SAME = "same"
    EDITED = "edited"
    ADDED = "added"
    DELETED = "deleted"


class Pairing(NamedTuple):
    """Old unit `i` became new unit `j`; several rows share one `i` (or `j`) where it was split (or joined)."""

    i: int | None
    j: int | None
    kind: Kind
    moved: bool = False


class Group(NamedTuple):
    """Old units that became new units: one to one, one to many or many to one."""

    olds: tuple[int, ...]
    news: tuple[int, ...]
    same: bool
    moved: bool


Pair = tuple[int, int]
Words = list[list[str]]


def typeset(text: str) -> str:
    """The text without what typesetting changes: spaces, kinds of quotation marks and dashes, invisible signs."""
    return " ".join(plain(text).replace('"', "'").replace("…", "...").split())


def revise(old: Sequence[str], new: Sequence[str]) -> tuple[Pairing, ...]:
    """Every unit of both texts, paired; in the order of the new text, deleted units behind what they followed.

    Each index of `old` and of `new` occurs at least once. Units that differ in typography only are `same`.
    """
    found = groups(old, new)
    rows = [_pairing(group, i, j) for group in found for i in group.olds for j in group.news]
    kept = {j for group in found for j in group.news}
    rows += [Pairing(None, j, Kind.ADDED) for j in range(len(new)) if j not in kept]
    rows.sort(key=lambda row: (row.j or 0, row.i or 0))
    return tuple(_with_deleted(rows, len(old)))


def groups(old: Sequence[str], new: Sequence[str]) -> tuple[Group, ...]:
    """The units that both texts have, in the order of the old one; what is in no group was deleted or added."""
    a, b = [typeset(text) for text in old], [typeset(text) for text in new]
    words = [tokens(text.lower()) for text in a], [tokens(text.lower()) for text in b]
    pairs = _equal(a, b)
    scored = sorted(_candidates(*words, pairs), key=lambda c: (-c[0], abs(c[1] - c[2]), c[1], c[2]))
    _take(pairs, ((i, j) for score, i, j in scored if score >= ANYWHERE))
    _take(pairs, _in_place([(i, j) for score, i, j in scored if score >= IN_PLACE], _unmoved(pairs)))
    spine = _unmoved(pairs)
    return tuple(
        Group(olds, news, _joined(a, olds) == _joined(b, news), (i, pairs[i]) not in spine)
        for i, olds, news in _with_pieces(pairs, *words)
    )


def _pairing(group: Group, i: int, j: int) -> Pairing:
    return Pairing(i, j, Kind.SAME if group.same else Kind.EDITED, group.moved)


def _with_deleted(rows: list[Pairing], olds: int) -> Iterator[Pairing]:
    kept = {row.i for row in rows}
    behind: dict[int | None, list[int]] = defaultdict(list)
    last: int | None = None
    for i in range(olds):
        if i in kept:
            last = i
        else:
            behind[last].append(i)
    yield from (Pairing(i, None, Kind.DELETED) for i in behind.pop(None, ()))
    for row in rows:
        yield row
        if row.i is not None:
            yield from (Pairing(i, None, Kind.DELETED) for i in behind.pop(row.i, ()))


def _joined(texts: Sequence[str], which: Iterable[int]) -> str:
    return " ".join(texts[k] for k in which)


def _equal(a: list[str], b: list[str]) -> dict[int, int]:
    """Equal units: first those in order, then the others."""
    pairs: dict[int, int] = {}
    for op in Levenshtein.opcodes(a, b):
        if op.tag == "equal":
            pairs.update(zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True))
    places: dict[str, deque[int]] = defaultdict(deque)
    for j in sorted(set(range(len(b))) - set(pairs.values())):
        places[b[j]].append(j)
    for i, text in enumerate(a):
        if i not in pairs and places.get(text):
            pairs[i] = places[text].popleft()
    return pairs


def _take(pairs: dict[int, int], more: Iterable[Pair]) -> None:
    """Add the pairs whose units are both free, first come first served."""
    taken = set(pairs.values())
    for i, j in more:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _candidates(old: Words, new: Words, pairs: Mapping[int, int]) -> Iterator[tuple[float, int, int]]:
    """(likeness, i, j) of free units that share words."""
    taken = set(pairs.values())
    holders: dict[str, list[int]] = defaultdict(list)
    for j, words in enumerate(new):
        for word in set(words) if j not in taken else ():
            holders[word].append(j)
    for i, words in enumerate(old):
        if i in pairs:
            continue
        shared: Counter[int] = Counter()
        for word in set(words):
            if len(holders.get(word, ())) <= COMMON:
                shared.update(holders.get(word, ()))
        for j, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
            yield _likeness(words, new[j]), i, j


def _likeness(a: list[str], b: list[str]) -> float:
    """0..1; equal on swapping."""
    common = LCSseq.similarity(a, b)
    shorter, both = min(len(a), len(b)), len(a) + len(b)
    if not common:
        return 0.0
    dice = 2 * common / both
    whole = common / shorter if shorter >= PIECE else dice
    return (2 * dice + whole) / 3


def _in_place(pairs: Iterable[Pair], spine: Iterable[Pair]) -> Iterator[Pair]:
    """The pairs that stand between the same two neighbours in both texts."""
    fixed = sorted(spine)
    olds, news = [i for i, _ in fixed], [j for _, j in fixed]
    return ((i, j) for i, j in pairs if bisect_left(olds, i) == bisect_left(news, j))


def _unmoved(pairs: Mapping[int, int]) -> frozenset[Pair]:
    """A longest run of pairs in the same order in both texts (Fredman 1975); of two swapped ones, the upper moved down.

    n log n.
    """
    ends: list[int] = []
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for i in sorted(pairs):
        at = bisect_left(ends, pairs[i])
        before[i] = tops[at - 1] if at else None
        ends[at : at + 1] = [pairs[i]]
        tops[at : at + 1] = [i]
    kept = set()
    last = tops[-1] if tops else None
    while last is not None:
        kept.add((last, pairs[last]))
        last = before[last]
    return frozenset(kept)


def _with_pieces(
    pairs: Mapping[int, int], old: Words, new: Words
) -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """(i, olds, news) of each pair, grown by the free neighbours that are pieces of the other side."""
    free_old, free_new = set(range(len(old))) - set(pairs), set(range(len(new))) - set(pairs.values())
    for i in sorted(pairs):
        news = _grown(pairs[i], new, old[i], free_new)
        olds = _grown(i, old, new[pairs[i]], free_old) if len(news) == 1 else (i,)
        yield i, olds, news


def _grown(start: int, side: Words, whole: list[str], free: set[int]) -> tuple[int, ...]:
    """`start` and the free units next to it that make it more like the whole; they are free no longer."""
    got = [start]
    for step in (1, -1):
        at = start + step
        while at in free and _is_piece(side[at], whole) and _closer(got, at, side, whole):
            free.discard(at)
            got = sorted([*got, at])
            at += step
    return tuple(got)


def _is_piece(words: list[str], whole: list[str]) -> bool:
    return len(words) >= PIECE and LCSseq.similarity(words, whole) >= PART * len(words)


def _closer(got: list[int], at: int, side: Words, whole: list[str]) -> bool:
    now = [word for k in got for word in side[k]]
    then = [word for k in sorted([*got, at]) for word in side[k]]
    return LCSseq.normalized_similarity(then, whole) > LCSseq.normalized_similarity(now, whole)
