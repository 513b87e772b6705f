"""Candidates: for each sentence the few of another version that hold most of its weight."""

import numpy as np

from storydiff.align.block import best_columns, block_of, recall
from storydiff.align.candidates import COUNT, candidates, others
from storydiff.align.prepared import prepare

STORY = prepare(
    {
        "a": ["The trawler Selkie sank off Holm.", "Four sailors were injured."],
        "b": [
            "Four sailors were hurt in the sea.",
            "The Selkie, a trawler, went down near Holm.",
            "Rain is expected.",
        ],
    },
    {},
)


def test_the_retold_sentence_comes_first():
    """The best candidate is the sentence that tells the same."""
    found = candidates(STORY, block_of(STORY, 1), others(STORY, 1))
    assert found.rows.tolist() == [0, 1]
    assert found.columns[:, 0].tolist() == [1, 0]
    assert found.columns.shape == (2, min(COUNT, 3))
    assert (np.diff(found.recall, axis=1) <= 0).all()


def test_alike_words_are_held_in_part():
    """A word of like meaning or spelling counts for less than the word itself, an unlike one not at all."""
    block = block_of(STORY, 1)
    row = {key: block.row[i] for key, i in STORY.terms.number.items()}
    assert 0 < block.holds[row["injur"], 0] < 1
    assert block.has[row["injur"], 0] == 0
    assert block.holds[row["selki"]].tolist() == [0, 1, 0]
    assert not block.holds[0].any()


def test_recall_is_a_share():
    """A sentence holds all of itself; shares lie between 0 and 1."""
    block = block_of(STORY, 1)
    found = recall(STORY.content, STORY.terms.weight, block)
    assert np.allclose(np.diag(found[2:]), 1)
    assert ((found >= 0) & (found <= 1.0001)).all()


def test_equal_scores_take_the_first_column():
    """Ties are broken by position, so results do not wander."""
    assert best_columns(np.array([[0.5, 0.9, 0.9, 0.1]], np.float32), 3).tolist() == [[1, 2, 0]]
