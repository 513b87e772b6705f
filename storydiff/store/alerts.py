"""Alerts: what keeps storydiff from doing its work for a newsroom, until it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

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
    """`watch` or `endpoint`."""
    subject: str
    """The outlet's host, or the endpoint."""
    message: str
    since: datetime
    seen: datetime
    """When it was found to be so last."""
    resolved: datetime | None = None


class Alerts:
    """The alerts of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def record(self, kind: str, subject: str, message: str, *, now: datetime) -> bool:
        """Remember that this is wrong; gives whether that is news: it was not so before, or had been resolved."""
        key = f"{kind}:{subject}"[:KEY]
        told = {"message": storable(message), "seen": now}
        values = {"newsroom": self._newsroom, "key": key, "kind": kind, "subject": storable(subject), "since": now}
        own = (alerts.c.newsroom == self._newsroom, alerts.c.key == key)
        with self._database.writing() as connection:
            if insert_once(connection, alerts, {**values, **told}):
                return True
            again = sa.update(alerts).where(*own, alerts.c.resolved.is_not(None))
            if connection.execute(again.values(**told, since=now, resolved=None)).rowcount:
                return True
            connection.execute(sa.update(alerts).where(*own).values(told))
            return False

    def resolve(self, kind: str, subject: str, *, now: datetime) -> bool:
        """Remember that it is over; False when nothing was wrong."""
        own = (alerts.c.newsroom == self._newsroom, alerts.c.key == f"{kind}:{subject}"[:KEY])
        with self._database.writing() as connection:
            open_one = sa.update(alerts).where(*own, alerts.c.resolved.is_(None))
            return connection.execute(open_one.values(resolved=now)).rowcount > 0

    def list(self, *, resolved: bool = False) -> tuple[Alert, ...]:
        """The open alerts, longest first; with `resolved`, those that are over too."""
        query = sa.select(alerts).where(alerts.c.newsroom == self._newsroom).order_by(alerts.c.since, alerts.c.id)
        if not resolved:
            query = query.where(alerts.c.resolved.is_(None))
        with self._database.reading() as connection:
            return tuple(_alert(row) for row in connection.execute(query))


def _alert(row: sa.Row[Any]) -> Alert:
    names = ("kind", "subject", "message", "since", "seen", "resolved")
    return Alert(**{name: getattr(row, name) for name in names})
