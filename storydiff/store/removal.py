"""What is to be forgotten: an article, and what is older than a newsroom wants to keep.

Gives the SHA-256 of the snapshots that nothing stored needs any more, of any newsroom, so that the archive can drop
them: pages of several stories can be the same bytes.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.store.engine import Database
from storydiff.store.schema import articles, collations, snapshots, stories
from storydiff.store.schema_service import checks, idempotency, jobs
from storydiff.store.stories import existing_id

OPEN = ("queued", "running")


class Removal:
    """Forgetting in one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def article(self, slug: str, name: str) -> tuple[str, ...] | None:
        """Purge an article (by `browse.article_name`) with its versions and its check; None when it is not there."""
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            where = (articles.c.story_id == story, articles.c.hash == name)
            row = connection.execute(sa.select(articles).where(*where)).one_or_none()
            if row is None:
                return None
            gone = set(connection.scalars(sa.select(snapshots.c.sha256).where(snapshots.c.article_id == row.id)))
            known = [address for address in (row.url, row.requested, row.final_url, row.article) if address]
            same = sa.or_(checks.c.article_id == row.id, checks.c.url.in_(known))
            connection.execute(sa.delete(checks).where(checks.c.story_id == story, same))
            connection.execute(sa.delete(articles).where(articles.c.id == row.id))
            return _unneeded(connection, gone)

    def stale(self, before: datetime) -> tuple[str, ...]:
        """The slugs of stories of which nothing was made, fetched or compared since then, oldest first."""
        fetched = sa.select(sa.func.max(articles.c.fetched)).where(articles.c.story_id == stories.c.id)
        made = sa.select(sa.func.max(collations.c.made)).where(collations.c.story_id == stories.c.id)
        quiet = [sa.or_(time.is_(None), time < before) for time in (fetched.scalar_subquery(), made.scalar_subquery())]
        query = sa.select(stories.c.slug).where(stories.c.newsroom == self._newsroom, *quiet)
        query = query.where(stories.c.created.is_not(None), stories.c.created < before).order_by(stories.c.id)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query))

    def records(self, before: datetime) -> int:
        """Drop ended jobs and kept answers from before then; gives how many."""
        ended = (jobs.c.newsroom == self._newsroom, jobs.c.updated < before, jobs.c.state.not_in(OPEN))
        kept = (idempotency.c.newsroom == self._newsroom, idempotency.c.expires < before)
        with self._database.writing() as connection:
            dropped = connection.execute(sa.delete(jobs).where(*ended)).rowcount
            return dropped + connection.execute(sa.delete(idempotency).where(*kept)).rowcount


def _unneeded(connection: Connection, gone: set[str]) -> tuple[str, ...]:
    kept = set(connection.scalars(sa.select(snapshots.c.sha256).where(snapshots.c.sha256.in_(gone))))
    return tuple(sorted(gone - kept))
