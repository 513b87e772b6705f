"""An inverted index over bags of concepts."""

from __future__ import annotations

import numpy as np

from storydiff.align.points_index import Index

BAGS = [frozenset({"fire", "quay"}), frozenset({"quay", "crane", "#12"}), frozenset({"mayor"}), frozenset()]
WEIGHT = {"fire": 2.0, "quay": 0.5, "crane": 1.25, "#12": 4.0, "mayor": 3.0}


def test_the_weight_that_each_bag_shares() -> None:
    """Concepts that no bag holds count nothing; a bag without any of them shares nothing."""
    index = Index(BAGS, WEIGHT)
    assert index.shared({"quay", "#12", "tide"}).tolist() == [0.5, 4.5, 0.0, 0.0]
    assert index.shared(()).tolist() == [0.0] * 4
    assert Index([], WEIGHT).shared({"quay"}).tolist() == []


def test_many_bags_at_once_share_as_they_do_one_by_one() -> None:
    """The same sums to the last bit, whatever else is asked."""
    index = Index(BAGS, WEIGHT)
    asked = [2, 0, 1, 3, 1]
    together = index.between(np.array(asked))
    assert together.shape == (5, 4)
    assert np.array_equal(together, np.array([index.shared(BAGS[number]) for number in asked]))


def test_how_many_bags_hold_a_concept() -> None:
    """None for one that was never seen."""
    index = Index(BAGS, WEIGHT)
    assert [index.spread(concept) for concept in ("quay", "mayor", "tide")] == [2, 1, 0]
