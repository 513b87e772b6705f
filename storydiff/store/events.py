"""Events: what happened, kept before anybody is told, so that everybody can be told again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import Event, EventType, Severity
from storydiff.store.codec import storable
from storydiff.store.endpoints import EndpointState, endpoints_of, ours_of
from storydiff.store.engine import Database
from storydiff.store.names import name
from storydiff.store.schema import stories
from storydiff.store.schema_service import deliveries, endpoints, events
from storydiff.store.stories import existing_id, insert_once


class Events:
    """The events of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def append(self, event: Event, *, to: str | None = None) -> bool:
        """Keep the event with a delivery for each endpoint that wants it; False when it is known already.

        `to` names the one endpoint that is told, as for a test.
        """
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, event.story) if event.story is not None else None
            return append_within(connection, self._newsroom, event, story, to)

    def announce(self, slug: str, number: int, found: Sequence[Event]) -> int:
        """Keep what the story's collation of that number brought, and that it has been announced: all or nothing.

        Nothing is written when that collation, or a later one, was announced before. Gives how many events are new.
        """
        with self._database.writing() as connection:
            story = existing_id(connection, self._newsroom, slug)
            behind = (stories.c.id == story, stories.c.announced < number)
            if not connection.execute(sa.update(stories).where(*behind).values(announced=number)).rowcount:
                return 0
            return sum(append_within(connection, self._newsroom, event, story) for event in found)

    def announced(self, slug: str) -> int:
        """The number of the story's collation that was announced last; 0 when none was."""
        query = sa.select(stories.c.announced).where(stories.c.newsroom == self._newsroom, stories.c.slug == slug)
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def get(self, event: str) -> Event | None:
        """The event of that id."""
        with self._database.reading() as connection:
            row = connection.execute(self._query().where(events.c.event == event)).one_or_none()
        return event_of(row) if row else None

    def list(
        self, *, after: str | None = None, story: str | None = None, types: Sequence[str] = (), limit: int = 100
    ) -> tuple[Event, ...]:
        """Events in the order in which they were kept, those behind the event `after` only."""
        query = self._query().order_by(events.c.id).limit(limit)
        if after is not None:
            seen = sa.select(events.c.id).where(events.c.newsroom == self._newsroom, events.c.event == after)
            query = query.where(events.c.id > sa.func.coalesce(seen.scalar_subquery(), 0))
        if story is not None:
            query = query.where(stories.c.slug == story)
        if types:
            query = query.where(events.c.type.in_(types))
        with self._database.reading() as connection:
            return tuple(event_of(row) for row in connection.execute(query))

    def delete_older(self, than: datetime) -> int:
        """Drop events from before then with their deliveries; gives how many."""
        with self._database.writing() as connection:
            where = (events.c.newsroom == self._newsroom, events.c.at < than)
            return connection.execute(sa.delete(events).where(*where)).rowcount

    def _query(self) -> sa.Select[Any]:
        joined = events.outerjoin(stories, stories.c.id == events.c.story_id)
        return sa.select(events, stories.c.slug).select_from(joined).where(events.c.newsroom == self._newsroom)


def append_within(
    connection: Connection, newsroom: str, event: Event, story: int | None, to: str | None = None
) -> bool:
    """As `Events.append`, within a transaction: of the row of the event's story."""
    values = {"newsroom": newsroom, "event": event.id, "type": event.type.value, "story_id": story}
    told = {"severity": int(event.severity), "outlets": list(event.outlets), "ours": event.ours, "at": event.at}
    if not insert_once(connection, events, {**values, **told, "data": _clean(event.data)}):
        return False
    _enqueue(connection, newsroom, event, to)
    return True


def event_of(row: sa.Row[Any]) -> Event:
    """The value of a row of events with the story's slug."""
    outlets, kind = tuple(row.outlets), EventType(row.type)
    told = {"story": row.slug, "at": row.at, "severity": Severity(row.severity), "ours": row.ours, "data": row.data}
    return Event(id=row.event, type=kind, outlets=outlets, **told)


def _enqueue(connection: Connection, newsroom: str, event: Event, to: str | None) -> None:
    """A delivery, due at once, for each endpoint that wants the event and is not disabled."""
    ours = ours_of(connection, newsroom)
    wanting = [
        endpoint.id
        for endpoint in endpoints_of(connection, newsroom)
        if endpoint.state is not EndpointState.DISABLED
        and endpoint.filters.of(ours).wants(event)
        and to in (None, endpoint.id)
    ]
    kept = connection.scalars(
        sa.select(events.c.id).where(events.c.newsroom == newsroom, events.c.event == event.id)
    ).one()
    for number in connection.scalars(sa.select(endpoints.c.id).where(endpoints.c.endpoint.in_(wanting))):
        values = {"delivery": name("dlv"), "event_id": kept, "endpoint_id": number, "state": "waiting"}
        insert_once(connection, deliveries, {**values, "due": event.at, "created": event.at})


def _clean(value: Any) -> Any:
    """JSON values without the signs that no database takes."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list | tuple) else value
