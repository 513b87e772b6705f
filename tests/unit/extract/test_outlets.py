"""The table of publishers' quirks."""

import pytest

from storydiff.extract.decode import parse
from storydiff.extract.outlets import OUTLETS, PLAIN, Quirk, corrected, load, quirk_of
from storydiff.extract.walk import read_blocks

from .pages import bare


def test_a_subdomain_inherits_the_quirk_of_its_domain():
    """And an unknown host has none."""
    assert quirk_of("edition.bbc.com").name == "BBC News"
    assert quirk_of("notbbc.com") is PLAIN
    assert quirk_of(None) is PLAIN


def test_the_shipped_table_is_sorted_and_says_something_in_every_row():
    """One row a domain."""
    assert list(OUTLETS) == sorted(OUTLETS)
    assert all(quirk != PLAIN for quirk in OUTLETS.values())


def test_an_unknown_key_is_refused():
    """A misspelt key would do nothing in silence."""
    with pytest.raises(ValueError, match="not_txt"):
        load('["a.example"]\nnot_txt = ["x"]')


def test_a_quirk_overrules_the_classifier_by_whole_class_names():
    """In both directions."""
    blocks = read_blocks(
        parse(
            bare("<p class='ad x'>a b</p><div class='note'><p>c d</p></div><p class='adx'>e f</p>").encode(), None
        ).root
    )
    quirk = Quirk(not_text=frozenset({"ad"}), text=frozenset({"note"}))
    assert corrected([0.9, 0.1, 0.5], blocks, quirk) == [0.0, 1.0, 0.5]
    assert corrected([0.9, 0.1, 0.5], blocks, PLAIN) == [0.9, 0.1, 0.5]
