"""The fitted numbers: read from data/model.json, which bench/fit_support.py writes.

A calibrated score is a logistic function of a linear score (Platt 1999). Details are judged by a logistic regression on
named features; the file gives mean, deviation and weight of each.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from storydiff.align.bags import Floats

Numbers = npt.NDArray[np.float64]

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
class Logistic:
    """A probability from named features, each brought to mean 0 and deviation 1 before it is weighed."""

    features: tuple[str, ...]
    mean: Numbers
    deviation: Numbers
    weight: Numbers
    offset: float

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """Probability of each row; a row must have every one of `features`."""
        if not rows:
            return []
        table = np.array([[row[name] for name in self.features] for row in rows])
        score = ((table - self.mean) / self.deviation * self.weight).sum(axis=1) + self.offset
        return [1 / (1 + math.exp(-each)) for each in score.tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything that was fitted."""

    support: Calibration
    links: Calibration
    details: Logistic


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model, read once."""
    data = json.loads(_FILE.read_text(encoding="utf8"))
    details = data["details"]
    return Model(
        support=Calibration(**data["support"]),
        links=Calibration(**data["links"]),
        details=Logistic(
            features=tuple(details["features"]),
            mean=np.array([mean for mean, _, _ in details["features"].values()]),
            deviation=np.array([deviation for _, deviation, _ in details["features"].values()]),
            weight=np.array([weight for _, _, weight in details["features"].values()]),
            offset=details["offset"],
        ),
    )
