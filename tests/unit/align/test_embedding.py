"""Likeness of words: meaning from a table, spelling from their beginnings."""

import pytest

from storydiff.align.embedding import alike, kindred, neighbours


def likeness(one, other):
    """How alike two keys are."""
    return alike((one, other), (one, other)).get((min(one, other), max(one, other)), 0)


@pytest.mark.parametrize(("one", "other"), [("kill", "murder"), ("lawyer", "attorney"), ("arrest", "detain")])
def test_synonyms_are_alike(one, other):
    """Words that news texts exchange are found in the table, either way round."""
    assert 0.3 < likeness(one, other) == likeness(other, one) < 1


@pytest.mark.parametrize(("one", "other"), [("win", "lose"), ("kill", "boat"), ("the", "of"), ("12", "14")])
def test_opposites_and_strangers_are_not(one, other):
    """Antonyms are left out of the table; so are numbers and function words."""
    assert likeness(one, other) == 0


def test_names_that_begin_alike_are_kin():
    """Transliterations differ at the end."""
    assert min(likeness("zelenski", "zelenskii"), likeness("govern", "governor")) > 0.5
    assert likeness("mar", "marlin") == 0
    assert kindred("governor", "govern")
    assert not kindred("govern", "govern")


def test_foreign_words_are_not_looked_up():
    """Only English keys may use the English table."""
    assert alike(["kill", "murder"], []) == {}
    assert list(alike(["kill", "murder"], ["kill", "murder"])) == [("kill", "murder")]


def test_the_table_is_symmetric():
    """What is near to a word has the word near to it."""
    for other, value in neighbours("ship").items():
        assert neighbours(other)["ship"] == value
