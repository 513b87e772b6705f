"""Support: does this version report what that sentence says, and which sentences of two versions tell the same?

Directed support is the share of a claim's weight that one or two sentences of the version hold (`evidence`), made a
probability on labelled pairs (`model`). Links are symmetric (`links`). See docs/engine.md.

cost of judging one claim: a few small numpy operations on one table of the version (claims a second:
bench/coverage_speed.py). Judging a whole story follows words x candidates, never all pairs of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

import numpy as np

from storydiff.align.bags import Floats, Ints
from storydiff.align.block import Block, block_of, worth_of
from storydiff.align.candidates import Candidates, candidates, others
from storydiff.align.embedding import KIN, kindred, neighbours
from storydiff.align.evidence import Evidence, lacking_cost, weigh, weigh_one
from storydiff.align.links import LinkScore, LinkTable, link_table
from storydiff.align.model import model
from storydiff.align.prepared import Prepared, prepare
from storydiff.align.weights import blend, rarity
from storydiff.text.words import Word, is_number, words

__all__ = ["Ground", "Judgements", "LinkScore", "LinkTable", "Support", "SupportStatus"]

Number = TypeVar("Number", Ints, Floats)
SupportStatus = Literal["reported", "partial", "omitted"]
REPORTED = 0.65
"""Probability from which on a claim counts as reported; between the model's even odds and this, as partial."""
HEAVY = 0.5
"""Weight from which on a missing word is named."""
SOUGHT = 3
"""Candidates among which the one or two supporting sentences are sought when a whole story is judged."""
KEPT_BLOCKS = 32
"""Tables kept at a time; a version's take S * V * 8 bytes."""


