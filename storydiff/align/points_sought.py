"""A statement that is sought in the versions, and the marks in it that silence in another language is told by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from storydiff.align.dictionary import english, meanings
from storydiff.align.points_concepts import Bag, bag, is_telling, named, translatable
from storydiff.align.points_words import BEGINNING, concepts
from storydiff.text.words import base

COMMON = 0.05
"""Share of all pieces up to which a name belongs to single points."""
SHORTEST = 3
"""Letters of a name that tells something: not "St"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is sought."""

    concepts: Bag
    names: Bag
    """Of these, what a capital shows to be names."""
    language: str
    text: str

    @classmethod
    def of(cls, text: str, language: str) -> Statement:
        """The statement of a point."""
        return cls(bag(text, language), named(text, language), language, text)

    @property
    def kept(self) -> Bag:
        """What a translation keeps."""
        return translatable(self.text, self.language)

    @property
    def marks(self) -> Bag:
        """Of what a translation keeps, the names and the figures that are no small counts.

        A name that is a word of its language ("the Assembly", "Gull Strait", "Lake Orm") may be translated.
        """
        named_there = (each for each in self.names - _translated(self.language) if len(each) >= SHORTEST)
        return frozenset(chain(named_there, filter(is_telling, self.concepts)))


def different(marks: Bag) -> int:
    """How many marks there are, all figures being one: what they count may be told without them ("by 88 to 52")."""
    figures = sum(mark[0] == "#" for mark in marks)
    return len(marks) - figures + bool(figures)


def stands_in(marks: Bag, concepts: Bag) -> bool:
    """Whether some concept is a mark or begins with a name: "Ormtal" names the Orm."""
    names = tuple(mark for mark in marks if mark[0] != "#")
    return bool(concepts & marks) or any(concept.startswith(names) for concept in concepts)


@lru_cache(maxsize=8)
def _translated(language: str) -> Bag:
    """The concepts of the words that a dictionary translates: they are no names though they may stand in one."""
    words = english() if base(language) == "en" else meanings(base(language))
    # A long word counts as the beginning of its spelling with a capital or without.
    small = (word for word in words if len(word) < BEGINNING)
    printed = chain(map(str.capitalize, words), small)
    return frozenset(concept for form in printed for concept in concepts(form, base(language)))
