"""The schedule of one newsroom: which pages are fetched again when, and which stories are to be collated.

A claim is a promise to do something before it runs out. One whose worker died runs out, and another worker does it;
a task that is given to a worker once more has its old name, so its own claim does not stand in its way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.store.articles import hashed
from storydiff.store.checks import BACKGROUND, HASTE, Burst, Check, Visit
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema import articles, stories
from storydiff.store.schema_service import checks, visits
from storydiff.store.stories import existing_id, insert_once


class Schedule:
    """The checks and bursts of one newsroom's stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def watch(self, slug: str, urls: Iterable[str], *, now: datetime, priority: int = 0) -> tuple[Check, ...]:
        """Fetch these addresses at once, and again from then on; gives all checks of the story. UnknownStory."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            for url in urls:
                watch_within(connection, story, storable(url), now, priority)
        return self.checks(slug)

    def unwatch(self, slug: str, url: str) -> bool:
        """Never fetch this address again for the story."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            where = (checks.c.story_id == story, checks.c.hash == hashed(storable(url)))
            return connection.execute(sa.delete(checks).where(*where)).rowcount > 0

    def checks(self, slug: str) -> tuple[Check, ...]:
        """The story's checks in the order added."""
        with self._database.reading() as connection:
            return tuple(_check(row) for row in connection.execute(self._query(slug).order_by(checks.c.id)))

    def claim(self, slug: str, owner: str, *, now: datetime, until: datetime, limit: int) -> tuple[Check, ...]:
        """The story's due checks, most urgent first, that nobody else makes until `until`."""
        query = self._query(slug).where(checks.c.next_check <= now, _free(checks, owner, now))
        query = query.where(stories.c.archived.is_(None)).order_by(checks.c.priority, checks.c.next_check, checks.c.id)
        with self._database.writing() as connection:
            rows = connection.execute(query.limit(limit).with_for_update(of=checks, skip_locked=True)).all()
            mark = {"claimed_by": owner, "claimed_until": until}
            connection.execute(sa.update(checks).where(checks.c.id.in_([row.id for row in rows])).values(mark))
        return tuple(_check(row) for row in rows)

    def record(
        self, slug: str, check: Check, visit: Visit, *, next_check: datetime | None, article: str | None = None
    ) -> None:
        """Write how an attempt went and when the next one is due, all or nothing."""
        values: dict[str, Any] = {"checked": visit.at, "next_check": next_check}
        values |= {} if visit.failed and check.failures < HASTE else {"priority": BACKGROUND}
        values |= {"claimed_by": None, "claimed_until": None, "failures": checks.c.failures + 1 if visit.failed else 0}
        values |= {"changed": visit.at, "unchanged": 0} if visit.changed else {"unchanged": checks.c.unchanged + 1}
        values |= {} if visit.failed else {"reached": visit.at}
        told = {"at": visit.at, "code": visit.code, "words": visit.words, "changed": visit.changed}
        with self._database.writing() as connection:
            if article is not None:
                values["article_id"] = _article_id(slug, self._newsroom, article)
            if connection.execute(sa.update(checks).where(checks.c.id == check.id).values(values)).rowcount:
                connection.execute(sa.insert(visits).values(check_id=check.id, **told))

    def postpone(self, check: Check, *, to: datetime) -> None:
        """Give a claimed check back untried, due later."""
        values = {"next_check": to, "claimed_by": None, "claimed_until": None}
        with self._database.writing() as connection:
            connection.execute(sa.update(checks).where(checks.c.id == check.id).values(values))

    def is_busy(self, slug: str, now: datetime) -> bool:
        """Whether pages of the story are being fetched, or are due to be."""
        claimed = sa.and_(checks.c.claimed_until.is_not(None), checks.c.claimed_until > now)
        query = self._query(slug).where(sa.or_(claimed, checks.c.next_check <= now)).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).one_or_none() is not None

    def burst(self, slug: str) -> Burst:
        """What the story waits for; UnknownStory."""
        with self._database.reading() as connection:
            story = existing_id(connection, self._newsroom, slug)
            row = connection.execute(sa.select(stories).where(stories.c.id == story)).one()
        return Burst(dirty=row.dirty, settled=row.settled, since=row.dirty_since, collate_at=row.collate_at)

    def expect(self, slug: str, *, since: datetime, at: datetime) -> None:
        """Collate the story not before `at`, if at all: pages are coming in since `since`."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            values = {"dirty_since": since, "collate_at": at}
            connection.execute(sa.update(stories).where(stories.c.id == story).values(values))

    def mark_dirty(self, slug: str, *, at: datetime | None = None) -> None:
        """Have the story collated, not before `at`. Adding a version does so by itself; UnknownStory."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            values = {"dirty": stories.c.dirty + 1} | ({"collate_at": at} if at is not None else {})
            connection.execute(sa.update(stories).where(stories.c.id == story).values(values))

    def claim_dirty(self, slug: str, owner: str, *, now: datetime, until: datetime) -> int | None:
        """What to tell `settle` when the story is to be collated now and nobody else does; otherwise None."""
        mark = sa.update(stories).where(*self._is(slug), *is_dirty(now), _free(stories, owner, now))
        with self._database.writing() as connection:
            values = {"claimed_by": owner, "claimed_until": until}
            found: int | None = connection.scalar(mark.values(values).returning(stories.c.dirty))
        return found

    def settle(self, slug: str, seen: int) -> bool:
        """The story is collated as it was when `claim_dirty` gave `seen`; whether it has become dirty again since."""
        higher = sa.case((stories.c.settled > seen, stories.c.settled), else_=seen)
        free = {"claimed_by": None, "claimed_until": None, "dirty_since": None, "collate_rung": None}
        mark = sa.update(stories).where(*self._is(slug)).values(settled=higher, **free)
        with self._database.writing() as connection:
            again: bool | None = connection.scalar(mark.returning(stories.c.dirty > stories.c.settled))
        return bool(again)

    def archive(self, slug: str, *, now: datetime | None) -> None:
        """Put the story aside, so that its pages are not fetched again; with None, take it up again. UnknownStory."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            connection.execute(sa.update(stories).where(stories.c.id == story).values(archived=now))

    def archived(self, slug: str) -> datetime | None:
        """When the story was put aside; None when it was not."""
        with self._database.reading() as connection:
            found: datetime | None = connection.scalar(sa.select(stories.c.archived).where(*self._is(slug)))
        return found

    def hosts(self) -> tuple[str, ...]:
        """The hosts that are still fetched from, by name."""
        query = self._all(sa.select(checks.c.host).distinct(), checks).where(checks.c.next_check.is_not(None))
        with self._database.reading() as connection:
            return tuple(connection.scalars(query.order_by(checks.c.host)))

    def visits(self, host: str, *, since: datetime, limit: int = 200) -> tuple[Visit, ...]:
        """How the last attempts at a host went since then, oldest first."""
        query = self._all(sa.select(visits), visits.join(checks, checks.c.id == visits.c.check_id))
        query = query.where(checks.c.host == host, visits.c.at >= since).order_by(
            visits.c.at.desc(), visits.c.id.desc()
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.limit(limit)).all()[::-1]
        return tuple(Visit(at=row.at, code=row.code, words=row.words, changed=row.changed) for row in rows)

    def _all(self, query: sa.Select[Any], source: sa.FromClause) -> sa.Select[Any]:
        joined = source.join(stories, stories.c.id == checks.c.story_id)
        return query.select_from(joined).where(stories.c.newsroom == self._newsroom, stories.c.archived.is_(None))

    def _query(self, slug: str) -> sa.Select[Any]:
        joined = checks.join(stories, stories.c.id == checks.c.story_id)
        joined = joined.outerjoin(articles, articles.c.id == checks.c.article_id)
        return sa.select(checks, articles.c.article, articles.c.final_url).select_from(joined).where(*self._is(slug))

    def _is(self, slug: str) -> tuple[sa.ColumnElement[bool], ...]:
        return stories.c.newsroom == self._newsroom, stories.c.slug == slug


def is_dirty(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The stories that are to be collated now."""
    patient = sa.or_(stories.c.collate_at.is_(None), stories.c.collate_at <= now)
    return stories.c.dirty > stories.c.settled, patient


