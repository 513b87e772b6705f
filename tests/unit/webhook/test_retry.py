"""What follows from an attempt."""

from datetime import timedelta

import pytest

from storydiff.store import DeliveryState, EndpointState
from storydiff.webhook.retry import LADDER, Reply, outcome
from tests.unit.webhook.builders import NOON, endpoint

FAILED = Reply(status=500)
SPEC = ["0:00:00", "0:00:05", "0:05:00", "0:30:00", "2:00:00", "5:00:00", "10:00:00", "14:00:00", "20:00:00"]


def test_the_ladder_is_that_of_the_standard() -> None:
    """Ten attempts over three days; each failure leads to the next step, and the last to giving up."""
    assert [str(step) for step in LADDER] == [*SPEC, "1 day, 0:00:00"]
    for tries, step in enumerate(LADDER[1:], start=1):
        found = outcome(FAILED, endpoint(), tries, NOON, chance=0)
        assert (found.state, found.due, found.endpoint_state) == (DeliveryState.WAITING, NOON + step, None)
    last = outcome(FAILED, endpoint(), 10, NOON, chance=0)
    assert (last.state, last.due, last.endpoint_state) == (DeliveryState.FAILED, None, EndpointState.PAUSED)
    assert last.reason == "A delivery has failed 10 times."


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_2xx_has_arrived(status: int) -> None:
    """Any success ends the delivery."""
    assert outcome(Reply(status=status), endpoint(), 3, NOON, chance=0).state is DeliveryState.DELIVERED


@pytest.mark.parametrize(
    "reply", [Reply(error="no answer"), *(Reply(status=s) for s in (100, 301, 302, 400, 404, 500))]
)
def test_all_else_fails(reply: Reply) -> None:
    """A redirect, an error and silence are failures, and tried again."""
    found = outcome(reply, endpoint(), 1, NOON, chance=0)
    assert (found.state, found.due, found.hold_until) == (DeliveryState.WAITING, NOON + timedelta(seconds=5), None)


def test_410_disables() -> None:
    """An endpoint that says it is gone is told nothing more."""
    found = outcome(Reply(status=410), endpoint(), 1, NOON, chance=0)
    assert (found.state, found.endpoint_state) == (DeliveryState.FAILED, EndpointState.DISABLED)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_overloaded_endpoint_is_left_alone(status: int) -> None:
    """All deliveries to it wait, not only the one that was refused."""
    found = outcome(Reply(status=status), endpoint(), 2, NOON, chance=0)
    assert found.due == found.hold_until == NOON + timedelta(minutes=5)


def test_retry_after_is_honoured() -> None:
    """The endpoint may ask for a longer pause, of a day at most, and never for a shorter one."""
    pauses = [
        (outcome(Reply(status=500, retry_after=asked), endpoint(), 2, NOON, chance=0).due or NOON) - NOON
        for asked in (-5, 10, 600, 10**9)
    ]
    assert pauses == [timedelta(minutes=5), timedelta(minutes=5), timedelta(minutes=10), timedelta(days=1)]


def test_jitter_only_lengthens() -> None:
    """Chance spreads the pauses over a fifth more."""
    found = [outcome(FAILED, endpoint(), 2, NOON, chance=chance).due for chance in (0.0, 0.5, 1.0)]
    assert found == [NOON + timedelta(seconds=seconds) for seconds in (300, 330, 360)]


@pytest.mark.parametrize(
    ("hours", "failures", "pauses"), [(23, 50, False), (25, 50, True), (25, 9, True), (25, 8, False), (None, 50, False)]
)
def test_an_endpoint_that_never_works_is_paused(hours: int | None, failures: int, pauses: bool) -> None:
    """After a day without one success in at least ten attempts it is paused; the delivery stays waiting."""
    since = None if hours is None else NOON - timedelta(hours=hours)
    found = outcome(FAILED, endpoint(failing_since=since, failures=failures), 3, NOON, chance=0)
    assert found.state is DeliveryState.WAITING
    assert found.endpoint_state is (EndpointState.PAUSED if pauses else None)
    assert bool(found.reason) is pauses
