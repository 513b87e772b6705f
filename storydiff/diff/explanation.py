"""One sentence that tells a reader in what readings differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from storydiff.model import DiscrepancyType, Reading, Version

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
_SHORT = 16
_FOLLOWING = re.compile(r"(?:\s[\w’'-]+){1,4}")
"""Up to four words after a short reading, none beyond a comma or the end of the sentence."""


def sentence(
    kind: DiscrepancyType,
    readings: Sequence[Reading],
    versions: Mapping[str, Version],
    statement_version: str,
    *,
    drift: bool,
) -> str:
    """ "Harbour Post says “14 dead”; Coast Daily, two hours earlier, “12”." """
    sides: dict[str, list[Reading]] = {}
    for reading in readings:
        sides.setdefault(reading.value, []).append(reading)
    ordered = sorted(sides.values(), key=lambda side: _rank(side, versions, statement_version))
    latest = _latest(ordered[0], versions)
    parts = [_part(kind, side, versions, None if i == 0 else latest, first=i == 0) for i, side in enumerate(ordered)]
    return "; ".join(parts) + (", before a later update." if drift and len(parts) > 1 and not latest else ".")


def _rank(side: list[Reading], versions: Mapping[str, Version], statement: str) -> tuple[bool, int, str]:
    """The side of the statement first, then the one that more outlets take."""
    outlets = {versions[r.version].outlet for r in side}
    return (all(r.version != statement for r in side), -len(outlets), min(outlets))


def _part(
    kind: DiscrepancyType, side: list[Reading], versions: Mapping[str, Version], latest: datetime | None, *, first: bool
) -> str:
    outlets = sorted({versions[r.version].outlet for r in side})
    who = _listed(outlets)
    words = _short(min((_in_context(r, versions) for r in side), key=lambda t: (len(t), t)))
    when = _apart(_latest(side, versions), latest)
    verb = _VERB[kind] if len(outlets) == 1 else _VERB[kind].removesuffix("s")
    if first or not when:
        return f"{who} {verb} “{words}”" if first else f"{who} “{words}”"
    return f"{who}, {when}, “{words}”"


def _in_context(reading: Reading, versions: Mapping[str, Version]) -> str:
    """The reading with the words that follow when it is as short as a figure or a date."""
    if len(reading.text) >= _SHORT:
        return reading.text
    rest = versions[reading.version].paragraphs[reading.paragraph].text[reading.end :]
    following = _FOLLOWING.match(rest)
    return reading.text + (following.group() if following else "")


def _listed(outlets: list[str]) -> str:
    if len(outlets) > 3:
        return f"{outlets[0]} and {len(outlets) - 1} others"
    return outlets[0] if len(outlets) == 1 else ", ".join(outlets[:-1]) + f" and {outlets[-1]}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONG else words[: _LONG - 1].rsplit(" ", 1)[0] + "…"


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
    return f"{count} {unit}{'s' if count != 1 else ''} {'later' if minutes > 0 else 'earlier'}"
