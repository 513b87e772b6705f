"""When each article came, changed and was read, as positions on one line of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

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


def timeline(shown: View) -> Timeline | None:
    """The timeline; None when fewer than two different moments are known."""
    found = {column.code: list(_events(column, shown.collation)) for column in shown.columns}
    moments = sorted({moment for events in found.values() for _, moment in events})
    if len(moments) < 2:
        return None
    start, end = moments[0], moments[-1]
    lanes = tuple(
        Lane(column, tuple(Event(kind, moment, _x(moment, start, end)) for kind, moment in found[column.code]))
        for column in shown.columns
        if found[column.code]
    )
    return Timeline(lanes, tuple(_ticks(start, end)))


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


def _x(moment: datetime, start: datetime, end: datetime) -> int:
    return round(WIDTH * ((moment - start) / (end - start)))


def _ticks(start: datetime, end: datetime) -> Iterator[Tick]:
    step = next((each for each in STEPS if (end - start) / each <= MOST_TICKS), STEPS[-1])
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + step * -(-(start - midnight) // step)
    day = None
    while at <= end:
        date = f"{at.day} {MONTHS[at.month - 1]}"
        label = date if step >= timedelta(days=1) else f"{at:%H:%M}" if date == day else f"{date}, {at:%H:%M}"
        yield Tick(label, _x(at, start, end))
        day, at = date, at + step
