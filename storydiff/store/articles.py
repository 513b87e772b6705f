"""Articles: one outlet's page about one story, and what we remember of fetching it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import Outlet, Problem
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema import articles, outlets, stories
from storydiff.store.stories import existing_id, found_or_made

UNCHANGED = 304
OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """How one attempt to fetch an article went."""

    status: int | None = None
    """HTTP status; None when no answer came, or the text was not fetched over HTTP."""
    fetched: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    """As the server sent it: it is sent back unread."""
    requested: str | None = None
    """The address that was asked for, where it differs from the article's own."""
    final_url: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as stored. `article` is what identifies it: `Version.article`."""

    article: str
    outlet: Outlet
    url: str | None
    last: Fetch
    """The last attempt, with the validators to send next time: those of the last answer that gave a readable text."""


class Articles:
    """The articles of one newsroom's stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def list(self, slug: str) -> tuple[Article, ...]:
        """The articles of a story in the order in which they were added."""
        with self._database.reading() as connection:
            return tuple(_article(row) for row in connection.execute(self._query(slug).order_by(articles.c.id)))

    def find(self, slug: str, address: str) -> Article | None:
        """The article of that identity, or that was fetched from that address, before or after redirects."""
        query = self._query(slug).where(_known_by(address)).order_by(articles.c.id)
        with self._database.reading() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
        return _article(row) if row else None

    def outlet_of(self, domain: str) -> Outlet | None:
        """What this newsroom's articles call the outlet of that site (without `www.`); None when there are none.

        Only its own: another newsroom's unpublished copy must not name anybody's pages.
        """
        query = (
            sa.select(outlets.c.name, outlets.c.domain)
            .join(articles, articles.c.outlet_id == outlets.c.id)
            .join(stories, stories.c.id == articles.c.story_id)
            .where(stories.c.newsroom == self._newsroom, outlets.c.domain == domain, outlets.c.name != domain)
            .order_by(articles.c.id)
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return Outlet(row.name, row.domain) if row else None

    def stories_with(self, address: str) -> tuple[str, ...]:
        """The slugs of the stories that have an article of that identity or address, newest story first."""
        query = (
            sa.select(stories.c.slug)
            .join(articles, articles.c.story_id == stories.c.id)
            .where(stories.c.newsroom == self._newsroom, _known_by(address))
            .order_by(stories.c.id.desc())
        )
        with self._database.reading() as connection:
            return tuple(dict.fromkeys(connection.scalars(query)))

    def record(self, slug: str, address: str, fetch: Fetch) -> Article | None:
        """Remember an attempt that gave no new text (304, an error); None when there is no such article yet."""
        article = self.find(slug, address)
        if article is None:
            return None
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            where = (articles.c.story_id == story, articles.c.hash == hashed(article.article))
            connection.execute(sa.update(articles).where(*where).values(attempt(fetch, keeps=True)))
        return self.find(slug, article.article)

    def _query(self, slug: str) -> sa.Select[Any]:
        joined = articles.join(outlets, outlets.c.id == articles.c.outlet_id)
        joined = joined.join(stories, stories.c.id == articles.c.story_id)
        query = sa.select(articles, outlets.c.name, outlets.c.domain).select_from(joined)
        return query.where(stories.c.newsroom == self._newsroom, stories.c.slug == slug)


class Outlets:
    """The outlets, shared by all newsrooms: an outlet is the same for everyone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, outlet: Outlet) -> None:
        """Keep the outlet under its name; a domain given now replaces the one known before."""
        with self._database.writing() as connection:
            number = outlet_id(connection, outlet)
            if outlet.domain:
                connection.execute(sa.update(outlets).where(outlets.c.id == number).values(domain=outlet.domain))

    def list(self) -> tuple[Outlet, ...]:
        """All outlets by name."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(outlets).order_by(outlets.c.name))
            return tuple(Outlet(row.name, row.domain) for row in rows)


def _known_by(address: str) -> sa.ColumnElement[bool]:
    columns = (articles.c.article, articles.c.url, articles.c.requested, articles.c.final_url)
    return sa.or_(*(column == address for column in columns))


def hashed(article: str) -> str:
    """The identity of an article at a length that every index takes."""
    return hashlib.sha256(article.encode("utf8", "surrogatepass")).hexdigest()


def outlet_id(connection: Connection, outlet: Outlet) -> int:
    """The row of the outlet, made when there is none."""
    query = sa.select(outlets.c.id).where(outlets.c.name == storable(outlet.name))
    return found_or_made(connection, query, outlets, {"name": storable(outlet.name), "domain": outlet.domain})


def attempt(fetch: Fetch, *, keeps: bool) -> dict[str, object]:
    """What of an attempt is written: the validators stay when the answer brought no text of its own (`keeps`)."""
    values: dict[str, object] = {
        "status": fetch.status,
        "fetched": fetch.fetched,
        "problem_code": fetch.problem.code if fetch.problem else None,
        "problem_message": storable(fetch.problem.message) if fetch.problem else None,
    }
    if fetch.final_url:
        values["final_url"] = storable(fetch.final_url)
    if fetch.requested:
        values["requested"] = storable(fetch.requested)
    if not keeps:
        values |= {"etag": fetch.etag, "last_modified": fetch.last_modified}
    return values


def _article(row: sa.Row[Any]) -> Article:
    problem = Problem(row.problem_code, row.problem_message) if row.problem_code else None
    last = Fetch(
        status=row.status,
        fetched=row.fetched,
        etag=row.etag,
        last_modified=row.last_modified,
        requested=row.requested,
        final_url=row.final_url,
        problem=problem,
    )
    return Article(article=row.article, outlet=Outlet(row.name, row.domain), url=row.url, last=last)
