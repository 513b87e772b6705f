"""One page has one address, whatever led to it."""

import pytest

from storydiff.extract import read_page
from storydiff.extract.addresses import plain_address


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("https://a.example/1#top", "https://a.example/1"),
        ("https://a.example/1?utm_source=mail&utm_medium=x", "https://a.example/1"),
        ("https://a.example/1?id=7&fbclid=abc#c", "https://a.example/1?id=7"),
        ("https://a.example/1?ID=7&x=&y", "https://a.example/1?ID=7&x=&y"),
        ("https://a.example/1?", "https://a.example/1?"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_plain(given: str, plain: str) -> None:
    """Fragments and what only counts visitors go; everything else stays as it was written."""
    assert plain_address(given) == plain


def test_a_page_without_a_canonical_address_has_its_plain_one() -> None:
    """So the link of a newsletter and that of the front page are one article."""
    page = b"<html><body><article><h1>Mill burns</h1><p>The mill burned down on Monday.</p></article></body></html>"
    assert read_page(page, url="https://a.example/1?utm_source=mail#x").url == "https://a.example/1"
