"""How many requests a key may make: a token bucket, in this process or shared in Redis.

The bucket is kept as one number, the moment at which it will be full again (GCRA): a request moves it on by one
interval and is refused when that lies further ahead than the burst allows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import redis
import redis.asyncio

BURST = 10.0
"""Seconds' worth of requests that may come at once: a page that opens twenty things in parallel is no flood."""
PREFIX = "storydiff:rate:"
REDIS_PATIENCE = 0.5
"""Seconds to wait for Redis: limiting requests must never be what keeps them waiting."""
FEW = 20
KEPT = 10_000
"""Buckets kept in the process before the full ones are thrown out."""

# The clock is Redis's, as with the turns at hosts. Times are microseconds.
TAKE = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now)) + tonumber(ARGV[1])
if full - now > tonumber(ARGV[2]) then return full - now - tonumber(ARGV[2]) end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000) + 1000)
return 0
"""
log = logging.getLogger(__name__)


class Limiter(Protocol):
    """Where requests are counted."""

    async def wait_of(self, key: str) -> float:
        """Seconds until the key may ask again; 0.0 when it may now, and then the request is counted."""

    def takes_at_once(self, key: str) -> bool:
        """Whether the key may ask now, as far as that is known without waiting; then the request is counted."""

    async def close(self) -> None:
        """Let go of what is held."""


@dataclass(slots=True)
class LocalLimiter:
    """Buckets in this process."""

    per_minute: int
    burst: float = BURST
    now: Callable[[], float] = time.monotonic
    _full: dict[str, float] = field(default_factory=dict)

    async def wait_of(self, key: str) -> float:
        """As `Limiter.wait_of`."""
        return self.take(key)

    def takes_at_once(self, key: str) -> bool:
        """As `Limiter.takes_at_once`."""
        return self.take(key) == 0.0

    def take(self, key: str) -> float:
        """The same without waiting for anything."""
        now = self.now()
        full = max(now, self._full.get(key, now)) + 60.0 / self.per_minute
        ahead = full - now - max(self.burst, 60.0 / self.per_minute)
        if ahead > 1e-9:  # a float that came back from a sum is no reason to refuse
            return ahead
        if len(self._full) >= KEPT:
            self._full = {name: at for name, at in self._full.items() if at > now}
        self._full[key] = full
        return 0.0

    async def close(self) -> None:
        """Nothing is held."""


class RedisLimiter:
    """Buckets shared by all API processes. While Redis is out of reach, each process counts for itself.

    A busy key's requests are taken from Redis a few at a time, a twentieth of a burst, so that most of them need not
    ask: what a process has taken and not used is the price, which is as many requests once.
    """

    def __init__(self, url: str, per_minute: int, burst: float = BURST) -> None:
        self._client = redis.asyncio.Redis.from_url(
            url, socket_timeout=REDIS_PATIENCE, socket_connect_timeout=REDIS_PATIENCE
        )
        self._take = self._client.register_script(TAKE)
        self._interval = 60_000_000 / per_minute
        self._burst = max(burst * 1e6, self._interval)
        self._alone = LocalLimiter(per_minute, burst)
        self._is_away = False
        self._few = max(1, int(self._burst / self._interval) // FEW)
        self._left: dict[str, int] = {}

    def takes_at_once(self, key: str) -> bool:
        """As `Limiter.takes_at_once`."""
        left = self._left.get(key, 0)
        if left:
            self._left[key] = left - 1
        return left > 0

    async def wait_of(self, key: str) -> float:
        """As `Limiter.wait_of`."""
        if self.takes_at_once(key):
            return 0.0
        try:
            wait = await self._asked(key, self._few)
            if wait and self._few > 1:
                return await self._asked(key, 1)
        except (redis.RedisError, OSError) as error:
            if not self._is_away:
                log.warning("Redis is out of reach, so requests are counted per process: %s", error)
            self._is_away = True
            return self._alone.take(key)
        self._is_away = False
        if len(self._left) >= KEPT:
            self._left.clear()
        self._left[key] = 0 if wait else self._few - 1
        return wait

    async def _asked(self, key: str, count: int) -> float:
        """Seconds until so many requests may be made; 0.0 when they may now, and then they are counted."""
        return float(await self._take([PREFIX + key], [count * self._interval, self._burst])) / 1e6

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def make_limiter(redis_url: str, per_minute: int, burst: float = BURST) -> Limiter:
    """Buckets in Redis where there is one, else in this process; `burst` seconds' worth may come at once."""
    return RedisLimiter(redis_url, per_minute, burst) if redis_url else LocalLimiter(per_minute, burst)
