"""Who carries whose text: verbatim sharing, families of copies, and how many independent sources a point has.

What counts as copied are runs of equal words outside quotation marks: two reporters at one press conference print the
same quotations, and share no text. Two versions are copies when `COPY` of the shorter one's own shingles stand in the
other (a trimmed copy, or one with its own first paragraph, still is one), or when fewer do but `KEPT` of its words
stand there in the same order (a desk reworded it); they are akin when `AKIN` of the shingles do, in more than one
paragraph.
On real stories told by outlets of their own (150 pairs of basil, 50 of newswcl50) no two share more than .07 or 13
shingles, or .39 of their words; copies in stories share .82 and more. Of texts with one word in ten replaced, .45.

A family is one text, not a chain of likenesses: groups of copies are joined from the most alike on, unless two members
credit different agencies and share nothing themselves (one page may copy two agencies); akin versions come to the one
group that they share most with and never join two groups. The order of versions changes nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from storydiff.diff.agencies import Agencies, agencies_of
from storydiff.model import Extent, Family, Span, Version
from storydiff.text.shingles import Hashes, Shingles, runs, shared_counts, shingled

COPY = 0.5
REWORDED = 0.1
KEPT = 0.6  # of the shorter one's words, in order: independent reports of one event reach .39, at the very most
AKIN = 0.15
LEAST = 20  # shingles outside quotations: about two sentences
LEAST_AKIN = 40
_SURROGATES = range(0xD800, 0xE000)  # no characters
WIRE = 0.5  # share of a paragraph's words that stand in another member, to be wire text


class Shared(NamedTuple):
    """The same words in two versions."""

    a: Span
    b: Span


def shared(a: Version, b: Version) -> tuple[Shared, ...]:
    """The runs of equal words (six and more) in the bodies of both, quotations included, in the order of `a`."""
    one, other = _text(a), _text(b)
    return tuple(
        Shared(_span(a, one, run.i, run.length), _span(b, other, run.j, run.length)) for run in runs(one, other)
    )


def families(versions: Sequence[Version]) -> tuple[Family, ...]:
    """The versions that carry one text, largest family first; a version is in one family at most.

    Cost: a table product over the shared shingles, then the pairs that share enough.
    """
    read = sorted((v for v in versions if v.extent is not Extent.BLOCKED and v.body), key=_settled)
    agencies = agencies_of(read)
    groups = _Groups(_Likeness.of(read), [agencies.credited[v.id] for v in read]).formed()
    found = [_family([read[k] for k in group], agencies) for group in groups]
    return tuple(sorted(found, key=lambda family: (-len(family.versions), family.versions)))


def _family(members: Sequence[Version], agencies: Agencies) -> Family:
    name, origin = agencies.behind(members)
    return Family(credit=name, versions=tuple(sorted(v.id for v in members)), origin=origin)


def wire_paragraphs(family: Family, versions: Iterable[Version]) -> dict[str, frozenset[int]]:
    """For each member the indexes of its paragraphs that are the family's text; for the origin all of its body.

    `versions` must hold the members; earlier versions of the members' articles count as text of the family too.
    """
    every = [v for v in versions if v.extent is not Extent.BLOCKED]
    articles = sorted({v.article for v in every if v.id in family.versions})
    kin = [(v, _text(v)) for v in every if v.article in articles]
    common = _common([(articles.index(v.article), text.hashes) for v, text in kin])
    return {
        v.id: frozenset(i for i, _ in v.body) if v.id == family.origin else _covered(v, text, common)
        for v, text in kin
        if v.id in family.versions
    }


def independent(
    families: Iterable[Family], evidence: Mapping[str, Iterable[int]], wire: Mapping[str, frozenset[int]]
) -> int:
    """How many independent sources carry a point: a family counts once where its text has the point, else each member.

    `evidence`: version id -> paragraphs in which that version tells the point. `wire`: version id -> its paragraphs
    that are the family's text (`wire_paragraphs`).
    """
    count, alone = 0, set(evidence)
    for family in families:
        telling = alone & set(family.versions)
        alone -= telling
        in_text = any(set(evidence[v]) & wire.get(v, frozenset()) for v in telling)
        count += 1 if in_text else len(telling)
    return count + len(alone)


def _settled(version: Version) -> tuple[str, str, str]:
    """An order that does not depend on how versions came or what their ids are, as far as texts differ."""
    return version.text, version.outlet, version.id


def _text(version: Version) -> Shingles:
    return _shingled(tuple([p.text for _, p in version.body]))


@lru_cache(maxsize=256)
def _shingled(paragraphs: tuple[str, ...]) -> Shingles:
    """Remembered, because families, their paragraphs and the spans of two versions all need it; copies are equal."""
    return shingled(paragraphs)


def _span(version: Version, text: Shingles, first: int, length: int) -> Span:
    row, start, end = text.place(slice(first, first + length))
    index, paragraph = version.body[row]
    return Span(version.id, index, start, end, paragraph.text[start:end])


def _common(texts: Sequence[tuple[int, Hashes]]) -> Hashes:
    """The shingles that stand in more than one article, given as (number of the article, its shingles)."""
    own: dict[int, list[Hashes]] = defaultdict(list)
    for article, hashes in texts:
        own[article].append(hashes)
    distinct = np.concatenate([np.unique(np.concatenate(each)) for each in own.values()])
    every, articles = np.unique(distinct[distinct != 0], return_counts=True)
    return every[articles > 1]


def _covered(version: Version, text: Shingles, common: Hashes) -> frozenset[int]:
    """The paragraphs of which enough words stand in one of the common shingles."""
    begins = np.isin(text.hashes, common)
    words = np.convolve(begins, np.ones(text.size), "full")[: len(begins)] > 0
    indexes = [i for i, _ in version.body]
    size, covered = (np.bincount(rows, minlength=len(indexes)) for rows in (text.paragraph, text.paragraph[words]))
    return frozenset(indexes[k] for k in np.flatnonzero((size > 0) & (covered >= WIRE * size)))


@dataclass(frozen=True, slots=True, eq=False)
class _Likeness:
    """For each two versions: shared shingles, as share of the shorter one's, and whether it is one paragraph only."""

    texts: tuple[Shingles, ...]
    spoken: tuple[str, ...]
    """For each text its words outside quotations, each as one character: strings are compared fastest."""
    outlets: tuple[str, ...]
    counts: NDArray[np.float64]
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, versions: Sequence[Version]) -> _Likeness:
        texts = tuple(_text(v) for v in versions)
        own = [text.own() for text in texts]
        counts = shared_counts(own)
        sizes = np.array([max(1, len(hashes)) for hashes in own])
        shares = counts / np.minimum(sizes[:, None], sizes[None, :]) if versions else counts
        return cls(texts, _written(texts), tuple(v.outlet for v in versions), counts, shares)

    def pairs(self, share: float, least: int) -> list[tuple[int, int]]:
        """The pairs that reach both, most alike first."""
        rows, columns = np.nonzero(np.triu((self.shares >= share) & (self.counts >= least)))
        found = zip(rows.tolist(), columns.tolist(), strict=True)
        return sorted(found, key=lambda pair: (-round(float(self.shares[pair]), 6), -float(self.counts[pair]), pair))

    def copies(self, a: int, b: int) -> bool:
        """Whether the one was copied, or lightly reworded, from the other, or both from a third."""
        if self.shares[a, b] >= COPY:
            return True
        one, other = self.spoken[a], self.spoken[b]
        least = KEPT * min(len(one), len(other))
        return LCSseq.similarity(one, other, score_cutoff=math.ceil(least)) >= least

    def akin(self, a: int, b: int) -> bool:
        """Whether the likeness is more than a footer that one house prints below all it publishes."""
        if self.outlets[a] == self.outlets[b]:
            return False
        one, other = self.texts[a], self.texts[b]
        ours, theirs = set[int](), set[int]()
        for run in runs(one, other):
            ours |= _touched(one, run.i, run.length)
            theirs |= _touched(other, run.j, run.length)
            if len(ours) > 1 and len(theirs) > 1:
                return True
        return False


