"""How much of a claim is borne out by the best one or two of a few sentences.

    found   = sum of w * m          m: how far a word is matched, 0..1
    lacking = sum of w * cost * (1 - m)
    ratio   = found / (found + lacking)          (Tversky 1977, "Features of similarity")

A second sentence may add what the first lacks, at a discount: facts spread over two sentences are often about two
things. The score is the mean of the ratio of the first sentence alone and of both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Bag, Bools, Floats, Ints

SECOND = 0.7
"""Worth of a word found only in the second sentence: .9302, .9324, .9317, .9310 for 0, .5, .8, 1 (dev AUC of coverage);
the points of the stories .9678, .9691, .9698, .9695."""
LACKING_FIGURE, LACKING_NAME = 1.5, 1.2
"""What a missing figure or name costs, in units of its weight: .9310 -> .9331 and -> .9320 (dev AUC of coverage)."""
ADDS = 0.08
"""Share of the claim's weight that a second sentence must add to be named as evidence."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """For each of n claims."""

    score: Floats
    first: Ints
    """Which candidate bears it out best."""
    second: Ints
    """Which candidate adds most to it; the same as `first` when none adds enough."""
    match: Floats
    """Per word of the claims: how far the two together hold it."""


def lacking_cost(figure: Bools, name: Bools) -> Floats:
    """What missing each word costs, relative to what finding it earns."""
    return np.where(figure, LACKING_FIGURE, np.where(name, LACKING_NAME, 1.0)).astype(np.float32)


def weigh(bag: Bag, weight: Floats, cost: Floats, match: Floats) -> Evidence:
    """Claims as rows of `bag`; `weight` and `cost` per item, `match` per item and candidate (k columns, best first)."""
    owner = bag.owner()
    claim = np.arange(len(bag))
    total = np.maximum(bag.total(weight), 1e-6)
    first = bag.total(match * weight[:, None]).argmax(axis=1)
    alone = match[np.arange(len(owner)), first[owner]]
    joined = np.maximum(match * SECOND, alone[:, None])
    gain = bag.total(joined * weight[:, None])
    second = gain.argmax(axis=1)
    added = gain[claim, second] - bag.total(alone * weight)
    second = np.where(added > ADDS * total, second, first)
    both = np.maximum(alone, SECOND * match[np.arange(len(owner)), second[owner]])
    score = (_ratio(bag, weight, cost, alone) + _ratio(bag, weight, cost, both)) / 2
    return Evidence(score.astype(np.float32), first, second, both)


def weigh_one(weight: Floats, cost: Floats, match: Floats) -> tuple[float, int, int, Floats]:
    """The same for one claim, several times faster: score, first, second, match (see `Evidence`)."""
    total = max(float(weight.sum()), 1e-6)
    held = weight @ match
    first = int(held.argmax())
    alone = match[:, first]
    gain = weight @ np.maximum(match * SECOND, alone[:, None])
    second = int(gain.argmax())
    if gain[second] - held[first] <= ADDS * total:
        second = first
    both = np.maximum(alone, SECOND * match[:, second])
    lacking = weight * cost
    found = np.array([float(held[first]), float(weight @ both)])
    missing = np.array([float(lacking @ (1 - alone)), float(lacking @ (1 - both))])
    return float((found / np.maximum(found + missing, 1e-6)).mean()), first, second, both


def _ratio(bag: Bag, weight: Floats, cost: Floats, match: Floats) -> Floats:
    found = bag.total(weight * match)
    lacking = bag.total(weight * cost * (1 - match))
    return np.asarray(found / np.maximum(found + lacking, 1e-6), np.float32)
