"""Slots: whether two details stand in the same place of what two readings tell.

The words around a detail say what it is about: what is counted, what was done, when, by whom. Nearer words say more,
and a clause boundary takes half. Two slots are alike when the heavy words of one have partners (same concept) among the
words of the other. The measure is a soft Dice coefficient over the paired weights, 0..1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from storydiff.diff.rules.passage import Passage, Token
from storydiff.text.lexicon import background

Slot = tuple[tuple[Token, float], ...]
"""Content words with their weights."""
REACH = 14
"""Tokens to either side that can belong to a slot."""


@lru_cache(maxsize=8192)
def slot(passage: Passage, start: int, end: int, reach: int = REACH) -> Slot:
    """The content words around a span of a passage with their weights; digits and the span itself left out."""
    first, last = passage.index(start), passage.index(end)
    if not passage.tokens:
        return ()
    home = passage.tokens[min(first, len(passage.tokens) - 1)]
    out = []
    for i in range(max(0, first - reach), min(len(passage.tokens), last + reach)):
        token = passage.tokens[i]
        if not token.content or start <= token.start < end or token.key[:1].isdigit():
            continue
        distance = first - i if i < first else i - last + 1
        weight = 1.0 / (1.0 + 0.25 * (distance - 1))
        weight *= 0.6 ** abs(token.clause - home.clause)
        if token.sentence != home.sentence:
            weight *= 0.3
        out.append((token, weight * _rarity(token.key, passage.language)))
    return tuple(out)


@lru_cache(maxsize=65536)
def _rarity(key: str, language: str) -> float:
    """Common words say less about a slot: 0.5 for the commonest, 1 for rare ones."""
    return min(1.0, max(0.5, 1.0 - (background(language).get(key, 3.0) - 4.0) / 4.0))


def likeness(a: Slot, b: Slot, *, foreign: bool = False) -> float:
    """How alike two slots are, 0..1: soft Dice over greedily paired words that share a concept.

    `foreign`: the readings are in two languages, so that cognates (deficiencies, deficiencias) count as one word.
    """
    total = sum(w for _, w in a) + sum(w for _, w in b)
    if not total:
        return 0.0
    scored = sorted(_partners(a, b, foreign=foreign), reverse=True)
    used_a: set[int] = set()
    used_b: set[int] = set()
    shared = 0.0
    for weight, i, j in scored:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            shared += weight
    return 2.0 * shared / total


def _partners(a: Slot, b: Slot, *, foreign: bool) -> Iterator[tuple[float, int, int]]:
    """The pairs of words that share a concept, with what they weigh as one."""
    holders: dict[str, list[int]] = {}
    for j, (token, _) in enumerate(b):
        for sign in _signs(token, foreign=foreign):
            holders.setdefault(sign, []).append(j)
    for i, (token, weight) in enumerate(a):
        for j in {j for sign in _signs(token, foreign=foreign) for j in holders.get(sign, ())}:
            other, its = b[j]
            yield min(weight, its) * (1.0 if token.key == other.key else 0.85), i, j


def _signs(token: Token, *, foreign: bool) -> Iterable[str]:
    return [*token.concepts, f"~{token.cognate}"] if foreign and token.cognate else token.concepts


@lru_cache(maxsize=8192)
def overlap(a: Passage, b: Passage) -> float:
    """How much of the shorter reading's content words has a partner in the other, 0..1."""
    if min(len(a.content), len(b.content)) <= 3:
        return 0.0
    return max(_told_in(a, b), _told_in(b, a))


def _told_in(a: Passage, b: Passage) -> float:
    return sum([not own.isdisjoint(b.concepts) for own in a.each_concepts]) / len(a.content)
