"""The fitted numbers: read from data/model.json, which bench/fit_support.py writes.

A calibrated score is a logistic function of a linear score (Platt 1999). Details are judged by gradient-boosted trees
(Friedman 2001) kept as plain arrays: a node goes left when its feature is at most its threshold.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from storydiff.align.bags import Floats, Ints

_FILE = Path(__file__).parent / "data" / "model.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A linear score made a probability: 1 / (1 + exp(-(slope * score + offset)))."""

    slope: float
    offset: float
    even: float
    """Probability from which on the answer is yes; chosen for F1 over folds of stories."""

    def probability(self, score: float) -> float:
        """Of one score."""
        return 1 / (1 + math.exp(-(self.slope * score + self.offset)))

    def probabilities(self, scores: Floats) -> Floats:
        """Of many scores."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * scores + self.offset))), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Boosted trees of one depth: per tree and inner node a feature and a threshold, per leaf a value."""

    feature: Ints
    """Trees x (2 ** depth - 1), nodes level by level."""
    threshold: npt.NDArray[np.float64]
    leaf: npt.NDArray[np.float64]
    """Trees x 2 ** depth."""
    offset: float

    def probabilities(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Probability of each row of features."""
        trees = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(rows), len(self.feature)), np.int64)
        samples = np.arange(len(rows))[:, None]
        while node[0, 0] < self.feature.shape[1] if len(rows) else False:
            right = rows[samples, self.feature[trees, node]] > self.threshold[trees, node]
            node = 2 * node + 1 + right
        total = self.leaf[trees, node - self.feature.shape[1]].sum(axis=1) + self.offset
        return np.asarray(1 / (1 + np.exp(-total)))


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything that was fitted."""

    support: Calibration
    links: Calibration
    details: Trees
    detail_features: tuple[str, ...]


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model, read once."""
    data = json.loads(_FILE.read_text(encoding="utf8"))
    trees = data["details"]
    return Model(
        support=Calibration(**data["support"]),
        links=Calibration(**data["links"]),
        details=Trees(
            feature=np.array(trees["feature"], np.int64),
            threshold=np.array(trees["threshold"]),
            leaf=np.array(trees["leaf"]),
            offset=trees["offset"],
        ),
        detail_features=tuple(trees["features"]),
    )
