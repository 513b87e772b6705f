"""Turns shared by all workers, kept in Redis. Apart from `politeness`, since importing redis takes 0.2 s."""

from __future__ import annotations

import logging
from typing import Any

import redis

from storydiff.fetch.politeness import PATIENCE, LocalSlots, Turn

PREFIX = "storydiff:slot:"
LONGEST = 86_400.0

# One script, so that two workers can never be given the same turn. The clock is that of Redis: those of the workers
# may differ. Times are milliseconds; a key lives as long as its turn lies ahead.
TAKE = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local turn = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
if turn - now <= tonumber(ARGV[2]) then
  local following = turn + tonumber(ARGV[1])
  if following > now then
    redis.call('SET', KEYS[1], string.format('%.0f', following), 'PX', math.max(1, following - now))
  end
end
return turn - now
"""
HOLD = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local held = now + tonumber(ARGV[1])
local turn = tonumber(redis.call('GET', KEYS[1]) or 0)
if held > turn then
  redis.call('SET', KEYS[1], string.format('%.0f', held), 'PX', math.max(1, held - now))
end
return 1
"""
log = logging.getLogger(__name__)


class RedisSlots:
    """Turns across processes and machines. While Redis is out of reach, turns are kept within this process.

    A turn further away than `patience` seconds is refused, so that a task with a time limit can come back later.
    """

    remote = True

    def __init__(self, client: redis.Redis, patience: float = PATIENCE) -> None:
        self._client = client
        self._take = client.register_script(TAKE)
        self._hold = client.register_script(HOLD)
        self._patience = patience
        self._alone = LocalSlots(patience=patience)

    @classmethod
    def from_url(cls, url: str, *, timeout: float = 2.0, patience: float = PATIENCE) -> RedisSlots:
        """Connects on first use; no answer within `timeout` seconds counts as out of reach."""
        client = redis.Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout)
        return cls(client, patience)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def take(self, host: str, interval: float) -> Turn:
        """The turn of this request."""
        try:
            answer: Any = self._take(
                keys=[PREFIX + host], args=[_milliseconds(interval), _milliseconds(self._patience)]
            )
        except redis.RedisError as error:
            log.warning("turns at %s are not shared with other workers: Redis is out of reach (%s)", host, error)
            return self._alone.take(host, interval)
        wait = float(answer) / 1000
        return Turn(wait, granted=wait <= self._patience)

    def hold(self, host: str, seconds: float) -> None:
        """Give nobody a turn at the host for so long."""
        self._alone.hold(host, min(seconds, LONGEST))
        try:
            self._hold(keys=[PREFIX + host], args=[_milliseconds(min(seconds, LONGEST))])
        except redis.RedisError as error:
            log.warning("other workers do not hear that %s asked for a pause: %s", host, error)


def _milliseconds(seconds: float) -> int:
    return max(0, round(seconds * 1000))
