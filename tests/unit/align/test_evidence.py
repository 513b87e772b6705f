"""Evidence: how far one or two sentences bear out a claim."""

import numpy as np
import pytest

from storydiff.align.bags import Bag
from storydiff.align.evidence import LACKING_FIGURE, LACKING_NAME, lacking_cost, weigh, weigh_one


def row(*values):
    """Numbers as an array."""
    return np.array(values, np.float32)


def test_found_in_full_is_one_and_not_at_all_is_zero():
    """The score runs from 0 to 1."""
    weight, cost = row(1, 2), row(1, 1)
    assert weigh_one(weight, cost, row([1], [1]).reshape(2, 1))[0] == 1
    assert weigh_one(weight, cost, np.zeros((2, 1), np.float32))[0] == 0


def test_what_is_missing_counts_by_its_kind():
    """A missing figure costs most, then a name."""
    cost = lacking_cost(np.array([True, False, False]), np.array([False, True, False]))
    assert cost.tolist() == pytest.approx([LACKING_FIGURE, LACKING_NAME, 1])
    match = np.array([[[0], [1], [1]], [[1], [0], [1]], [[1], [1], [0]]], np.float32)
    scores = [weigh_one(row(1, 1, 1), cost, each)[0] for each in match]
    assert scores == sorted(scores)
    assert len(set(scores)) == 3


def test_a_second_sentence_adds_less_than_the_first():
    """Two halves in two sentences are worth more than one half and less than both in one."""
    weight, cost = row(1, 1), row(1, 1)
    half = weigh_one(weight, cost, np.array([[1, 0], [0, 0]], np.float32))
    halves = weigh_one(weight, cost, np.array([[1, 0], [0, 1]], np.float32))
    whole = weigh_one(weight, cost, np.array([[1, 0], [1, 0]], np.float32))
    assert half[0] < halves[0] < whole[0]
    assert (half[1:3], halves[1:3], whole[1:3]) == ((0, 0), (0, 1), (0, 0))


def test_one_claim_and_many_are_judged_alike():
    """The fast way for one claim and the sweep over many agree."""
    rng = np.random.default_rng(5)
    sizes = [3, 1, 6, 2]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    weight, cost = rng.random(12, np.float32), 1 + rng.random(12, np.float32)
    match = (rng.random((12, 4)) * (rng.random((12, 4)) > 0.4)).astype(np.float32)
    many = weigh(Bag(np.arange(12), starts), weight, cost, match)
    for i in range(4):
        part = slice(starts[i], starts[i + 1])
        score, first, second, held = weigh_one(weight[part], cost[part], match[part])
        assert many.score[i] == pytest.approx(score, abs=1e-5)
        assert (many.first[i], many.second[i]) == (first, second)
        assert np.allclose(many.match[part], held)
