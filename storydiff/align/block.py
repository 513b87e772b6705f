"""One version as tables that any sentence of the story can be held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Bag, Floats, Ints
from storydiff.align.prepared import BUCKETS, Prepared


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The sentences of one version; S sentences, V words of the story.

    memory: S * (2 V + BUCKETS) numbers, so blocks are made when needed.
    """

    first: int
    """Number of its first sentence in the story."""
    holds: Floats
    """V x S: 1 where the sentence holds the word, else the likeness of its most alike content word."""
    has: Floats
    """V x S: 1 where the sentence holds the very word."""


def block_of(story: Prepared, version: int) -> Block:
    """The tables of one version."""
    start, end = story.rows[version]
    has = np.zeros((len(story.terms.idf), end - start), np.float32)
    own = story.bag.take(np.arange(start, end))
    has[own.items, own.owner()] = 1
    return Block(start, _soften(has, story), has)


def gram_table(story: Prepared, version: int) -> Floats:
    """BUCKETS x S: 1 where the sentence holds the four-gram."""
    start, end = story.rows[version]
    table = np.zeros((BUCKETS, end - start), np.float32)
    own = story.grams.take(np.arange(start, end))
    table[own.items, own.owner()] = 1
    return table


def _soften(has: Floats, story: Prepared) -> Floats:
    """`has`, and where a word is missing the likeness of what stands there instead."""
    holds = has.copy()
    word, other, likeness = story.near
    here = np.asarray(has.max(axis=1, initial=0) > 0)[other]
    if not here.any():
        return holds
    word, near = word[here], likeness[here, None] * has[other[here]]
    begins = np.flatnonzero(np.diff(word, prepend=-1))
    holds[word[begins]] = np.maximum(has[word[begins]], np.maximum.reduceat(near, begins, axis=0))
    return holds


def recall(bag: Bag, weight: Floats, table: Floats) -> Floats:
    """For each row of `bag` and each column of `table`, the share of the row's weight that the column holds.

    Words that no column holds are left out of the product: they add nothing.
    """
    weighed = weight[bag.items]
    useful = np.asarray(table.max(axis=1, initial=0) > 0)[bag.items]
    counts = np.concatenate(([0], np.cumsum(useful)))
    found = Bag(bag.items[useful], counts[bag.starts])
    sums = found.total(table[found.items] * weighed[useful, None])
    return np.asarray(sums / np.maximum(bag.total(weighed), 1e-6)[:, None], np.float32)


def best_columns(scores: Floats, count: int) -> Ints:
    """The columns of the highest scores of each row, best first; of equal scores the first column."""
    left = scores.copy()
    rows = np.arange(len(scores))
    chosen = np.zeros((len(scores), min(count, scores.shape[1])), np.int64)
    for place in range(chosen.shape[1]):
        chosen[:, place] = left.argmax(axis=1)
        left[rows, chosen[:, place]] = -1
    return chosen
