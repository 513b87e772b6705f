"""Polls: which sources of all newsrooms are due, and what came of reading one. Also the retention of announcements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.store.alerts import Alert, ended, raised
from storydiff.store.announcements import Announcement, forgettable, keep
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema_sources import announcements, lookouts, sources
from storydiff.store.sources import ALERT, Source, SourceState, source_of
from storydiff.store.stories import insert_once

REASON = 500
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a source could not be read; with `pause`, it is not tried again until somebody resumes it."""

    code: str
    message: str
    pause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of asking one source."""

    at: datetime
    next_poll: datetime
    announced: Sequence[Announcement] = ()
    """Everything that it lists, as far as its servers sent it."""
    sights: Mapping[str, Any] = field(default_factory=dict)
    """Of the addresses that were asked, how they answered."""
    entries: int | None = None
    """How many articles it lists; None when its servers say that nothing changed."""
    failure: Failure | None = None


class Polls:
    """What is due to be read, in all newsrooms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, owner: str, *, now: datetime, until: datetime, limit: int) -> tuple[Source, ...]:
        """Sources that are due, longest waiting first, that nobody else reads until `until`."""
        query = sa.select(sources).where(*_due(now, owner)).order_by(sources.c.next_poll, sources.c.id).limit(limit)
        with self._database.writing() as connection:
            rows = connection.execute(query.with_for_update(skip_locked=True)).all()
            mark = sa.update(sources).where(sources.c.id.in_([row.id for row in rows]))
            connection.execute(mark.values(claimed_by=owner, claimed_until=until))
        return tuple(source_of(row) for row in rows)

    def record(self, source: Source, owner: str, reading: Reading) -> int | None:
        """Write what came of a poll and when the next is due, all or nothing; gives how many announcements are new.

        None, and nothing is written, when the claim is another's by now, or the source is deleted.
        """
        with self._database.writing() as connection:
            own = (sources.c.source == source.id, sources.c.claimed_by == owner)
            row = connection.execute(sa.select(sources).where(*own).with_for_update()).one_or_none()
            if row is None:
                return None
            new = keep(connection, row, reading.announced, reading.at)
            values = _failed(row, reading) if reading.failure else _read(row, reading, new)
            free = {"claimed_by": None, "claimed_until": None, "polled": reading.at, "next_poll": reading.next_poll}
            connection.execute(sa.update(sources).where(sources.c.id == row.id).values({**values, **free}))
            _alert(connection, row, reading)
        return new

    def postpone(self, source: Source, owner: str, *, to: datetime) -> None:
        """Give a claimed source back untried, due later."""
        own = (sources.c.source == source.id, sources.c.claimed_by == owner)
        values = {"next_poll": to, "claimed_by": None, "claimed_until": None}
        with self._database.writing() as connection:
            connection.execute(sa.update(sources).where(*own).values(values))

    def newsrooms(self) -> tuple[str, ...]:
        """The newsrooms that have announcements."""
        with self._database.reading() as connection:
            query = sa.select(announcements.c.newsroom).distinct().order_by(announcements.c.newsroom)
            return tuple(connection.scalars(query))

    def claim_matching(self, newsroom: str, owner: str, *, now: datetime, until: datetime) -> bool:
        """Whether this task alone matches the newsroom's announcements, until `until`."""
        with self._database.writing() as connection:
            insert_once(connection, lookouts, {"newsroom": newsroom})
            free = sa.or_(lookouts.c.claimed_until.is_(None), lookouts.c.claimed_until <= now)
            mine = sa.update(lookouts).where(lookouts.c.newsroom == newsroom, free | (lookouts.c.claimed_by == owner))
            return connection.execute(mine.values(claimed_by=owner, claimed_until=until)).rowcount > 0

    def mark(self, newsroom: str) -> str | None:
        """Of which stories all announcements were matched against last."""
        with self._database.reading() as connection:
            found: str | None = connection.scalar(sa.select(lookouts.c.mark).where(lookouts.c.newsroom == newsroom))
        return found

    def end_matching(self, newsroom: str, owner: str, mark: str | None) -> None:
        """The announcements are matched against the stories of that mark; None leaves the mark as it was."""
        values = {"claimed_by": None, "claimed_until": None} | ({} if mark is None else {"mark": mark})
        own = (lookouts.c.newsroom == newsroom, lookouts.c.claimed_by == owner)
        with self._database.writing() as connection:
            connection.execute(sa.update(lookouts).where(*own).values(values))

    def forget(self, *, before: datetime) -> int:
        """Drop announcements that no source lists any more and that were seen last before then; gives how many."""
        with self._database.writing() as connection:
            return connection.execute(sa.delete(announcements).where(*forgettable(before))).rowcount


def _due(now: datetime, owner: str) -> Iterable[sa.ColumnElement[bool]]:
    free = sa.or_(sources.c.claimed_until.is_(None), sources.c.claimed_until <= now, sources.c.claimed_by == owner)
    return sources.c.state == SourceState.ACTIVE.value, sources.c.next_poll <= now, free


def _read(row: sa.Row[Any], reading: Reading, new: int) -> dict[str, Any]:
    fresh = {"failures": 0, "failing_since": None, "error_code": None, "error": None, "reached": reading.at}
    told = {} if reading.entries is None else {"entries": reading.entries}
    # The first reading counts as a change, though nothing of it need be new to the newsroom.
    changed = {"changed": reading.at} if new or row.reached is None else {}
    return {**fresh, **told, **changed, "sights": dict(reading.sights)}


def _failed(row: sa.Row[Any], reading: Reading) -> dict[str, Any]:
    failure = reading.failure
    if failure is None:
        raise ValueError("the reading did not fail")
    told = {"error_code": failure.code, "error": storable(failure.message)[:REASON], "failures": row.failures + 1}
    since = {"failing_since": row.failing_since or reading.at}
    paused = {"state": SourceState.PAUSED.value, "reason": storable(failure.pause)[:REASON]} if failure.pause else {}
    # What was paused by hand meanwhile stays so, with the reason that was given.
    return {**told, **since, **(paused if row.state == SourceState.ACTIVE.value else {})}


def _alert(connection: Connection, row: sa.Row[Any], reading: Reading) -> None:
    """An alert for a source that we stopped reading; over as soon as it can be read."""
    failure = reading.failure
    if failure is None:
        ended(connection, row.newsroom, ALERT, row.url, reading.at)
    elif failure.pause and row.state == SourceState.ACTIVE.value:
        alert = Alert(kind=ALERT, subject=row.url, message=failure.pause, since=reading.at, seen=reading.at)
        raised(connection, row.newsroom, alert)
