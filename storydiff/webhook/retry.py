"""What follows from an attempt to deliver: pure decisions over the ladder that Standard Webhooks proposes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storydiff.store import DeliveryState, Endpoint, EndpointState, Outcome

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
LADDER = (
    0 * SECOND,
    5 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
)
"""The pause before each attempt, counted from the one before."""
JITTER = 0.2
"""A pause is longer by up to this share, so that an endpoint that comes back is not met by all at once."""
THROTTLED = frozenset({429, 502, 503, 504})
"""The endpoint is overloaded: all of its deliveries wait, not only this one."""
GONE = 410
SAYS_GONE = "The endpoint says that it is gone (410)."
LONGEST = 24 * HOUR
"""A longer Retry-After is not followed."""
PATIENCE, TRIES = 24 * HOUR, 10
"""An endpoint that has failed for so long, at least so often, and never worked in between, is paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a request: the status, or why there was none."""

    status: int | None = None
    error: str | None = None
    answer: str | None = None
    retry_after: float | None = None
    """Seconds that the endpoint asked for."""

    @property
    def arrived(self) -> bool:
        """Whether the endpoint has the message. A redirect is a failure: it is not followed."""
        return self.status is not None and 200 <= self.status < 300


def outcome(reply: Reply, endpoint: Endpoint, tries: int, now: datetime, *, chance: float) -> Outcome:
    """What is to be done after attempt number `tries` (the first is 1). `chance` in 0..1 spreads the pauses."""
    if reply.arrived:
        return Outcome(state=DeliveryState.DELIVERED)
    if reply.status == GONE:
        return Outcome(state=DeliveryState.FAILED, endpoint_state=EndpointState.DISABLED, reason=SAYS_GONE)
    reason = _weary(endpoint, tries, now)
    pausing = EndpointState.PAUSED if reason else None
    if tries >= len(LADDER):
        return Outcome(state=DeliveryState.FAILED, endpoint_state=pausing, reason=reason)
    due = now + max(LADDER[tries] * (1 + JITTER * chance), _asked(reply))
    held = due if reply.status in THROTTLED or reply.retry_after is not None else None
    return Outcome(state=DeliveryState.WAITING, due=due, hold_until=held, endpoint_state=pausing, reason=reason)


def _asked(reply: Reply) -> timedelta:
    return min(timedelta(seconds=max(0.0, reply.retry_after or 0.0)), LONGEST)


def _weary(endpoint: Endpoint, tries: int, now: datetime) -> str | None:
    """Why the endpoint is to be paused; None when it is to be tried on."""
    if tries >= len(LADDER):
        return f"A delivery has failed {tries} times."
    since = endpoint.failing_since
    if since is not None and now - since >= PATIENCE and endpoint.failures + 1 >= TRIES:
        return f"Every delivery since {since:%Y-%m-%d %H:%M} UTC has failed."
    return None