@dataclass(frozen=True, slots=True)
class Support:
    """How surely a version reports a claim."""

    score: float
    """Probability, 0..1."""
    status: SupportStatus
    sentences: tuple[int, ...]
    """The one or two sentences of the version that bear it out, best first; none when it holds none of its words."""
    missing: tuple[str, ...]
    """Weighty words of the claim that the version lacks, as printed, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """Support of every sentence of a story by every other version, as arrays of one length."""

    versions: tuple[str, ...]
    teller: Ints
    """Number of the version whose sentence is judged."""
    sentence: Ints
    """Which of its sentences."""
    other: Ints
    """Number of the version that is asked whether it reports it."""
    score: Floats
    first: Ints
    """The sentence of `other` that bears it out best."""
    second: Ints
    """The one that adds to it; the same as `first` when none does."""


class Ground:
    """All versions of one story, prepared once so that judging is fast."""

    def __init__(self, story: Prepared) -> None:
        self._story = story
        self._blocks: dict[int, Block] = {}
        self._found: dict[int, Candidates] = {}
        self._cost = lacking_cost(story.terms.figure, story.terms.name)

    @classmethod
    def of(cls, versions: Mapping[str, Sequence[str]], languages: Mapping[str, str | None] | None = None) -> Ground:
        """Prepare versions (id -> sentences); `languages` holds ISO 639-1 codes where they are known.

        The order of the versions changes nothing.
        """
        return cls(prepare(versions, languages or {}))

    def support(self, claim: str, version: str, language: str | None = None) -> Support:
        """How surely `version` reports `claim`, a sentence or clause in `language`; KeyError for an unknown version."""
        number = self._number(version)
        found = _distinct(words(claim, language))
        if not found or self._story.rows[number][0] == self._story.rows[number][1]:
            return Support(0.0, "omitted", (), ())
        weight, cost, match = self._hold(found, self._block(number), language)
        score, first, second, held = weigh_one(weight * worth_of(match), cost, match)
        return _say(found, weight, held, model().support.probability(score), (first, second))

    def judgements(self) -> Judgements:
        """Every sentence against every other version, in one sweep: the fast way."""
        told = [number for number, (start, end) in enumerate(self._story.rows) if start < end]
        swept = [(number, *self._sweep(number)) for number in told]
        rows = _join([each.rows for _, each, _ in swept])
        version_of, starts = self._story.version_of, np.array([start for start, _ in self._story.rows], np.int64)
        return Judgements(
            versions=self._story.versions,
            teller=version_of[rows],
            sentence=rows - starts[version_of[rows]],
            other=_join([np.full(len(each.rows), number) for number, each, _ in swept]),
            score=model().support.probabilities(_join([evidence.score for _, _, evidence in swept])),
            first=_join([each.columns[np.arange(len(each.rows)), evidence.first] for _, each, evidence in swept]),
            second=_join([each.columns[np.arange(len(each.rows)), evidence.second] for _, each, evidence in swept]),
        )

    def supports(self) -> Iterator[tuple[str, int, str, Support]]:
        """(version, sentence, other version, support) for every sentence and other version; `missing` stays empty."""
        judged = self.judgements()
        columns = (judged.teller, judged.sentence, judged.other, judged.score, judged.first, judged.second)
        for teller, sentence, other, score, first, second in zip(*(c.tolist() for c in columns), strict=True):
            shown = (first,) if first == second else (first, second)
            support = Support(score, status_of(score), shown, ())
            yield judged.versions[teller], sentence, judged.versions[other], support

    def link_table(self) -> LinkTable:
        """Scored pairs of sentences of two versions as arrays; a pair left out has next to nothing in common."""
        return link_table(self._story, self._block, self._candidates)

    def links(self) -> Iterator[LinkScore]:
        """The rows of `link_table`, one value each."""
        return self.link_table().rows()

    def _number(self, version: str) -> int:
        try:
            return self._story.versions.index(version)
        except ValueError:
            raise KeyError(version) from None

    def _block(self, number: int) -> Block:
        """The tables of a version, the latest few kept."""
        if number not in self._blocks:
            if len(self._blocks) >= KEPT_BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            self._blocks[number] = block_of(self._story, number)
        return self._blocks[number]

    def _candidates(self, number: int) -> Candidates:
        """The best sentences of a version for every sentence of the others."""
        if number not in self._found:
            self._found[number] = candidates(self._story, self._block(number), others(self._story, number))
        return self._found[number]

    def _sweep(self, number: int) -> tuple[Candidates, Evidence]:
        block, terms, found = self._block(number), self._story.terms, self._candidates(number)
        bag = self._story.content.take(found.rows)
        row = block.row[bag.items]
        match = block.holds[row[:, None], found.columns[bag.owner(), :SOUGHT]]
        return found, weigh(bag, terms.weight[bag.items] * block.worth[row], self._cost[bag.items], match)

    def _hold(self, found: Sequence[Word], block: Block, language: str | None) -> tuple[Floats, Floats, Floats]:
        """Weight and cost of each word of a claim, and how far each sentence of the version holds it."""
        terms, tongue = self._story.terms, (language or "en").split("-")[0].lower()
        number = [terms.number.get(word.key, -1) for word in found]
        if min(number) >= 0:
            known = np.array(number)
            return terms.weight[known], self._cost[known], block.holds[block.row[known]]
        keys = [word.key for word in found]
        figure = np.array([is_number(key) for key in keys])
        name = np.array([terms.name[i] if i >= 0 else w.text[0].isupper() for i, w in zip(number, found, strict=True)])
        idf = np.array([terms.idf[i] if i >= 0 else np.log((len(self._story.bag) + 1) / 0.5) for i in number])
        match = np.stack(
            [
                block.holds[block.row[i]] if i >= 0 else self._nearest(k, block, tongue)
                for i, k in zip(number, keys, strict=True)
            ]
        )
        return blend(idf.astype(np.float32), rarity(keys, [tongue] * len(keys))), lacking_cost(figure, name), match

    def _nearest(self, key: str, block: Block, tongue: str) -> Floats:
        """How far each sentence of a version holds a word that the story never uses."""
        number = self._story.terms.number
        kin = {other: KIN for other in number if kindred(key, other)}
        near = {other: value for other, value in neighbours(key).items() if other in number} if tongue == "en" else {}
        rows = [block.has[block.row[number[other]]] * value for other, value in (near | kin).items()]
        return np.max(rows, axis=0) if rows else np.zeros(block.has.shape[1], np.float32)


def _join(parts: Sequence[Number]) -> Number:
    """The parts in one array; nothing at all is an empty array of numbers."""
    return np.concatenate(parts) if parts else cast("Number", np.zeros(0, np.int64))


def _distinct(found: Sequence[Word]) -> list[Word]:
    """The content words, each key once, where it is first met."""
    first: dict[str, Word] = {}
    for word in found:
        if word.content:
            first.setdefault(word.key, word)
    return list(first.values())


def _say(found: Sequence[Word], weight: Floats, held: Floats, score: float, best: tuple[int, int]) -> Support:
    """Put into words; `held` is how far each word of the claim is found in the two best sentences."""
    absent = ((weight >= HEAVY) & (held < 0.5)).tolist()
    missing = tuple(word.text for word, lacks in zip(found, absent, strict=True) if lacks)
    if not held.any():
        return Support(score, "omitted", (), missing)
    return Support(score, status_of(score), tuple(dict.fromkeys(best)), missing)


def status_of(score: float) -> SupportStatus:
    """The word for a probability."""
    if score >= REPORTED:
        return "reported"
    return "partial" if score >= model().support.even else "omitted"
