"""Which readings of a point are set against each other, so that the cost does not grow with all pairs of versions.

Equal texts are looked at once: what holds for one print of an agency's report holds for all. Up to `ALL` different
texts are compared each with each; in a story of more than `USUAL` versions only those that look as if they could differ
from another: figures or names on both sides that the other lacks, a denial or a doubt on one side. Of more texts, those
are compared with a few references, the statement first, and what conflicts with one is compared with the others too.

time: linear in the readings of a point once there are more than `ALL`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from storydiff.diff import explanation
from storydiff.diff.discrepancies import Telling, conflicts, discrepancies
from storydiff.model import Discrepancy, Reading, Span, Version
from storydiff.text.names import Names
from storydiff.text.normalize import plain

ALL = 6
"""Different texts that are compared each with each: a usual story has fewer."""
USUAL = 12
"""Versions up to which a story is small enough to compare also what looks alike."""
REFERENCES = 2
ODD = 4
"""Readings in conflict with a reference that are compared with each other; the rest stay out of the discrepancy."""

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_NUMBER = re.compile(
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|dozen",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ](?<=[^.!?…\"“„«]\s.)[^\W\d_]{2,}")
_DOUBT = re.compile(
    r"no|not|never|none|nobody|without|denied|denies|may|might|could|alleged\w*|reportedly|possibl[ey]|whether|if"
    r"|nicht|kein\w*|nie|soll\w*|pas|jamais|aucun\w*|nunca|ningún\w*|не|нет|ни|ні|може|может",
    re.IGNORECASE,
)

Spans = tuple[Span, ...]


def disputes(
    statement: Span, readings: Mapping[str, Spans], versions: Mapping[str, Version], names: Names
) -> tuple[Discrepancy, ...]:
    """The discrepancies of one point, each with the readings of every print of the texts in it; ids are left open."""
    alike = _by_text(readings)
    if len(alike) < 2:
        return ()
    chosen = [_representative(prints, statement, versions) for prints in alike.values()]
    if len(chosen) > ALL:
        chosen = _suspects(chosen, statement, readings, versions, names)
    elif len(versions) > USUAL:
        looks = {v: _Look.of(_text(readings[v])) for v in chosen}
        chosen = [v for v in chosen if any(looks[v].differs(looks[u]) for u in chosen)]
    found = discrepancies("", statement.version, {v: readings[v] for v in chosen}, versions, names)
    prints = {v: group for group in alike.values() for v in chosen if v in group}
    return tuple(_spread(each, prints, readings, versions, statement.version) for each in found)


def once(disputed: Sequence[tuple[Discrepancy, ...]]) -> list[tuple[Discrepancy, ...]]:
    """The discrepancies of the points, each difference under one point only: where most versions are heard.

    A sentence that tells two things is a reading of two points, and what it disputes would be said twice.
    """
    ranked = sorted(
        ((place, each) for place, found in enumerate(disputed) for each in found),
        key=lambda entry: (-len(entry[1].readings), entry[0]),
    )
    kept: list[list[Discrepancy]] = [[] for _ in disputed]
    for place, each in ranked:
        if not any(_covers(other, each) for found in kept for other in found):
            kept[place].append(each)
    return [tuple(each for each in found if each in kept[place]) for place, found in enumerate(disputed)]


def _covers(one: Discrepancy, other: Discrepancy) -> bool:
    """Whether every reading of the other is one of the first, or shares words with one."""
    return one.type is other.type and all(any(_share(a, b) for a in one.readings) for b in other.readings)


def _share(a: Reading, b: Reading) -> bool:
    return (a.version, a.paragraph) == (b.version, b.paragraph) and a.start < b.end and b.start < a.end


def _by_text(readings: Mapping[str, Spans]) -> dict[tuple[str, ...], list[str]]:
    """Texts, but for the kind of quotation marks, and the versions that print them."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for version, spans in readings.items():
        texts = tuple(plain(span.text) for span in spans)
        same_places = all(len(text) == len(span.text) for text, span in zip(texts, spans, strict=True))
        alike[texts if same_places else tuple(span.text for span in spans)].append(version)
    return alike


