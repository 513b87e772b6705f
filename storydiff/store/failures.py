"""The driver's errors as ours, so that no caller knows which database is behind."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storydiff.errors import InputError, StoreError, StoreFull, StoreLocked, StoreUnreachable
from storydiff.store.codec import storable

# SQLite: primary result codes (the low byte of the extended one). PostgreSQL: SQLSTATE or its class.
_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_CANTOPEN: StoreUnreachable,
    sqlite3.SQLITE_READONLY: StoreUnreachable,
    sqlite3.SQLITE_NOTADB: StoreUnreachable,
    sqlite3.SQLITE_CORRUPT: StoreUnreachable,
    sqlite3.SQLITE_IOERR: StoreUnreachable,
    sqlite3.SQLITE_PERM: StoreUnreachable,
}
_DAMAGED = "It is no database, or it is damaged: put a backup in its place, or name another file with --db."
_ENCODED = "Write it in the UTF-8 that the database keeps."
_POSTGRES: dict[str, type[StoreError]] = {
    "53100": StoreFull,
    "55P03": StoreLocked,
    "40P01": StoreLocked,
    "40001": StoreLocked,
    "08": StoreUnreachable,
    "28": StoreUnreachable,
    "3D": StoreUnreachable,
    "53": StoreUnreachable,
    "57": StoreUnreachable,
}


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Raise the driver's errors as ours, saying which database they are about."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreLocked(f"{where}: all connections are in use.") from error
    except DBAPIError as error:
        raise _kind(error)(f"{where}: {_said(error)}", hint=_DAMAGED if _is_damaged(error) else "") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{where}: {error}") from error
    except UnicodeEncodeError as error:  # a word of the command line or of a file's name, with bytes that are no UTF-8
        told = storable(error.object[:80])
        raise InputError(f"{told}: is not UTF-8, so it can be neither kept nor looked for.", hint=_ENCODED) from error
    except OSError as error:
        kind = StoreFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else StoreUnreachable
        raise kind(f"{where}: {error.strerror or error}") from error


def _is_damaged(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None) or 0
    return code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def _kind(error: DBAPIError) -> type[StoreError]:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF, StoreError)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the server never answered, so there is no state
        return StoreUnreachable if error.connection_invalidated or _never_answered(error) else StoreError
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2]) or StoreError


def _never_answered(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout"}


def _said(error: DBAPIError) -> str:
    """What the driver said, in one line."""
    return " ".join(str(error.orig).split()) or type(error.orig).__name__
