"""Times as pages state them. A time without a zone is reported as such and never given one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

STAMP = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
EPOCH = re.compile(r"\d{10}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as stated: an instant in UTC, or only the words when no zone is given."""

    words: str
    instant: datetime | None


def read_stamp(words: str | None) -> Stamp | None:
    """The time that the words state (ISO 8601 as found in the wild, RFC 2822, Unix seconds); None for no time."""
    words = (words or "").strip()[:64]
    if EPOCH.fullmatch(words):
        return Stamp(words, datetime.fromtimestamp(int(words[:10]), UTC))
    match = STAMP.match(words)
    if match:
        return _from_match(words, match)
    return _rfc(words)


def _from_match(words: str, match: re.Match[str]) -> Stamp | None:
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        local = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return None
    offset = _offset(zone) if hour and zone else None
    if offset is None or not 1990 <= local.year <= 2100:
        return Stamp(words, None)
    return Stamp(words, local.replace(tzinfo=offset).astimezone(UTC))


def _offset(zone: str) -> timezone | None:
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    delta = timedelta(hours=int(hours), minutes=int(minutes))
    if delta >= timedelta(hours=24):
        return None
    return timezone(-delta if zone[0] == "-" else delta)


def _rfc(words: str) -> Stamp | None:
    try:
        instant = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if instant.tzinfo is None:
        return Stamp(words, None)
    return Stamp(words, instant.astimezone(UTC))
