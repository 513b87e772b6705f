"""Names across scripts: what a story writes in Cyrillic is found among its names in Latin letters.

Transliterations differ ("Moen", "Муэн"; "Hale", "Гейл", "Хейл"), but one story has few names, so that the consonants
are enough to tell which is meant; where two names share them, nothing is matched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from storydiff.align.points_concepts import Bag, bag
from storydiff.text.names import bones
from storydiff.text.words import tokens

CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr", "mk"})
SHORTEST = 2
"""Consonants that a name must have."""


def with_names(texts: Sequence[str], languages: Sequence[str], bags: tuple[Bag, ...]) -> tuple[Bag, ...]:
    """The bags, in which names in Cyrillic are those that other texts of the story write in Latin letters."""
    foreign = [language.split("-")[0] in CYRILLIC for language in languages]
    if not any(foreign) or all(foreign):
        return bags
    known: dict[str, set[str]] = defaultdict(set)
    for text, language, other in zip(texts, languages, foreign, strict=True):
        for name in () if other else _capitals(text):
            known[bones(name)] |= bag(name, language)
    meant = {each: next(iter(found)) for each, found in known.items() if len(each) >= SHORTEST and len(found) == 1}
    return tuple(
        _exchanged(text, language, held, meant) if other else held
        for text, language, other, held in zip(texts, languages, foreign, bags, strict=True)
    )


def _exchanged(text: str, language: str, held: Bag, meant: dict[str, str]) -> Bag:
    for name in _capitals(text):
        if bones(name) in meant:
            held = (held - bag(name, language)) | {meant[bones(name)]}
    return held


def _capitals(text: str) -> Iterable[str]:
    return (token for token in tokens(text) if token[0].isupper())
