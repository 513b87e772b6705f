"""What a unit is about, as a bag of concepts in which wording, inflection and language hardly matter.

A word of the news counts as its idea ("killed", "muertos" and "Tote" are one: `data/concepts.txt`), a number as its
value, also in the unit of another country (40 knots and 74 km/h meet), a date and a time of day as one concept, any
other word as the beginning of its spelling once the letters that languages exchange are made equal: names and cognates
meet there (Simard, Foster and Isabelle 1992, "Using cognates to align sentences in bilingual corpora"). Concepts weigh
as much as they are rare among the story's units.

time: one regular expression pass and a dictionary look-up a word. This is for finding what may belong together; whether
two figures agree is decided elsewhere (`text.numbers`), with bounds and rounding.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from storydiff.align.dictionary import english, meanings
from storydiff.align.points_figures import TELLING, read
from storydiff.align.points_words import concepts, concepts_in
from storydiff.text.words import key_of

FIGURE = 2.5
"""Figures from 13 on, and any with a fraction, weigh so much more: at 2.0 average precision on the dev stories goes
.69 -> .71 and .74 -> .77 within English, .71 -> .73 and .77 -> .82 across languages; on ecbplus .771 -> .765."""
PRIOR = 60
"""30 to 100 give the same average precision within .002."""
Bag = frozenset[str]


@lru_cache(maxsize=1 << 13)
def bag(text: str, language: str | None) -> Bag:
    """The concepts of a text."""
    base = (language or "en").split("-")[0].lower()
    found, figures = read(text, base)
    return frozenset(chain(figures, *map(concepts_in(base), found)))


@lru_cache(maxsize=1 << 12)
def translatable(text: str, language: str | None) -> Bag:
    """The concepts of a text that a translation keeps: ideas, words of the dictionary, numbers, and names."""
    base = (language or "en").split("-")[0].lower()
    found, figures = read(text, base)
    key, known = key_of(base), english() if base == "en" else meanings(base)
    kept = (c for token in found for c in concepts(token, base) if c[0] in "@#" or key(token) in known)
    return frozenset(chain(kept, figures, named(text, language)))


def named(text: str, language: str | None) -> Bag:
    """The concepts of a text's names, as far as a capital shows them."""
    base = (language or "en").split("-")[0].lower()
    found, _ = read(text, base)
    if base == "de":
        return frozenset()
    return frozenset(
        concept
        for place, token in enumerate(found)
        if place and token[0].isupper()
        for concept in concepts(token, base)
        if concept[0] not in "@#" and not concept[0].isdecimal()
    )


def capitalised(text: str) -> Bag:
    """The concepts of the words that have a capital within an English text, names and parts of them: no figures."""
    found, _ = read(text, "en")
    return frozenset(
        concept for token in found[1:] if token[0].isupper() for concept in concepts(token, "en") if concept[0] != "#"
    )


def weights(bags: Sequence[Bag]) -> dict[str, float]:
    """How much each concept says: the inverse of how many bags hold it (Spärck Jones 1972), telling figures more.

    `PRIOR` bags of which one holds it are added, for in a story of few sentences every shared word looks common.
    """
    spread = Counter(concept for each in bags for concept in each)
    return {
        concept: math.log((len(bags) + PRIOR) / (count + 1)) * (FIGURE if is_telling(concept) else 1.0)
        for concept, count in spread.items()
    }


@lru_cache(maxsize=1 << 16)
def is_telling(concept: str) -> bool:
    """Whether it is a figure that two texts hardly share by chance: not a small count."""
    if concept[0] != "#":
        return False
    return not concept[1:].isdecimal() or int(concept[1:]) >= TELLING
