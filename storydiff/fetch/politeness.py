"""Whose turn it is at a host: requests to one host are spaced, whoever makes them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

PATIENCE = 120.0
"""Seconds that a page waits at most for a host that asked for a pause, or for other workers' pages."""


class Turn(NamedTuple):
    """When a request may go: in `wait` seconds, unless it is not `granted`, which means that it must not be made."""

    wait: float
    granted: bool


class Slots(Protocol):
    """Hands out turns. An implementation may be shared by threads, processes or machines."""

    @property
    def remote(self) -> bool:
        """Whether `take` and `hold` may block on a network, so that they have to be called in a thread."""

    def take(self, host: str, interval: float) -> Turn:
        """The turn of this request; the next one to the host goes `interval` seconds after it."""

    def hold(self, host: str, seconds: float) -> None:
        """Give nobody a turn at the host for so long (Retry-After)."""


class LocalSlots:
    """Turns within this process.

    A long queue is no reason to refuse one, since the batch that waits is the one that made it; a long pause that the
    host asked for is.
    """

    remote = False

    def __init__(self, now: Callable[[], float] = time.monotonic, patience: float = PATIENCE) -> None:
        self._now = now
        self._patience = patience
        self._next: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, host: str, interval: float) -> Turn:
        """The turn of this request."""
        with self._lock:
            now = self._now()
            held = self._held.get(host, now)
            if held - now > self._patience:
                return Turn(held - now, granted=False)
            turn = max(now, held, self._next.get(host, now))
            self._next[host] = turn + interval
            return Turn(turn - now, granted=True)

    def hold(self, host: str, seconds: float) -> None:
        """Give nobody a turn at the host for so long."""
        with self._lock:
            self._held[host] = max(self._held.get(host, 0.0), self._now() + seconds)
