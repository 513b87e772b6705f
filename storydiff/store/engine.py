"""Connections: SQLite set up to stand several processes, PostgreSQL as it is.

SQLite: write-ahead log, synchronous NORMAL (a power cut may lose the last commit, never the file), five seconds of
patience with other writers, foreign keys checked. A writing transaction takes the write lock when it begins: one that
reads first and writes later could find that another wrote between, and would fail.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from storydiff.errors import StoreUnreachable
from storydiff.store.failures import explained

PATIENCE = 5.0
"""Seconds to wait for another writer."""
_MEMORY = ":memory:"
_PRAGMAS = ("foreign_keys = ON", "synchronous = NORMAL")


class Database:
    """One database: where transactions come from."""

    def __init__(self, url_or_path: str | Path, *, patience: float = PATIENCE) -> None:
        self.url = _url(url_or_path)
        self.where = self.url.render_as_string(hide_password=True) if self.url.host else self.url.database or ""
        self._patience = patience
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        with explained(self.where):
            self.engine = _engine(self.url, patience) if self.is_sqlite else _server(self.url, patience)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and writes nothing."""
        with explained(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes all or nothing."""
        with explained(self.where), self.engine.connect() as plain:
            writer = plain.execution_options(storydiff_writes=True)
            with writer.begin():
                yield writer

    @contextmanager
    def writing_at_once(self) -> Iterator[Connection]:
        """A transaction for what is not worth waiting for: StoreLocked at once when somebody else writes."""
        with explained(self.where), self.engine.connect() as plain:
            writer = plain.execution_options(storydiff_writes=True)
            with self._impatient(writer), writer.begin():
                if not self.is_sqlite:
                    writer.exec_driver_sql("SET LOCAL lock_timeout = '1ms'")
                yield writer

    @contextmanager
    def _impatient(self, connection: Connection) -> Iterator[None]:
        """SQLite's patience is of the connection, and it goes back into the pool afterwards."""
        driver = connection.connection.driver_connection if self.is_sqlite else None
        if driver is None:
            yield
            return
        driver.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            driver.execute(f"PRAGMA busy_timeout = {int(1000 * self._patience)}")

    def ping(self) -> bool:
        """Whether the database answers; StoreError says why not."""
        with self.reading() as connection:
            return bool(connection.scalar(sa.select(1)))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _url(url_or_path: str | Path) -> URL:
    text = str(url_or_path)
    if "://" not in text:
        return URL.create("sqlite", database=text if text == _MEMORY else str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreUnreachable("The database address cannot be read.") from error
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreUnreachable(f"{url.drivername}: storydiff knows SQLite and PostgreSQL databases only.")
    return url


def _engine(url: URL, patience: float) -> Engine:
    if url.database in (None, "", _MEMORY):
        engine = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url, connect_args={"timeout": patience, "check_same_thread": False})
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _server(url: URL, patience: float) -> Engine:
    try:
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "options": f"-c lock_timeout={int(1000 * patience)}"},
        )
    except ModuleNotFoundError as error:
        raise StoreUnreachable(
            "The driver for PostgreSQL is not installed.", hint="In storydiff's folder: pip install '.[postgres]'"
        ) from error


def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions on its own: `_begin` does
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("storydiff_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
