"""Whether anything in the database changed since it was looked at last: then what was answered before still holds.

SQLite knows at the price of one look at shared memory (measured: 16 microseconds on a busy machine, so no thread is
needed for it); its counter moves with every commit of every other connection and process, and this connection never
writes. PostgreSQL knows which transactions are seen now (`pg_current_snapshot`): two looks that give the same see the
same rows. That is one message there and back, shared by all requests that wait for it at the moment.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import sqlite3
import time
from typing import Any, Protocol

from storydiff.store.engine import Database

PAUSE = 5.0
"""Seconds in which a server that was away is not asked; reads then ask the database themselves, which says so."""
log = logging.getLogger(__name__)


class Changes(Protocol):
    """A mark that is another one after each commit."""

    def at_once(self) -> object | None:
        """The mark, where it is had without waiting; else None."""

    async def now(self) -> object | None:
        """The mark; None where it cannot be known."""

    async def close(self) -> None:
        """Let go of the database."""


class FileChanges:
    """The counter of a SQLite file."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False)

    def at_once(self) -> object | None:
        """As `Changes.at_once`."""
        found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    async def now(self) -> object | None:
        """As `Changes.now`."""
        return self.at_once()

    async def close(self) -> None:
        """As `Changes.close`."""
        self._connection.close()


class ServerChanges:
    """The snapshot of a PostgreSQL server, over a connection of its own on the event loop."""

    def __init__(self, url: str) -> None:
        self._url, self._driver = url, importlib.import_module("psycopg")
        self._connection: Any = None
        self._coming: asyncio.Task[object | None] | None = None
        self._next: asyncio.Task[object | None] | None = None
        self._not_before = 0.0

    def at_once(self) -> object | None:
        """Never had without waiting."""
        return None

    async def now(self) -> object | None:
        """As `Changes.now`. Who comes while a look is under way shares the next: that one began too early for them."""
        if self._next is None:
            self._next = asyncio.create_task(self._look(self._coming))
        return await asyncio.shield(self._next)

    async def _look(self, before: asyncio.Task[object | None] | None) -> object | None:
        if before is not None:
            await before
        self._coming, self._next = self._next, None
        if time.monotonic() < self._not_before:
            return None
        try:
            return await self._asked()
        except (self._driver.Error, OSError) as error:  # the read itself will say more
            log.debug("the server does not say what changed: %s", error)
            self._not_before = time.monotonic() + PAUSE
            await self.close()
            return None

    async def _asked(self) -> object | None:
        if self._connection is None:
            connect = self._driver.AsyncConnection.connect
            self._connection = await connect(self._url, autocommit=True, connect_timeout=2)
        cursor = await self._connection.execute("SELECT pg_current_snapshot()::text", prepare=True)
        (found,) = await cursor.fetchone()
        return str(found)

    async def close(self) -> None:
        """As `Changes.close`."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


class NoChanges:
    """Where nobody knows: a database in memory."""

    def at_once(self) -> object | None:
        """Unknown."""
        return None

    async def now(self) -> object | None:
        """Unknown."""
        return None

    async def close(self) -> None:
        """Nothing is held."""


def changes_of(database: Database) -> Changes:
    """What knows of changes in that database."""
    if not database.is_sqlite:
        return ServerChanges(database.url.set(drivername="postgresql").render_as_string(hide_password=False))
    path = database.url.database
    return FileChanges(str(path)) if path not in (None, "", ":memory:") else NoChanges()
