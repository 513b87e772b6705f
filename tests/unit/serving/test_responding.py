"""What conditional requests and codings mean."""

import gzip

import pytest

from storydiff.serving.answer import Answer
from storydiff.serving.responding import Sendable, accepts_gzip, encoded, has_it


@pytest.mark.parametrize(
    ("accept", "is_taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("identity", False),
        ("", False),
        ("xgzip", False),
    ],
)
def test_gzip_only_when_it_is_wanted(accept: str, is_taken: bool) -> None:
    """A weight of nought is a refusal."""
    assert accepts_gzip(accept) is is_taken


@pytest.mark.parametrize(
    ("header", "is_known"),
    [('W/"a"', True), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False), ("", False)],
)
def test_if_none_match_compares_weakly(header: str, is_known: bool) -> None:
    """Weak and strong tags of one content are the same (RFC 9110, 8.8.3.2)."""
    assert has_it(header, 'W/"a"') is is_known


def test_same_values_same_tag_and_same_gzip() -> None:
    """The tag follows from the bytes alone, and packing is repeatable."""
    one, two = (Sendable.of(Answer(value={"a": "ä" * 2000})) for _ in range(2))
    assert one.etag == two.etag
    assert one.packed == two.packed
    assert gzip.decompress(one.packed) == one.content


def test_letters_are_sent_as_they_are() -> None:
    """UTF-8, no blanks; a lone surrogate, which UTF-8 cannot say, is replaced."""
    assert encoded({"a": ["ä", 1]}) == '{"a":["ä",1]}'.encode()
    assert encoded("\ud800") == b'"?"'
