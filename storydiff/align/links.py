"""Which sentences of two versions tell the same: a symmetric score for every pair that shares anything of weight.

    score = WORDS * words + GRAMS * grams + ALONE * alone + PLAIN * plain + CLEAR * clear - FIGURE * figures
            - HUB * hub + STORY * story

words: idf-weighted overlap of all words, function words too, over the geometric mean of the two sentences' weights;
grams: the same over character four-grams of the stems, which also see names and compounds spelled in two ways;
alone: the same again, but a word that n sentences of one version hold and m of the other counts 1 / (n m), and twice
when it is plain: a version tells each thing once, so a word that stands in one place of each says where that is;
plain: soft overlap of content words that are neither names nor figures: every sentence of a story shares its names;
clear: how far the pair falls short of the better of the two sentences' best matches; figures: how many are not shared;
hub: how well the more central of the two sentences is matched in the average version: what resembles everything says
less about any one pair ("hubness", Radovanovic et al. 2010);
story: how much any two sentences of two versions have in common, on average: versions of one narrow event tell the same
more often than versions of a wide one, which rarity within the story hides. It is what makes one threshold fit both.

The weights are round numbers on purpose. Weights fitted by logistic regression or boosted trees on the same features
did worse over folds of stories than these (docs/engine.md, "What was tried and dropped").

cost: k candidates a sentence and version (`candidates`); the grams only for pairs that share some words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from storydiff.align.bags import Bag, Bools, Floats, Ints
from storydiff.align.block import Block, gram_table
from storydiff.align.candidates import FLOOR, Candidates
from storydiff.align.model import model
from storydiff.align.prepared import BUCKETS, Prepared

WORDS, GRAMS, PLAIN, CLEAR, FIGURE = 0.5, 0.6, 0.2, 0.1, 0.05
ALONE = 0.8
"""AP of links .751 -> .766, of digest links .782 -> .798; .4 to 1 are within .005 of that."""
STORY, HUB = 1.2, 0.1
"""Over folds AP of links .740 -> .751 and F1 .640 -> .672, of digest links AP .782 either way and F1 .702 -> .709; over
80 draws of ten topics the AP of links gains .014 on average. STORY alone: AP .754 and .776; HUB alone: .738, .788."""
WORTH = 0.1
"""Overlap of words from which on four-grams are compared; below it they are taken to overlap as much as the words."""


@dataclass(frozen=True, slots=True)
class LinkScore:
    """How surely sentence `i` of version `a` and sentence `j` of version `b` (a < b) tell the same."""

    a: str
    i: int
    b: str
    j: int
    score: float
    """Probability, 0..1."""
    linked: bool


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of sentences, numbered in the story, left before right."""

    left: Ints
    right: Ints


@dataclass(frozen=True, slots=True, eq=False)
class LinkTable:
    """Pairs in order of versions and sentences, as arrays of one length; see `LinkScore` for the meaning of a row."""

    versions: tuple[str, ...]
    a: Ints
    """Numbers of versions, as are those of `b`."""
    i: Ints
    b: Ints
    j: Ints
    score: Floats
    linked: Bools

    def rows(self) -> Iterator[LinkScore]:
        """One value a pair."""
        columns = (self.a, self.i, self.b, self.j, self.score, self.linked)
        for a, i, b, j, score, linked in zip(*(column.tolist() for column in columns), strict=True):
            yield LinkScore(self.versions[a], i, self.versions[b], j, score, linked)


def link_table(story: Prepared, block: Callable[[int], Block], found: Callable[[int], Candidates]) -> LinkTable:
    """All pairs worth a score. `block` gives a version's tables, `found` its candidates."""
    pairs = _pairs(story, found)
    score = model().links.probabilities(_score(story, block, pairs))
    starts = np.array([start for start, _ in story.rows], np.int64)
    version = story.version_of
    a, b = version[pairs.left], version[pairs.right]
    linked = np.asarray(score >= model().links.even)
    return LinkTable(story.versions, a, pairs.left - starts[a], b, pairs.right - starts[b], score, linked)


