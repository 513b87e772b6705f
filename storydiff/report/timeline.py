"""When each article came, changed and was read, as positions on one line of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from storydiff.model import Collation
from storydiff.report.columns import Column
from storydiff.report.times import MONTHS, utc
from storydiff.report.view import View

WIDTH = 1000
"""Units from the first to the last moment."""
STEPS = tuple(
    timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200, 525600)
)
MOST_TICKS = 7
GAP = 0.6
"""Share of the whole time that one gap must take to be left out of the axis."""
BREAK = 130
"""Units that such a gap takes then."""
LEAST = 0.12
"""Share of the axis that either side of it keeps: room for one label."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an article; `x` in units of `WIDTH`."""

    kind: str
    """published, modified, silent, revised or fetched."""
    moment: datetime
    x: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One article's events, oldest first."""

    column: Column
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis."""

    label: str
    x: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """All lanes on one axis."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    pause: Tick | None = None
    """A long time without events that the axis leaves out."""


def timeline(shown: View) -> Timeline | None:
    """The timeline; None when fewer than two different moments are known."""
    found = {column.code: list(_events(column, shown.collation)) for column in shown.columns}
    moments = sorted({moment for events in found.values() for _, moment in events})
    if len(moments) < 2:
        return None
    parts = _parts(moments)
    lanes = tuple(
        Lane(column, tuple(Event(kind, moment, _x(moment, parts)) for kind, moment in found[column.code]))
        for column in shown.columns
        if found[column.code]
    )
    return Timeline(lanes, tuple(tick for part in parts for tick in part.ticks()), _pause(parts))


def _events(column: Column, collation: Collation) -> Iterator[tuple[str, datetime]]:
    version = column.version
    events = {
        ("published", version.published),
        ("modified", version.modified if version.modified != version.published else None),
        ("fetched", version.fetched),
        *(
            ("silent" if each.silent else "revised", each.seen[1])
            for each in collation.revisions
            if each.url == version.article
        ),
    }
    known = [(kind, utc(moment)) for kind, moment in events if moment is not None]
    yield from sorted(known, key=lambda each: (each[1], each[0]))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of time and the stretch of the axis that it takes."""

    start: datetime
    end: datetime
    left: int
    width: int

    def x(self, moment: datetime) -> int:
        """Where the moment stands."""
        length = self.end - self.start
        return self.left + (round(self.width * ((moment - self.start) / length)) if length else 0)

    def ticks(self) -> Iterator[Tick]:
        """Marks at even times; where none falls into it, one at its beginning."""
        found = list(_ticks(self, max(round(MOST_TICKS * self.width / WIDTH), 1)))
        yield from found or [Tick(_day_and_time(self.start), self.left)]


def _parts(moments: list[datetime]) -> tuple[_Part, ...]:
    """The whole time as one part; as two, where one gap without any event takes most of it.

    A story compared weeks after it was published would else be a heap at one end of an empty line.
    """
    start, end = moments[0], moments[-1]
    gap, before, after = max((b - a, a, b) for a, b in pairwise(moments))
    if gap < GAP * (end - start):
        return (_Part(start, end, 0, WIDTH),)
    first, last = before - start, end - after
    share = first / (first + last) if first + last else 0.5
    room = WIDTH - BREAK
    width = round(room * min(max(share, LEAST), 1 - LEAST))
    return (_Part(start, before, 0, width), _Part(after, end, width + BREAK, room - width))


def _x(moment: datetime, parts: tuple[_Part, ...]) -> int:
    return next(part.x(moment) for part in parts if moment <= part.end)


def _ticks(part: _Part, most: int) -> Iterator[Tick]:
    start, end = part.start, part.end
    step = next((each for each in STEPS if (end - start) / each <= most), STEPS[-1])
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + step * -(-(start - midnight) // step)
    day = None
    while at <= end:
        date = f"{at.day} {MONTHS[at.month - 1]}"
        label = date if step >= timedelta(days=1) else f"{at:%H:%M}" if date == day else _day_and_time(at)
        yield Tick(label, part.x(at))
        day, at = date, at + step


def _day_and_time(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]}, {moment:%H:%M}"


def _pause(parts: tuple[_Part, ...]) -> Tick | None:
    """The break of the axis: how long nothing happened, and its middle."""
    if len(parts) == 1:
        return None
    length = parts[1].start - parts[0].end
    said = f"{length.days} days" if length.days > 1 else f"{round(length / timedelta(hours=1))} hours"
    return Tick(said, parts[1].left - BREAK // 2)
