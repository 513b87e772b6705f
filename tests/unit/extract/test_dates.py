"""Times as pages write them."""

from datetime import UTC, datetime

import pytest

from storydiff.extract.dates import read_stamp

NOON = datetime(2031, 2, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "2031-02-04T12:00:00Z",
        "2031-02-04T12:00:00.000Z",
        "2031-02-04T13:00:00+01:00",
        "2031-02-04T13:00:00+0100",
        "2031-02-04 07:00 -05:00",
        "2031-02-04T12:00Z",
        "2031/02/04 12:00:00 GMT",
        "Tue, 04 Feb 2031 12:00:00 GMT",
        "Tue, 04 Feb 2031 14:00:00 +0200",
        str(int(NOON.timestamp())),
        f"{int(NOON.timestamp())}000",
    ],
)
def test_a_time_with_a_zone_is_an_instant(words):
    """ISO 8601 and its deviations, RFC 2822, Unix time in seconds and milliseconds."""
    assert read_stamp(words).instant == NOON


@pytest.mark.parametrize(
    "words", ["2031-02-04T12:00:00", "2031-02-04 12:00", "2031-02-04", "Tue, 04 Feb 2031 12:00:00"]
)
def test_a_time_without_a_zone_is_only_words(words):
    """No zone is invented."""
    stamp = read_stamp(words)
    assert (stamp.words, stamp.instant) == (words, None)


@pytest.mark.parametrize("words", ["", None, "yesterday", "2031-13-40T00:00Z", "00000", "T12:00Z", "2031-02-30"])
def test_what_is_no_time_is_none(words):
    """Words, impossible days, nothing."""
    assert read_stamp(words) is None


def test_a_senseless_offset_or_year_gives_no_instant():
    """Nobody publishes in the year 1."""
    assert read_stamp("2031-02-04T12:00+99:00").instant is None
    assert read_stamp("0001-01-01T00:00:00Z").instant is None
