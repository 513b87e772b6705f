"""Notices: mails that say what is wrong, composed once and sent once.

Which alerts a mail tells of is marked in the transaction in which the mail is written down, so each is told once, also
when several workers look at the same moment; and one that dies loses nothing. Handing over is counted as with digests:
a mail whose fate nobody knows is handed over once more, the very same bytes, and then taken as sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storydiff.store.alerts import Alert, alert_key, unsaid
from storydiff.store.codec import storable
from storydiff.store.digests import HANDED, DigestState, Handover, Result
from storydiff.store.engine import Database
from storydiff.store.schema_service import alerts, notices
from storydiff.store.stories import insert_once

STALE = timedelta(days=3)
"""An older mail that could not be sent is given up; the alert stands in the lists all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A composed mail about alerts."""

    id: str
    address: str
    message: str
    """The whole message, in ASCII, with CRLF."""
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNotice:
    """One line about a mail."""

    id: str
    address: str
    state: DigestState
    composed: datetime
    finished: datetime | None
    tries: int
    error: str | None


class Notices:
    """The notices of one newsroom."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def unsaid(self) -> tuple[Alert, ...]:
        """The open alerts that no mail tells of yet, longest first."""
        query = sa.select(alerts).where(alerts.c.newsroom == self._newsroom, *unsaid())
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(alerts.c.since, alerts.c.id)).all()
        return tuple(Alert.of(row) for row in rows)

    def prepare(self, notice: Notice, *, now: datetime) -> bool:
        """Keep a mail and mark its alerts as told, all or nothing; False when another mail tells one of them."""
        keys = [alert_key(each.kind, each.subject) for each in notice.alerts]
        own = (alerts.c.newsroom == self._newsroom, alerts.c.key.in_(keys), *unsaid())
        row = {"newsroom": self._newsroom, "notice": notice.id, "address": notice.address, "message": notice.message}
        with self._database.writing() as connection:
            found = connection.scalars(sa.select(alerts.c.id).where(*own).order_by(alerts.c.id).with_for_update()).all()
            if len(found) != len(keys):
                return False
            values = {**row, "state": DigestState.WAITING.value, "composed": now, "due": now}
            if not insert_once(connection, notices, values):
                return False
            connection.execute(sa.update(alerts).where(alerts.c.id.in_(found)).values(noticed=alerts.c.since))
        return True

    def settle(self, now: datetime) -> None:
        """End the mails that are not to be tried again: handed over too often without an answer, or too old."""
        often = {"state": DigestState.SENT.value, "error": "taken as sent"}
        old = {"state": DigestState.FAILED.value, "error": "could not be sent in time"}
        with self._database.writing() as connection:
            for where, values in ((notices.c.handed >= HANDED, often), (notices.c.composed < now - STALE, old)):
                ended = sa.update(notices).where(*self._ready(now), where)
                connection.execute(ended.values(**values, finished=now, message=None))

    def has_due(self, now: datetime) -> bool:
        """Whether a mail could be claimed now."""
        query = sa.select(notices.c.id).where(*self._ready(now), notices.c.handed < HANDED).limit(1)
        with self._database.reading() as connection:
            return connection.scalar(query) is not None

    def claim(self, owner: str, *, now: datetime, until: datetime) -> Handover | None:
        """A mail that is due, which nobody else sends until `until`; it counts as handed over from here on."""
        query = sa.select(notices).where(*self._ready(now), notices.c.handed < HANDED)
        query = query.order_by(notices.c.due, notices.c.id).limit(1).with_for_update(skip_locked=True)
        with self._database.writing() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            mark = {"claimed_by": owner, "claimed_until": until, "handed": notices.c.handed + 1}
            connection.execute(sa.update(notices).where(notices.c.id == row.id).values(mark))
        return Handover(id=row.notice, address=row.address, message=row.message, tries=row.tries)

    def note(self, mail: Handover, result: Result, *, now: datetime) -> None:
        """Write how a try ended and what follows."""
        values: dict[str, Any] = {"state": result.state.value, "tries": notices.c.tries + 1}
        values["error"] = storable(result.error)[:500] if result.error else None
        if result.known:  # otherwise the claim stays until it runs out, and the handover counts
            values |= {"claimed_by": None, "claimed_until": None, "handed": 0}
        if result.state is not DigestState.WAITING:
            values |= {"finished": now, "message": None, "due": None}
        elif result.due is not None:
            values["due"] = result.due
        own = (notices.c.newsroom == self._newsroom, notices.c.notice == mail.id)
        waiting = notices.c.state == DigestState.WAITING.value
        with self._database.writing() as connection:
            connection.execute(sa.update(notices).where(*own, waiting).values(values))

    def list(self, *, limit: int = 50) -> tuple[SentNotice, ...]:
        """The newest mails first."""
        query = sa.select(notices).where(notices.c.newsroom == self._newsroom).order_by(notices.c.id.desc())
        with self._database.reading() as connection:
            return tuple(_line(row) for row in connection.execute(query.limit(limit)))

    def _ready(self, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
        free = sa.or_(notices.c.claimed_until.is_(None), notices.c.claimed_until <= now)
        waiting = (notices.c.state == DigestState.WAITING.value, notices.c.due <= now)
        return notices.c.newsroom == self._newsroom, *waiting, free


def _line(row: sa.Row[Any]) -> SentNotice:
    names = ("address", "composed", "finished", "tries", "error")
    return SentNotice(id=row.notice, state=DigestState(row.state), **{each: getattr(row, each) for each in names})
