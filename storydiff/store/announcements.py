"""Announcements: articles that other outlets list, each once however many sources list it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.store.articles import hashed
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema_sources import announcements, matches, sources
from storydiff.store.sources import SourceState
from storydiff.store.stories import insert_once

TITLE, SUMMARY, LANGUAGE = 300, 1000, 16
"""Characters that are kept."""
MOST_OF_ONE = 20_000
"""Announcements that are kept of one source: more than the busiest agency has in two weeks. What invents addresses ends
there."""
AT_ONCE = 400
"""Rows that one statement touches: SQLite takes so many values at least."""


class MatchState(StrEnum):
    """What became of an announcement that is like a story."""

    SUGGESTED = "suggested"
    """People decide."""
    ADDED = "added"
    """It was surely of the story, so it was added without asking."""
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One article as a source lists it. All words are from the web."""

    key: str
    """Equal for two spellings of one address."""
    url: str
    outlet: str
    title: str = ""
    summary: str = ""
    language: str | None = None
    published: datetime | None = None
    id: int = 0
    """Of the row, once stored."""
    found: datetime | None = None
    """When it was read first."""
    adds: bool = True
    """Whether its source has what is surely of a story added."""


class Announcements:
    """The announcements of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def since(self, moment: datetime, *, limit: int) -> tuple[Announcement, ...]:
        """The newest announcements that were found since then, the latest first."""
        query = self._query().where(announcements.c.found >= moment)
        return self._of(query.order_by(announcements.c.found.desc(), announcements.c.id.desc()).limit(limit))

    def open(self, moment: datetime, *, only_new: bool, limit: int) -> tuple[Announcement, ...]:
        """The newest found since then that belong to no story yet; with `only_new`, only those not matched yet."""
        query = self._query().where(announcements.c.found >= moment, ~_joined().exists())
        if only_new:
            query = query.where(announcements.c.matched.is_(None))
        return self._of(query.order_by(announcements.c.id.desc()).limit(limit))

    def note_matched(self, numbers: Sequence[int], *, now: datetime) -> None:
        """Remember that these were matched against the stories that there are."""
        with self._database.writing() as connection:
            for begin in range(0, len(numbers), AT_ONCE):
                some = announcements.c.id.in_(numbers[begin : begin + AT_ONCE])
                connection.execute(sa.update(announcements).where(some).values(matched=now))

    def forget(self, *, before: datetime) -> int:
        """Drop those that no source lists any more and that were seen last before then; gives how many."""
        with self._database.writing() as connection:
            own = announcements.c.newsroom == self._newsroom
            return connection.execute(sa.delete(announcements).where(own, *forgettable(before))).rowcount

    def _query(self) -> sa.Select[Any]:
        joined = announcements.outerjoin(sources, sources.c.id == announcements.c.source_id)
        query = sa.select(announcements, sources.c.adds).select_from(joined)
        return query.where(announcements.c.newsroom == self._newsroom)

    def _of(self, query: sa.Select[Any]) -> tuple[Announcement, ...]:
        with self._database.reading() as connection:
            return tuple(_announcement(row) for row in connection.execute(query))


def forgettable(before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The announcements that are kept no longer.

    What became an article stays with its story: by it is known which articles were not chosen by people. What a source
    still lists stays too, or it would come up as new; one that says "not modified" lists what it listed before.
    """
    is_listed = sa.select(sources.c.id).where(
        sources.c.id == announcements.c.source_id,
        sources.c.state == SourceState.ACTIVE.value,
        announcements.c.seen >= sources.c.changed,
    )
    return announcements.c.seen < before, ~is_listed.exists(), ~_joined().exists()


def _joined() -> sa.Select[Any]:
    """The match by which the announcement of the outer row became an article."""
    joined = matches.c.state.in_((MatchState.ADDED.value, MatchState.ACCEPTED.value))
    return sa.select(matches.c.id).where(matches.c.announcement_id == announcements.c.id, joined)


def keep(connection: Connection, source: sa.Row[Any], found: Sequence[Announcement], now: datetime) -> int:
    """Keep what a source (its row) lists, the newest first, within a transaction; gives how many are new."""
    by_hash = {hashed(each.key): each for each in found}
    names = list(by_hash)
    known: set[str] = set()
    for begin in range(0, len(names), AT_ONCE):
        same = (announcements.c.newsroom == source.newsroom, announcements.c.hash.in_(names[begin : begin + AT_ONCE]))
        seen = sa.update(announcements).where(*same).values(seen=now).returning(announcements.c.hash)
        known |= set(connection.scalars(seen))
    held = connection.scalar(sa.select(sa.func.count()).where(announcements.c.source_id == source.id)) or 0
    fresh = [_values(source, name, each, now) for name, each in by_hash.items() if name not in known]
    fresh = fresh[: max(0, MOST_OF_ONE - held)]
    return sum(insert_once(connection, announcements, values) for values in fresh)


def _values(source: sa.Row[Any], name: str, each: Announcement, now: datetime) -> dict[str, Any]:
    texts = {"url": each.url, "outlet": each.outlet, "title": each.title[:TITLE], "summary": each.summary[:SUMMARY]}
    told = {key: storable(text) for key, text in texts.items()}
    times = {"published": each.published, "found": now, "seen": now}
    language = each.language[:LANGUAGE] if each.language else None
    return {"newsroom": source.newsroom, "source_id": source.id, "hash": name, "language": language, **told, **times}


def _announcement(row: sa.Row[Any]) -> Announcement:
    names = ("id", "url", "outlet", "title", "summary", "language", "published", "found")
    return Announcement(key=row.hash, adds=bool(row.adds), **{name: getattr(row, name) for name in names})