def _representative(prints: Sequence[str], statement: Span, versions: Mapping[str, Version]) -> str:
    """The statement's own version, else the one that was updated last."""

    def rank(version: str) -> tuple[bool, str, str]:
        shown = versions[version].modified or versions[version].published
        return version == statement.version, shown.isoformat() if shown else "", versions[version].text

    return max(prints, key=rank) if len(prints) > 1 else prints[0]


def _suspects(
    chosen: Sequence[str], statement: Span, readings: Mapping[str, Spans], versions: Mapping[str, Version], names: Names
) -> list[str]:
    """The references and the readings that conflict with one of them."""
    texts = {v: _text(readings[v]) for v in chosen}
    ordered = sorted(chosen, key=lambda v: (v != statement.version, -len(texts[v]), texts[v]))
    references, others = ordered[:REFERENCES], ordered[REFERENCES:]
    looks = {v: _Look.of(texts[v]) for v in chosen}
    tellings = {v: _telling(versions[v], texts[v]) for v in chosen}
    judged: dict[_Look, bool] = {}
    odd: list[str] = []
    for v in others:
        # What shows the same figures, names and doubts as a text that was compared already would say the same.
        if looks[v] not in judged:
            judged[looks[v]] = any(
                looks[v].differs(looks[r]) and conflicts(tellings[v], tellings[r], names) for r in references
            )
        odd += [v] if judged[looks[v]] else []
        if len(odd) == ODD:
            break
    return [*references, *odd] if odd or looks[references[0]].differs(looks[references[1]]) else []


@dataclass(frozen=True, slots=True)
class _Look:
    """What can be seen of a text without parsing it."""

    figures: frozenset[str]
    names: frozenset[str]
    doubts: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Look:
        told = [(word, kind) for word in set(_WORD.findall(text)) if (kind := _kind(word))]
        figures = [*_FIGURE.findall(text), *(word for word, kind in told if kind == "number")]
        doubts = frozenset(word for word, kind in told if kind == "doubt")
        return cls(frozenset(figures), frozenset(_NAME.findall(text)), doubts)

    def differs(self, other: _Look) -> bool:
        """Other figures on both sides, other names beside one in common, or a doubt that one side lacks."""
        figures = bool(self.figures - other.figures) and bool(other.figures - self.figures)
        shared = self.names & other.names
        names = bool(shared) and bool(self.names - shared) and bool(other.names - shared)
        return figures or names or self.doubts != other.doubts


@lru_cache(maxsize=1 << 16)
def _kind(word: str) -> str:
    """Whether a word is a `number` or a `doubt`; none is both."""
    return "number" if _NUMBER.fullmatch(word) else "doubt" if _DOUBT.fullmatch(word) else ""


def _text(spans: Spans) -> str:
    return "\n\n".join(span.text for span in spans)


def _telling(version: Version, text: str) -> Telling:
    return Telling(
        text=text,
        language=version.language,
        published=version.published or version.fetched,
        updated=version.modified,
    )


def _spread(
    found: Discrepancy,
    prints: Mapping[str, Sequence[str]],
    readings: Mapping[str, Spans],
    versions: Mapping[str, Version],
    statement: str,
) -> Discrepancy:
    """The discrepancy with the same words in every version that prints them."""
    spread = {copy for reading in found.readings for copy in _copies(reading, prints[reading.version], readings)}
    if len(spread) == len(found.readings):
        return found
    ordered = tuple(sorted(spread))
    said = explanation.sentence(found.type, ordered, versions, statement, drift=found.drift)
    return replace(found, readings=ordered, explanation=said)


def _copies(reading: Reading, prints: Iterable[str], readings: Mapping[str, Spans]) -> Iterable[Reading]:
    number, span = next(
        (n, span)
        for n, span in enumerate(readings[reading.version])
        if span.paragraph == reading.paragraph and span.start <= reading.start and reading.end <= span.end
    )
    for version in prints:
        copy = readings[version][number]
        start, end = copy.start + reading.start - span.start, copy.start + reading.end - span.start
        yield Reading(
            version, copy.paragraph, start, end, copy.text[start - copy.start : end - copy.start], reading.value
        )
