"""Times in a text, resolved with the publication date to intervals that can be compared.

A moment is a date ("on Monday", "March 11", "two days ago", "the end of 2027") with the hours in which it can lie, or a
clock time ("shortly after 3 a.m.", "19.20 GMT") with the minutes of the day. A bare weekday or month can lie before or
after the publication; the words around it decide, and where they do not, both stay possible. Two moments conflict
only when none of their possible intervals meet, so that a coarser period never disagrees with a date inside it.

Cost: linear in the text, a few dozen compiled patterns a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from storydiff.text import times_calendar, times_clock
from storydiff.text.rack import Rack
from storydiff.text.time_patterns import patterns
from storydiff.text.time_words import BOUNDS
from storydiff.text.times_calendar import Dated, Setting, bare_weekday
from storydiff.text.times_clock import Timed
from storydiff.text.times_spans import Interval, shown

_DAY = 1440


@dataclass(frozen=True, slots=True)
class Moment:
    """One time expression. `possible` are the intervals in which it can lie; empty when nothing resolves it."""

    start: int
    end: int
    kind: str
    """`date`, `clock`, `month` (a month whose year is open) or `weekday` (a day without a publication date)."""
    possible: tuple[Interval, ...]
    """Hours since the year 1 for dates, minutes since midnight for the clock."""
    bound: str = ""
    """`from`, `to`, `before`, `after`, or empty for the moment itself."""
    zone: float | None = None
    """Hours east of Greenwich; None where the text names no zone."""
    weekday: int | None = None
    """0 for a bare Monday: another bare Monday is taken to be the same day."""

    @property
    def value(self) -> str:
        """The moment made comparable: equal strings are equal times."""
        spans = (shown(*span) if self.kind == "date" else f"{span[0]:g}-{span[1]:g}" for span in self.possible)
        return "/".join(f"{self.kind}:{span}" for span in spans)


def agree(a: Moment, b: Moment) -> bool:
    """Whether both can be the same time: some of their possible intervals meet, or they cannot be compared."""
    if a.kind != b.kind or (a.weekday is not None and a.weekday == b.weekday):
        return True
    if a.kind == "clock" and a.zone != b.zone:
        # Local time says nothing beside Greenwich time unless the text gives both.
        return a.zone is None or b.zone is None or _meet(_in_greenwich(a), _in_greenwich(b))
    return _meet(_opened(a), _opened(b))


def _meet(a: tuple[Interval, ...], b: tuple[Interval, ...]) -> bool:
    return not a or not b or any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def _in_greenwich(moment: Moment) -> tuple[Interval, ...]:
    by = 60 * (moment.zone or 0.0)
    return tuple((low - by + day, high - by + day) for low, high in moment.possible for day in (-_DAY, 0, _DAY))


def _opened(moment: Moment) -> tuple[Interval, ...]:
    # "before March 3" is a bound, not a day: every earlier time satisfies it.
    if moment.bound == "before":
        return tuple((-1e9, high) for _, high in moment.possible)
    if moment.bound == "after":
        return tuple((low, 1e9) for low, _ in moment.possible)
    return moment.possible


_Reader = Callable[[re.Match[str], Setting], Dated | Timed | None]
_READERS: tuple[tuple[str, _Reader], ...] = (
    ("iso", times_calendar.numeric),
    ("day_month", times_calendar.day_month),
    ("month_day", times_calendar.day_month),
    ("military", times_clock.military),
    ("clock", times_clock.clock),
    ("spoken", times_clock.spoken),
    ("day_part", times_clock.day_part),
    ("ago", times_calendar.ago),
    ("ahead", times_calendar.ahead),
    ("period", times_calendar.period),
    ("weekday", times_calendar.weekday),
    ("relative", times_calendar.relative),
    ("month", times_calendar.month),
    ("season", times_calendar.season),
    ("decade", times_calendar.decade),
    ("year", times_calendar.year),
)
"""In the order in which they may claim a stretch of text."""


@lru_cache(maxsize=16)
def _readers(language: str) -> Rack[_Reader]:
    table = patterns(language) or {}
    return Rack(((reader, table[name]) for name, reader in _READERS if name in table), language)


@lru_cache(maxsize=4096)
def moments(text: str, language: str | None = "en", published: datetime | None = None) -> tuple[Moment, ...]:
    """All times of a text in the order of their places; none for a language without tables."""
    table = patterns(language or "")
    if table is None:
        return ()
    setting = Setting(text, language or "en", _day(published), table)
    found: list[Moment] = []
    for reader, match in _readers(setting.language).matches(text):
        free = not any(m.start < match.end() and match.start() < m.end for m in found)
        read = reader(match, setting) if free else None
        if read:
            found.append(_moment(match, read, setting))
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


def _day(published: datetime | None) -> date | None:
    """The day of publication; at the edges of the calendar nothing can be counted."""
    return published.date() if published and 1800 < published.year < 9000 else None


def _moment(match: re.Match[str], read: Dated | Timed, at: Setting) -> Moment:
    zone = read[2] if len(read) == 3 else None
    bound = _bound(at, match.start() + len(match.groupdict().get("lead") or ""))
    return Moment(match.start(), match.end(), read[0], read[1], bound, zone, bare_weekday(match, at))


def _bound(at: Setting, start: int) -> str:
    before = at.text[max(0, start - 14) : start].lower().rstrip()
    for word, bound in BOUNDS[at.language].items():
        if re.search(rf"(?:^|\W){re.escape(word)}(?: the)?$", before):
            return bound
    return ""
