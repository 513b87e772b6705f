"""Two sentences and their details, numbered together."""

import numpy as np
import pytest

from storydiff.align.detail_pair import content, detail_of, grams_of, pair_of
from storydiff.text.words import words

A = words("Police arrested two men in Holm on Monday.", "en")
B = words("In Holm two men were arrested by the harbour police.", "en")


def test_words_are_held_where_the_other_sentence_has_them():
    """A word stands where its match stands; one that is missing is held by nothing."""
    pair = pair_of(A, B, [], "en")
    held = {word.key: pair.held(word) for word in A if word.content}
    assert held["arrest"] == held["holm"] == held["2"] == 1
    assert held["monday"] == 0
    assert B[int(pair.place[pair.number["arrest"]])].text == "arrested"


def test_what_is_told_both_ways():
    """Each side's share held by the other, and the weight of what the second says beyond the first."""
    pair = pair_of(A, B, [], "en")
    assert 0 < pair.a_in_b < 1
    assert 0 < pair.b_in_a < 1
    assert pair.beyond == pytest.approx(sum(pair.weighs(word) for word in B if word.key == "harbour"))
    assert pair_of(A, A, [], "en").beyond == 0


def test_a_detail_has_a_head_and_a_role():
    """The head comes first; a detail without a role has no share of it."""
    details = [words(text, "en") for text in ("arrested two men", "arrested on Monday", "arrested he")]
    pair = pair_of(A, B, details, "en")
    assert [detail_of(pair, each).role for each in details] == [1, 0, -1]
    assert {detail_of(pair, each).head for each in details} == {1}


def test_words_without_content_stand_for_themselves():
    """Function words are taken where there is nothing else."""
    assert [word.text for word in content(words("by the river", "en"))] == ["river"]
    assert [word.text for word in content(words("by him", "en"))] == ["by", "him"]


@pytest.mark.parametrize(("a", "b"), [("", ""), ("Rain.", ""), ("", "Rain."), ("the of", "of the")])
def test_empty_sentences(a, b):
    """Nothing is held by nothing, without a warning."""
    pair = pair_of(words(a, "en"), words(b, "en"), [words("fell hard", "en")], "en")
    assert np.isfinite(pair.match).all()
    assert pair.beyond >= 0
    assert grams_of(pair.b) == pair.grams
