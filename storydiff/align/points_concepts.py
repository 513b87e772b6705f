"""What a unit is about, as a bag of concepts in which wording, inflection and language hardly matter.

A word of the news counts as its idea ("killed", "muertos" and "Tote" are one: `data/concepts.txt`), a number as its
value with its dimension (52 knots and 96 km/h are one), any other word as the beginning of its spelling once the
letters that languages exchange are made equal: names and cognates meet there (Simard, Foster and Isabelle 1992, "Using
cognates to align sentences in bilingual corpora"). Concepts weigh as much as they are rare among the story's units.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from storydiff.text.normalize import fold
from storydiff.text.numbers import quantities
from storydiff.text.words import is_number, keys, words

LANGUAGES = ("en", "de", "fr", "es", "ru", "uk")
BEGINNING = 5
"""Letters by which cognates are compared; 4, 5 and 6 differ by under .007 in average precision on the dev stories."""
FIGURE, TELLING = 2.0, 13
"""Figures from 13 on, and any with a fraction, weigh double: average precision on the dev stories .69 -> .71 and
.74 -> .77 within English, .71 -> .73 and .77 -> .82 across languages; on ecbplus .771 -> .765."""
COMPOUND = 9
"""A German word from this length on may hide an idea in its first or last part."""

Bag = frozenset[str]

_TABLE = Path(__file__).parent / "data" / "concepts.txt"
_EXCHANGED = (
    *(("ph", "f"), ("th", "t"), ("qu", "c"), ("y", "i"), ("k", "c")),
    *(("w", "v"), ("z", "c"), ("x", "s"), ("j", "i")),
)
_TWICE = re.compile(r"(.)\1")


@lru_cache(maxsize=1)
def _ideas() -> dict[str, dict[str, tuple[str, ...]]]:
    """Language -> word key -> names of the ideas it stands for."""
    found: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in LANGUAGES}
    lines = _TABLE.read_text(encoding="utf8").splitlines()
    for line in (each for each in lines if each and not each.startswith("#")):
        columns = [column.split() for column in line.split("|")]
        for language, column in zip(LANGUAGES, columns, strict=True):
            for key in {key for word in column for key in keys(word, language)}:
                found[language][key] = (*found[language].get(key, ()), "@" + columns[0][0])
    return found


def bag(text: str, language: str | None) -> Bag:
    """The concepts of a text."""
    base = (language or "en").split("-")[0].lower()
    figures, covered = _figures(text, base)
    about = {
        concept
        for word in words(text, base)
        if word.content and word.start not in covered
        for concept in _concepts(word.text, word.key, base)
    }
    return frozenset(about | figures)


def translatable(text: str, language: str | None) -> Bag:
    """The concepts of a text that a translation keeps: ideas in the table, numbers, and names."""
    base = (language or "en").split("-")[0].lower()
    figures, covered = _figures(text, base)
    kept = {
        concept
        for word in words(text, base)
        if word.content and word.start not in covered
        for concept in _concepts(word.text, word.key, base)
        if concept[0] in "@#" or (word.start and word.text[0].isupper() and base != "de")
    }
    return frozenset(kept | figures)


def weights(bags: Sequence[Bag]) -> dict[str, float]:
    """How much each concept says: the inverse of how many bags hold it (Spärck Jones 1972); telling figures double."""
    spread = Counter(concept for each in bags for concept in each)
    return {
        concept: math.log((len(bags) + 1) / count) * (FIGURE if _telling(concept) else 1.0)
        for concept, count in spread.items()
    }


def is_figure(concept: str) -> bool:
    """Whether a concept is a number."""
    return concept[0] == "#" or "=" in concept


def _telling(concept: str) -> bool:
    """Whether it is a figure that two texts hardly share by chance: not a small count."""
    if not is_figure(concept):
        return False
    figure = concept.lstrip("#").rsplit("=", 1)[-1]
    return not figure.isdigit() or int(figure) >= TELLING


@lru_cache(maxsize=1 << 16)
def _concepts(word: str, key: str, language: str) -> tuple[str, ...]:
    if is_number(key):
        return ("#" + key,)
    ideas = _ideas().get(language, {}).get(key) or (_parts(key) if language == "de" else ())
    if ideas:
        return ideas
    return (_beginning(word),) if len(word) >= BEGINNING or word[0].isupper() else (key,)


def _parts(key: str) -> tuple[str, ...]:
    """The ideas of the first or last part of a German compound."""
    if len(key) < COMPOUND:
        return ()
    table = _ideas()["de"]
    found = {
        idea
        for k, ideas in table.items()
        if len(k) >= BEGINNING and key.startswith(k) | key.endswith(k)
        for idea in ideas
    }
    return tuple(sorted(found))


def _beginning(word: str) -> str:
    spelled = fold(word)
    for written, meant in _EXCHANGED:
        spelled = spelled.replace(written, meant)
    return _TWICE.sub(r"\1", spelled)[:BEGINNING]


def _figures(text: str, language: str) -> tuple[set[str], set[int]]:
    """The figures of a text with their dimension, and the places that they cover."""
    found = [quantity for quantity in quantities(text, language) if not quantity.weak]
    covered = {place for quantity in found for place in range(quantity.start, quantity.number_end or quantity.end)}
    return {f"{quantity.dimension.split(':')[0]}={quantity.exact:.3g}" for quantity in found}, covered
