"""Digests on their way: composed once, sent once, and what each told its reader.

A mail is written here whole before it is sent, with its Message-ID, and what it tells is booked at once, so that no
other mail tells it too. Handing it to the mail server is counted before it is done. When a worker dies in between,
nobody knows whether the server took it: it is sent again, the very same bytes, but only once (`HANDED`), and then
taken as sent. What is given up is taken back: the next digest tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema_digest import digests, readers, subscriptions, told
from storydiff.store.stories import insert_once
from storydiff.store.subscriptions import SubscriptionState

HANDED = 2
"""How often a mail is handed to the server without knowing how that ended."""
STALE = timedelta(hours=20)
"""An older mail that could not be sent is given up: the next one says it better."""


class DigestState(StrEnum):
    """What became of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A composed mail. `keys` are what it tells; `story` is set when it is about that one only."""

    id: str
    story: str | None
    message_id: str
    message: str
    """The whole message, in ASCII, with CRLF."""
    items: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A mail that this process is to send now. `tries` have failed before."""

    id: str
    address: str
    message: str
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is to be written after a try, made by `digest.outcome`."""

    state: DigestState
    due: datetime | None = None
    """When to try again."""
    error: str | None = None
    known: bool = True
    """The server's answer is known; otherwise the mail may have arrived."""
    pause: str | None = None
    """Why nothing more is sent to the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """One line about a mail."""

    id: str
    address: str
    story: str | None
    message_id: str
    items: int
    state: DigestState
    composed: datetime
    finished: datetime | None
    tries: int
    error: str | None


class Digests:
    """The mails of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def prepare(self, subscription: str, slot: datetime, mails: Sequence[Mail], *, now: datetime) -> bool:
        """Keep what is to be sent for that moment of the schedule, all or nothing; False when it was dealt with."""
        active = (subscriptions.c.subscription == subscription, subscriptions.c.state == SubscriptionState.ACTIVE.value)
        fresh = sa.or_(subscriptions.c.slot.is_(None), subscriptions.c.slot < slot)
        mine = subscriptions.c.reader_id.in_(sa.select(readers.c.id).where(readers.c.newsroom == self._newsroom))
        moved = sa.update(subscriptions).where(*active, fresh, mine).values(slot=slot)
        with self._database.writing() as connection:
            row = connection.execute(moved.returning(subscriptions.c.id, subscriptions.c.reader_id)).one_or_none()
            if row is None:
                return False
            for mail in mails:
                _insert(connection, row, mail, now)
        return True

    def told(self, address: str) -> frozenset[str]:
        """What the person was told, or is about to be."""
        query = sa.select(told.c.key).join(readers, readers.c.id == told.c.reader_id)
        with self._database.reading() as connection:
            own = (readers.c.newsroom == self._newsroom, readers.c.address == address)
            return frozenset(connection.scalars(query.where(*own)))

    def thread(self, subscription: str, story: str) -> tuple[str, ...]:
        """The Message-IDs of the first and the last mail that was sent about that story alone; empty when none was."""
        query = sa.select(digests.c.message_id).join(subscriptions, subscriptions.c.id == digests.c.subscription_id)
        query = query.where(subscriptions.c.subscription == subscription, digests.c.story == story)
        query = query.where(digests.c.state == DigestState.SENT.value).order_by(digests.c.id)
        with self._database.reading() as connection:
            found = list(connection.scalars(query))
        return tuple(dict.fromkeys((found[0], found[-1]))) if found else ()

    def settle(self, now: datetime) -> None:
        """End the mails that are not to be tried again: handed over too often without an answer, or too old."""
        with self._database.writing() as connection:
            _settle(connection, now)

    def has_due(self, now: datetime) -> bool:
        """Whether a mail could be claimed now."""
        with self._database.reading() as connection:
            return connection.execute(self._due(now).limit(1)).one_or_none() is not None

    def claim(self, owner: str, *, now: datetime, until: datetime) -> Handover | None:
        """A mail that is due, which nobody else sends until `until`; it counts as handed over from here on."""
        with self._database.writing() as connection:
            query = self._due(now).order_by(digests.c.due, digests.c.id).limit(1)
            row = connection.execute(query.with_for_update(of=digests, skip_locked=True)).one_or_none()
            if row is None:
                return None
            mark = {"claimed_by": owner, "claimed_until": until, "handed": digests.c.handed + 1}
            connection.execute(sa.update(digests).where(digests.c.id == row.id).values(mark))
        return Handover(id=row.digest, address=row.address, message=row.message, tries=row.tries)

    def note(self, mail: Handover, result: Result, *, now: datetime) -> None:
        """Write how a try ended and what follows, all or nothing."""
        with self._database.writing() as connection:
            where = (digests.c.digest == mail.id, digests.c.state == DigestState.WAITING.value)
            row = connection.execute(sa.select(digests).where(*where).with_for_update()).one_or_none()
            if row is None:
                return
            _finish(connection, row, result, now)
            _book(connection, row, result, now)

    def list(self, subscription: str | None = None, *, limit: int = 50) -> tuple[SentMail, ...]:
        """The newest mails first."""
        joined = digests.join(subscriptions, subscriptions.c.id == digests.c.subscription_id)
        joined = joined.join(readers, readers.c.id == subscriptions.c.reader_id)
        query = sa.select(digests, readers.c.address).select_from(joined).where(readers.c.newsroom == self._newsroom)
        if subscription is not None:
            query = query.where(subscriptions.c.subscription == subscription)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(digests.c.id.desc()).limit(limit)).all()
        return tuple(_line(row) for row in rows)

    def _due(self, now: datetime) -> sa.Select[Any]:
        joined = digests.join(subscriptions, subscriptions.c.id == digests.c.subscription_id)
        joined = joined.join(readers, readers.c.id == subscriptions.c.reader_id)
        query = sa.select(digests, readers.c.address).select_from(joined)
        open_ = (readers.c.paused.is_(None), subscriptions.c.state == SubscriptionState.ACTIVE.value)
        return query.where(readers.c.newsroom == self._newsroom, digests.c.handed < HANDED, *open_, *_ready(now))


