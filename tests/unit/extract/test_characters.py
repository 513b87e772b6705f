"""Cleaning and measuring text."""

import pytest

from storydiff.extract.characters import SENTENCE, TERMINAL, clean, squash, weight_of


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  two \n\t lines  ", "two lines"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\x1b]0;owned\x07title", "]0;ownedtitle"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("left\u200eright", "leftright"),
        ("1\u00a0240 km", "1\u00a0240 km"),
        ("\u00a0 edge \u00a0", "edge"),
        ("word \u00a0 word", "word word"),
        ("é \u00a0 word\u00a0\u00a0word", "é word\u00a0word"),
        ("icon\ue001 font", "icon font"),
    ],
)
def test_what_is_not_seen_is_dropped(raw, shown):
    """Controls, invisible marks, icon fonts and doubled spaces go; no-break spaces inside stay."""
    assert clean(raw) == shown


@pytest.mark.parametrize("text", ["می‌خواهم", "क्‍ष", "👩‍🚒"])
def test_joiners_that_carry_meaning_stay(text):
    """Persian, Indic scripts and emoji need them."""
    assert clean(text) == text


def test_direction_marks_stay_in_right_to_left_text():
    """There they place the punctuation."""
    assert clean("שלום\u200f!") == "שלום\u200f!"


def test_squash_keeps_letters_and_digits():
    """What two printings of a text share."""
    assert squash("“It’s 4.25 per cent,” she said_") == "its425percentshesaid"


def test_wide_characters_weigh_about_three():
    """A Chinese paragraph of 40 characters is no short line."""
    assert weight_of("渡轮倾覆") == 12
    assert weight_of("ferry") == 5


@pytest.mark.parametrize("text", ["End.", "End?”", "Ende.“", "Fin. »", "終わり。", "انتهى؟", "End!)"])
def test_ends_of_sentences_in_many_scripts(text):
    """Closing marks may follow the stop."""
    assert TERMINAL.search(text)


@pytest.mark.parametrize("text", ["End", "most recently after", "and,", "No:"])
def test_a_broken_off_line_is_no_end(text):
    """No stop, no end."""
    assert not TERMINAL.search(text)


def test_a_boundary_between_sentences_needs_more_text_behind_it():
    """A heading with a full stop is one sentence."""
    assert SENTENCE.search("One. Two.")
    assert not SENTENCE.search("One.")
