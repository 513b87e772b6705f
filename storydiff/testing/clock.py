"""A clock that stands still until it is told to move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

LATEST = datetime.max.replace(tzinfo=UTC)
"""Later than every page state: a newsroom with this time serves the newest state of each page."""


def moment(value: datetime | str) -> datetime:
    """The UTC time of an aware datetime or an ISO 8601 text; a text without zone is taken as UTC."""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    if when.tzinfo is None:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} has no time zone")
        return when.replace(tzinfo=UTC)
    return when.astimezone(UTC)


class FixedClock:
    """Call it for the time; it changes only by `set` and `advance`.

    >>> clock = FixedClock("2026-05-15T09:30Z")
    >>> clock.advance(minutes=5)
    >>> clock().isoformat()
    '2026-05-15T09:35:00+00:00'
    """

    def __init__(self, now: datetime | str = LATEST) -> None:
        self._now = moment(now)

    def __call__(self) -> datetime:
        """Give the time, in UTC."""
        return self._now

    def set(self, now: datetime | str) -> None:
        """Move to that time, forwards or back."""
        self._now = moment(now)

    def advance(self, **amount: float) -> None:
        """Move forwards by `days=`, `hours=`, `minutes=`, `seconds=`, as `datetime.timedelta` takes them."""
        self._now += timedelta(**amount)
