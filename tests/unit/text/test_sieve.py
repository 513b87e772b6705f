"""Sieves never change what a pattern finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.diff.rules.role_words import FRAMES
from storydiff.text.sieve import Sieve, caseless, needs
from storydiff.text.time_patterns import patterns

WORDS = st.text(alphabet="abcdeiIsSßİıſk K.-(1٣", max_size=12)
PATTERN = r"(?:ab+c|[cd]e|is(?:k|s)?)\d?-|(?<!a)s{1,2}(?:i|kd)(?=x)?|b{0,2}dab"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("sued?", [{"sue"}]),
        (r"(?<!\w)(?:bought|take[ns]? over)(?!\w)", [{"bought", " over"}, {"bought", "take"}]),
        (r"(?P<day>\d{1,2})\s(?:March|April)", [{"\0"}, {"april", "march"}]),
        ("ab{0,3}cde", [{"cde"}]),
        (r"caf\u00e9", [{"café"}]),
        ("(?:left|x)", []),
        ("[abc]", []),
        ("(?i)left", []),
        (r"(left) \1", []),
        ("(?!left)(?:over)?", []),
    ],
)
def test_what_every_match_holds_is_read_from_the_pattern(source: str, wanted: list[set[str]]) -> None:
    """The letters that no match can lack; nothing is claimed of what may be left out, of sets and of unknown signs."""
    assert sorted(map(sorted, needs(source))) == sorted(map(sorted, wanted))


@given(WORDS)
def test_nothing_is_lost_in_a_sieve(text: str) -> None:
    """Behind a sieve a pattern finds what it finds without, in odd letters and digits too."""
    for flags in (0, re.IGNORECASE):
        behind = [match.span() for match in Sieve(PATTERN, flags).finditer(text)]
        assert behind == [match.span() for match in re.finditer(PATTERN, text, flags)]


@pytest.mark.parametrize("text", ["KİLLED on ſunday", "He was sUeD by Ann on 3 MAY", "на ٣ МАРТА", "May 4"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_patterns_of_times_and_acts_find_the_same(text: str, language: str) -> None:
    """The tables' own patterns lose nothing either."""
    acts = [sieve for _, sieve in FRAMES.sieves]
    for sieve in [*(patterns(language) or {}).values(), *acts]:
        assert [m.span() for m in sieve.finditer(text)] == [m.span() for m in sieve.pattern.finditer(text)]


@given(st.text())
def test_small_letters_keep_their_places(text: str) -> None:
    """Every letter of a text has its small one at the same place, the dotted I too."""
    small = caseless(text)
    assert len(small) == len(text)
    assert all(re.fullmatch(re.escape(b), a, re.IGNORECASE) for a, b in zip(text, small, strict=True) if b in "ikсs")


def test_case_matters_where_the_pattern_says_so() -> None:
    """Capitals in a pattern, and a part that heeds case, are sought in the text as it is printed."""
    for source in (r"\b(?-i:may)\b", r"\b[A-Z]\w+\b", r"GMT"):
        behind = [match.span() for match in Sieve(source, re.IGNORECASE).finditer("May may come at 3 gmt")]
        assert behind == [match.span() for match in re.finditer(source, "May may come at 3 gmt", re.IGNORECASE)]


def test_a_text_without_what_is_needed_is_not_searched() -> None:
    """The first match is none where the letters of the pattern do not stand."""
    sieve = Sieve(r"\b(?:resigned|quit)\b")
    assert not sieve.may_match("The captain stayed.")
    assert sieve.search("The captain stayed.") is None
    assert sieve.search("The captain quit.") is not None
