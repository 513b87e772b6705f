"""Newsrooms: the tenants of one database. None sees anything of another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema import articles, snapshots, stories
from storydiff.store.schema_digest import readers
from storydiff.store.schema_service import alerts, endpoints, events, idempotency, jobs, keys, newsrooms, notices
from storydiff.store.schema_sources import announcements, lookouts, sources
from storydiff.store.schema_web import passes
from storydiff.store.stories import insert_once

WATCHED = (announcements, sources, lookouts)
OWNED = (events, endpoints, jobs, keys, idempotency, alerts, notices, readers, passes, *WATCHED, stories)
"""What goes away with a newsroom; the rest hangs on these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """One newsroom. `ours` is the outlet whose desk it is."""

    name: str
    title: str = ""
    ours: str | None = None
    contact: str | None = None
    """Where mail about what is wrong goes."""
    created: datetime | None = None


class Newsrooms:
    """All newsrooms of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, *, now: datetime, title: str = "", ours: str | None = None) -> Newsroom:
        """The newsroom of that name, made when there is none; one that exists stays as it is."""
        values = {"name": name, "title": storable(title), "ours": ours, "created": now}
        with self._database.writing() as connection:
            insert_once(connection, newsrooms, values)
            return _newsroom(connection.execute(sa.select(newsrooms).where(newsrooms.c.name == name)).one())

    def change(
        self, name: str, *, title: str | None = None, ours: str | None = None, contact: str | None = None
    ) -> Newsroom | None:
        """The newsroom with another title, outlet or address; what is None stays. An empty address is none."""
        given = {"title": title, "ours": ours, "contact": contact}
        values = {key: storable(value) for key, value in given.items() if value is not None}
        if values:
            with self._database.writing() as connection:
                connection.execute(sa.update(newsrooms).where(newsrooms.c.name == name).values(values))
        return self.get(name)

    def get(self, name: str) -> Newsroom | None:
        """The newsroom of that name."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(newsrooms).where(newsrooms.c.name == name)).one_or_none()
        return _newsroom(row) if row else None

    def list(self) -> tuple[Newsroom, ...]:
        """All newsrooms by name."""
        with self._database.reading() as connection:
            return tuple(_newsroom(row) for row in connection.execute(sa.select(newsrooms).order_by(newsrooms.c.name)))

    def delete(self, name: str) -> tuple[str, ...]:
        """Purge the newsroom with all its data; what outlets are called stays.

        Gives the SHA-256 of the snapshots that no other newsroom needs, so that the archive can drop them.
        """
        with self._database.writing() as connection:
            gone = set(connection.scalars(_snapshots(stories.c.newsroom == name)))
            for table in OWNED:
                connection.execute(sa.delete(table).where(table.c.newsroom == name))
            connection.execute(sa.delete(newsrooms).where(newsrooms.c.name == name))
            kept = set(connection.scalars(sa.select(snapshots.c.sha256).distinct()))
        return tuple(sorted(gone - kept))


def _snapshots(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    joined = snapshots.join(articles, articles.c.id == snapshots.c.article_id)
    joined = joined.join(stories, stories.c.id == articles.c.story_id)
    return sa.select(snapshots.c.sha256).select_from(joined).where(condition)


def _newsroom(row: sa.Row[Any]) -> Newsroom:
    return Newsroom(name=row.name, title=row.title, ours=row.ours, contact=row.contact or None, created=row.created)
