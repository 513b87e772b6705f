"""One sentence that tells a reader in what readings differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import takewhile

from storydiff.model import DiscrepancyType, Family, Reading, Version
from storydiff.text.lexicon import FUNCTION_WORDS
from storydiff.text.normalize import fold
from storydiff.text.words import base

_VERB = {
    DiscrepancyType.NUMBER: "says",
    DiscrepancyType.QUOTE: "quotes",
    DiscrepancyType.ATTRIBUTION: "credits",
    DiscrepancyType.NAME: "names",
    DiscrepancyType.TIME: "says",
    DiscrepancyType.PLACE: "says",
    DiscrepancyType.CERTAINTY: "says",
    DiscrepancyType.ROLE: "says",
}
_LONG = 90
_BEHIND = {DiscrepancyType.NUMBER: 1, DiscrepancyType.CERTAINTY: 4}
"""Words behind a reading that are shown with it, none beyond a comma: what is counted, what is planned."""
_SHORT = 16
"""Letters from which a reading says enough by itself."""
_NEXT = re.compile(r"\s([\w’'-]+)")
_BEFORE = 2
"""Words of a long quotation that are shown before those in which it differs."""
_HANGING = re.compile(r"(?:\W+\w{1,3})*\W+\S*$")
"""At the end of words that are cut: the broken word, and small ones before it."""
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LISTED = 3


def sentence(
    kind: DiscrepancyType,
    readings: Sequence[Reading],
    versions: Mapping[str, Version],
    statement_version: str,
    *,
    drift: bool,
    families: Sequence[Family] = (),
) -> str:
    """ "Harbour Post says “14 dead”; Coast Daily, two hours earlier, “12”."

    An agency and those who print it are named once.
    """
    sides: dict[str, list[Reading]] = {}
    for reading in readings:
        sides.setdefault(reading.value, []).append(reading)
    ordered = sorted(sides.values(), key=lambda side: _rank(side, versions, statement_version))
    words = _excerpts([_words(kind, side, versions) for side in ordered])
    who = [_who(side, versions, _together(side, readings, families)) for side in ordered]
    latest = _latest(ordered[0], versions)
    whens = [_apart(_latest(side, versions), latest) for side in ordered]
    verb = _VERB[kind] if len(who[0]) == 1 else _VERB[kind].removesuffix("s")
    parts = [f"{_listed(who[0])} {verb} “{words[0]}”"]
    for named, when, said in zip(who[1:], whens[1:], words[1:], strict=True):
        parts.append(f"{_listed(named)}, {when}, “{said}”" if when else f"{_listed(named)} “{said}”")
    return "; ".join(parts) + (", before a later update." if drift and len(parts) > 1 and not latest else ".")


def _rank(side: list[Reading], versions: Mapping[str, Version], statement: str) -> tuple[bool, int, str]:
    """The side of the statement first, then the one that more outlets take."""
    outlets = {versions[r.version].outlet for r in side}
    return (all(r.version != statement for r in side), -len(outlets), min(outlets))


def _together(side: Sequence[Reading], readings: Iterable[Reading], families: Sequence[Family]) -> list[Family]:
    """The families that are named once on a side: those of which all read so, or the agency itself does."""
    own = {r.version for r in side}
    others = {r.version for r in readings} - own
    return [f for f in families if f.origin in own or others.isdisjoint(f.versions)]


def _who(side: Sequence[Reading], versions: Mapping[str, Version], families: Sequence[Family]) -> list[tuple[str, int]]:
    """Who reads so, an agency before its copies, and how many outlets print the same."""
    left = {r.version for r in side}
    found: list[tuple[str, int]] = []
    for family in families:
        members = left.intersection(family.versions)
        outlets = sorted({versions[v].outlet for v in members})
        if len(outlets) > 1:
            left -= members
            first = versions[family.origin].outlet if family.origin in members else outlets[0]
            found.append((first, len(outlets)))
    return [*sorted(found), *((outlet, 1) for outlet in sorted({versions[v].outlet for v in left}))]


def _listed(named: Sequence[tuple[str, int]]) -> str:
    shown = [name if count == 1 else f"{name} ({count} outlets, one text)" for name, count in named]
    if len(shown) > _LISTED:
        return f"{shown[0]} and {sum(count for _, count in named[1:])} others"
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}"


def _words(kind: DiscrepancyType, side: Sequence[Reading], versions: Mapping[str, Version]) -> str:
    """The shortest words of a side, in the language of most versions if there are any in it."""
    if len({base(versions[r.version].language) for r in side}) > 1:
        spoken = Counter(base(version.language) for version in versions.values())
        usual = max(spoken, key=lambda language: (spoken[language], language))
        side = [r for r in side if base(versions[r.version].language) == usual] or side
    return min((_worded(kind, r, versions) for r in side), key=lambda words: (len(words), words))


def _worded(kind: DiscrepancyType, reading: Reading, versions: Mapping[str, Version]) -> str:
    """A reading, with what is counted or planned when that stands right behind it."""
    version = versions[reading.version]
    text, end = version.paragraphs[reading.paragraph].text, reading.end
    grammar = FUNCTION_WORDS.get(base(version.language), frozenset())
    last = place = end
    for _ in range(_BEHIND.get(kind, 0) if len(reading.text) < _SHORT else 0):
        following = _NEXT.match(text, place)
        if following is None:
            break
        place = following.end()
        last = last if fold(following[1]) in grammar else place
    return " ".join((reading.text + text[end:last]).split())


def _excerpts(texts: list[str]) -> list[str]:
    """What differs of long texts: a common beginning is left out."""
    if max(map(len, texts)) <= _LONG:
        return texts
    words = [text.split() for text in texts]
    same = sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False)))
    first = max(0, same - _BEFORE)
    return [_cut(" ".join(each[first:]), "…" if first else "") for each in words]


def _cut(text: str, before: str) -> str:
    return before + (text if len(text) <= _LONG else _HANGING.sub("", text[:_LONG]) + "…")


def _latest(side: list[Reading], versions: Mapping[str, Version]) -> datetime | None:
    moments = [m for r in side if (m := versions[r.version].modified or versions[r.version].published)]
    return max(moments, default=None)


def _apart(moment: datetime | None, other: datetime | None) -> str:
    """How much earlier or later one side was told, in words; empty when unknown or under ten minutes."""
    if moment is None or other is None:
        return ""
    minutes = (moment - other).total_seconds() / 60
    if abs(minutes) < 10:
        return ""
    size = abs(minutes)
    count, unit = (
        (round(size), "minute")
        if size < 90
        else (round(size / 60), "hour")
        if size < 36 * 60
        else (round(size / 1440), "day")
    )
    said = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{said} {unit}{'s' if count != 1 else ''} {'later' if minutes > 0 else 'earlier'}"
