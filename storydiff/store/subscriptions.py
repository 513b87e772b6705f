"""Subscriptions to the digest: who reads, what they want to be told, and when.

A person is an address within a newsroom. What was told is kept by person, so two subscriptions of one person never
tell the same thing twice. A subscription sends nothing before its address has confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.errors import UnknownSubscription
from storydiff.store.codec import packed, storable, unpacked
from storydiff.store.engine import Database
from storydiff.store.names import name
from storydiff.store.schema_digest import readers, subscriptions
from storydiff.store.stories import found_or_made

LONGEST = 320
"""Characters of an address, by RFC 3696."""


class Rhythm(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    HOURLY = "hourly"
    """One mail per story and hour, only while the story breaks."""


class SubscriptionState(StrEnum):
    """Whether mail is sent."""

    PENDING = "pending"
    """Waits for the address to confirm."""
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What a reader wants to be told; what is empty filters nothing."""

    stories: tuple[str, ...] = ()
    """Slugs."""
    outlets: tuple[str, ...] = ()
    """Names or domains: only what is about one of them."""
    terms: tuple[str, ...] = ()
    """Words or phrases of which one must be in the item or in the story's title."""
    ours: str | None = None
    """The outlet whose desk reads."""
    languages: tuple[str, ...] = ()
    """ISO 639-1: only what a text in one of them tells."""
    sources: int = 2
    """Independent sources that a point needs before it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a reader wants mail: by the clock of a time zone."""

    rhythm: Rhythm = Rhythm.DAILY
    hour: int = 7
    weekday: int = 0
    """Monday is 0; for the weekly digest."""
    zone: str = "UTC"
    """Name of an IANA time zone."""
    quiet: tuple[int, ...] = ()
    """Two hours, from and to, between which no mail is sent; (22, 6) goes over midnight."""
    always: bool = False
    """Send the daily or weekly digest also when there is nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One subscription with its person."""

    id: str
    newsroom: str
    address: str
    state: SubscriptionState
    wants: Wants
    timing: Timing
    created: datetime
    asked: datetime | None = None
    """When the mail that asks for confirmation was sent last."""
    confirmed: datetime | None = None
    ended: datetime | None = None
    slot: datetime | None = None
    """The moment of the schedule that was dealt with last, whether there was something to send or not."""
    sent: datetime | None = None
    """When the last digest that was really sent was composed."""
    paused: datetime | None = None
    """Since when nothing is sent to the address."""
    reason: str | None = None
    """Why it is paused."""

    @property
    def sends(self) -> bool:
        """Whether digests are sent."""
        return self.state is SubscriptionState.ACTIVE and self.paused is None


