"""Does a version without a reading of a point tell it all the same, in several sentences? Is it surely silent?

Asked before anyone is said to omit something. The statement's concepts are sought in the version: in up to three units
that together hold most of their weight. Across languages only what a translation keeps is sought, and whether silence
is sure is asked apart (`points_silence`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain

import numpy as np

from storydiff.align.points_concepts import Bag, bag
from storydiff.align.points_index import Index
from storydiff.align.points_quoted import repeats
from storydiff.align.points_sought import COMMON, Statement, different, stands_in
from storydiff.align.points_table import Piece
from storydiff.model import Span
from storydiff.text.attribution_words import PLAIN

TOLD = 0.6
"""Share of the statement's weight that must be found."""
CORE = 0.5
"""Share that one piece alone must hold: three sentences that each share a word with the statement do not tell it."""
MORE = 0.4
"""Share that must be found of what is no name, and, across languages, be kept of it in translation: that the director
speaks does not say what she says."""
GAIN = 0.25
"""A further unit must add this share to count as evidence."""
NEAR, NEAR_WEIGHT, NEAR_CONCEPTS = 0.25, 9.0, 2
"""Share of the statement, weight and number of its concepts in one piece from which silence is not certain: the words
neither tell the point nor leave it out. Of 150 omissions in 30 real stories, read one by one, 21 were told in other
words; 11 of these and 9 of the others reach .2, 10 and 3, which were the limits while sentences were cut at clauses
alone. Pieces are shorter now: with .25, 9 and 2 precision of omissions goes .88 -> .89 and .83 -> .84 on the two halves
of tests/corpus/stories; 8 gives the same there, and opens omissions of short texts that share three common words."""
FIRM = 10.0
"""Weight from which what is found is no chance, however short the statement."""
VERBATIM = 3
"""Words in a row that must be the statement's where what is found weighs less than FIRM: a short sentence
("Nobody I talked to") shares all of its one or two concepts with many others. Of 22 such cells in 50 real stories that
repeat no three words 19 say something else and one tells a part; of 14 that do 2 say something else."""
ROUNDING = 0.999
"""How much less than enough may be enough when sums are rounded in another order."""
UNITS = 3
ACROSS, ACROSS_WEIGHT = 0.4, 7.0
"""Across languages: share and weight of a wording, in two concepts and more, that one piece must hold to tell it. Of
eleven such pieces in eight stories all tell it; with .36 one of four more does not, with a weight of 5 one of two."""


@lru_cache(maxsize=1)
def saying() -> Bag:
    """That somebody says something is no part of what is said: two sentences are not near because both are told by
    someone. None of the 150 omissions becomes another cell by it; in short texts, where no word is common, many would.
    """
    return frozenset(concept for verb in PLAIN for concept in bag(verb, "en"))


@dataclass(frozen=True, slots=True)
class Search:
    """What was found of a statement in a version."""

    share: float
    """Of the statement's weight, found in the evidence."""
    evidence: tuple[Span, ...]
    """Empty unless the version tells the point."""
    surely_silent: bool
    """Of a version in another language never: `points_silence` is asked."""
    closest: tuple[Span, ...] = ()
    """Words of the version that come so close to it that they do not decide."""


class Searcher:
    """Seeks statements in all versions at once; only where one piece holds enough is a version read closely."""

    def __init__(self, pieces: Mapping[str, Sequence[Piece]], weight: Mapping[str, float]) -> None:
        self._pieces, self._weight = pieces, weight
        told = {version: found for version, found in pieces.items() if found}
        self._every = list(chain.from_iterable(told.values()))
        self._index = Index([piece.bag for piece in self._every], weight)
        self._starts = dict(zip(told, accumulate(map(len, told.values()), initial=0), strict=False))
        """Version -> the number of its first piece; those of a version follow upon each other."""
        self._held: dict[str, Bag] = {}

    def ask(self, statement: Statement) -> Answers:
        """What the versions say to a statement."""
        return Answers(self, statement, self.weigh(statement.concepts))

    def best(self, sought: Bag) -> dict[str, float]:
        """For each version the share of the weight that its best piece holds."""
        total = _weigh(sought, self._weight)
        if not (total and self._starts):
            return {}
        shared = np.maximum.reduceat(self._index.shared(sought), list(self._starts.values()))
        return dict(zip(self._starts, (shared / total).tolist(), strict=True))

    def closely(self, statement: Statement, version: str, language: str) -> Search:
        """The same for one version, piece by piece."""
        return search(statement, self._pieces[version], language, self._weight)

    def weigh(self, sought: Bag) -> float:
        """What it weighs in this story."""
        return _weigh(sought, self._weight)

    def near(self, sought: Bag) -> dict[str, tuple[Span, ...]]:
        """For each version that has one the piece that comes closest to what is sought, if it is near."""
        told = sought - saying()
        enough = _enough(told, self._weight)
        found: dict[str, list[Piece]] = defaultdict(list)
        # Sums in another order than those that decide differ by less than this leaves.
        for number in np.flatnonzero(self._index.shared(told) >= ROUNDING * enough).tolist():
            found[self._every[number].span.version].append(self._every[number])
        return {version: _closest(told, enough, pieces, self._weight) for version, pieces in found.items()}

    def lacking(self, version: str, marks: Bag) -> int:
        """How many marks there are of which none stands anywhere in the version; 0 if one does.

        Names that stand all over the story mark no single point: a text has them whether it tells the point or not.
        """
        rare = frozenset(mark for mark in marks if self._index.spread(mark) <= COMMON * len(self._every))
        return 0 if stands_in(rare, self._concepts(version)) else different(rare)

    def _concepts(self, version: str) -> Bag:
        """All that a version tells."""
        if version not in self._held:
            self._held[version] = frozenset().union(*[piece.bag for piece in self._pieces[version]])
        return self._held[version]


