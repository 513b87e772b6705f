"""Deliveries: one event on its way to one endpoint, until it has arrived or been given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import EventType
from storydiff.store.endpoints import endpoint_of, ours_of
from storydiff.store.engine import Database
from storydiff.store.events import event_of
from storydiff.store.names import name
from storydiff.store.schema import stories
from storydiff.store.schema_service import attempts, deliveries, endpoints, events
from storydiff.store.stories import insert_once


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up; it can be replayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try: the HTTP status, or why there was none."""

    at: datetime
    status: int | None = None
    error: str | None = None
    answer: str | None = None
    """The start of what the endpoint said."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event on its way to one endpoint."""

    id: str
    event: str
    endpoint: str
    state: DeliveryState
    tries: int
    due: datetime | None
    created: datetime
    finished: datetime | None = None
    type: str = ""
    story: str | None = None


class Deliveries:
    """The deliveries of one newsroom's endpoints."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def list(
        self, endpoint: str, *, after: str | None = None, state: DeliveryState | None = None, limit: int = 100
    ) -> tuple[Delivery, ...]:
        """The endpoint's deliveries, newest first; those older than the delivery `after` only."""
        query = self._query(endpoint).order_by(deliveries.c.id.desc()).limit(limit)
        if after is not None:
            seen = sa.select(deliveries.c.id).where(deliveries.c.delivery == after).scalar_subquery()
            query = query.where(deliveries.c.id < seen)
        if state is not None:
            query = query.where(deliveries.c.state == state.value)
        with self._database.reading() as connection:
            return tuple(_delivery(row) for row in connection.execute(query))

    def exists(self, endpoint: str, delivery: str) -> bool:
        """Whether the endpoint has that delivery."""
        query = self._query(endpoint).where(deliveries.c.delivery == delivery).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).one_or_none() is not None

    def attempts(self, endpoint: str, delivery: str) -> tuple[Attempt, ...]:
        """The tries of one delivery, oldest first."""
        own = self._query(endpoint).where(deliveries.c.delivery == delivery).with_only_columns(deliveries.c.id)
        query = sa.select(attempts).where(attempts.c.delivery_id.in_(own)).order_by(attempts.c.id)
        with self._database.reading() as connection:
            return tuple(_attempt(row) for row in connection.execute(query))

    def replay(self, endpoint: str, *, event: str, now: datetime) -> bool:
        """Send that event once more, from the first step of the ladder; False when there is none to send."""
        return self._replay(endpoint, now, events.c.event == event) > 0

    def replay_range(self, endpoint: str, *, since: datetime, until: datetime, now: datetime) -> int:
        """Send all events of that time once more that the endpoint wants; gives how many."""
        tests = events.c.type == EventType.ENDPOINT_TEST.value
        return self._replay(endpoint, now, events.c.at >= since, events.c.at < until, ~tests)

    def _replay(self, endpoint: str, now: datetime, *which: sa.ColumnElement[bool]) -> int:
        joined = events.outerjoin(stories, stories.c.id == events.c.story_id)
        found = sa.select(events, stories.c.slug).select_from(joined)
        own = (endpoints.c.newsroom == self._newsroom, endpoints.c.endpoint == endpoint)
        with self._database.writing() as connection:
            row = connection.execute(sa.select(endpoints).where(*own)).one_or_none()
            if row is None:
                return 0
            rows = connection.execute(found.where(events.c.newsroom == self._newsroom, *which)).all()
            filters = endpoint_of(row).filters.of(ours_of(connection, self._newsroom))
            wanted = [each.id for each in rows if filters.wants(event_of(each))]
            for each in wanted:
                _renew(connection, each, row.id, now)
            return len(wanted)

    def _query(self, endpoint: str) -> sa.Select[Any]:
        joined = deliveries.join(events, events.c.id == deliveries.c.event_id)
        joined = joined.join(endpoints, endpoints.c.id == deliveries.c.endpoint_id)
        joined = joined.outerjoin(stories, stories.c.id == events.c.story_id)
        query = sa.select(deliveries, events.c.event, events.c.type, endpoints.c.endpoint, stories.c.slug)
        own = (endpoints.c.newsroom == self._newsroom, endpoints.c.endpoint == endpoint)
        return query.select_from(joined).where(*own)


def _renew(connection: Connection, event: int, endpoint: int, now: datetime) -> None:
    """The delivery of that event to that endpoint as if it were new; it is made when there was none."""
    fresh = {"state": DeliveryState.WAITING.value, "tries": 0, "due": now, "finished": None}
    values = {"delivery": name("dlv"), "event_id": event, "endpoint_id": endpoint, "created": now, **fresh}
    if not insert_once(connection, deliveries, values):
        same = (deliveries.c.event_id == event, deliveries.c.endpoint_id == endpoint)
        connection.execute(sa.update(deliveries).where(*same).values(**fresh, claimed_by=None, claimed_until=None))


def _delivery(row: sa.Row[Any]) -> Delivery:
    plain = {key: getattr(row, key) for key in ("event", "endpoint", "tries", "due", "created", "finished", "type")}
    return Delivery(id=row.delivery, state=DeliveryState(row.state), story=row.slug, **plain)


def _attempt(row: sa.Row[Any]) -> Attempt:
    return Attempt(at=row.at, status=row.status, error=row.error, answer=row.answer, seconds=row.seconds)
