"""Passes: the secrets by which people come in to the web pages. Shown once; what is stored is their SHA-256.

A link to sign in with is used up by signing in; a session lasts until it is ended or expires, and not longer than the
API key that it was opened with; a shared page needs nobody to sign in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storydiff.store.engine import Database
from storydiff.store.keys import SCOPES, hashed
from storydiff.store.names import name as new_name
from storydiff.store.schema_service import keys
from storydiff.store.schema_web import passes

LONGEST = 100
"""Characters of a secret that are looked at."""


class PassKind(StrEnum):
    """What a pass opens."""

    LINK = "link"
    """Signing in, once."""
    SESSION = "session"
    SHARE = "share"
    """One story, for reading."""
    FEED = "feed"
    """The newsroom's feeds, for programs that cannot sign in."""


WITH_COPY = "copy"
LIVES = {
    PassKind.LINK: timedelta(minutes=20),
    PassKind.SESSION: timedelta(days=14),
    PassKind.SHARE: timedelta(days=30),
    PassKind.FEED: timedelta(days=365),
}
"""How long each is valid when nothing else is said. Greylisting holds a mail up to 15 minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a new pass is to allow."""

    scope: str = "read"
    """One of `SCOPES`; of a shared page `WITH_COPY` when it also shows what came in before it was published."""
    address: str | None = None
    key: str | None = None
    story: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One pass, without its secret."""

    name: str
    newsroom: str
    kind: PassKind
    grant: Grant
    created: datetime
    expires: datetime

    def allows(self, scope: str) -> bool:
        """Whether what needs that scope may be done with it."""
        return SCOPES.index(scope) <= SCOPES.index(self.grant.scope)


class Passes:
    """The passes of one newsroom; `find` and `use_up` look among those of all, for a pass says whose it is."""

    def __init__(self, database: Database, newsroom: str) -> None:
        self._database, self._newsroom = database, newsroom

    def create(
        self, kind: PassKind, grant: Grant, *, now: datetime, lives: timedelta | None = None
    ) -> tuple[Pass, str]:
        """A new pass and its secret, which cannot be had again. Those that have expired are thrown out."""
        secret, named = secrets.token_urlsafe(32), new_name("pass")
        held = {"address": grant.address, "key": grant.key, "story": grant.story, "number": grant.number}
        times = {"created": now, "expires": now + (lives or LIVES[kind])}
        about = {"name": named, "newsroom": self._newsroom, "kind": kind.value, "hash": hashed(secret)}
        with self._database.writing() as connection:
            connection.execute(sa.delete(passes).where(passes.c.expires <= now))
            connection.execute(sa.insert(passes).values(**about, scope=grant.scope, **held, **times))
            return _pass(connection.execute(sa.select(passes).where(passes.c.name == named)).one()), secret

    def find(self, kind: PassKind, secret: str, *, now: datetime) -> Pass | None:
        """The pass of that kind, of whichever newsroom, that this opens; None when there is none that is valid now."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(passes).where(*_valid(kind, secret, now))).one_or_none()
        return _pass(row) if row is not None else None

    def use_up(self, kind: PassKind, secret: str, *, now: datetime) -> Pass | None:
        """The same, and the pass is gone: of two who come with it at the same time, one gets it."""
        with self._database.writing() as connection:
            row = connection.execute(sa.select(passes).where(*_valid(kind, secret, now))).one_or_none()
            gone = row is not None and connection.execute(sa.delete(passes).where(passes.c.id == row.id)).rowcount
        return _pass(row) if row is not None and gone else None

    def end(self, name: str) -> bool:
        """End that pass at once; False when the newsroom has none of that name."""
        own = (passes.c.newsroom == self._newsroom, passes.c.name == name)
        with self._database.writing() as connection:
            return connection.execute(sa.delete(passes).where(*own)).rowcount > 0

    def list(self, kind: PassKind, *, now: datetime, story: str | None = None) -> tuple[Pass, ...]:
        """The newsroom's valid passes of that kind, of one story or of all, the newest first."""
        query = sa.select(passes).where(passes.c.newsroom == self._newsroom, passes.c.kind == kind.value)
        query = query.where(passes.c.expires > now)
        if story is not None:
            query = query.where(passes.c.story == story)
        with self._database.reading() as connection:
            return tuple(_pass(row) for row in connection.execute(query.order_by(passes.c.id.desc())))


def _valid(kind: PassKind, secret: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    revoked = sa.select(keys.c.key).where(keys.c.revoked.is_not(None))
    alive = sa.or_(passes.c.key.is_(None), passes.c.key.not_in(revoked))
    return passes.c.hash == hashed(secret[:LONGEST]), passes.c.kind == kind.value, passes.c.expires > now, alive


def _pass(row: sa.Row[Any]) -> Pass:
    held = {name: getattr(row, name) for name in ("scope", "address", "key", "story", "number")}
    return Pass(
        name=row.name,
        newsroom=row.newsroom,
        kind=PassKind(row.kind),
        grant=Grant(**held),
        created=row.created,
        expires=row.expires,
    )
