"""Times: what is read, how it is resolved with the publication date, and which two of them agree."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storydiff.text.times import Moment, agree, moments

FRIDAY = datetime(2024, 3, 15, tzinfo=UTC)


def one(text: str, language: str = "en", published: datetime | None = FRIDAY) -> Moment:
    """The only time of a text."""
    (found,) = moments(text, language, published)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It broke on Monday", "date:2024-03-11"),
        ("The trial will open on Monday", "date:2024-03-18"),
        ("on March 20", "date:2024-03-20"),
        ("on 20 March 2025", "date:2025-03-20"),
        ("2024-03-02", "date:2024-03-02"),
        ("two days ago", "date:2024-03-13"),
        ("yesterday", "date:2024-03-14"),
        ("last month", "date:2024-02-01..2024-02-29"),
        ("in 1987", "date:1987-01-01..1987-12-31"),
        ("in the 1990s", "date:1990-01-01..1999-12-31"),
        ("at 3:07 a.m.", "clock:185.5-188.5"),
        ("at noon", "clock:714-726"),
        ("at 1400 GMT", "clock:834-846"),
    ],
)
def test_a_time_is_resolved(text: str, value: str) -> None:
    """Relative and absolute times become intervals."""
    assert one(text).value == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "am Montag starb er", "date:2024-03-11"),
        ("de", "am 3. Oktober 2024", "date:2024-10-03"),
        ("fr", "le 3 mai 2024", "date:2024-05-03"),
        ("es", "el 3 de mayo", "date:2024-05-03"),
        ("es", "hace dos días", "date:2024-03-13"),
        ("ru", "15 мая", "date:2024-05-15"),
        ("ru", "два дня назад", "date:2024-03-13"),
        ("uk", "15 травня", "date:2024-05-15"),
    ],
)
def test_six_languages_are_read(language: str, text: str, value: str) -> None:
    """Months, weekdays and relative days of each language are known."""
    assert one(text, language).value == value


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("It fell on Monday", "on March 11"),
        ("shortly after 3 a.m.", "at 3:07 a.m."),
        ("at twenty to seven", "at 6.40 p.m."),
        ("in the late 1980s", "in 1987"),
        ("early on Tuesday", "on Tuesday"),
        ("at 14:30 GMT", "at 15:30 BST"),
        ("at 14:30 GMT", "at 16:30"),
        ("before March 20", "on March 3"),
        ("It opens on Monday", "It opened on Monday"),
        ("at 11.58 p.m.", "shortly before midnight"),
        ("at half past six", "at 06:31"),
        ("at thirteen minutes to midnight", "at 11.47 p.m."),
        ("at 13 minutes before midnight", "at 23:46"),
        ("at twenty-three minutes past noon", "at 12:23"),
        ("at ten past midnight", "at 00:10"),
    ],
)
def test_these_agree(a: str, b: str) -> None:
    """Coarser periods, rounding of the clock, zones and bounds are no difference."""
    assert agree(one(a), one(b))
    assert agree(one(b), one(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("He died on Tuesday", "He died on Wednesday night"),
        ("in 1987", "in 1978"),
        ("It will open on Monday", "It will open on March 20"),
        ("late on Sunday", "on Monday morning"),
        ("at 4:20 a.m.", "at 5.40am"),
        ("the first quarter of 2027", "the end of 2027"),
        ("in September 2024", "in November 2024"),
        ("at thirteen minutes to midnight", "at midnight"),
        ("at twenty minutes after midday", "at noon"),
    ],
)
def test_these_differ(a: str, b: str) -> None:
    """Times whose intervals never meet differ."""
    assert not agree(one(a), one(b))


def test_without_a_publication_date_nothing_relative_is_compared() -> None:
    """Yesterday agrees with every date when nobody knows when it was written."""
    assert agree(one("yesterday", published=None), one("on March 3, 2020", published=None))


def test_may_is_a_month_only_with_a_capital() -> None:
    """The modal verb is no time."""
    assert moments("It may rain", "en", FRIDAY) == ()


def test_a_language_without_tables_gives_none() -> None:
    """No times are guessed."""
    assert moments("on Monday", "xx", FRIDAY) == ()


def test_looking_back_over_a_decade_is_no_date() -> None:
    """The biggest in a decade tells no time to come."""
    assert moments("its biggest investment in a decade", "en", FRIDAY) == ()


@pytest.mark.parametrize("year", [1, 1800, 9999])
def test_the_edges_of_the_calendar_do_not_crash(year: int) -> None:
    """A wrong publication date resolves nothing, or something, but never fails."""
    moments("on Monday, 999 years ago, in 999 decades, last year, next month", "en", datetime(year, 1, 1, tzinfo=UTC))
