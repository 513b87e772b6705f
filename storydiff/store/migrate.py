"""Bring a database to the schema of this version of storydiff, or say that it is newer."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storydiff.errors import StoreNewer
from storydiff.store import migrations
from storydiff.store.engine import Database

_LOCK = 0x5D1FF  # any number, the same for all: two processes that open a new database migrate one after the other


def current(connection: Connection) -> str | None:
    """The step that the database is at; None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def is_ready(database: Database) -> bool:
    """Whether the schema is ours; StoreNewer when it is a later one."""
    with database.reading() as connection:
        at = current(connection)
    if at is not None and at not in migrations.REVISIONS:
        raise StoreNewer(f"{database.where}: was written by a newer storydiff.")
    return at == migrations.HEAD


def upgrade(database: Database, to: str = migrations.HEAD) -> None:
    """Run the steps that are missing, all or none. Two processes may do so at once."""
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        _alembic("command").upgrade(config(connection), to)


@cache
def _alembic(part: str) -> Any:
    """A part of the library, loaded when there is something to migrate: most commands find everything up to date."""
    return importlib.import_module(f"alembic.{part}")


def config(connection: Connection) -> Any:
    """Alembic's configuration, made here so that the installed package needs no file for it."""
    made = _alembic("config").Config()
    made.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made
