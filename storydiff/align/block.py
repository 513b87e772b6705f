"""One version as tables that any sentence of the story can be held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Bag, Bools, Floats, Ints
from storydiff.align.prepared import BUCKETS, Prepared

HELD, SPREAD = 0.5, 0.3
"""Likeness from which on a sentence counts as holding a word, and how much a word loses that many sentences hold: AUC
of coverage .9372, .9395, .9406, .9409 for 0, .2, .3, .4 (dev), of the stories' points .9693, .9688, .9704, .9702."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The sentences of one version; S sentences, W words that matter to them, row 0 for all other words of the story.

    memory: 8 S W bytes, so blocks are made when needed and only a few are kept.
    """

    first: int
    """Number of its first sentence in the story."""
    row: Ints
    """For each word of the story, its row; 0 for words that no sentence here holds or holds a like of."""
    holds: Floats
    """(W + 1) x S: 1 where the sentence holds the word, else the likeness of its most alike content word."""
    has: Floats
    """(W + 1) x S: 1 where the sentence holds the very word."""
    worth: Floats
    """W + 1: see `worth_of`."""


def block_of(story: Prepared, version: int) -> Block:
    """The tables of one version."""
    start, end = story.rows[version]
    own = story.bag.take(np.arange(start, end))
    used = np.zeros(len(story.terms.idf), bool)
    used[own.items] = True
    word, other, likeness = story.near
    here = used[other]
    used[word[here]] = True
    row = np.where(used, np.cumsum(used), 0)
    has = np.zeros((int(row.max(initial=0)) + 1, end - start), np.float32)
    has[row[own.items], own.owner()] = 1
    holds = _soften(has, row[word[here]], row[other[here]], likeness[here])
    return Block(start, row, holds, has, worth_of(holds))


def worth_of(holds: Floats) -> Floats:
    """Words x sentences -> words: 1 for a word that at most one sentence of the version holds, less for one of many.

    A version tells each thing once: a word of its every other sentence says little about any of them, found or missing.
    """
    count = np.maximum((holds >= HELD).sum(axis=1), 1).astype(np.float32)
    return np.asarray(count**-SPREAD, np.float32)


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
    rows = block.row[bag.items]
    useful = rows > 0
    counts = np.concatenate(([0], np.cumsum(useful)))
    found = Bag(rows[useful], counts[bag.starts])
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