@dataclass(slots=True)
class Answers:
    """What the versions say to one statement."""

    searcher: Searcher
    statement: Statement
    weight: float
    """Of the statement."""
    _shares: dict[bool, dict[str, float]] = field(default_factory=dict)
    _near: dict[str, tuple[Span, ...]] | None = None

    def of(self, version: str, language: str) -> Search:
        """What one version says, which is written in that language."""
        foreign = language != self.statement.language
        first = self.share(version, language)
        if first >= (ACROSS if foreign else CORE):
            return self.searcher.closely(self.statement, version, language)
        return Search(first, (), not foreign, () if foreign or first < NEAR else self._closest(version, first))

    def share(self, version: str, language: str) -> float:
        """The share of the statement's weight (across languages of what a translation keeps) that one piece holds."""
        foreign = language != self.statement.language
        if foreign not in self._shares:
            self._shares[foreign] = self.searcher.best(self.statement.kept if foreign else self.statement.concepts)
        return self._shares[foreign].get(version, 0.0)

    def _closest(self, version: str, share: float) -> tuple[Span, ...]:
        """The piece of a version that comes closest, of whose pieces the best holds `share`; empty if none is near."""
        if share * self.weight < NEAR_WEIGHT:
            return ()
        if self._near is None:
            self._near = self.searcher.near(self.statement.concepts)
        return self._near.get(version, ())


def search(statement: Statement, pieces: Sequence[Piece], language: str, weight: Mapping[str, float]) -> Search:
    """Seek the statement in the pieces of one version, which must be in reading order."""
    foreign = language != statement.language
    sought = statement.kept if foreign else statement.concepts
    total = _weigh(sought, weight)
    if not total or not pieces:
        return Search(0.0, (), surely_silent=not foreign)
    evidence, found, first = _gather(sought, pieces, weight, total)
    share = _weigh(found, weight) / total
    if foreign and (best := _across(statement, pieces, weight)):
        return Search(share, (best,), surely_silent=False)
    more = sought - statement.names
    tells = (
        share >= TOLD
        and first >= CORE
        and _weigh(found & more, weight) >= MORE * _weigh(more, weight)
        and _weigh(more, weight) >= MORE * _weigh(statement.concepts - statement.names, weight)
    )
    if tells and not foreign and not _firmly(statement, found, evidence, weight):
        return Search(share, (), surely_silent=True, closest=tuple(sorted(evidence)))
    if tells:
        return Search(share, tuple(sorted(evidence)), surely_silent=not foreign)
    told = sought - saying()
    closest = () if foreign else _closest(told, _enough(told, weight), pieces, weight)
    return Search(share, (), surely_silent=not foreign, closest=closest)


def _across(statement: Statement, pieces: Sequence[Piece], weight: Mapping[str, float]) -> Span | None:
    """The piece in another language that holds so much of a statement that it tells it, if there is one."""
    sought, more = statement.concepts, statement.concepts - statement.names
    held, best = max(((_weigh(piece.bag & sought, weight), -i) for i, piece in enumerate(pieces)), default=(0.0, 0))
    found = pieces[-best].bag & sought
    enough = held >= max(ACROSS * _weigh(sought, weight), ACROSS_WEIGHT) and len(found) >= NEAR_CONCEPTS
    return pieces[-best].span if enough and _weigh(found & more, weight) >= MORE * _weigh(more, weight) else None


def _firmly(statement: Statement, found: Bag, evidence: Sequence[Span], weight: Mapping[str, float]) -> bool:
    """Whether what was found is no chance: it weighs enough, has a figure, or repeats the statement's words."""
    enough = _weigh(found, weight) >= FIRM or any(concept[0] == "#" for concept in found)
    return enough or any(repeats(statement.text, span.text, VERBATIM) for span in evidence)


def _enough(told: Bag, weight: Mapping[str, float]) -> float:
    """Weight from which a piece is near what is told."""
    return max(NEAR_WEIGHT, NEAR * _weigh(told, weight))


def _closest(sought: Bag, enough: float, pieces: Sequence[Piece], weight: Mapping[str, float]) -> tuple[Span, ...]:
    """Of the pieces that are near what is sought the one that holds most of it, the first on ties."""
    best, closest = 0.0, None
    for piece in pieces:
        shared = piece.bag & sought
        if len(shared) >= NEAR_CONCEPTS and (held := _weigh(shared, weight)) >= enough and held > best:
            best, closest = held, piece
    return (closest.span,) if closest else ()


def _gather(
    sought: Bag, pieces: Sequence[Piece], weight: Mapping[str, float], total: float
) -> tuple[list[Span], Bag, float]:
    """The pieces that together hold most, what they hold, and the share that the first holds alone."""
    found: Bag = frozenset()
    evidence: list[Span] = []
    first = 0.0
    held = [piece.bag & sought for piece in pieces]
    for _ in range(UNITS):
        gains = [_weigh(each - found, weight) if each else 0.0 for each in held]
        gain = max(gains)
        if gain < GAIN * total:
            break
        first = first or gain / total
        best = gains.index(gain)
        found |= held[best]
        evidence.append(pieces[best].span)
    return evidence, found, first


def _weigh(concepts: Bag, weight: Mapping[str, float]) -> float:
    return math.fsum([weight.get(concept, 0.0) for concept in concepts])
