"""Versions: what an article read at one moment. Written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import Extent, Outlet, Version, fingerprint, version_id
from storydiff.store.articles import Fetch, attempt, hashed, outlet_id
from storydiff.store.codec import packed, unpacked
from storydiff.store.engine import Database
from storydiff.store.schema import articles, outlets, snapshots, stories, versions
from storydiff.store.stories import existing_id, found_or_made, insert_once

OUTLET = 300
"""Characters of an outlet's name; a longer one is no name."""
_PLAIN = tuple(f.name for f in fields(Version) if f.name not in {"id", "outlet", "url", "paragraphs", "problems"})
_ORDER = (versions.c.fetched.is_not(None), versions.c.fetched, versions.c.number)
"""Oldest first; by arrival where nothing is known of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version in a list: all but its words."""

    id: str
    article: str
    outlet: str
    url: str | None
    extent: Extent
    language: str | None
    headline: str | None
    fetched: datetime | None


class Versions:
    """The versions of one newsroom's stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def add(self, slug: str, version: Version, fetch: Fetch | None = None) -> tuple[Version, bool]:
        """Keep what was read, and remember the fetch. Gives the version as stored, and whether it is new.

        A text that reads as the article's latest version adds none (A, A is one state; A, B, A is three). A page that
        could not be read adds one only to an article that has never been read: it is kept as the reason why. The story
        must exist, or UnknownStory. All of it is written, or nothing.
        """
        version = _stored_form(version)
        fetch = fetch or Fetch(fetched=version.fetched)
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            article, version = _with_article(connection, story, version)
            unread = version.extent is Extent.BLOCKED
            keeps = unread or fetch.status not in (None, 200)
            connection.execute(sa.update(articles).where(articles.c.id == article).values(attempt(fetch, keeps=keeps)))
            if version.snapshot:
                row = {"article_id": article, "sha256": version.snapshot, "fetched": version.fetched}
                insert_once(connection, snapshots, row)
            known = _known(connection, article, version)
            if known is not None:
                return known, False
            _insert(connection, article, version)
            connection.execute(sa.update(stories).where(stories.c.id == story).values(dirty=stories.c.dirty + 1))
            return version, True

    def current(self, slug: str) -> tuple[Version, ...]:
        """The latest version of each article of the story that could be read, else the one that says why not."""
        latest: dict[str, Version] = {}
        for version in self.all(slug):
            before = latest.get(version.article)
            if before is None or version.extent is not Extent.BLOCKED or before.extent is Extent.BLOCKED:
                latest[version.article] = version
        return tuple(latest.values())

    def all(self, slug: str) -> tuple[Version, ...]:
        """All versions of the story: article by article in the order added, oldest version first."""
        query = self._query(slug).order_by(articles.c.id, *_ORDER)
        with self._database.reading() as connection:
            return tuple(_version(row) for row in connection.execute(query))

    def lines(self, slug: str) -> tuple[VersionLine, ...]:
        """The versions of the story without their words, in the order of `all`: cheap however long the texts are."""
        columns = (versions.c.version, versions.c.extent, versions.c.language, versions.c.headline, versions.c.fetched)
        query = self._query(slug).order_by(articles.c.id, *_ORDER)
        light: sa.Select[Any] = query.with_only_columns(*columns, articles.c.article, articles.c.url, outlets.c.name)
        with self._database.reading() as connection:
            return tuple(_line(row) for row in connection.execute(light))

    def history(self, slug: str, article: str) -> tuple[Version, ...]:
        """The versions of one article (`Version.article`), oldest first."""
        query = self._query(slug).where(articles.c.hash == hashed(article)).order_by(*_ORDER)
        with self._database.reading() as connection:
            return tuple(_version(row) for row in connection.execute(query))

    def get(self, slug: str, version: str) -> Version | None:
        """The version of that id."""
        query = self._query(slug).where(versions.c.version == version).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return _version(row) if row else None

    def _query(self, slug: str) -> sa.Select[Any]:
        return _select().where(stories.c.newsroom == self._newsroom, stories.c.slug == slug)


def _stored_form(version: Version) -> Version:
    """The version as it will be read back: without signs that no database takes, and with an id."""
    clean: Version = unpacked(Version, packed(version))
    clean = replace(clean, outlet=clean.outlet[:OUTLET])
    return clean if clean.id else replace(clean, id=version_id(clean.article, clean.fetched, _content(clean)))


def _content(version: Version) -> str:
    """What tells two states of an article apart. Of a page that could not be read it is the reason."""
    if version.extent is Extent.BLOCKED:
        return fingerprint(None, f"\0{sorted(problem.code for problem in version.problems)}", ())
    return fingerprint(version.headline, version.standfirst, version.paragraphs)


def _known(connection: Connection, article: int, version: Version) -> Version | None:
    """The stored version that already says this. Looks at three rows, however long the history is."""
    of_article = _select().where(versions.c.article_id == article)
    same = connection.execute(of_article.where(versions.c.version == version.id)).one_or_none()
    if same is not None:
        return _version(same)
    newest_first = of_article.order_by(*(each.desc() for each in _ORDER)).limit(1)
    read = connection.execute(newest_first.where(versions.c.extent != Extent.BLOCKED.value)).one_or_none()
    if read is not None and version.extent is Extent.BLOCKED:
        return _version(read)
    latest = read or connection.execute(newest_first).one_or_none()
    # An unread page is hashed with a sign that no stored text has, so it never passes for one.
    return _version(latest) if latest is not None and latest.content == _content(version) else None


def _with_article(connection: Connection, story: int, version: Version) -> tuple[int, Version]:
    """The row of the version's article, and the version under the name that the article's outlet has."""
    query = sa.select(articles.c.id).where(articles.c.story_id == story, articles.c.hash == hashed(version.article))
    domain = (urlsplit(version.url or "").hostname or "").removeprefix("www.") or None
    outlet = outlet_id(connection, Outlet(version.outlet, domain))
    row = {"story_id": story, "outlet_id": outlet, "hash": hashed(version.article), "article": version.article}
    article = found_or_made(connection, query, articles, {**row, "url": version.url})
    named = sa.select(outlets.c.name).join(articles, articles.c.outlet_id == outlets.c.id)
    name = connection.scalars(named.where(articles.c.id == article)).one()
    if name == domain and version.extent is not Extent.BLOCKED:
        # So far only the host was known; the page itself says what the outlet is called.
        connection.execute(sa.update(articles).where(articles.c.id == article).values(outlet_id=outlet))
        return article, version
    return article, replace(version, outlet=name)


def _select() -> sa.Select[Any]:
    joined = versions.join(articles, articles.c.id == versions.c.article_id)
    joined = joined.join(outlets, outlets.c.id == articles.c.outlet_id)
    joined = joined.join(stories, stories.c.id == articles.c.story_id)
    return sa.select(versions, articles.c.url, outlets.c.name).select_from(joined)


def _insert(connection: Connection, article: int, version: Version) -> None:
    last = connection.scalar(sa.select(sa.func.max(versions.c.number)).where(versions.c.article_id == article))
    values = {name: getattr(version, name) for name in _PLAIN}
    values |= {"extent": version.extent.value, "version": version.id, "content": _content(version)}
    values |= {"paragraphs": packed(version.paragraphs), "problems": packed(version.problems)}
    connection.execute(sa.insert(versions).values(article_id=article, number=(last or 0) + 1, **values))


def _line(row: sa.Row[Any]) -> VersionLine:
    told = {name: getattr(row, name) for name in ("article", "url", "language", "headline", "fetched")}
    return VersionLine(id=row.version, outlet=row.name, extent=Extent(row.extent), **told)


def _version(row: sa.Row[Any]) -> Version:
    plain = {name: getattr(row, name) for name in _PLAIN if name != "extent"}
    lists = unpacked(Version, {"paragraphs": row.paragraphs, "problems": row.problems, "id": "", "outlet": ""})
    return replace(lists, id=row.version, outlet=row.name, url=row.url, extent=Extent(row.extent), **plain)