def _pairs(story: Prepared, found: Callable[[int], Candidates]) -> Pairs:
    """The candidates of either direction."""
    size = len(story.bag)
    codes = [np.zeros(0, np.int64)]
    for number, (start, end) in enumerate(story.rows):
        if start == end:
            continue
        best = found(number)
        row, place = np.nonzero(best.recall >= FLOOR)
        mine, theirs = best.rows[row], best.columns[row, place] + start
        codes.append(np.minimum(mine, theirs) * size + np.maximum(mine, theirs))
    code = np.sort(np.concatenate(codes))
    code = code[np.diff(code, prepend=-1) > 0]
    return Pairs(code // size, code % size)


def _score(story: Prepared, block: Callable[[int], Block], pairs: Pairs) -> Floats:
    terms = story.terms
    figure = terms.figure.astype(np.float32)
    plain = np.where(terms.name | terms.figure, 0, terms.weight).astype(np.float32)
    words = np.zeros(len(pairs.left), np.float32)
    figures, soft = words.copy(), words.copy()
    version = story.version_of
    for number in np.unique(version[pairs.right]).tolist():
        here = np.flatnonzero(version[pairs.right] == number)
        table, column = block(number), pairs.right[here] - block(number).first
        words[here] = _shared(story.bag.take(pairs.left[here]), terms.idf, table.has, table.row, column)
        figures[here] = _shared(story.figures.take(pairs.left[here]), figure, table.has, table.row, column)
    for number in np.unique(version).tolist():
        for mine, theirs in ((pairs.left, pairs.right), (pairs.right, pairs.left)):
            here = np.flatnonzero(version[theirs] == number)
            table = block(number)
            taken, column = story.content.take(mine[here]), theirs[here] - table.first
            soft[here] += _shared(taken, plain, table.holds, table.row, column)
    words /= _mean(story.bag, terms.idf, pairs)
    grams = _gram_overlap(story, pairs, words)
    soft /= np.maximum(_sum(story.content, plain, pairs), 1e-6)
    lacking = np.minimum(*_sides(story.figures, figure, pairs)) - figures
    clear = words - np.maximum(*_rivals(words, pairs, version))
    score = WORDS * words + GRAMS * grams + PLAIN * soft + CLEAR * clear - FIGURE * lacking
    score = np.asarray(score + ALONE * _alone(story, block, pairs), np.float32)
    return np.asarray(score - HUB * _hub(score, pairs, story) + STORY * likeness_of_all(story), np.float32)


def _shared(bag: Bag, weight: Floats, table: Floats | Bools, row: Ints, column: Ints) -> Floats:
    """Weight of each row of the bag that its column of the table holds; `row` is where an item stands in the table."""
    return bag.total(weight[bag.items] * table[row[bag.items], column[bag.owner()]])


def _alone(story: Prepared, block: Callable[[int], Block], pairs: Pairs) -> Floats:
    """Overlap of words, each divided by how many sentences of either version hold it; plain words count twice."""
    terms, version = story.terms, story.version_of
    weight = terms.idf * (1 + (terms.content & ~terms.name & ~terms.figure))
    told = _tellings(story)
    alone = np.zeros(len(pairs.left), np.float32)
    for number in np.unique(version[pairs.right]).tolist():
        here = np.flatnonzero(version[pairs.right] == number)
        table, taken = block(number), story.bag.take(pairs.left[here])
        owner, items = taken.owner(), taken.items
        holders = told[version[pairs.left[here]][owner], items] * told[number, items]
        held = table.has[table.row[items], (pairs.right[here] - table.first)[owner]]
        alone[here] = taken.total(np.asarray(weight[items] * held / np.maximum(holders, 1), np.float32))
    return np.asarray(alone / _mean(story.bag, terms.idf, pairs), np.float32)


def _tellings(story: Prepared) -> Floats:
    """Versions x words: how many sentences of the version hold the word."""
    words, owner = len(story.terms.idf), story.version_of[story.bag.owner()]
    counts = np.bincount(owner * words + story.bag.items, minlength=len(story.rows) * words)
    return np.asarray(counts.reshape(len(story.rows), words), np.float32)


def _gram_overlap(story: Prepared, pairs: Pairs, words: Floats) -> Floats:
    grams = words.copy()
    version = story.version_of[pairs.right]
    worth = words >= WORTH
    for number in np.unique(version[worth]).tolist():
        here = np.flatnonzero(worth & (version == number))
        column = pairs.right[here] - story.rows[number][0]
        taken = story.grams.take(pairs.left[here])
        grams[here] = _shared(taken, story.gram_weight, gram_table(story, number), np.arange(BUCKETS), column)
    grams[worth] /= _mean(story.grams, story.gram_weight, pairs)[worth]
    return grams


def _sides(bag: Bag, weight: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
    total = bag.total(weight[bag.items])
    return total[pairs.left], total[pairs.right]


def _mean(bag: Bag, weight: Floats, pairs: Pairs) -> Floats:
    left, right = _sides(bag, weight, pairs)
    return np.asarray(np.sqrt(np.maximum(left * right, 1e-6)), np.float32)


def _sum(bag: Bag, weight: Floats, pairs: Pairs) -> Floats:
    left, right = _sides(bag, weight, pairs)
    return np.asarray(left + right, np.float32)


def _rivals(score: Floats, pairs: Pairs, version: Ints) -> tuple[Floats, Floats]:
    """For each pair, the best score of its left sentence in the right one's version, and the other way round."""
    best = _best(score, pairs, version)
    return best[pairs.left, version[pairs.right]], best[pairs.right, version[pairs.left]]


def _best(score: Floats, pairs: Pairs, version: Ints) -> Floats:
    """Sentences x versions: the best score that a sentence has with any of a version, at least 0."""
    best = np.zeros((len(version), int(version.max(initial=-1)) + 1), np.float32)
    np.maximum.at(best, (pairs.left, version[pairs.right]), score)
    np.maximum.at(best, (pairs.right, version[pairs.left]), score)
    return best


def _hub(score: Floats, pairs: Pairs, story: Prepared) -> Floats:
    """For each pair, the mean of its more central sentence's best scores in the other versions of its language."""
    version, tongue = story.version_of, _tongues(story)
    best = _best(score, pairs, version)
    best *= tongue[version][:, None] == tongue[: best.shape[1]]
    beside = np.bincount(tongue[np.unique(version)], minlength=len(story.versions))[tongue[version]] - 1
    central = best.sum(axis=1, dtype=np.float64) / np.maximum(beside, 1)
    return np.asarray(np.maximum(central[pairs.left], central[pairs.right]), np.float32)


def likeness_of_all(story: Prepared) -> float:
    """The mean overlap of words over all pairs of sentences of two versions in one language.

    The sum over pairs is taken word by word: (sum of all sentences)^2 - sum of (sum of a version's sentences)^2.
    """
    version, tongue, words = story.version_of, _tongues(story), len(story.terms.idf)
    pairs = _squares(tongue[version]) - _squares(version)
    if not pairs:
        return 0.0
    share = 1 / np.sqrt(np.maximum(story.bag.total(story.terms.idf[story.bag.items]), 1e-6))
    owner = story.bag.owner()
    place, spot = np.unique(version[owner] * words + story.bag.items, return_inverse=True)
    told = np.bincount(spot, share[owner].astype(np.float64))
    there = tongue[place // words] * words + place % words
    whole, apart = np.bincount(there, told), np.bincount(there, told**2)
    idf = story.terms.idf[np.arange(len(whole)) % words]
    return float((idf * (whole**2 - apart)).sum() / pairs)


def _squares(groups: Ints) -> float:
    """Sum of the squared sizes of the groups."""
    return float((np.bincount(groups).astype(np.float64) ** 2).sum())


def _tongues(story: Prepared) -> Ints:
    """For each version, the number of its language."""
    spoken = sorted(set(story.languages))
    return np.array([spoken.index(language) for language in story.languages], np.int64)
