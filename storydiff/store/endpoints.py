"""Endpoints: where a newsroom is told, and of what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.model import Event, EventType, Severity
from storydiff.store.alerts import ended
from storydiff.store.codec import packed, storable, unpacked
from storydiff.store.engine import Database
from storydiff.store.names import name, webhook_secret
from storydiff.store.schema_service import endpoints, newsrooms

ALERT = "endpoint"
"""The kind of the alert about an endpoint that is paused or disabled."""
OVERLAP = timedelta(hours=24)
"""How long the secret before is still signed with after a rotation."""


class EndpointKind(StrEnum):
    """What is at the other end."""

    WEBHOOK = "webhook"
    SLACK = "slack"
    DISCORD = "discord"


class EndpointState(StrEnum):
    """Whether events are sent: `paused` keeps them for later, `disabled` drops them."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which events an endpoint wants; what is empty filters nothing."""

    types: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    severity: int = Severity.LOW
    """The least that an event must have."""
    ours: str | None = None
    """The outlet that reads: what ours lacks is told to it alone. None: that of the newsroom."""

    def of(self, ours: str | None) -> Filters:
        """The filters as a newsroom of that outlet has them."""
        return self if self.ours is not None else replace(self, ours=ours)

    def wants(self, event: Event) -> bool:
        """Whether the event is for this endpoint; the test event always is."""
        if event.type is EventType.ENDPOINT_TEST:
            return True
        if event.ours is not None and event.ours != self.ours:
            return False
        return (
            event.severity >= self.severity
            and _among(event.type.value, self.types)
            and (event.story is None or _among(event.story, self.stories))
            and (not self.outlets or not event.outlets or bool(set(event.outlets) & set(self.outlets)))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One endpoint, with its secrets: never show those again after making or rotating."""

    id: str
    newsroom: str
    kind: EndpointKind
    url: str = field(repr=False)
    secret: str = field(repr=False)
    filters: Filters = Filters()
    description: str = ""
    old_secret: str | None = field(default=None, repr=False)
    old_until: datetime | None = None
    """Until when the secret before the rotation is signed with too."""
    state: EndpointState = EndpointState.ACTIVE
    reason: str | None = None
    """Why it is paused or disabled."""
    created: datetime | None = None
    failing_since: datetime | None = None
    """When the first of an unbroken row of failures came."""
    failures: int = 0
    hold_until: datetime | None = None
    """It asked for a pause until then."""
    contact: str | None = None
    """Who is told by mail when it is paused; None: the newsroom's desk."""

    @property
    def shown_url(self) -> str:
        """The address for logs and lists: those of Slack and Discord are secrets, so only their host is shown."""
        return self.url if self.kind is EndpointKind.WEBHOOK else f"https://{urlsplit(self.url).hostname}/…"

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """The secrets to sign with now, the newest first."""
        overlaps = self.old_secret is not None and self.old_until is not None and now < self.old_until
        return (self.secret, self.old_secret) if overlaps and self.old_secret else (self.secret,)


class Endpoints:
    """The endpoints of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def create(
        self, kind: EndpointKind, url: str, filters: Filters = Filters(), *, now: datetime, **more: str | None
    ) -> Endpoint:
        """A new active endpoint with a new secret; `more` may hold its `description` and `contact`.

        The address is not judged here: see `webhook.delivery.checked`.
        """
        endpoint = name("ep")
        values = {"kind": kind.value, "url": url, "filters": packed(filters), **more}
        values["description"] = storable(more.get("description") or "")
        made = {"newsroom": self._newsroom, "endpoint": endpoint, "secret": webhook_secret(), "created": now}
        with self._database.writing() as connection:
            connection.execute(sa.insert(endpoints).values(**values, **made, state=EndpointState.ACTIVE.value))
            return endpoint_of(connection.execute(sa.select(endpoints).where(*self._is(endpoint))).one())

    def get(self, endpoint: str) -> Endpoint | None:
        """The endpoint of that id."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(endpoints).where(*self._is(endpoint))).one_or_none()
        return endpoint_of(row) if row else None

    def list(self) -> tuple[Endpoint, ...]:
        """The newsroom's endpoints, oldest first."""
        with self._database.reading() as connection:
            return endpoints_of(connection, self._newsroom)

    def change(self, endpoint: str, **values: Any) -> Endpoint | None:
        """The endpoint with other `filters`, `url`, `description` or `contact`."""
        if "filters" in values:
            values["filters"] = packed(values["filters"])
        return self._update(endpoint, values)

    def rotate(self, endpoint: str, *, now: datetime, overlap: timedelta = OVERLAP) -> Endpoint | None:
        """A new secret; for a while everything is signed with the one before too, so that receivers can change over."""
        values = {"old_secret": endpoints.c.secret, "old_until": now + overlap, "secret": webhook_secret()}
        return self._update(endpoint, values)

    def pause(self, endpoint: str, reason: str) -> Endpoint | None:
        """Hold what is due back until `resume`; nothing is dropped. A disabled one stays disabled."""
        values = {"state": EndpointState.PAUSED.value, "reason": storable(reason)}
        return self._update(endpoint, values, endpoints.c.state != EndpointState.DISABLED.value)

    def disable(self, endpoint: str, reason: str) -> Endpoint | None:
        """Send nothing any more; events from now on are not kept for it."""
        return self._update(endpoint, {"state": EndpointState.DISABLED.value, "reason": storable(reason)})

    def resume(self, endpoint: str, *, now: datetime) -> Endpoint | None:
        """Send again, at once what was held back; the alert about the endpoint is over."""
        fresh = {"failing_since": None, "failures": 0, "hold_until": None}
        with self._database.writing() as connection:
            values = {"state": EndpointState.ACTIVE.value, "reason": None, **fresh}
            connection.execute(sa.update(endpoints).where(*self._is(endpoint)).values(values))
            ended(connection, self._newsroom, ALERT, endpoint, now)
        return self.get(endpoint)

    def delete(self, endpoint: str, *, now: datetime) -> bool:
        """Remove the endpoint with its deliveries, and end its alert; False when there is none."""
        with self._database.writing() as connection:
            ended(connection, self._newsroom, ALERT, endpoint, now)
            return connection.execute(sa.delete(endpoints).where(*self._is(endpoint))).rowcount > 0

    def _update(self, endpoint: str, values: dict[str, Any], *only: sa.ColumnElement[bool]) -> Endpoint | None:
        with self._database.writing() as connection:
            connection.execute(sa.update(endpoints).where(*self._is(endpoint), *only).values(values))
        return self.get(endpoint)

    def _is(self, endpoint: str) -> tuple[sa.ColumnElement[bool], ...]:
        return endpoints.c.newsroom == self._newsroom, endpoints.c.endpoint == endpoint


def endpoints_of(connection: Connection, newsroom: str) -> tuple[Endpoint, ...]:
    """The newsroom's endpoints, within a transaction."""
    query = sa.select(endpoints).where(endpoints.c.newsroom == newsroom).order_by(endpoints.c.id)
    return tuple(endpoint_of(row) for row in connection.execute(query))


def ours_of(connection: Connection, newsroom: str) -> str | None:
    """The outlet whose desk the newsroom is, within a transaction."""
    found: str | None = connection.scalar(sa.select(newsrooms.c.ours).where(newsrooms.c.name == newsroom))
    return found


def endpoint_of(row: sa.Row[Any], prefix: str = "") -> Endpoint:
    """The value of a row whose columns may have a prefix."""
    told = {column.name: getattr(row, prefix + column.name) for column in endpoints.c}
    del told["id"]
    kind, state = EndpointKind(told.pop("kind")), EndpointState(told.pop("state"))
    filters = unpacked(Filters, told.pop("filters"))
    return Endpoint(id=told.pop("endpoint"), kind=kind, state=state, filters=filters, **told)


def _among(value: str, chosen: tuple[str, ...]) -> bool:
    return not chosen or value in chosen
