"""Which sentences are worth comparing: for every sentence, the few of each other version that hold most of its weight.

cost: for each version one sparse product of all sentences' words with its own (`block.recall`), then k pairs a sentence
and version; no feature is computed for a pair that is not a candidate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Floats, Ints
from storydiff.align.block import Block, best_columns, recall
from storydiff.align.prepared import Prepared

COUNT, FLOOR = 6, 0.05
"""Sentences kept per sentence and version, and the least share of weight they must hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Sentences (numbers in the story) of the other versions against one version: n rows, k columns."""

    rows: Ints
    columns: Ints
    """n x k: the best sentences of the version, as columns of its block, best first."""
    recall: Floats
    """n x k: share of the row's weight held by each."""


def candidates(story: Prepared, block: Block, rows: Ints) -> Candidates:
    """For each of the sentences `rows` the best ones of a version."""
    found = recall(story.content.take(rows), story.terms.weight, block)
    columns = best_columns(found, COUNT)
    return Candidates(rows, columns, np.take_along_axis(found, columns, axis=1))


def others(story: Prepared, version: int) -> Ints:
    """The sentences of all versions but one."""
    start, end = story.rows[version]
    return np.concatenate((np.arange(start), np.arange(end, len(story.bag))))
