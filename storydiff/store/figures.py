"""Figures of the whole database for machines that watch over it: each one read of an index, or of a
table that stays small, however much is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storydiff.store.deliveries import DeliveryState
from storydiff.store.digests import DigestState
from storydiff.store.engine import Database
from storydiff.store.schema import collations, versions
from storydiff.store.schema_digest import digests
from storydiff.store.schema_service import alerts, deliveries, notices
from storydiff.store.schema_sources import sources
from storydiff.store.sources import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is, in all newsrooms. `versions` and `collations`: about how many were ever stored.

    They are the numbers of the newest rows. Counting rows would read all of them, and PostgreSQL takes a second for
    each few millions.
    """

    versions: int
    collations: int
    deliveries: int
    """Still to be made, due or not."""
    alerts: int
    """Open."""
    mails: int
    """Digests and notices that wait to be handed to the mail server."""
    watched: int
    """Sources that are read."""
    failing: int
    """Sources that could not be read the last time, those among them that were paused for it too."""


class Figures:
    """What stands in the database, in numbers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> Counts:
        """All of them, in one query."""
        mails = _many(digests, digests.c.state == DigestState.WAITING.value)
        more = _many(notices, notices.c.state == DigestState.WAITING.value)
        query = sa.select(
            _newest(versions).label("versions"),
            _newest(collations).label("collations"),
            _many(deliveries, deliveries.c.state == DeliveryState.WAITING.value).label("deliveries"),
            _many(alerts, alerts.c.resolved.is_(None)).label("alerts"),
            (mails + more).label("mails"),
            _many(sources, sources.c.state == SourceState.ACTIVE.value).label("watched"),
            _many(sources, sources.c.failing_since.is_not(None)).label("failing"),
        )
        with self._database.reading() as connection:
            return Counts(**connection.execute(query).one()._asdict())


def _newest(table: sa.Table) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)).scalar_subquery()


def _many(table: sa.Table, condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.count()).select_from(table).where(condition).scalar_subquery()