def _free(table: sa.Table, owner: str, now: datetime) -> sa.ColumnElement[bool]:
    own = table.c.claimed_by == owner
    return sa.or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now, own)


def watch_within(connection: Connection, story: int, url: str, now: datetime, priority: int) -> None:
    """As `Schedule.watch`, within a transaction: of one storable address for the row of a story."""
    due = {"next_check": now, "priority": priority}
    host = (urlsplit(url).hostname or "").removeprefix("www.")[:300]
    values = {"story_id": story, "hash": hashed(url), "url": url, "host": host, "added": now}
    if not insert_once(connection, checks, {**values, **due}):
        same = (checks.c.story_id == story, checks.c.hash == hashed(url))
        connection.execute(sa.update(checks).where(*same).values(due))


def _article_id(slug: str, newsroom: str, article: str) -> sa.ScalarSelect[int]:
    query = sa.select(articles.c.id).join(stories, stories.c.id == articles.c.story_id)
    own = (stories.c.newsroom == newsroom, stories.c.slug == slug)
    return query.where(*own, articles.c.hash == hashed(article)).scalar_subquery()


def _check(row: sa.Row[Any]) -> Check:
    times = ("added", "next_check", "checked", "reached", "changed")
    names = ("id", "url", "host", "priority", "article", "final_url", "unchanged", "failures", *times)
    return Check(**{name: getattr(row, name) for name in names})
