"""A story prepared for judging: its sentences as bags of words and of character four-grams, its words weighed.

Everything here is in the order of (version id, sentence), so the order in which versions come changes nothing.

cost: one regular expression pass over the text, a sort of its four-grams, and small arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from storydiff.align.bags import Bag, Bools, Floats, Ints, inverse_frequency
from storydiff.align.embedding import alike
from storydiff.align.weights import Terms, terms_of
from storydiff.text.words import key_of, tokens

GRAM, BUCKETS = 4, 1 << 16
"""Letters in a character gram (of stemmed words), and how many numbers grams are hashed to. Four: AP .732 and .760 on
links and digest links by themselves, against .716 and .742 for content words (dev)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sentence:
    keys: list[str]
    upper: list[bool]
    """For each word, whether it begins with a capital."""
    language: str


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """All sentences of a story, numbered through; version v has `rows[v]` (start, end)."""

    versions: tuple[str, ...]
    languages: tuple[str, ...]
    rows: tuple[tuple[int, int], ...]
    terms: Terms
    bag: Bag
    """Words per sentence, function words too."""
    content: Bag
    """Content words only."""
    figures: Bag
    """Numbers only."""
    grams: Bag
    gram_weight: Floats
    near: tuple[Ints, Ints, Floats]
    """Pairs of content words that are alike, both ways round, by word: (word, other, likeness)."""

    @property
    def version_of(self) -> Ints:
        """For each sentence, the number of its version."""
        lengths = [end - start for start, end in self.rows]
        return np.repeat(np.arange(len(self.rows)), lengths)


def prepare(versions: Mapping[str, Sequence[str]], languages: Mapping[str, str | None]) -> Prepared:
    """Sentences by version id, with the languages that are known; English is assumed where none is."""
    names = tuple(sorted(versions))
    tongues = tuple((languages.get(name) or "en").split("-")[0].lower() for name in names)
    found = [_read(text, tongue) for name, tongue in zip(names, tongues, strict=True) for text in versions[name]]
    ids, spoken, bag = _number(found)
    terms = terms_of(
        list(ids), spoken, _capitalised(found, ids), bag, _room([each.language for each in found], bag, len(ids))
    )
    grams = _grams([" ".join(each.keys) for each in found])
    ends = np.cumsum([0, *(len(versions[name]) for name in names)]).tolist()
    return Prepared(
        versions=names,
        languages=tongues,
        rows=tuple(pairwise(ends)),
        terms=terms,
        bag=bag,
        content=_only(bag, terms.content),
        figures=_only(bag, terms.figure),
        grams=grams,
        gram_weight=inverse_frequency(grams.spread(BUCKETS), len(grams)),
        near=_near(ids, spoken, terms),
    )


def _read(text: str, language: str) -> _Sentence:
    found = tokens(text)
    return _Sentence(list(map(key_of(language), found)), [token[0].isupper() for token in found], language)


def _number(found: Sequence[_Sentence]) -> tuple[dict[str, int], list[str], Bag]:
    """Words numbered as they are met, the language each was first met in, and the bag of sentences."""
    ids: dict[str, int] = {}
    spoken: list[str] = []
    for each in found:
        for key in each.keys:
            ids.setdefault(key, len(ids))
        spoken += [each.language] * (len(ids) - len(spoken))
    return ids, spoken, Bag.of([[ids[key] for key in dict.fromkeys(each.keys)] for each in found])


def _capitalised(found: Sequence[_Sentence], ids: Mapping[str, int]) -> Bools:
    """Which words stand with a capital in at least half of the places where a small letter was possible."""
    inside = [ids[key] for each in found for key in each.keys[1:]]
    upper = [up and each.language != "de" for each in found for up in each.upper[1:]]
    count = np.bincount(np.array(inside, np.int64), minlength=len(ids))
    capital = np.bincount(np.array(inside, np.int64), np.array(upper, np.float64), minlength=len(ids))
    return np.asarray((2 * capital >= count) & (count > 0))


def _room(languages: Sequence[str], bag: Bag, size: int) -> Ints:
    """For each word, the number of sentences in the languages that use it: a text in another language says nothing
    about how rare it is.
    """
    spoken, tongue = np.unique(languages, return_inverse=True)
    used = np.zeros((len(spoken), size), bool)
    used[tongue[bag.owner()], bag.items] = True
    return np.asarray(np.bincount(tongue, minlength=len(spoken)) @ used, np.int64)


def _only(bag: Bag, wanted: Bools) -> Bag:
    kept = wanted[bag.items]
    lengths = bag.total(kept.astype(np.float32)).astype(np.int64)
    return Bag(bag.items[kept], np.concatenate(([0], np.cumsum(lengths))))


def _grams(texts: Sequence[str]) -> Bag:
    """The distinct four-grams of each text, hashed; a blank stands before and after every word."""
    joined = "".join(f" {text} \0\0\0" for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), [len(text) + GRAM + 1 for text in texts])
    if len(codes) < GRAM:
        return Bag.of([[] for _ in texts])
    code = np.zeros(len(codes) - GRAM + 1, np.uint64)
    inside = np.ones(len(code), bool)
    for place in range(GRAM):
        window = codes[place : len(code) + place]
        code = code * np.uint64(0x9E3779B97F4A7C15) + window
        inside &= window > 0
    hashed = (code >> np.uint64(29)) % np.uint64(BUCKETS)
    marked = np.sort(owner[: len(code)][inside] * BUCKETS + hashed[inside].astype(np.int64))
    marked = marked[np.diff(marked, prepend=-1) > 0]
    starts = np.searchsorted(marked, np.arange(len(texts) + 1) * BUCKETS)
    return Bag(marked % BUCKETS, starts)


def _near(ids: Mapping[str, int], spoken: Sequence[str], terms: Terms) -> tuple[Ints, Ints, Floats]:
    able = [key for key, i in ids.items() if terms.content[i] and not terms.figure[i]]
    pairs = sorted(alike(able, [key for key in able if spoken[ids[key]] == "en"]).items())
    left = np.array([ids[a] for (a, _), _ in pairs], np.int64)
    right = np.array([ids[b] for (_, b), _ in pairs], np.int64)
    value = np.array([likeness for _, likeness in pairs], np.float32)
    word, other = np.concatenate((left, right)), np.concatenate((right, left))
    order = np.argsort(word, kind="stable")
    return word[order], other[order], np.concatenate((value, value))[order]


__all__ = ["BUCKETS", "GRAM", "Prepared", "prepare"]
