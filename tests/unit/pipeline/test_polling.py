"""When a source is read again, and what is remembered of how it answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storydiff.discover.entry import Shape
from storydiff.pipeline.polling import SELDOM, _retry, next_pause, sights_of, spread
from storydiff.store import Source

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOURCE = Source(
    id="src_1", newsroom="", url="https://a.example/", created=NOON - 30 * DAY, next_poll=NOON, reached=NOON - DAY
)


@pytest.mark.parametrize(
    ("quiet", "pause"),
    [(timedelta(), 3), (59 * MINUTE, 3), (5 * HOUR, 5), (20 * HOUR, 10), (2 * DAY, 30), (9 * DAY, 120)],
)
def test_a_source_that_is_quiet_is_read_more_seldom(quiet: timedelta, pause: int) -> None:
    """The longer ago it had something new, the longer the pause."""
    assert next_pause(replace(SOURCE, changed=NOON - quiet), NOON) == pause * MINUTE


def test_what_was_just_published_counts_as_new() -> None:
    """A feed that wakes up is read often from then on; one that was never read is new itself."""
    asleep = replace(SOURCE, changed=NOON - 9 * DAY)
    assert next_pause(asleep, NOON) == SELDOM
    assert next_pause(asleep, NOON, NOON - 10 * MINUTE) == 3 * MINUTE
    assert next_pause(replace(asleep, reached=None), NOON) == 3 * MINUTE


def test_failures_back_off_to_six_hours() -> None:
    """Twice as long each time; what will not be otherwise soon, once a day."""
    assert [_retry(n, "timed_out") // MINUTE for n in range(8)] == [5, 10, 20, 40, 80, 160, 320, 360]
    assert _retry(10_000, "server_failed") == 6 * HOUR
    assert _retry(0, "robots_denied") == DAY


def test_pauses_are_spread() -> None:
    """By a tenth at most."""
    assert all(9 * MINUTE <= spread(10 * MINUTE) <= 11 * MINUTE for _ in range(50))


def test_how_servers_answered_is_remembered_without_the_entries() -> None:
    """Where a page led to, and the validators."""
    kept = {"shape": "page", "more": ["https://a.example/rss"], "etag": '"1"', "last_modified": None}
    [(url, sight)] = sights_of(replace(SOURCE, sights={"https://a.example/": kept})).items()
    assert (url, sight.etag, sight.last_modified) == ("https://a.example/", '"1"', None)
    assert (sight.listing.shape, sight.listing.entries, sight.listing.more) == (
        Shape.PAGE,
        (),
        ("https://a.example/rss",),
    )
