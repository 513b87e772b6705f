"""Whether an outlet can still be read."""

from datetime import UTC, datetime, timedelta

import pytest

from storydiff.pipeline.watch_health import failing
from storydiff.store import Visit

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def visits(*codes: str, every: timedelta = timedelta(hours=1), words: int | None = None) -> list[Visit]:
    """One visit for each code, the last of them now."""
    count = len(codes)
    return [Visit(at=NOON - every * (count - 1 - n), code=code, words=words) for n, code in enumerate(codes)]


def code_of(found: list[Visit]) -> str | None:
    answer = failing(found, NOON)
    return answer.code if answer else None


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["complete"] * 20, None),
        ([], None),
        (["consent_wall"] * 4, None),
        (["consent_wall"] * 5, "walled"),
        (["complete"] * 30 + ["consent_wall"] * 6, "walled"),
        (["complete"] * 30 + ["consent_wall"] * 5, None),
        (["forbidden", "complete"] * 10, None),
        (["complete"] * 5 + ["forbidden"] * 3 + ["robots_denied"] * 4, "refused"),
        (["complete"] * 5 + ["no_article"] * 6, "no_articles"),
        (["complete"] * 5 + ["timed_out"] * 8, "not_reached"),
        (["complete"] * 5 + ["timed_out"] * 4, None),
        (["timed_out"] * 8, "not_reached"),
        (["complete"] * 5 + ["timed_out"] * 8 + ["unchanged"], None),
        (["not_found"] * 20, None),
        (["gone"] * 20, None),
    ],
)
def test_what_keeps_from_reading(codes: list[str], expected: str | None) -> None:
    """Most of the recent attempts must have failed in the same way; pages that were taken down do not count."""
    assert code_of(visits(*codes)) == expected


def test_a_bad_quarter_of_an_hour_is_no_alarm() -> None:
    """An outlet that failed often but for a short time is down, not lost."""
    assert code_of(visits(*["timed_out"] * 9, every=timedelta(minutes=2))) is None
    found = failing(visits(*["timed_out"] * 9), NOON)
    assert found is not None
    assert found.message == "Not reached since 2026-05-05 04:00 UTC (timed out)."


def test_texts_that_shrink() -> None:
    """When the last texts are a fraction of the usual length, the page has a new form and we read a piece of it."""
    usual, piece = visits(*["complete"] * 8, words=500), visits(*["complete"] * 5, words=90)
    assert code_of(usual + piece) == "shrunk"
    assert code_of(usual + piece[:2]) is None
    assert code_of(usual + visits(*["complete"] * 5, words=300)) is None
    assert code_of(piece) is None
