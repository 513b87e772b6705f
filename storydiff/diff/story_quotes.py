"""One remark that two versions quote in other words than each other.

Inside a point quotations are compared word by word (`rules.quote`). Rendered in other words they rarely meet in one.
They are one remark here when one person may have said both, they are about as long, half of the words of the shorter
stand in the longer, and what they share is rare in the story; no version on either side has the other rendering.

time: a pass over the quotations; only those that share a word which few of them have are looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from storydiff.align.points_concepts import bag
from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules.quote_remark import SAME_REMARK, Remark, alike, comparable, one_remark, said_words
from storydiff.diff.rules.tellings import LOST
from storydiff.diff.story_sentences import Sentences
from storydiff.model import DiscrepancyType, Reading, Version
from storydiff.text.names import Names, mentions
from storydiff.text.quote_marks import marked

_WHOLE = 5
"""Words from which a quotation that begins with a capital is an utterance and no fragment."""
_AS_LONG = 0.6
_WORDS = 0.5
"""Of the words of the shorter. Renderings of one remark in nine stories have .47 to .73."""
_WEIGHT, _RARE, _MOST_WEIGHT = 0.3, 3.8, 0.6
"""Of the weight of the heavier, and the weight of the rarest word shared unless they share `_MOST_WEIGHT`. In 55 real
stories one pair passes, and it is one remark."""
_FEW, _LETTERS = 8, 4
"""Renderings that hold a word by which they are found, and its letters."""


@dataclass(frozen=True, eq=False)
class _Rendering:
    """A quotation with the places where it is printed."""

    language: str
    home: Mapping[str, Version]
    prints: list[Reading]

    @cached_property
    def text(self) -> str:
        return self.prints[0].text

    @cached_property
    def remark(self) -> Remark:
        return Remark(0, len(self.text), comparable(self.text, self.language))

    @cached_property
    def words(self) -> Counter[str]:
        return Counter(said_words(self.remark.words))

    @cached_property
    def versions(self) -> frozenset[str]:
        return frozenset(reading.version for reading in self.prints)

    @cached_property
    def people(self) -> list[str]:
        """Who is named beside it, wherever it is printed."""
        places = {(p.version, p.paragraph) for p in self.prints}
        return sorted({name for version, number in places for name in _named(self.home[version], number)})


def _named(version: Version, paragraph: int) -> Iterable[str]:
    """The people and organisations that a paragraph names outside its quotations."""
    text = version.paragraphs[paragraph].text
    marks = marked(text)
    named = (n for n in mentions(text, version.language) if n.kind != "place")
    return (n.text for n in named if not any(m.start <= n.start < m.end for m in marks))


def reworded(story: Sentences) -> Iterable[list[Edge]]:
    """The renderings of one remark against each other."""
    every = _renderings(story.versions)
    for a, b in _candidates(every):
        if not (_are_alike(a, b) and _weighs(story, a, b) and _one_speaker(a, b, story.names)):
            continue
        if not (_known(a, b, every) or _known(b, a, every)):
            yield [Edge(DiscrepancyType.QUOTE, x, y, drift=False) for x, y in product(a.prints, b.prints)]


def _renderings(versions: Mapping[str, Version]) -> list[_Rendering]:
    """Whole utterances, each once however many print it, by their texts."""
    found: dict[tuple[str, ...], _Rendering] = {}
    for version in versions.values():
        language = version.language or ""
        for reading in _utterances(version):
            key = (language, *comparable(reading.text, language))
            found.setdefault(key, _Rendering(language, versions, [])).prints.append(reading)
    return [found[key] for key in sorted(found)]


def _utterances(version: Version) -> Iterable[Reading]:
    """The quotations of a version that are whole sentences."""
    for number, paragraph in version.body:
        for mark in [] if LOST in paragraph.text else marked(paragraph.text):
            text = paragraph.text[mark.start : mark.end].rstrip(" ,")
            if text[:1].isupper() and len(text.split()) >= _WHOLE:
                yield Reading(version.id, number, mark.start, mark.start + len(text), text, text)


def _candidates(every: Sequence[_Rendering]) -> Iterable[tuple[_Rendering, _Rendering]]:
    """Pairs of one language that share a word of which there are few."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, each in enumerate(every):
        for word in each.words:
            if len(word) >= _LETTERS:
                holders[each.language, word].append(number)
    pairs = {pair for found in holders.values() if len(found) <= _FEW for pair in combinations(found, 2)}
    return ((every[i], every[j]) for i, j in sorted(pairs) if not every[i].versions & every[j].versions)


def _are_alike(a: _Rendering, b: _Rendering) -> bool:
    """Whether they share enough words to be one remark, and too few to be compared word by word."""
    shorter, longer = sorted((a.words.total(), b.words.total()))
    return (
        shorter >= _AS_LONG * longer
        and (a.words & b.words).total() >= _WORDS * shorter
        and not (alike(a.remark, b.remark) >= SAME_REMARK and one_remark(a.remark, b.remark))
    )


def _weighs(story: Sentences, a: _Rendering, b: _Rendering) -> bool:
    """Whether what they share is rare in the story, and much of both."""
    ours, theirs = (bag(each.text, each.language) for each in (a, b))
    shared = sorted((story.weight.get(concept, 0.0) for concept in ours & theirs), reverse=True)
    most = max(sum(sorted(story.weight.get(concept, 0.0) for concept in each)) for each in (ours, theirs))
    if not shared or not most:
        return False
    share = sum(shared) / most
    return share >= _MOST_WEIGHT or (share >= _WEIGHT and shared[0] >= _RARE)


def _one_speaker(a: _Rendering, b: _Rendering, names: Names) -> bool:
    """Whether one person is named beside both."""
    return any(names.relation(n, m) != "different" for n in a.people for m in b.people)


def _known(a: _Rendering, b: _Rendering, every: Sequence[_Rendering]) -> bool:
    """Whether somebody who prints one of them prints the other in nearly the same words as well."""
    others = (each for each in every if each is not b and each.versions & b.versions)
    return any(alike(a.remark, each.remark) >= SAME_REMARK for each in others)
