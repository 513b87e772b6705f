"""When a page is fetched again and a story collated: pure decisions."""

from __future__ import annotations

from datetime import datetime, timedelta

from storydiff.store import Check, Visit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LADDER: tuple[tuple[timedelta, timedelta], ...] = (
    # (quiet for less than, fetched again after)
    (30 * MINUTE, 2 * MINUTE),
    (3 * HOUR, 5 * MINUTE),
    (12 * HOUR, 15 * MINUTE),
    (2 * DAY, HOUR),
    (7 * DAY, 6 * HOUR),
    (30 * DAY, DAY),
)
"""A page that has been quiet for longer than the last step is not fetched again. A judgement: most corrections of a
breaking story come within hours, legal ones and obituaries within weeks."""
CALM = 24
"""A page that is old is not breaking because it changed once: it counts as quiet for a part of its age."""
FIRST_RETRY, RETRY_FACTOR, LONGEST_RETRY = timedelta(seconds=5), 4, 6 * HOUR
RARELY = frozenset({"robots_denied", "address_refused", "gone"})
"""What will not be otherwise in a minute: looked at once a day."""
JITTER = 0.1
QUIET, PATIENCE = timedelta(seconds=10), timedelta(seconds=60)
"""A story is collated when no page came in for so long, and after so long in any case."""


def next_check(check: Check, visit: Visit, *, chance: float, retry_after: float | None = None) -> datetime | None:
    """When the page is fetched again after this visit; None when it is not. `chance` in 0..1 spreads the load."""
    changed = visit.at if visit.changed else check.changed or check.added
    pause = _step(visit.at - check.added, visit.at - changed)
    if pause is None:
        return None
    if visit.failed:
        pause = max(pause, DAY) if visit.code in RARELY else _retry(check.failures)
    asked = timedelta(seconds=min(max(retry_after or 0.0, 0.0), DAY.total_seconds()))
    return visit.at + max(pause * (1 + JITTER * (2 * chance - 1)), asked)


def collate_at(since: datetime | None, now: datetime) -> datetime:
    """When to collate a story for which pages have been coming in since then, and have come in now."""
    return min(now + QUIET, (since or now) + PATIENCE)


def _step(age: timedelta, quiet: timedelta) -> timedelta | None:
    calm = max(quiet, age / CALM)
    return next((pause for until, pause in LADDER if calm < until), None)


def _retry(failures: int) -> timedelta:
    """Soon after a first failure, then rarely; `failures` went before this one."""
    pause: timedelta = FIRST_RETRY * RETRY_FACTOR ** min(failures, 10)
    return min(pause, LONGEST_RETRY)
