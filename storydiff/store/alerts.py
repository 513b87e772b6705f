"""Alerts: what keeps storydiff from doing its work for a newsroom, until it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.schema_service import alerts
from storydiff.store.stories import insert_once

KEY = 400
"""Characters of an alert's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that is wrong, or was: `resolved` tells when it ended."""

    kind: str
    """`watch`, `endpoint` or `source`."""
    subject: str
    """The outlet's host, the endpoint, or the source's address."""
    message: str
    since: datetime
    seen: datetime
    """When it was found to be so last."""
    resolved: datetime | None = None

    @classmethod
    def of(cls, row: sa.Row[Any]) -> Self:
        """The value of a row."""
        names = ("kind", "subject", "message", "since", "seen", "resolved")
        return cls(**{name: getattr(row, name) for name in names})


class Alerts:
    """The alerts of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def record(self, kind: str, subject: str, message: str, *, now: datetime) -> bool:
        """Remember that this is wrong; gives whether that is news: it was not so before, or had been resolved."""
        alert = Alert(kind=kind, subject=subject, message=message, since=now, seen=now)
        with self._database.writing() as connection:
            return raised(connection, self._newsroom, alert)

    def resolve(self, kind: str, subject: str, *, now: datetime) -> bool:
        """Remember that it is over; False when nothing was wrong."""
        with self._database.writing() as connection:
            return ended(connection, self._newsroom, kind, subject, now)

    def list(self, *, resolved: bool = False) -> tuple[Alert, ...]:
        """The open alerts, longest first; with `resolved`, those that are over too."""
        query = sa.select(alerts).where(alerts.c.newsroom == self._newsroom).order_by(alerts.c.since, alerts.c.id)
        if not resolved:
            query = query.where(alerts.c.resolved.is_(None))
        with self._database.reading() as connection:
            return tuple(Alert.of(row) for row in connection.execute(query))


def raised(connection: Connection, newsroom: str, alert: Alert) -> bool:
    """As `Alerts.record`, within a transaction: what is wrong and its alert are written together, or not at all."""
    key, now = alert_key(alert.kind, alert.subject), alert.seen
    told = {"message": storable(alert.message), "seen": now}
    values = {"newsroom": newsroom, "key": key, "kind": alert.kind, "subject": storable(alert.subject), "since": now}
    own = (alerts.c.newsroom == newsroom, alerts.c.key == key)
    if insert_once(connection, alerts, {**values, **told}):
        return True
    again = sa.update(alerts).where(*own, alerts.c.resolved.is_not(None))
    if connection.execute(again.values(**told, since=now, resolved=None)).rowcount:
        return True
    connection.execute(sa.update(alerts).where(*own).values(told))
    return False


def ended(connection: Connection, newsroom: str, kind: str, subject: str, now: datetime) -> bool:
    """As `Alerts.resolve`, within a transaction."""
    own = (alerts.c.newsroom == newsroom, alerts.c.key == alert_key(kind, subject), alerts.c.resolved.is_(None))
    return connection.execute(sa.update(alerts).where(*own).values(resolved=now)).rowcount > 0


def unsaid() -> tuple[sa.ColumnElement[bool], ...]:
    """The open alerts that no mail tells of yet. One that comes up again is told of again."""
    return alerts.c.resolved.is_(None), sa.or_(alerts.c.noticed.is_(None), alerts.c.noticed < alerts.c.since)


def alert_key(kind: str, subject: str) -> str:
    """What tells an alert from the newsroom's others."""
    return f"{kind}:{subject}"[:KEY]
