"""Promises of the discrepancy engine that hold for any text."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.diff.details import details, missing
from storydiff.diff.discrepancies import Telling, conflicts

_WORDS = (
    "Six seven 12 people dead injured on Monday March 3 at 4 p.m. in Geneva Ada Krol said that “We will not go” will "
    "may denied bought by 14 percent $3m not the minister 2024 , . ; ? ! ( ) «да» три погибли am Montag el martes 三"
)
PIECES = st.sampled_from(_WORDS.split())
TEXTS = st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=80))
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "ru", "uk", "tr", "", None])
MOMENTS = st.one_of(st.none(), st.datetimes(timezones=st.just(UTC)))


@settings(max_examples=150, deadline=None)
@given(a=TEXTS, b=TEXTS, language=LANGUAGES, other=LANGUAGES, when=MOMENTS)
def test_conflicts_are_symmetric_and_inside_their_texts(
    a: str, b: str, language: str | None, other: str | None, when: datetime | None
) -> None:
    """Nothing crashes, swapping swaps, and every span is a non-empty slice of its text."""
    x, y = Telling(text=a, language=language, published=when), Telling(text=b, language=other)
    forth, back = conflicts(x, y), conflicts(y, x)
    assert {(c.type, c.a, c.b) for c in forth} == {(c.type, c.b, c.a) for c in back}
    for c in forth:
        assert 0 <= c.a[0] < c.a[1] <= len(a)
        assert 0 <= c.b[0] < c.b[1] <= len(b)
        assert c.a_value != c.b_value


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, language=LANGUAGES, when=MOMENTS)
def test_a_text_never_conflicts_with_itself_and_lacks_nothing_of_itself(
    text: str, language: str | None, when: datetime | None
) -> None:
    """A copy agrees with its original and has all its details."""
    telling = Telling(text=text, language=language, published=when)
    assert conflicts(telling, telling) == ()
    assert missing(text, [text], language, published=when) == ()


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, language=LANGUAGES)
def test_details_are_slices(text: str, language: str | None) -> None:
    """Every detail is exactly its slice of the text."""
    assert all(text[d.start : d.end] == d.text for d in details(text, language))


@settings(max_examples=60, deadline=None)
@given(count=st.integers(min_value=2, max_value=99), gap=st.integers(min_value=1, max_value=2))
def test_two_tolls_differ_and_equal_ones_do_not(count: int, gap: int) -> None:
    """For any small toll another toll is a conflict and the same toll is none."""
    a = Telling(text=f"{count} people were killed when the roof of the market fell in, police said.")
    same = Telling(text=f"Police said {count} people were killed when the market roof fell in.")
    other = Telling(text=f"Police said {count + gap} people were killed when the market roof fell in.")
    assert conflicts(a, same) == ()
    assert [str(c.type) for c in conflicts(a, other)] == ["number"]
