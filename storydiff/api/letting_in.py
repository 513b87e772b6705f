"""Who is asking: the key in the Authorization header, what it may do, and how much."""

from __future__ import annotations

import asyncio
import time

from storydiff.api.call import Scope
from storydiff.serving.refusals import NotAuthenticated, NotPermitted, TooMany
from storydiff.serving.service import KEY_SECONDS, Service
from storydiff.store import Store
from storydiff.store.keys import Key, hashed

LONGEST = 200
"""Characters of a header that are looked at; a key is shorter."""
KEPT = 1_000


async def let_in(service: Service, authorization: str, scope: Scope) -> Key:
    """The key of the request, counted. NotAuthenticated, NotPermitted or TooMany."""
    key = await _key(service, _secret(authorization))
    wait = await service.limiter.wait_of(key.id)
    if wait > 0:
        raise TooMany(wait)
    if not key.allows(scope):
        raise NotPermitted(f"This operation needs a key with the scope {scope}.")
    return key


def _secret(authorization: str) -> str:
    scheme, _, secret = authorization[:LONGEST].partition(" ")
    if scheme.lower() != "bearer" or not secret.isascii():
        raise NotAuthenticated
    return secret.strip()


def known(service: Service, authorization: str) -> Key | None:
    """The key of the request, where it was looked up a moment ago. NotAuthenticated when there cannot be one."""
    until, found = service.keys.get(hashed(_secret(authorization)), (0.0, None))
    return found if time.monotonic() < until else None


async def _key(service: Service, secret: str) -> Key:
    """The key of that secret. Only keys that exist are remembered, so guesses cannot fill the memory."""
    name, now = hashed(secret), time.monotonic()
    until, found = service.keys.get(name, (0.0, None))
    if found is not None and now < until:
        return found
    found = await asyncio.to_thread(Store(service.database).keys.find, secret, now=service.clock())
    if found is None:
        service.keys.pop(name, None)
        raise NotAuthenticated
    if len(service.keys) >= KEPT:
        service.keys.clear()
    service.keys[name] = (now + KEY_SECONDS, found)
    return found


def forget(service: Service, key: str) -> None:
    """Stop taking a key that was just revoked as valid, in this process at once."""
    service.keys = {name: (until, known) for name, (until, known) in service.keys.items() if known.id != key}
