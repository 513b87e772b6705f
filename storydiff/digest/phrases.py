"""Small pieces of wording that mails and feeds share: cut texts, lists of names, local times, directions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from storydiff.report.safe import shown
from storydiff.report.times import MONTHS, utc

NAMES = 3
"""Outlets that are named before the rest is counted."""
RIGHT = frozenset({"R", "AL"})
"""Bidirectional classes of letters that are written from right to left."""


def cut(text: str, length: int) -> str:
    """The text as one safe line of no more than that many characters, cut between words where there are any."""
    text = " ".join(shown(text).split())
    if len(text) <= length:
        return text
    short = text[: length - 1]
    space = short.rfind(" ")
    return f"{short[:space] if space > length // 2 else short}…"


def named(outlets: Iterable[str], most: int = NAMES) -> str:
    """ "A, B and C"; "A, B, C and 4 others"."""
    names = [cut(each, 60) for each in dict.fromkeys(outlets)]
    if len(names) <= 1:
        return "".join(names)
    if len(names) <= most + 1:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:most])} and {len(names) - most} others"


def local(moment: datetime | None, zone: str) -> str:
    """ "15 May, 09:30 CEST": the time as the reader's clock shows it; "time unknown" for None."""
    if moment is None:
        return "time unknown"
    there = utc(moment).astimezone(ZoneInfo(zone))
    return f"{there.day} {MONTHS[there.month - 1]}, {there:%H:%M} {_zone(there)}"


def span(first: datetime | None, second: datetime | None, zone: str) -> str:
    """ "between 15 May, 09:30 and 10:45 CEST", as short as the two allow."""
    if first is None and second is None:
        return "at an unknown time"
    if first is None or second is None or utc(first) == utc(second):
        known = second or first
        word = "by" if first is None else "after" if second is None else "at"
        return f"{word} {local(known, zone)}"
    there = [utc(each).astimezone(ZoneInfo(zone)) for each in (first, second)]
    same_day, same_zone = there[0].date() == there[1].date(), _zone(there[0]) == _zone(there[1])
    begin = local(first, zone)
    begin = begin.removesuffix(f" {_zone(there[0])}") if same_zone else begin
    return f"between {begin} and {f'{there[1]:%H:%M} {_zone(there[1])}' if same_day else local(second, zone)}"


def direction(text: str) -> str:
    """ "rtl" when the first letter with a direction is written from right to left, else "ltr".

    Said outright, since not every mail program knows dir="auto".
    """
    kinds = (unicodedata.bidirectional(char) for char in text)
    first = next((kind for kind in kinds if kind in RIGHT or kind == "L"), "L")
    return "rtl" if first in RIGHT else "ltr"


def _zone(there: datetime) -> str:
    """ "CEST", or "UTC+03:30" where a zone has no letters."""
    name = there.tzname() or ""
    if name.isalpha():
        return name
    offset = f"{there:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"
