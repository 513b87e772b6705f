"""A rack finds the sieves that a text comes through, and loses none."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve

SOURCES = (r"\bsued?\b", r"\d+ dead", r"can't", r"[abc]+", r"ice|dab(?:bed)?", r"take[ns]? over", r"кот", r"a\.m\.")
WORDS = st.text(alphabet="abcdeiIsSuKnotkvr'İıſкот. 1٣", max_size=14)
PHRASES = st.lists(
    st.sampled_from(["sued", "SUE", "3 dead", "can't", "dabbed", "taken over", "Кот", "at 4 a.m.", "xy"])
)


@given(WORDS, PHRASES)
def test_a_rack_lets_through_what_each_sieve_lets_through(letters: str, phrases: list[str]) -> None:
    """The same sieves in the same order as one by one, whatever the text."""
    sieves = [(source, Sieve(source, re.IGNORECASE)) for source in SOURCES]
    text = " ".join([letters, *phrases])
    assert Rack(sieves).through(text) == [row for row in sieves if row[1].may_match(text)]


def test_a_text_without_the_letters_is_not_searched() -> None:
    """Sieves of whose letters no word holds any stay behind; what says nothing of its letters is always tried."""
    rack = Rack(
        (name, Sieve(source)) for name, source in (("left", "resigned|quit"), ("any", r"\w+"), ("some", r"\d+"))
    )
    assert [name for name, _ in rack.through("The captain stayed.")] == ["any"]
    assert [name for name, _ in rack.through("Two of 7 quit.")] == ["left", "any", "some"]
