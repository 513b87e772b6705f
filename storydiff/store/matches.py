"""Matches: announcements that are like a story of the newsroom's, and what was decided about each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import Event
from storydiff.store.announcements import MatchState
from storydiff.store.articles import hashed
from storydiff.store.engine import Database
from storydiff.store.events import append_within
from storydiff.store.names import name
from storydiff.store.schedule import watch_within
from storydiff.store.schema import stories
from storydiff.store.schema_sources import announcements, matches, sources
from storydiff.store.stories import existing_id, insert_once

FOUND = 3
"""Priority of an article that was found: behind what people post, before what is looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An announcement that may be of a story, or became an article of it."""

    id: str
    story: str
    state: MatchState
    likeness: float
    """How like the announcement is to the story, 0 to 1."""
    url: str
    outlet: str
    title: str
    summary: str
    published: datetime | None
    found: datetime
    """When a source was seen to list it."""
    made: datetime
    decided: datetime | None = None
    source: str | None = None
    """The source that listed it first; None when that is deleted."""


class Matches:
    """The matches of one newsroom's stories."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def suggest(self, announcement: int, slug: str, likeness: float, *, now: datetime) -> bool:
        """Suggest it for the story; False when that was done before, or the story is put aside. UnknownStory."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            url = _url(connection, self._newsroom, announcement)
            if url is None or _is_aside(connection, story):
                return False
            pair = {"announcement_id": announcement, "story_id": story, "suggestion": name("sug")}
            told = {**_told(url, likeness, now), "state": MatchState.SUGGESTED.value}
            return insert_once(connection, matches, {**pair, **told})

    def add(self, announcement: int, event: Event, likeness: float, *, now: datetime) -> bool:
        """Watch its address for the story of the event, keep the event, and that it was added: all or nothing.

        False, and nothing is written, when people had decided before, or the story is put aside. UnknownStory.
        """
        slug = event.story or ""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            url = _url(connection, self._newsroom, announcement)
            if url is None or _is_aside(connection, story):
                return False
            if not _joined(connection, announcement, story, _told(url, likeness, now)):
                return False
            watch_within(connection, story, url, now, FOUND)
            append_within(connection, self._newsroom, event, story)
        return True

    def decide(self, slug: str, suggestion: str, state: MatchState, *, now: datetime) -> Suggestion | None:
        """The suggestion as decided; None when there is none of that id that waits for it."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            waiting = (matches.c.suggestion == suggestion, matches.c.story_id == story)
            waits = matches.c.state == MatchState.SUGGESTED.value
            mark = sa.update(matches).where(*waiting, waits).values(state=state.value, decided=now)
            if not connection.execute(mark).rowcount:
                return None
            return _suggestion(connection.execute(self._query(slug).where(*waiting)).one())

    def get(self, slug: str, suggestion: str) -> Suggestion | None:
        """The suggestion of that id for the story."""
        with self._database.reading() as connection:
            row = connection.execute(self._query(slug).where(matches.c.suggestion == suggestion)).one_or_none()
        return _suggestion(row) if row else None

    def list(
        self, slug: str, *, state: MatchState = MatchState.SUGGESTED, before: str | None = None, limit: int = 100
    ) -> tuple[Suggestion, ...]:
        """The story's suggestions of that state, the newest first; those made before the suggestion `before` only."""
        query = self._query(slug).where(matches.c.state == state.value).order_by(matches.c.id.desc()).limit(limit)
        if before is not None:
            own = sa.select(matches.c.id).join(stories, stories.c.id == matches.c.story_id)
            own = own.where(matches.c.suggestion == before, stories.c.newsroom == self._newsroom)
            query = query.where(matches.c.id < own.scalar_subquery())
        with self._database.reading() as connection:
            return tuple(_suggestion(row) for row in connection.execute(query))

    def decided(self, stories_: Collection[str]) -> dict[tuple[int, str], MatchState]:
        """(announcement, story's slug) -> what became of it, for these stories."""
        query = sa.select(matches.c.announcement_id, matches.c.state, stories.c.slug)
        query = query.join(stories, stories.c.id == matches.c.story_id)
        query = query.where(stories.c.newsroom == self._newsroom, stories.c.slug.in_(stories_))
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return {(row.announcement_id, row.slug): MatchState(row.state) for row in rows}

    def _query(self, slug: str) -> sa.Select[Any]:
        joined = matches.join(announcements, announcements.c.id == matches.c.announcement_id)
        joined = joined.join(stories, stories.c.id == matches.c.story_id)
        joined = joined.outerjoin(sources, sources.c.id == announcements.c.source_id)
        columns = (announcements.c[each] for each in ANNOUNCED)
        query = sa.select(matches, *columns, stories.c.slug, sources.c.source).select_from(joined)
        return query.where(stories.c.newsroom == self._newsroom, stories.c.slug == slug)


ANNOUNCED = ("url", "outlet", "title", "summary", "published", "found")


def _told(url: str, likeness: float, now: datetime) -> dict[str, Any]:
    return {"likeness": likeness, "hash": hashed(url), "made": now}


def _is_aside(connection: Connection, story: int) -> bool:
    """Whether the story was put aside, maybe a moment ago."""
    return connection.scalar(sa.select(stories.c.archived).where(stories.c.id == story)) is not None


def _joined(connection: Connection, announcement: int, story: int, told: dict[str, Any]) -> bool:
    """Write that the announcement was added, unless somebody has decided; what was suggested turns into that."""
    added = {**told, "state": MatchState.ADDED.value}
    pair = {"announcement_id": announcement, "story_id": story}
    if insert_once(connection, matches, {"suggestion": name("sug"), **pair, **added}):
        return True
    same = (matches.c.announcement_id == announcement, matches.c.story_id == story)
    waits = matches.c.state == MatchState.SUGGESTED.value
    return connection.execute(sa.update(matches).where(*same, waits).values(added)).rowcount > 0


def _url(connection: Connection, newsroom: str, announcement: int) -> str | None:
    """The address of an announcement; None when that was forgotten meanwhile."""
    own = (announcements.c.newsroom == newsroom, announcements.c.id == announcement)
    found: str | None = connection.scalar(sa.select(announcements.c.url).where(*own))
    return found


def _suggestion(row: sa.Row[Any]) -> Suggestion:
    told = {each: getattr(row, each) for each in (*ANNOUNCED, "likeness", "made", "decided", "source")}
    return Suggestion(id=row.suggestion, story=row.slug, state=MatchState(row.state), **told)
