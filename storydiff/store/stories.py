"""Stories: what the versions are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from storydiff.errors import UnknownStory
from storydiff.model import Story
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema import articles, collations, snapshots, stories, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCounts:
    """A story and how much of it is stored."""

    story: Story
    outlets: int
    articles: int
    versions: int
    collations: int
    fetched: datetime | None
    """When a page of it was fetched last."""
    collated: datetime | None
    """When its latest collation was made."""


class Stories:
    """The stories of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def save(self, story: Story) -> Story:
        """Keep the story under its slug; one that exists gets the new title, and its first `created` stays."""
        with self._database.writing() as connection:
            number = story_id(connection, self._newsroom, story)
            if story.title:
                change = sa.update(stories).where(stories.c.id == number).values(title=storable(story.title))
                connection.execute(change)
            return _story(connection.execute(sa.select(stories).where(stories.c.id == number)).one())

    def create(self, story: Story) -> bool:
        """Keep a new story; False, and nothing is changed, when its slug is taken."""
        values = {"newsroom": self._newsroom, "slug": story.slug, "title": storable(story.title)}
        with self._database.writing() as connection:
            return insert_once(connection, stories, {**values, "created": story.created})

    def get(self, slug: str) -> Story:
        """The story of that slug, or UnknownStory."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(stories).where(*self._is(slug))).one_or_none()
        if row is None:
            raise unknown(slug)
        return _story(row)

    def exists(self, slug: str) -> bool:
        """Whether a story of that slug is stored."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(stories.c.id).where(*self._is(slug))) is not None

    def list(self) -> tuple[StoryCounts, ...]:
        """All stories with their counts, by slug."""
        query = sa.select(stories, *COUNTS).where(stories.c.newsroom == self._newsroom).order_by(stories.c.slug)
        with self._database.reading() as connection:
            return tuple(counts_of(row) for row in connection.execute(query))

    def delete(self, slug: str) -> tuple[str, ...]:
        """Purge the story with all that is stored of it, or UnknownStory.

        Gives the SHA-256 of the snapshots that no other story needs, so that the archive can drop them.
        """
        with self._database.writing() as connection:
            number = existing_id(connection, self._newsroom, slug)
            of_story = _snapshots_of(articles.c.story_id == number)
            gone = set(connection.scalars(of_story).all())
            connection.execute(sa.delete(stories).where(stories.c.id == number))
            kept = set(connection.scalars(_snapshots_of(snapshots.c.sha256.in_(gone))).all())
        return tuple(sorted(gone - kept))

    def _is(self, slug: str) -> tuple[sa.ColumnElement[bool], ...]:
        return stories.c.newsroom == self._newsroom, stories.c.slug == slug


def story_id(connection: Connection, newsroom: str, story: Story) -> int:
    """The row of the story, made when there is none, and locked against other writers until the transaction ends."""
    values = {"newsroom": newsroom, "slug": story.slug, "title": storable(story.title), "created": story.created}
    return found_or_made(connection, _row_of(newsroom, story.slug), stories, values)


def existing_id(connection: Connection, newsroom: str, slug: str) -> int:
    """The row of a story that must exist, locked as in `story_id`; UnknownStory."""
    found: int | None = connection.scalar(_row_of(newsroom, slug))
    if found is None:
        raise unknown(slug)
    return found


def unknown(slug: str) -> UnknownStory:
    """The error for a story that is not stored."""
    return UnknownStory(f"No story {slug!r} is stored here.")


def found_or_made(connection: Connection, query: sa.Select[Any], table: sa.Table, values: Mapping[str, object]) -> int:
    """The row that the query finds, made from the values when there is none."""
    found: int | None = connection.scalar(query)
    if found is not None:
        return found
    insert_once(connection, table, values)
    return int(connection.scalars(query).one())


def insert_once(connection: Connection, table: sa.Table, values: Mapping[str, object]) -> bool:
    """Insert a row unless one with the same unique key is there already, also when another writer was faster.

    Gives whether it was inserted.
    """
    build = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    made = build(table).values(values).on_conflict_do_nothing().returning(table.c.id)
    return connection.scalar(made) is not None


def _row_of(newsroom: str, slug: str) -> sa.Select[Any]:
    where = (stories.c.newsroom == newsroom, stories.c.slug == slug)
    return sa.select(stories.c.id).where(*where).with_for_update()


def _count(table: sa.FromClause, what: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """A figure over the rows of a table that belong to the story of the outer row."""
    owner = articles if table is _STATES else table
    return sa.select(what).select_from(table).where(owner.c.story_id == stories.c.id).scalar_subquery()


_STATES = versions.join(articles, articles.c.id == versions.c.article_id)
COUNTS = (
    _count(articles, sa.func.count(articles.c.outlet_id.distinct())).label("outlets"),
    _count(articles, sa.func.count()).label("articles"),
    _count(_STATES, sa.func.count()).label("versions"),
    _count(collations, sa.func.count()).label("collations"),
    _count(articles, sa.func.max(articles.c.fetched)).label("fetched"),
    _count(collations, sa.func.max(collations.c.made)).label("collated"),
)


def _snapshots_of(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(snapshots.c.sha256).join(articles, articles.c.id == snapshots.c.article_id).where(condition)


def _story(row: sa.Row[Any]) -> Story:
    return Story(slug=row.slug, title=row.title, created=row.created)


def counts_of(row: sa.Row[Any]) -> StoryCounts:
    """The value of a row that has `COUNTS`."""
    names = ("outlets", "articles", "versions", "collations", "fetched", "collated")
    return StoryCounts(story=_story(row), **{name: getattr(row, name) for name in names})
