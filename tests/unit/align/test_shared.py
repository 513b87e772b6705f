"""Details that two sentences share."""

import numpy as np
import pytest

from storydiff.align.detail_features import features
from storydiff.align.model import Logistic, model
from storydiff.align.shared import shared_detail
from storydiff.text.words import words

A = "Police arrested two men on Monday after a jeweller in Holm was robbed of 40 watches."
B = "Two men have been arrested over the robbery of a jeweller's shop in Holm, police said."


def test_shared_details_score_above_those_of_one_side():
    """Who was arrested is said in both, when and how many watches in one."""
    scores = shared_detail(A, B, ["arrested two men", "arrested Police", "arrested on Monday", "robbed 40 watches"])
    assert min(scores[:2]) > max(scores[2:])
    assert all(0 < score < 1 for score in scores)


def test_equal_sentences_share_their_details():
    """In a copy everything is shared more surely than in a text about something else."""
    details = ["arrested two men", "robbed a jeweller"]
    copy, other = shared_detail(A, A, details), shared_detail(A, "It rained all week in Ost.", details)
    assert min(copy) > 0.5 > max(other)


@pytest.mark.parametrize(
    ("a", "b", "details"), [("", "", []), ("", "", ["x"]), (A, "", ["arrested"]), (A, B, ["", "…"])]
)
def test_empty_texts_and_details(a, b, details):
    """A score for every detail, 0 for one without words."""
    scores = shared_detail(a, b, details)
    assert len(scores) == len(details)
    assert all(0 <= score <= 1 for score in scores)


def test_features_and_model_agree():
    """The model was fitted on the features that are computed, in their order, and on no other."""
    row = features(words(A), words(B), [words("arrested two men")], "en")[0]
    assert model().details.features == tuple(row)
    assert np.isfinite(list(row.values())).all()


def test_a_probability_comes_from_features_by_name():
    """Each feature is brought to its scale and weighed, whatever else the row holds; no rows give none."""
    fitted = Logistic(("x", "y"), np.array([1.0, 0.0]), np.array([2.0, 1.0]), np.array([0.5, -1.0]), 0.25)
    expected = 1 / (1 + np.exp(-(0.5 * (5 - 1) / 2 - 3 + 0.25)))
    assert fitted.probabilities([{"y": 3.0, "other": 9.0, "x": 5.0}]) == pytest.approx([expected])
    assert fitted.probabilities([]) == []


def test_what_stands_together_is_shared_sooner_than_what_stands_apart():
    """The words of a detail far from each other in the other sentence tell less."""
    near = shared_detail(
        "The mayor resigned in May.", "In May the mayor resigned, the town hall in Holm said.", ["resigned in May"]
    )
    far = shared_detail(
        "The mayor resigned in May.",
        "In May, four years after a flood had cut the old harbour road and its only bridge, the bishop said he had resigned.",
        ["resigned in May"],
    )
    assert near > far


def test_other_languages_are_judged_without_english_words():
    """Details of a German sentence have features and a score too."""
    a, b = "Die Polizei nahm am Montag zwei Männer fest.", "Zwei Männer wurden festgenommen."
    shared, alone = shared_detail(a, b, ["nahm zwei Männer", "nahm am Montag"], "de")
    assert 0 < alone < shared < 1


def test_the_word_that_opens_a_role_counts():
    """A role is told more surely where the same preposition leads into it."""
    a = "The convoy left for Holm on Monday."
    same = shared_detail(a, "A convoy of nine lorries left for Holm, drivers said.", ["left for Holm"])
    other = shared_detail(a, "A convoy of nine lorries left from Holm, drivers said.", ["left for Holm"])
    assert same > other
