"""API keys. The secret is shown once; what is stored is its SHA-256.

A secret has 256 random bits, so a plain hash is as good as a slow one: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storydiff.errors import BadSetting, StoreError
from storydiff.store.codec import storable
from storydiff.store.engine import Database
from storydiff.store.names import name as new_name
from storydiff.store.schema_service import keys

SCOPES = ("read", "write", "admin")
"""Each allows what those before it do."""
SECRET = re.compile(r"sd_([0-9a-f]{24})_[A-Za-z0-9_-]{43}")
USED_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: a write for each request would cost more than the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One API key, without its secret."""

    id: str
    newsroom: str
    name: str
    scopes: tuple[str, ...]
    created: datetime | None
    last_used: datetime | None = None
    revoked: datetime | None = None

    def allows(self, scope: str) -> bool:
        """Whether the key may do what needs that scope."""
        return any(SCOPES.index(scope) <= SCOPES.index(own) for own in self.scopes)


class Keys:
    """The API keys of one newsroom; `find` looks among those of all, for the key says which newsroom it is of."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def create(self, name: str, scopes: Sequence[str], *, now: datetime) -> tuple[Key, str]:
        """A new key and its secret, which cannot be had again. BadSetting for a scope that is none."""
        if not scopes or set(scopes) - set(SCOPES):
            raise BadSetting(f"The scopes of a key are among {', '.join(SCOPES)}.")
        key = new_name("key")
        secret = f"sd_{key.removeprefix('key_')}_{secrets.token_urlsafe(32)}"
        values = {"key": key, "newsroom": self._newsroom, "name": storable(name), "hash": hashed(secret)}
        with self._database.writing() as connection:
            connection.execute(sa.insert(keys).values(**values, scopes=sorted(set(scopes)), created=now))
            return _key(connection.execute(sa.select(keys).where(keys.c.key == key)).one()), secret

    def find(self, secret: str, *, now: datetime) -> Key | None:
        """The key, of whichever newsroom, that this is the secret of; None when it is unknown or revoked."""
        shape = SECRET.fullmatch(secret)
        if shape is None:
            return None
        with self._database.reading() as connection:
            row = connection.execute(sa.select(keys).where(keys.c.key == f"key_{shape[1]}")).one_or_none()
        if row is None or not hmac.compare_digest(row.hash, hashed(secret)) or row.revoked is not None:
            return None
        if row.last_used is None or now - row.last_used >= USED_EVERY:
            self._used(row.id, now)
        return _key(row)

    def _used(self, row: int, now: datetime) -> None:
        """Note that the key was used, unless others write: a read must not wait for them, nor fail on a full disk."""
        with suppress(StoreError), self._database.writing_at_once() as connection:
            connection.execute(sa.update(keys).where(keys.c.id == row).values(last_used=now))

    def list(self) -> tuple[Key, ...]:
        """The newsroom's keys, oldest first, revoked ones too."""
        query = sa.select(keys).where(keys.c.newsroom == self._newsroom).order_by(keys.c.id)
        with self._database.reading() as connection:
            return tuple(_key(row) for row in connection.execute(query))

    def revoke(self, key: str, *, now: datetime) -> bool:
        """End the key at once; False when the newsroom has no such key."""
        own = (keys.c.newsroom == self._newsroom, keys.c.key == key)
        with self._database.writing() as connection:
            values = {"revoked": sa.func.coalesce(keys.c.revoked, sa.bindparam("now", now, keys.c.revoked.type))}
            return connection.execute(sa.update(keys).where(*own).values(values)).rowcount > 0


def hashed(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: sa.Row[Any]) -> Key:
    times = {"created": row.created, "last_used": row.last_used, "revoked": row.revoked}
    return Key(id=row.key, newsroom=row.newsroom, name=row.name, scopes=tuple(row.scopes), **times)
