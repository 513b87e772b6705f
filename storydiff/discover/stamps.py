"""Times as feeds state them: RFC 822 with every zone name there is, ISO 8601 in all its spellings, days, bare numbers.

A listing is no evidence: here a time only decides what is recent. So a time without a zone, or a day alone, is taken as
UTC and marked as rough, where `extract` would leave it open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from storydiff.extract.dates import read_stamp
from storydiff.text.normalize import fold

ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180, "sast": 120, "wat": 60, "eat": 180, "gst": 240,
    "pkt": 300, "ict": 420, "wib": 420, "sgt": 480, "hkt": 480, "awst": 480, "jst": 540, "kst": 540, "acst": 570,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "nst": -210, "ndt": -150, "ast": -240, "adt": -180,
    "art": -180, "brt": -180, "clt": -240, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip
"""Minutes east of Greenwich. Names with two meanings (IST, CST in China) are not here, or as the US means them."""
ZONES |= {"cst": -360}
_MONTHS = (
    "jan ene gen янв sty|feb fev fem fevr фев lut|mar mär maer mrt мар|apr abr avr апр kwi|may mai mag maj mei мая май"
    "|jun juin giu июн cze|jul juil lug июл lip|aug ago aou авг sie|sep set сен wrz|oct okt ott out окт paz|nov ноя lis"
    "|dec dez dic des дек gru"
)
MONTHS = {name: i for i, names in enumerate(_MONTHS.split("|"), 1) for name in map(fold, names.split())}
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?P<zone>(?:GMT|UTC)?[+-]\d{1,2}:?\d{2}|(?:GMT|UTC)?[+-]\d{1,2}|[A-Za-z]{1,5})?"
BY_DAY = re.compile(
    rf"(?:[^\W\d_]+\.?,?\s+)?(?P<day>\d{{1,2}})\.?[\s-]+(?P<month>[^\W\d_]{{3,10}})\.?,?[\s-]+(?P<year>\d{{4}}|\d{{2}})"
    rf"(?:,?\s+{_CLOCK}\s*{_ZONE})?"
)
BY_MONTH = re.compile(
    rf"(?:[^\W\d_]+\.?,?\s+)?(?P<month>[^\W\d_]{{3,10}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})"
    rf"(?:,?\s+(?:at\s+)?{_CLOCK}\s*{_ZONE})?"
)
ISO_MINUTES = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?")
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC; `rough` when it was given as a day or without zone."""

    at: datetime
    rough: bool = False


def moment_of(words: str | None) -> Moment | None:
    """The time that the words state; None when they state none."""
    text = " ".join((words or "").split())[:64]
    if not text:
        return None
    stamp = read_stamp(text) if text[0].isdigit() else None
    if stamp and stamp.instant:
        return _sane(Moment(stamp.instant))
    return _sane(_spelt(text) or _without_zone(text))


def _sane(found: Moment | None) -> Moment | None:
    return found if found and FIRST_YEAR <= found.at.year <= LAST_YEAR else None


def _spelt(text: str) -> Moment | None:
    """Days and months by name, in RFC 822's order or as people write them."""
    match = BY_DAY.match(text) or BY_MONTH.match(text)
    month = MONTHS.get(fold(match["month"])[:4], MONTHS.get(fold(match["month"])[:3])) if match else None
    if match is None or month is None:
        return None
    year = int(match["year"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    return _made(year, month, int(match["day"]), match)


def _made(year: int, month: int, day: int, match: re.Match[str]) -> Moment | None:
    minutes = _offset(match["zone"]) if match["hour"] else None
    try:
        local = datetime(year, month, day, tzinfo=UTC)
        local = local.replace(
            hour=_hour(match), minute=int(match["minute"] or 0), second=min(59, int(match["second"] or 0))
        )
    except ValueError:
        return None
    return Moment(local, rough=True) if minutes is None else _shifted(local, minutes)


def _shifted(local: datetime, minutes: int) -> Moment | None:
    try:
        return Moment(datetime.fromtimestamp(local.timestamp() - 60 * minutes, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _hour(match: re.Match[str]) -> int:
    hour, half = int(match["hour"] or 0), (match["half"] or "").lower()[:1]
    return hour % 12 + 12 * (half == "p") if half else hour % 24


def _offset(zone: str | None) -> int | None:
    """Minutes east of Greenwich; None for a name that is not known or has two meanings."""
    name = (zone or "").lower()
    if name in ZONES:
        return ZONES[name]
    match = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?", name)
    if match is None or int(match[2]) > 14:
        return None
    return (60 * int(match[2]) + int(match[3] or 0)) * (-1 if match[1] == "-" else 1)


def _without_zone(text: str) -> Moment | None:
    match = ISO_MINUTES.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return Moment(datetime(year, month, day, hour % 24, minute, min(59, second), tzinfo=UTC), rough=True)
    except ValueError:
        return None
