"""Whose turn it is at a host: requests to one host are spaced, whoever makes them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

PATIENCE = 120.0
"""Seconds that a page may wait for its turn; beyond, it fails with the time named instead of holding up the batch."""


class Slots(Protocol):
    """Hands out turns. An implementation may be shared by threads, processes or machines."""

    @property
    def remote(self) -> bool:
        """Whether `take` and `hold` may block on a network, so that they have to be called in a thread."""

    def take(self, host: str, interval: float, patience: float = PATIENCE) -> float:
        """Seconds until this request may go; the next one to the host goes `interval` seconds after it.

        A wait longer than `patience` takes no turn: the request must not be made.
        """

    def hold(self, host: str, seconds: float) -> None:
        """Give nobody a turn at the host for so long (Retry-After)."""


class LocalSlots:
    """Turns within this process."""

    remote = False

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, host: str, interval: float, patience: float = PATIENCE) -> float:
        """Seconds until this request may go."""
        with self._lock:
            now = self._now()
            turn = max(now, self._next.get(host, now))
            if turn - now <= patience:
                self._next[host] = turn + interval
            return turn - now

    def hold(self, host: str, seconds: float) -> None:
        """Give nobody a turn at the host for so long."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), self._now() + seconds)
