"""Members: the texts that say what a newsroom's open stories are about, for announcements to be matched against.

Only what people chose counts: an article that was added without asking says nothing about its story, so that one
wrong join cannot draw others after it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storydiff.model import Extent
from storydiff.model.version import BODY_ROLES
from storydiff.store.announcements import AT_ONCE, MatchState
from storydiff.store.engine import Database
from storydiff.store.schema import articles, stories, versions
from storydiff.store.schema_service import checks
from storydiff.store.schema_sources import matches

LOOKED_AT = 1000
"""Stories of a newsroom, the newest, of which some may be open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The latest readable version of an article of an open story, without its words."""

    row: int
    """Of the version: its words never change."""
    article: int
    """Row of its article."""
    story: str
    language: str | None
    at: datetime | None
    """When it was published, or else fetched first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a version."""

    headline: str
    text: str


class Members:
    """The texts of one newsroom's open stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def list(self, *, since: datetime, limit: int) -> tuple[Member, ...]:
        """Those of the newest stories that are watched and had a new text since then, story by story.

        Of the newsroom's last `LOOKED_AT` stories: what it costs must not grow with all that it ever had.
        """
        latest = versions.alias("latest")
        readable = (latest.c.article_id == articles.c.id, latest.c.extent != Extent.BLOCKED.value)
        number = sa.select(sa.func.max(latest.c.number)).where(*readable).scalar_subquery()
        at = sa.func.coalesce(versions.c.published, versions.c.fetched)
        columns = (versions.c.id, versions.c.article_id, stories.c.slug, versions.c.language, at.label("at"))
        joined = stories.join(articles, articles.c.story_id == stories.c.id)
        joined = joined.join(versions, sa.and_(versions.c.article_id == articles.c.id, versions.c.number == number))
        query = sa.select(*columns).select_from(joined).where(articles.c.id.not_in(_found()))
        query = query.where(stories.c.id.in_(self._open(since, limit)))
        with self._database.reading() as connection:
            rows: list[sa.Row[Any]] = list(connection.execute(query.order_by(stories.c.id, versions.c.id)))
        return tuple(_member(row) for row in rows)

    def words(self, rows: Sequence[int]) -> dict[int, Words]:
        """Row -> the words of these versions."""
        found: dict[int, Words] = {}
        for begin in range(0, len(rows), AT_ONCE):
            query = sa.select(versions.c.id, versions.c.headline, versions.c.standfirst, versions.c.paragraphs)
            query = query.where(versions.c.id.in_(rows[begin : begin + AT_ONCE]))
            with self._database.reading() as connection:
                rows_found: list[sa.Row[Any]] = list(connection.execute(query))
            found |= {row.id: _words(row) for row in rows_found}
        return found

    def addresses(self, slugs: Collection[str]) -> dict[str, frozenset[str]]:
        """Story -> every address that its articles are known by, those that wait to be fetched too."""
        own = (stories.c.newsroom == self._newsroom, stories.c.slug.in_(slugs))
        names = (articles.c.url, articles.c.requested, articles.c.final_url)
        known = sa.select(stories.c.slug, *names).join(articles, articles.c.story_id == stories.c.id).where(*own)
        waiting = sa.select(stories.c.slug, checks.c.url).join(checks, checks.c.story_id == stories.c.id).where(*own)
        found: dict[str, set[str]] = {slug: set() for slug in slugs}
        with self._database.reading() as connection:
            for slug, *urls in (*connection.execute(known), *connection.execute(waiting)):
                found[slug] |= set(filter(None, urls))
        return {slug: frozenset(urls) for slug, urls in found.items()}

    def _open(self, since: datetime, limit: int) -> sa.Select[Any]:
        told = sa.select(versions.c.id).join(articles, articles.c.id == versions.c.article_id)
        told = told.where(articles.c.story_id == stories.c.id, versions.c.fetched >= since)
        newest = sa.select(stories.c.id).where(stories.c.newsroom == self._newsroom)
        newest = newest.order_by(stories.c.id.desc()).limit(LOOKED_AT)
        own = (stories.c.id.in_(newest), stories.c.archived.is_(None))
        return sa.select(stories.c.id).where(*own, told.exists()).order_by(stories.c.id.desc()).limit(limit)


def _member(row: sa.Row[Any]) -> Member:
    return Member(row=row.id, article=row.article_id, story=row.slug, language=row.language, at=row.at)


def _found() -> sa.Select[Any]:
    """The articles that were added without asking."""
    same = sa.and_(matches.c.story_id == checks.c.story_id, matches.c.hash == checks.c.hash)
    query = sa.select(checks.c.article_id).join(matches, same)
    return query.where(matches.c.state == MatchState.ADDED.value, checks.c.article_id.is_not(None))


def _words(row: sa.Row[Any]) -> Words:
    body = (each["text"] for each in row.paragraphs if each["role"] in BODY_ROLES)
    return Words(headline=row.headline or "", text="\n".join(filter(None, (row.standfirst, *body))))