class Subscriptions:
    """The subscriptions of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def create(self, address: str, wants: Wants, timing: Timing, *, now: datetime) -> Subscription:
        """A new subscription that waits for confirmation. The address is not judged here: see `digest.address`."""
        made = name("sub")
        values = {"wants": packed(wants), "schedule": packed(timing), "state": SubscriptionState.PENDING.value}
        with self._database.writing() as connection:
            reader = self._reader(connection, address, now)
            new = sa.insert(subscriptions).values(reader_id=reader, subscription=made, created=now, **values)
            connection.execute(new)
        return self.get(made)

    def get(self, subscription: str) -> Subscription:
        """The subscription of that id; UnknownSubscription."""
        with self._database.reading() as connection:
            row = connection.execute(self._query().where(subscriptions.c.subscription == subscription)).one_or_none()
        if row is None:
            raise UnknownSubscription
        return _subscription(row)

    def newsroom_of(self, subscription: str) -> str | None:
        """The newsroom, whichever it is, that has the subscription of that id; for tokens, which name nothing else."""
        joined = subscriptions.join(readers, readers.c.id == subscriptions.c.reader_id)
        query = sa.select(readers.c.newsroom).select_from(joined).where(subscriptions.c.subscription == subscription)
        with self._database.reading() as connection:
            found: str | None = connection.scalar(query)
        return found

    def list(self, address: str | None = None, *, ended: bool = False) -> tuple[Subscription, ...]:
        """The newsroom's subscriptions, or those of one address, oldest first."""
        query = self._query()
        if address is not None:
            query = query.where(readers.c.address == address)
        if not ended:
            query = query.where(subscriptions.c.state != SubscriptionState.ENDED.value)
        with self._database.reading() as connection:
            return tuple(_subscription(row) for row in connection.execute(query))

    def change(self, subscription: str, wants: Wants, timing: Timing) -> Subscription:
        """The subscription with other wants and times; UnknownSubscription."""
        return self._update(subscription, {"wants": packed(wants), "schedule": packed(timing)})

    def asked(self, subscription: str, *, now: datetime) -> Subscription:
        """Remember that the address was asked to confirm; UnknownSubscription."""
        return self._update(subscription, {"asked": now})

    def confirm(self, subscription: str, *, now: datetime) -> Subscription:
        """Send from now on. One that is active stays so; one that was ended needs a new confirmation mail."""
        pending = subscriptions.c.state == SubscriptionState.PENDING.value
        return self._update(subscription, {"state": SubscriptionState.ACTIVE.value, "confirmed": now}, pending)

    def end(self, subscription: str, *, now: datetime) -> Subscription:
        """Send nothing any more. Ending twice is no error; UnknownSubscription."""
        running = subscriptions.c.state != SubscriptionState.ENDED.value
        return self._update(subscription, {"state": SubscriptionState.ENDED.value, "ended": now}, running)

    def pause(self, address: str, reason: str, *, now: datetime) -> bool:
        """Send nothing to the address until `resume`; False when nobody here has it."""
        values = {"paused": now, "reason": storable(reason)}
        return self._change_reader(address, values, readers.c.paused.is_(None))

    def resume(self, address: str) -> bool:
        """Send to the address again."""
        return self._change_reader(address, {"paused": None, "reason": None, "failures": 0})

    def forget(self, address: str) -> bool:
        """Delete the person with all subscriptions and all that is known of what was told."""
        with self._database.writing() as connection:
            own = (readers.c.newsroom == self._newsroom, readers.c.address == address)
            return connection.execute(sa.delete(readers).where(*own)).rowcount > 0

    @contextmanager
    def claimed(self, address: str, owner: str, *, now: datetime, until: datetime) -> Iterator[bool]:
        """Whether this process alone composes for the person, until the block ends or until `until`."""
        free = sa.or_(readers.c.claimed_until.is_(None), readers.c.claimed_until <= now)
        held = self._change_reader(address, {"claimed_by": owner, "claimed_until": until}, free)
        try:
            yield held
        finally:
            if held:
                free_again = {"claimed_by": None, "claimed_until": None}
                self._change_reader(address, free_again, readers.c.claimed_by == owner)

    def _reader(self, connection: Connection, address: str, now: datetime) -> int:
        own = (readers.c.newsroom == self._newsroom, readers.c.address == address)
        values = {"newsroom": self._newsroom, "address": address, "created": now}
        return found_or_made(connection, sa.select(readers.c.id).where(*own), readers, values)

    def _change_reader(self, address: str, values: dict[str, Any], *only: sa.ColumnElement[bool]) -> bool:
        own = (readers.c.newsroom == self._newsroom, readers.c.address == address)
        with self._database.writing() as connection:
            return connection.execute(sa.update(readers).where(*own, *only).values(values)).rowcount > 0

    def _update(self, subscription: str, values: dict[str, Any], *only: sa.ColumnElement[bool]) -> Subscription:
        mine = sa.select(readers.c.id).where(readers.c.newsroom == self._newsroom)
        which = (subscriptions.c.subscription == subscription, subscriptions.c.reader_id.in_(mine))
        with self._database.writing() as connection:
            connection.execute(sa.update(subscriptions).where(*which, *only).values(values))
        return self.get(subscription)

    def _query(self) -> sa.Select[Any]:
        query = sa.select(subscriptions, readers.c.newsroom, readers.c.address, readers.c.paused, readers.c.reason)
        joined = subscriptions.join(readers, readers.c.id == subscriptions.c.reader_id)
        return query.select_from(joined).where(readers.c.newsroom == self._newsroom).order_by(subscriptions.c.id)


def _subscription(row: sa.Row[Any]) -> Subscription:
    plain = ("newsroom", "address", "created", "asked", "confirmed", "ended", "slot", "sent", "paused", "reason")
    return Subscription(
        id=row.subscription,
        state=SubscriptionState(row.state),
        wants=unpacked(Wants, row.wants),
        timing=unpacked(Timing, row.schedule),
        **{each: getattr(row, each) for each in plain},
    )
