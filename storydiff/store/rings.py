"""Which stories of all newsrooms have something due: for the tick that rings for the workers.

A ring is only a reminder: the task asks what is due and does nothing when that has been done. A story that was rung
for is left alone for a while, so that a long queue does not fill with reminders of the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storydiff.store.alerts import unsaid
from storydiff.store.digests import DigestState
from storydiff.store.engine import Database
from storydiff.store.schedule import is_dirty
from storydiff.store.schema import stories
from storydiff.store.schema_digest import readers, subscriptions
from storydiff.store.schema_service import alerts, checks, notices, visits
from storydiff.store.subscriptions import SubscriptionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A story with something due."""

    newsroom: str
    story: str
    priority: int


class Rings:
    """What is due, in all newsrooms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def to_fetch(self, now: datetime, *, again: datetime, limit: int) -> tuple[Ring, ...]:
        """Stories with pages to fetch, most urgent first, that will not be named again before `again`."""
        free = sa.or_(checks.c.claimed_until.is_(None), checks.c.claimed_until <= now)
        most = sa.func.min(checks.c.priority)
        due = sa.select(checks.c.story_id, most.label("priority"), sa.func.min(checks.c.next_check).label("since"))
        found = due.where(checks.c.next_check <= now, free).group_by(checks.c.story_id).subquery()
        unrung = sa.or_(stories.c.fetch_rung.is_(None), stories.c.fetch_rung <= now)
        query = (
            sa.select(stories.c.id, stories.c.newsroom, stories.c.slug, found.c.priority)
            .join(found, found.c.story_id == stories.c.id)
            .where(stories.c.archived.is_(None), unrung)
            .order_by(found.c.priority, found.c.since, stories.c.id)
            .limit(limit)
        )
        return self._rung(query, "fetch_rung", again)

    def to_collate(self, now: datetime, *, again: datetime, limit: int) -> tuple[Ring, ...]:
        """Stories to be collated, longest waiting first, that will not be named again before `again`."""
        unrung = sa.or_(stories.c.collate_rung.is_(None), stories.c.collate_rung <= now)
        free = sa.or_(stories.c.claimed_until.is_(None), stories.c.claimed_until <= now)
        query = (
            sa.select(stories.c.id, stories.c.newsroom, stories.c.slug, sa.literal(0).label("priority"))
            .where(*is_dirty(now), stories.c.archived.is_(None), unrung, free)
            .order_by(stories.c.collate_at, stories.c.id)
            .limit(limit)
        )
        return self._rung(query, "collate_rung", again)

    def age(self, now: datetime) -> float:
        """Seconds that the longest waiting check is overdue; 0 when none is. For /readyz and /metrics."""
        query = sa.select(sa.func.min(checks.c.next_check)).join(stories, stories.c.id == checks.c.story_id)
        with self._database.reading() as connection:
            oldest: datetime | None = connection.scalar(query.where(stories.c.archived.is_(None)))
        return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0

    def newsrooms(self) -> tuple[str, ...]:
        """The newsrooms that have stories."""
        with self._database.reading() as connection:
            return tuple(connection.scalars(sa.select(stories.c.newsroom).distinct().order_by(stories.c.newsroom)))

    def to_mail(self) -> tuple[str, ...]:
        """The newsrooms that may have something to mail: subscriptions, alerts to tell of, notices that wait."""
        joined = readers.join(subscriptions, subscriptions.c.reader_id == readers.c.id)
        active = subscriptions.c.state == SubscriptionState.ACTIVE.value
        waiting = notices.c.state == DigestState.WAITING.value
        parts = (
            sa.select(readers.c.newsroom).select_from(joined).where(active),
            sa.select(alerts.c.newsroom).where(*unsaid()),
            sa.select(notices.c.newsroom).where(waiting),
        )
        with self._database.reading() as connection:
            return tuple(sorted(connection.scalars(sa.union(*parts))))

    def forget_visits(self, *, before: datetime) -> int:
        """Drop what is known of attempts before then; gives how many."""
        with self._database.writing() as connection:
            return connection.execute(sa.delete(visits).where(visits.c.at < before)).rowcount

    def _rung(self, query: sa.Select[tuple[int, str, str, int]], column: str, again: datetime) -> tuple[Ring, ...]:
        with self._database.writing() as connection:
            rows = connection.execute(query.with_for_update(of=stories, skip_locked=True)).all()
            mark = sa.update(stories).where(stories.c.id.in_([row.id for row in rows]))
            connection.execute(mark.values({column: again}))
        return tuple(Ring(newsroom=row.newsroom, story=row.slug, priority=row.priority) for row in rows)
