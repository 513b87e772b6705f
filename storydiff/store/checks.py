"""The values of the schedule: pages to fetch again, how an attempt went, what a story waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

BACKGROUND = 6
"""Priority of an address that has been fetched once. On Redis the steps are 0, 3, 6 and 9."""
HASTE = 2
"""Failures in a row after which an address that was asked for urgently is no longer urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One address that is fetched again and again for a story."""

    id: int
    url: str
    host: str
    priority: int
    """0 is the most urgent."""
    added: datetime
    next_check: datetime | None
    """None when it is never fetched again."""
    article: str | None = None
    """The article that it leads to, once known."""
    final_url: str | None = None
    """Where it led after redirects, when it was read last."""
    checked: datetime | None = None
    reached: datetime | None = None
    """When it gave a readable text last, or said that nothing changed."""
    changed: datetime | None = None
    unchanged: int = 0
    """Attempts in a row that brought nothing new."""
    failures: int = 0
    """Attempts in a row that failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How one attempt went. `code` is `complete`, `truncated`, `unchanged`, or that of the problem."""

    at: datetime
    code: str
    words: int | None = None
    """Words of the body that was read; None when none was."""
    changed: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """What a story waits for: it is collated when `dirty` is more than `settled`, not before `collate_at`."""

    dirty: int
    settled: int
    since: datetime | None
    """When the burst began."""
    collate_at: datetime | None
