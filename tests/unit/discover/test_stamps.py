"""Times as feeds state them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storydiff.discover.stamps import Moment, moment_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "Mon, 02 Mar 2026 12:00:00 GMT",
        "Mon, 2 Mar 2026 07:00:00 EST",
        "Mon, 02 Mar 2026 13:00:00 CET",
        "02 Mar 26 13:00 +0100",
        "Monday, 2 March 2026, 12:00 UTC",
        "Mo, 02 Mär 2026 13:00:00 +0100",
        "lun., 02 mars 2026 13:00:00 +0100",
        "Пн, 02 мар 2026 15:00:00 +0300",
        "March 2, 2026 at 7:00 a.m. EST",
        "2026-03-02T12:00:00Z",
        "2026-03-02T12:00Z",
        "2026-03-02T12:00:00.123456+00:00",
        "2026-03-02 13:00:00 +0100",
        "2026-03-02T13:00:00+01",
        "1772452800",
        "1772452800000",
        "Mon, 02 Mar 2026 12:00:00 GMT+00:00",
        "  Mon,  02 Mar 2026\n12:00:00  Z ",
    ],
)
def test_a_time_with_a_zone_is_that_moment(words: str) -> None:
    """Every spelling with a zone gives one moment, and is not rough."""
    found = moment_of(words)
    assert found is not None
    assert found.at.replace(microsecond=0) == NOON
    assert not found.rough


@pytest.mark.parametrize(
    "words", ["2026-03-02T12:00:00", "2026-03-02 12:00", "2 Mar 2026 12:00", "2 Mar 2026 12:00 IST"]
)
def test_a_time_without_a_known_zone_is_rough(words: str) -> None:
    """No zone, or a name with two meanings: taken as UTC and marked."""
    assert moment_of(words) == Moment(NOON, rough=True)


@pytest.mark.parametrize("words", ["2026-03-02", "20260302", "2 March 2026", "Mon, 02 Mar 2026"])
def test_a_day_is_rough(words: str) -> None:
    """A day alone is its first moment in UTC, and marked."""
    assert moment_of(words) == Moment(datetime(2026, 3, 2, tzinfo=UTC), rough=True)


@pytest.mark.parametrize(
    "words",
    [None, "", "yesterday", "0000-00-00 00:00:00", "-0001-11-30T00:00:00+00:00", "Mon, 32 Foo 2026", "9999999999",
     "1 Jan 0001 00:00 GMT", "2026-13-40", "31 Feb 2026 10:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "½", "٢٠٢٦-٠٣-٠٢"],
)  # fmt: skip
def test_what_states_no_time_is_none(words: str | None) -> None:
    """Nonsense, and times before there was a web, are no times."""
    found = moment_of(words)
    assert found is None or found.at.year >= 1990


def test_midnight_as_24_is_read() -> None:
    """A clock that says 24:00 does not fail."""
    assert moment_of("Mon, 02 Mar 2026 24:00:00 GMT") is not None
