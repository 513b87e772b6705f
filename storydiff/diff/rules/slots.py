"""Slots: whether two details stand in the same place of what two readings tell.

The words around a detail say what it is about: what is counted, what was done, when, by whom. Nearer words say more,
and a clause boundary takes half. Two slots are alike when the heavy words of one have partners (same concept) among the
words of the other. The measure is a soft Dice coefficient over the paired weights, 0..1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from storydiff.align.points_concepts import bag
from storydiff.diff.rules.passage import Passage, Token
from storydiff.text.lexicon import background

REACH = 14
"""Tokens to either side that can belong to a slot."""
_OTHER_WORD = 0.85
"""What two words of one concept weigh that are not one word."""
_Holders = dict[str, bytes]
"""Concept -> the numbers of the words of a slot that have it: bytes are no containers to the search for garbage."""


@dataclass(frozen=True, eq=False)
class Slot:
    """Content words with their weights. Compared by identity: equal slots are one cached object."""

    words: tuple[Token, ...]
    weights: tuple[float, ...]
    language: str = "en"

    @cached_property
    def weight(self) -> float:
        """What the words weigh together."""
        return sum(self.weights)

    @cached_property
    def holders(self) -> _Holders:
        """The words by their concepts."""
        return _holders((i, sign) for i, token in enumerate(self.words) for sign in token.concepts)

    @cached_property
    def holders_abroad(self) -> _Holders:
        """The words by their concepts, their cognates and what they mean in English."""
        return _holders((i, sign) for i, token in enumerate(self.words) for sign in _signs(token, self.language))


def _holders(signs: Iterable[tuple[int, str]]) -> _Holders:
    found: _Holders = {}
    for i, sign in signs:
        found[sign] = found.get(sign, b"") + i.to_bytes()
    return found


@lru_cache(maxsize=8192)
def slot(passage: Passage, start: int, end: int, reach: int = REACH) -> Slot:
    """The content words around a span of a passage with their weights; digits and the span itself left out."""
    tokens = passage.tokens
    if not tokens:
        return Slot((), ())
    first, last = passage.index(start), passage.index(end)
    home = tokens[min(first, len(tokens) - 1)]
    words, weights = [], []
    for i in range(max(0, first - reach), min(len(tokens), last + reach)):
        token = tokens[i]
        if not token.content or start <= token.start < end or token.key[:1].isdigit():
            continue
        distance = first - i if i < first else i - last + 1
        weight = 1.0 / (1.0 + 0.25 * (distance - 1))
        weight *= 0.6 ** abs(token.clause - home.clause)
        if token.sentence != home.sentence:
            weight *= 0.3
        words.append(token)
        weights.append(weight * _rarity(token.key, passage.language))
    return Slot(tuple(words), tuple(weights), passage.language)


@lru_cache(maxsize=65536)
def _rarity(key: str, language: str) -> float:
    """Common words say less about a slot: 0.5 for the commonest, 1 for rare ones."""
    return min(1.0, max(0.5, 1.0 - (background(language).get(key, 3.0) - 4.0) / 4.0))


def likeness(a: Slot, b: Slot, *, foreign: bool = False) -> float:
    """How alike two slots are, 0..1: soft Dice over greedily paired words that share a concept.

    `foreign`: the readings are in two languages, so that cognates (deficiencies, deficiencias) count as one word.
    """
    total = a.weight + b.weight
    if not total:
        return 0.0
    used_a: set[int] = set()
    used_b: set[int] = set()
    shared = 0.0
    for weight, i, j in sorted(_partners(a, b, foreign=foreign), reverse=True):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            shared += weight
    return 2.0 * shared / total


def _partners(a: Slot, b: Slot, *, foreign: bool) -> list[tuple[float, int, int]]:
    """The pairs of words that share a concept, with what they weigh as one."""
    left, right = (slot.holders_abroad if foreign else slot.holders for slot in (a, b))
    pairs = {(i, j) for sign in left.keys() & right.keys() for i in left[sign] for j in right[sign]}
    ours, theirs, own, other = a.weights, b.weights, a.words, b.words
    return [(min(ours[i], theirs[j]) * (1.0 if own[i].key == other[j].key else _OTHER_WORD), i, j) for i, j in pairs]


def _signs(token: Token, language: str) -> Iterable[str]:
    own = (*token.concepts, *_meanings(token.text, language))
    return (*own, f"~{token.cognate}") if token.cognate else own


@lru_cache(maxsize=1 << 14)
def _meanings(word: str, language: str) -> tuple[str, ...]:
    """What a word means in every language."""
    return tuple(f"={concept}" for concept in sorted(bag(word, language)))


@lru_cache(maxsize=8192)
def overlap(a: Passage, b: Passage) -> float:
    """How much of the shorter reading's content words has a partner in the other, 0..1."""
    if min(len(a.content), len(b.content)) <= 3:
        return 0.0
    return max(_told_in(a, b), _told_in(b, a))


def _told_in(a: Passage, b: Passage) -> float:
    alone = sum(map(b.concepts.isdisjoint, a.each_concepts))
    return (len(a.content) - alone) / len(a.content)
