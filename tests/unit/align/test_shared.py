"""Details that two sentences share."""

import numpy as np
import pytest

from storydiff.align.model import Trees, model
from storydiff.align.shared import FEATURES, features, shared_detail
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
    """The model was fitted on the features in the order in which they are computed."""
    row = features(words(A), words(B), [words("arrested two men")], "en")[0]
    assert model().detail_features == FEATURES
    assert len(row) == len(FEATURES)
    assert np.isfinite(row).all()


def test_trees_are_walked_left_and_right():
    """A row goes left at or below the threshold, and leaves add up on the log-odds scale."""
    trees = Trees(np.array([[0, 1, 1]]), np.array([[0.5, 0.5, 0.5]]), np.array([[-2.0, -1.0, 1.0, 2.0]]), 0.0)
    rows = np.array([[0.5, 0.5], [0.5, 0.6], [0.6, 0.5], [0.6, 0.6]])
    assert np.allclose(trees.probabilities(rows), 1 / (1 + np.exp([2, 1, -1, -2])))
    assert trees.probabilities(np.zeros((0, 2))).tolist() == []