def _written(texts: Sequence[Shingles]) -> tuple[str, ...]:
    """Their words outside quotations, equal words as equal characters."""
    spoken = [text.spoken() for text in texts]
    number = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(spoken)))}
    # From the first character on: those that come first are compared several times as fast.
    sign = {word: chr(n + len(_SURROGATES) * (n >= _SURROGATES.start)) for word, n in number.items()}
    return tuple("".join(map(sign.__getitem__, words)) for words in spoken)


def _touched(text: Shingles, first: int, length: int) -> set[int]:
    """The paragraph in which a run stands, if not inside a quotation."""
    return set() if text.quoted[first : first + length].all() else {int(text.paragraph[first])}


class _Groups:
    """The versions by index, each in the group of those that carry its text."""

    def __init__(self, table: _Likeness, credited: Sequence[frozenset[str]]) -> None:
        self.table, self.credited = table, credited
        self.of: dict[int, tuple[int, ...]] = {k: (k,) for k in range(len(credited))}

    def formed(self) -> list[tuple[int, ...]]:
        """Copies are joined, then each version left alone may come to those that it is akin to."""
        for a, b in self.table.pairs(REWORDED, LEAST):
            if self.of[a] != self.of[b] and self.table.copies(a, b) and self._one_text(self.of[a], self.of[b]):
                self._join(a, b)
        copies = dict(self.of)
        for a, b in self.table.pairs(AKIN, LEAST):
            for alone, other in ((a, b), (b, a)):
                if len(self.of[alone]) == 1 and self._adopts(alone, other, copies[other]):
                    self._join(alone, other)
        return sorted({group for group in self.of.values() if len(group) > 1})

    def _join(self, a: int, b: int) -> None:
        group = tuple(sorted(self.of[a] + self.of[b]))
        self.of.update(dict.fromkeys(group, group))

    def _one_text(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """No member credits another agency than one of the other group with which it shares nothing."""
        return all(
            not self.credited[x] or not self.credited[y] or self.credited[x] & self.credited[y]
            for x in left
            for y in right
            if self.table.shares[x, y] < AKIN
        )

    def _adopts(self, alone: int, other: int, copies: Sequence[int]) -> bool:
        """Whether `alone` is akin to a version of a group of copies, or to all of a group that has none."""
        partners = [other] if len(copies) > 1 else self.of[other]
        return all(self._akin(alone, k) for k in partners) and self._one_text([alone], self.of[other])

    def _akin(self, a: int, b: int) -> bool:
        enough = LEAST if self.credited[a] & self.credited[b] else LEAST_AKIN
        return bool(self.table.shares[a, b] >= AKIN and self.table.counts[a, b] >= enough) and self.table.akin(a, b)