def _ready(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    free = sa.or_(digests.c.claimed_until.is_(None), digests.c.claimed_until <= now)
    return digests.c.state == DigestState.WAITING.value, digests.c.due <= now, free


def _insert(connection: Connection, owner: sa.Row[Any], mail: Mail, now: datetime) -> None:
    plain = {"story": mail.story, "message_id": mail.message_id, "message": mail.message, "items": mail.items}
    values = {"subscription_id": owner.id, "digest": mail.id, "state": DigestState.WAITING.value, **plain}
    if not insert_once(connection, digests, {**values, "composed": now, "due": now}):
        return
    number = connection.scalars(sa.select(digests.c.id).where(digests.c.digest == mail.id)).one()
    for key in sorted(mail.keys):
        insert_once(connection, told, {"reader_id": owner.reader_id, "digest_id": number, "key": key})


def _settle(connection: Connection, now: datetime) -> None:
    often = sa.update(digests).where(*_ready(now), digests.c.handed >= HANDED)
    presumed = {"state": DigestState.SENT.value, "finished": now, "message": None, "error": "taken as sent"}
    rows = connection.execute(often.values(presumed).returning(digests.c.subscription_id, digests.c.composed))
    for subscription, composed in rows.all():
        _mark_sent(connection, subscription, composed)
    old = sa.select(digests.c.id).where(*_ready(now), digests.c.composed < now - STALE)
    given_up = list(connection.scalars(old))
    _give_up(connection, given_up, "could not be sent in time", now)


def _give_up(connection: Connection, numbers: list[int], error: str | None, now: datetime) -> None:
    connection.execute(sa.delete(told).where(told.c.digest_id.in_(numbers)))
    values = {"state": DigestState.FAILED.value, "finished": now, "message": None, "error": error}
    free = {"claimed_by": None, "claimed_until": None}
    connection.execute(sa.update(digests).where(digests.c.id.in_(numbers)).values(**values, **free))


def _finish(connection: Connection, row: sa.Row[Any], result: Result, now: datetime) -> None:
    error = storable(result.error)[:500] if result.error else None
    if result.state is DigestState.FAILED:
        _give_up(connection, [row.id], error, now)
        return
    values: dict[str, Any] = {"state": result.state.value, "error": error, "tries": digests.c.tries + 1}
    if result.known:  # otherwise the claim stays until it runs out, and the handover counts
        values |= {"claimed_by": None, "claimed_until": None, "handed": 0}
    if result.state is DigestState.SENT:
        values |= {"finished": now, "message": None, "due": None}
    elif result.due is not None:
        values["due"] = result.due
    connection.execute(sa.update(digests).where(digests.c.id == row.id).values(values))


def _book(connection: Connection, row: sa.Row[Any], result: Result, now: datetime) -> None:
    """What the result says of the subscription and of the address."""
    owner = sa.select(subscriptions.c.reader_id).where(subscriptions.c.id == row.subscription_id).scalar_subquery()
    of_reader = sa.update(readers).where(readers.c.id == owner)
    if result.state is DigestState.SENT:
        _mark_sent(connection, row.subscription_id, row.composed)
        connection.execute(of_reader.values(failures=0))
    elif result.pause is not None:
        reason = storable(result.pause)[:500]
        connection.execute(of_reader.values(paused=now, reason=reason, failures=readers.c.failures + 1))


def _mark_sent(connection: Connection, subscription: int, composed: datetime) -> None:
    later = sa.or_(subscriptions.c.sent.is_(None), subscriptions.c.sent < composed)
    connection.execute(sa.update(subscriptions).where(subscriptions.c.id == subscription, later).values(sent=composed))


def _line(row: sa.Row[Any]) -> SentMail:
    names = ("address", "story", "message_id", "items", "composed", "finished", "tries", "error")
    return SentMail(id=row.digest, state=DigestState(row.state), **{each: getattr(row, each) for each in names})
