"""The outbox: what is to be sent now, to whichever newsroom's endpoint. Senders share it by claims that run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import Event
from storydiff.store.alerts import Alert, raised
from storydiff.store.codec import storable
from storydiff.store.deliveries import Attempt, DeliveryState
from storydiff.store.endpoints import ALERT, Endpoint, EndpointState, endpoint_of
from storydiff.store.engine import Database
from storydiff.store.events import event_of
from storydiff.store.schema import stories
from storydiff.store.schema_service import attempts, deliveries, endpoints, events

ANSWER = 500
"""Characters of an answer that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A claimed delivery with all that sending it needs. `tries` were made before."""

    id: str
    tries: int
    event: Event
    endpoint: Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to be written of a delivery after a try, and of its endpoint; made by `webhook.retry`."""

    state: DeliveryState
    due: datetime | None = None
    """When to try again; None when there is nothing more to try."""
    endpoint_state: EndpointState | None = None
    """Set when the endpoint is to be paused or disabled."""
    reason: str | None = None
    hold_until: datetime | None = None
    """When the endpoint asked not to be disturbed."""


class Outbox:
    """The deliveries of all newsrooms that are due."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime) -> int:
        """How many deliveries could be claimed now."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(_JOINED).where(*_ready(now))) or 0

    def unfinished(self) -> int:
        """How many deliveries are still to be made, due or not. For /metrics."""
        waiting = deliveries.c.state == DeliveryState.WAITING.value
        with self._database.reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(deliveries).where(waiting)) or 0

    def claim(self, owner: str, *, now: datetime, until: datetime, limit: int, per_endpoint: int) -> tuple[Parcel, ...]:
        """Up to `limit` due deliveries, oldest due first, that nobody else sends until `until`.

        No more than `per_endpoint` of one endpoint are claimed at the same time, by all senders together.
        """
        with self._database.writing() as connection:
            chosen = list(connection.scalars(_choice(now, limit, per_endpoint)))
            mark = {"claimed_by": owner, "claimed_until": until}
            connection.execute(sa.update(deliveries).where(deliveries.c.id.in_(chosen)).values(mark))
            return tuple(_parcels(connection, chosen))

    def record(self, parcel: Parcel, attempt: Attempt, outcome: Outcome) -> None:
        """Write a try and what follows from it, all or nothing: an endpoint is never paused without its alert."""
        with self._database.writing() as connection:
            where = deliveries.c.delivery == parcel.id
            number = connection.scalar(sa.select(deliveries.c.id).where(where).with_for_update())
            if number is None:  # the endpoint or the story was deleted meanwhile
                return
            said = {"error": _cut(attempt.error), "answer": _cut(attempt.answer), "status": attempt.status}
            values = {"delivery_id": number, "at": attempt.at, "seconds": attempt.seconds, **said}
            connection.execute(sa.insert(attempts).values(values))
            connection.execute(sa.update(deliveries).where(where).values(_delivery(outcome, attempt)))
            where_endpoint = endpoints.c.endpoint == parcel.endpoint.id
            connection.execute(sa.update(endpoints).where(where_endpoint).values(_endpoint(outcome, attempt)))
            if outcome.endpoint_state is not None:
                raised(connection, parcel.endpoint.newsroom, _alert(parcel, outcome, attempt))


_JOINED = deliveries.join(endpoints, endpoints.c.id == deliveries.c.endpoint_id)


def _ready(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        deliveries.c.state == DeliveryState.WAITING.value,
        deliveries.c.due <= now,
        endpoints.c.state == EndpointState.ACTIVE.value,
        sa.or_(endpoints.c.hold_until.is_(None), endpoints.c.hold_until <= now),
        _free(now),
    )


def _free(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(deliveries.c.claimed_until.is_(None), deliveries.c.claimed_until <= now)


def _choice(now: datetime, limit: int, per_endpoint: int) -> sa.Select[Any]:
    """The rows to claim: ranked within their endpoint, where those being sent now come first."""
    busy = sa.case((_free(now), 1), else_=0)
    order = (busy, deliveries.c.due, deliveries.c.id)
    rank = sa.func.row_number().over(partition_by=deliveries.c.endpoint_id, order_by=order)
    waiting = (deliveries.c.state == DeliveryState.WAITING.value, deliveries.c.due <= now)
    ranked = sa.select(deliveries.c.id, rank.label("rank")).where(*waiting).subquery()
    first = sa.select(ranked.c.id).where(ranked.c.rank <= per_endpoint)
    query = sa.select(deliveries.c.id).select_from(_JOINED).where(*_ready(now), deliveries.c.id.in_(first))
    query = query.order_by(deliveries.c.due, deliveries.c.id).limit(limit)
    return query.with_for_update(of=deliveries, skip_locked=True)


def _parcels(connection: Connection, chosen: list[int]) -> list[Parcel]:
    """The claimed rows with their events and endpoints, oldest due first."""
    target = {f"to_{column.name}": column.label(f"to_{column.name}") for column in endpoints.c}
    joined = _JOINED.join(events, events.c.id == deliveries.c.event_id)
    joined = joined.outerjoin(stories, stories.c.id == events.c.story_id)
    query = sa.select(events, stories.c.slug, deliveries.c.delivery, deliveries.c.tries, *target.values())
    query = query.select_from(joined).where(deliveries.c.id.in_(chosen)).order_by(deliveries.c.due, deliveries.c.id)
    return [_parcel(row) for row in connection.execute(query)]


def _parcel(row: sa.Row[Any]) -> Parcel:
    return Parcel(id=row.delivery, tries=row.tries, event=event_of(row), endpoint=endpoint_of(row, "to_"))


def _delivery(outcome: Outcome, attempt: Attempt) -> dict[str, Any]:
    over = outcome.state is not DeliveryState.WAITING
    values = {"state": outcome.state.value, "due": outcome.due, "finished": attempt.at if over else None}
    return {**values, "tries": deliveries.c.tries + 1, "claimed_by": None, "claimed_until": None}


def _endpoint(outcome: Outcome, attempt: Attempt) -> dict[str, Any]:
    if outcome.state is DeliveryState.DELIVERED:
        return {"failures": 0, "failing_since": None}
    since = sa.func.coalesce(
        endpoints.c.failing_since, sa.bindparam("since", attempt.at, endpoints.c.failing_since.type)
    )
    values: dict[str, Any] = {"failures": endpoints.c.failures + 1, "failing_since": since}
    if outcome.hold_until is not None:
        values["hold_until"] = outcome.hold_until
    if outcome.endpoint_state is not None:
        values |= {"state": outcome.endpoint_state.value, "reason": outcome.reason}
    return values


def _alert(parcel: Parcel, outcome: Outcome, attempt: Attempt) -> Alert:
    said = outcome.reason or ""
    return Alert(kind=ALERT, subject=parcel.endpoint.id, message=said, since=attempt.at, seen=attempt.at)


def _cut(text: str | None) -> str | None:
    return storable(text)[:ANSWER] if text is not None else None
