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
def test_nothing_is_lost_in_a_rack(letters: str, phrases: list[str]) -> None:
    """The matches of all sieves in their order, as one by one, whatever the text."""
    sieves = [(source, Sieve(source, re.IGNORECASE)) for source in SOURCES]
    text = " ".join([letters, *phrases])
    found = [(source, match.span()) for source, match in Rack(sieves).matches(text)]
    assert found == [
        (source, match.span()) for source, _ in sieves for match in re.finditer(source, text, re.IGNORECASE)
    ]


def test_a_text_without_the_letters_is_not_searched() -> None:
    """Sieves of whose letters no word holds any stay behind; what says nothing of its letters is always tried."""
    rack = Rack(
        (name, Sieve(source)) for name, source in (("left", "resigned|quit"), ("any", r"\w+"), ("some", r"\d+"))
    )
    assert [name for name, _ in rack.through("The captain stayed.")] == ["any"]
    assert [name for name, _ in rack.through("Two of 7 quit.")] == ["left", "any", "some"]


def test_of_many_texts_those_are_found_that_come_through_in_one() -> None:
    """No sieve is lost that any of the texts goes through, and none comes through for whom no text has the letters."""
    rack = Rack((name, Sieve(source, re.IGNORECASE)) for name, source in (("left", "resigned|quit"), ("sued", "sued?")))
    assert [name for name, _ in rack.anywhere(["The captain stayed.", "Her mate QUIT."])] == ["left"]
    assert [name for name, _ in rack.anywhere(["He sues.", "Her mate quit."])] == ["left", "sued"]
    assert rack.anywhere([]) == []
