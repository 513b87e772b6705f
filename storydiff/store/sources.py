"""Sources: the feeds, sitemaps and home pages of other outlets that a newsroom has watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storydiff.errors import SourceKnown, TooManySources
from storydiff.store.alerts import ended
from storydiff.store.articles import hashed
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.names import name as new_name
from storydiff.store.schema_sources import sources
from storydiff.store.stories import insert_once

ALERT = "source"
"""The kind of the alert about a source that is not read any more."""


class SourceState(StrEnum):
    """Whether a source is read."""

    ACTIVE = "active"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One watched source."""

    id: str
    newsroom: str
    url: str
    name: str = ""
    """What the newsroom calls it."""
    adds: bool = True
    """Whether what is surely of a story is added to it; otherwise it is only suggested."""
    state: SourceState = SourceState.ACTIVE
    reason: str | None = None
    """Why it is paused."""
    created: datetime
    next_poll: datetime
    polled: datetime | None = None
    """When it was asked last."""
    reached: datetime | None = None
    """When it answered last."""
    changed: datetime | None = None
    """When it announced something new last."""
    failures: int = 0
    """Attempts in a row that failed."""
    failing_since: datetime | None = None
    error_code: str | None = None
    error: str | None = None
    """How the last attempt failed."""
    entries: int = 0
    """How many articles it listed when it was read last."""
    sights: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Address -> how it answered last, in JSON values."""


class Sources:
    """The sources of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def create(self, url: str, key: str, *, now: datetime, most: int, name: str = "", adds: bool = True) -> Source:
        """A new source, due at once; `key` is equal for two spellings of its address. SourceKnown, TooManySources.

        The address is not judged here: see `pipeline.intake.admitted`.
        """
        source = new_name("src")
        told = {"source": source, "url": storable(url), "hash": hashed(key), "name": storable(name), "adds": adds}
        state = {"state": SourceState.ACTIVE.value, "created": now, "next_poll": now, "sights": {}}
        with self._database.writing() as connection:
            own = sa.select(sa.func.count()).where(sources.c.newsroom == self._newsroom)
            if (connection.scalar(own) or 0) >= most:
                raise TooManySources(f"This newsroom watches {most} sources already, which is the most.")
            if not insert_once(connection, sources, {"newsroom": self._newsroom, **told, **state}):
                raise SourceKnown
            return source_of(connection.execute(sa.select(sources).where(*self._is(source))).one())

    def get(self, source: str) -> Source | None:
        """The source of that id."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(sources).where(*self._is(source))).one_or_none()
        return source_of(row) if row else None

    def list(self, *, before: str | None = None, limit: int = 100) -> tuple[Source, ...]:
        """The newest sources first, those made before the source `before` only."""
        query = sa.select(sources).where(sources.c.newsroom == self._newsroom).order_by(sources.c.id.desc())
        if before is not None:
            query = query.where(sources.c.id < sa.select(sources.c.id).where(*self._is(before)).scalar_subquery())
        with self._database.reading() as connection:
            return tuple(source_of(row) for row in connection.execute(query.limit(limit)))

    def change(self, source: str, *, name: str | None = None, adds: bool | None = None) -> Source | None:
        """The source with another name, or with what is surely of a story added or not; what is None stays."""
        given = {"name": None if name is None else storable(name), "adds": adds}
        return self._update(source, {key: value for key, value in given.items() if value is not None})

    def pause(self, source: str, reason: str) -> Source | None:
        """Read it no more until `resume`; what it announced stays."""
        return self._update(source, {"state": SourceState.PAUSED.value, "reason": storable(reason)})

    def resume(self, source: str, *, now: datetime) -> Source | None:
        """Read it again, at once; the alert about it is over."""
        fresh = {"failures": 0, "failing_since": None, "error_code": None, "error": None, "next_poll": now}
        values = {"state": SourceState.ACTIVE.value, "reason": None, **fresh}
        with self._database.writing() as connection:
            url = connection.scalar(sa.update(sources).where(*self._is(source)).values(values).returning(sources.c.url))
            if url is not None:
                ended(connection, self._newsroom, ALERT, url, now)
        return self.get(source)

    def delete(self, source: str, *, now: datetime) -> bool:
        """Watch it no more; False when there is none. What it announced, and what came of that, stays."""
        with self._database.writing() as connection:
            url = connection.scalar(sa.delete(sources).where(*self._is(source)).returning(sources.c.url))
            if url is not None:
                ended(connection, self._newsroom, ALERT, url, now)
        return url is not None

    def _update(self, source: str, values: dict[str, Any]) -> Source | None:
        if values:
            with self._database.writing() as connection:
                connection.execute(sa.update(sources).where(*self._is(source)).values(values))
        return self.get(source)

    def _is(self, source: str) -> tuple[sa.ColumnElement[bool], ...]:
        return sources.c.newsroom == self._newsroom, sources.c.source == source


SHOWN = ("newsroom", "url", "name", "adds", "reason", "created", "next_poll", "polled", "reached", "changed")
KEPT = ("failures", "failing_since", "error_code", "error", "entries", "sights")


def source_of(row: sa.Row[Any]) -> Source:
    """The value of a row."""
    told = {name: getattr(row, name) for name in (*SHOWN, *KEPT)}
    return Source(id=row.source, state=SourceState(row.state), **told)
