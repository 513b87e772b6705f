"""The tables of ideas."""

from collections import defaultdict
from pathlib import Path

import pytest

from storydiff.align import ideas as module
from storydiff.align.ideas import ideas
from storydiff.text.words import words

TABLES = Path(module.__file__).parent / "data"
SEVERAL = {"manager", "building"}
"""Words that stand for two ideas on purpose, or share a stem with another word."""


def rows(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf8").splitlines()
    return [line.split("|")[0].split() for line in lines if line and not line.startswith("#")]


def test_a_synonym_stands_for_one_idea() -> None:
    """A word in two lines would make both ideas one wherever it stands."""
    homes: dict[str, set[str]] = defaultdict(set)
    for row in (*rows("concepts.txt"), *rows("synonyms.txt")):
        for word in row:
            homes[words(word, "en")[0].key].add(row[0])
    new = {word for row in rows("synonyms.txt") for word in row} - SEVERAL
    assert {word: homes[words(word, "en")[0].key] for word in new if len(homes[words(word, "en")[0].key]) > 1} == {}


def test_every_synonym_has_content() -> None:
    """A word that carries grammar only is never looked up."""
    assert [word for row in rows("synonyms.txt") for word in row if not words(word, "en")[0].content] == []


@pytest.mark.parametrize(
    ("language", "word", "idea"),
    [("en", "gym", "@gymnasium"), ("en", "trainer", "@coach"), ("de", "trainer", "@coach"), ("fr", "feu", "@fire")],
)
def test_ideas(language: str, word: str, idea: str) -> None:
    """A word is looked up by its stem; a synonym extends the idea that its line begins with."""
    assert ideas(language)[words(word, language)[0].key] == (idea,)
