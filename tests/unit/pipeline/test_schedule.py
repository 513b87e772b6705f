"""When pages are fetched again and stories collated."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.pipeline.schedule import LADDER, PATIENCE, QUIET, collate_at, next_check
from storydiff.store import Check, Visit

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def check(age: timedelta, quiet: timedelta | None = None, failures: int = 0) -> Check:
    changed = None if quiet is None else NOON - quiet
    base = {"id": 1, "url": "https://a.example/1", "host": "a.example", "priority": 6, "next_check": NOON}
    return Check(**base, added=NOON - age, changed=changed, failures=failures)  # type: ignore[arg-type]


def pause(known: Check, *, chance: float = 0.5, retry_after: float | None = None, **visit: object) -> timedelta | None:
    made = Visit(at=NOON, code="unchanged", **visit) if "code" not in visit else Visit(at=NOON, **visit)  # type: ignore[arg-type]
    due = next_check(known, made, chance=chance, retry_after=retry_after)
    return due - NOON if due else None


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0 * MINUTE, 2 * MINUTE),
        (29 * MINUTE, 2 * MINUTE),
        (30 * MINUTE, 5 * MINUTE),
        (3 * HOUR, 15 * MINUTE),
        (12 * HOUR, HOUR),
        (2 * DAY, 6 * HOUR),
        (7 * DAY, DAY),
        (29 * DAY, DAY),
        (30 * DAY, None),
    ],
)
def test_the_ladder_by_age(age: timedelta, expected: timedelta | None) -> None:
    """A page that does not change is looked at every two minutes at first, once a day at last, and then no more."""
    assert pause(check(age)) == expected


def test_a_change_makes_it_frequent_again() -> None:
    """A young page that has just changed is breaking; an old one is looked at often, but not as if it broke."""
    assert pause(check(6 * HOUR), code="complete", changed=True) == 2 * MINUTE
    assert pause(check(10 * DAY), code="complete", changed=True) == 15 * MINUTE
    assert pause(check(40 * DAY, quiet=DAY)) == HOUR
    assert pause(check(40 * DAY, quiet=31 * DAY)) is None


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 5), (1, 20), (2, 80), (3, 320), (4, 1280), (9, 21600), (99, 21600)]
)
def test_failures_back_off(failures: int, seconds: int) -> None:
    """A page that failed once is tried again at once, one that keeps failing every six hours."""
    assert pause(check(HOUR, failures=failures), code="timed_out", failed=True) == timedelta(seconds=seconds)


@pytest.mark.parametrize("code", ["gone", "robots_denied", "address_refused"])
def test_what_stays_is_looked_at_rarely(code: str) -> None:
    """A page that is forbidden or gone for good is not asked for every few minutes."""
    assert pause(check(MINUTE), code=code, failed=True) == DAY


def test_a_pause_that_was_asked_for() -> None:
    """Retry-After lengthens the pause, by a day at most."""
    assert pause(check(MINUTE), code="rate_limited", failed=True, retry_after=600) == 10 * MINUTE
    assert pause(check(MINUTE), code="rate_limited", failed=True, retry_after=10**9) == DAY
    assert pause(check(MINUTE), code="rate_limited", failed=True, retry_after=-1) == timedelta(seconds=5)


@given(st.timedeltas(0 * DAY, 40 * DAY), st.timedeltas(0 * DAY, 40 * DAY), st.floats(0, 1), st.booleans())
def test_never_too_soon_and_never_lost(age: timedelta, quiet: timedelta, chance: float, failed: bool) -> None:
    """Within thirty days of a change the page is always looked at again, between five seconds and a day later."""
    known = check(age, min(age, quiet))
    found = pause(known, chance=chance, code="timed_out" if failed else "unchanged", failed=failed)
    if max(min(age, quiet), age / 24) < LADDER[-1][0]:
        assert found is not None
        assert timedelta(seconds=4.5) <= found <= 1.1 * DAY
    else:
        assert found is None


def test_a_burst_ends() -> None:
    """The collation waits for ten quiet seconds, and for a minute at most."""
    assert collate_at(None, NOON) == NOON + QUIET
    assert collate_at(NOON - MINUTE / 2, NOON) == NOON + QUIET
    assert collate_at(NOON - MINUTE + timedelta(seconds=3), NOON) == NOON + timedelta(seconds=3)
    assert collate_at(NOON - HOUR, NOON) == NOON - HOUR + PATIENCE
