"""One version as tables that any sentence of the story can be held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Bag, Bools, Floats, Ints
from storydiff.align.prepared import BUCKETS, Prepared


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The sentences of one version; S sentences, V words of the story.

    memory: 8 S V bytes, so blocks are made when needed and only a few are kept.
    """

    first: int
    """Number of its first sentence in the story."""
    holds: Floats
    """V x S: 1 where the sentence holds the word, else the likeness of its most alike content word."""
    has: Floats
    """V x S: 1 where the sentence holds the very word."""
    used: Bools
    """Which words any of the sentences holds, or holds a like of."""


def block_of(story: Prepared, version: int) -> Block:
    """The tables of one version."""
    start, end = story.rows[version]
    has = np.zeros((len(story.terms.idf), end - start), np.float32)
    own = story.bag.take(np.arange(start, end))
    has[own.items, own.owner()] = 1
    used = np.zeros(len(has), bool)
    used[own.items] = True
    word, other, likeness = story.near
    here = used[other]
    holds = _soften(has, word[here], other[here], likeness[here])
    used[word[here]] = True
    return Block(start, holds, has, used)


def gram_table(story: Prepared, version: int) -> Bools:
    """BUCKETS x S: whether the sentence holds the four-gram."""
    start, end = story.rows[version]
    table = np.zeros((BUCKETS, end - start), bool)
    own = story.grams.take(np.arange(start, end))
    table[own.items, own.owner()] = True
    return table


def _soften(has: Floats, word: Ints, other: Ints, likeness: Floats) -> Floats:
    """`has`, and where a word is missing the likeness of what stands there instead; `word` ascends."""
    holds = has.copy()
    if not len(word):
        return holds
    begins = np.flatnonzero(np.diff(word, prepend=-1))
    nearest = np.maximum.reduceat(likeness[:, None] * has[other], begins, axis=0)
    holds[word[begins]] = np.maximum(has[word[begins]], nearest)
    return holds


def recall(bag: Bag, weight: Floats, block: Block) -> Floats:
    """For each row of `bag` and each sentence of a version, the share of the row's weight that the sentence holds.

    Words that no sentence holds are left out of the product: they add nothing.
    """
    weighed = weight[bag.items]
    useful = block.used[bag.items]
    counts = np.concatenate(([0], np.cumsum(useful)))
    found = Bag(bag.items[useful], counts[bag.starts])
    sums = found.total(block.holds[found.items] * weighed[useful, None])
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
