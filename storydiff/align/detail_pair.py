"""Two sentences, and the details of the first, numbered together: what the second holds of each word, and where.

cost: one likeness look-up per distinct word, and a small square matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Floats, Ints
from storydiff.align.embedding import alike
from storydiff.align.weights import rarity
from storydiff.text.words import Word, is_number

Words = tuple[Word, ...]
MATCHED = 0.5
"""Likeness from which on a word counts as found."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two sentences and the words of all details."""

    number: dict[str, int]
    weight: Floats
    match: Floats
    """Per word: how far the second sentence holds it."""
    place: Ints
    """Per word: where in the second sentence its best match stands."""
    a: Words
    b: Words
    a_in_b: float
    b_in_a: float
    beyond: float
    """Weight of what the second sentence says beyond the first."""
    grams: frozenset[str]

    def share(self, chosen: Sequence[Word], empty: float = -1.0) -> float:
        """Weighted mean of the matches of the chosen words; `empty` when there are none."""
        return _share(self.weight, self.match, [self.number[word.key] for word in chosen], empty)

    def held(self, word: Word) -> float:
        """How far the second sentence holds a word."""
        return float(self.match[self.number[word.key]])

    def weighs(self, word: Word) -> float:
        """How rare a word is in the language."""
        return float(self.weight[self.number[word.key]])


@dataclass(frozen=True, slots=True, eq=False)
class Detail:
    """A detail in its pair."""

    words: Words
    rest: tuple[Word, ...]
    """Content words behind the head."""
    keys: frozenset[str]
    """Of the rest."""
    told: float
    """Share of the detail that the other sentence holds."""
    head: float
    """How far it holds the head."""
    role: float
    """Share of the rest that it holds; -1 without a rest."""

    @property
    def key(self) -> str:
        """That of the head."""
        return self.words[0].key


def pair_of(a: Words, b: Words, details: Sequence[Words], language: str | None) -> Pair:
    """Prepare two sentences for judging details of the first."""
    number = {key: i for i, key in enumerate(dict.fromkeys(w.key for each in (a, b, *details) for w in each))}
    keys = list(number)
    weight = rarity(keys, [(language or "en").split("-")[0].lower()] * len(keys))
    like = _likeness(number)
    in_a, in_b = ([number[word.key] for word in content(side)] for side in (a, b))
    there, chosen = {word.key for word in b}, set(in_b)
    spots = [i for i, word in enumerate(b) if number[word.key] in chosen]
    near = like[:, [number[b[i].key] for i in spots]] if spots else np.zeros((len(keys), 1), np.float32)
    told = np.array([key in there for key in keys], np.float32)
    back = like[:, in_a].max(axis=1) if in_a else np.zeros(len(keys), np.float32)
    match = np.maximum(near.max(axis=1), told) if keys else told
    place = np.array(spots or [0])[near.argmax(axis=1)] if keys else np.zeros(0, np.int64)
    return Pair(
        number=number,
        weight=weight,
        match=match,
        place=place,
        a=a,
        b=b,
        a_in_b=_share(weight, match, in_a),
        b_in_a=_share(weight, back, in_b),
        beyond=float((weight * (1 - back))[[number[word.key] for word in b if word.content]].sum()),
        grams=grams_of(b),
    )


def detail_of(pair: Pair, words: Words) -> Detail:
    """A detail, which must have words, against the other sentence."""
    rest = tuple(word for word in words[1:] if word.content)
    return Detail(
        words,
        rest,
        frozenset(word.key for word in rest),
        pair.share(content(words)),
        pair.held(words[0]),
        pair.share(rest),
    )


def content(detail: Sequence[Word]) -> list[Word]:
    """The words that carry content; all of them where none does."""
    return [word for word in detail if word.content] or list(detail)


def grams_of(found: Sequence[Word]) -> frozenset[str]:
    """Four letters in a row of the keys, a blank between words."""
    text = f" {' '.join(word.key for word in found)} "
    return frozenset(text[i : i + 4] for i in range(max(1, len(text) - 3)))


def _likeness(number: dict[str, int]) -> Floats:
    like = np.eye(len(number), dtype=np.float32)
    able = [key for key in number if not is_number(key)]
    for (one, other), value in alike(able, able).items():
        like[number[one], number[other]] = like[number[other], number[one]] = value
    return like


def _share(weight: Floats, match: Floats, chosen: list[int], empty: float = -1.0) -> float:
    if not chosen:
        return empty
    taken = weight[chosen]
    return float(taken @ match[chosen] / taken.sum())
