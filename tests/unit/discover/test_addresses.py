"""Addresses as listings give them."""

from __future__ import annotations

import pytest

from storydiff.discover.addresses import absolute, key_of, site_of

BASE = "https://paper.example/feeds/news.xml"


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("/a/b", "https://paper.example/a/b"),
        ("b.html", "https://paper.example/feeds/b.html"),
        ("//other.example/x", "https://other.example/x"),
        ("https://Paper.Example:443/a?utm_source=rss&id=7#top", "https://paper.example/a?id=7"),
        ("https://paper.example/a?fbclid=x", "https://paper.example/a"),
        ("https://paper.example/artikel.php?id=20417&x=a%20b", "https://paper.example/artikel.php?id=20417&x=a%20b"),
        ("https://paper.example/straße", "https://paper.example/stra%C3%9Fe"),
        ("https://paper.example/../../a", "https://paper.example/a"),
        ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_an_address_is_made_absolute_and_clean(given: str, cleaned: str) -> None:
    """Relative ones are resolved; counting parameters, fragments and default ports go."""
    assert absolute(given, BASE) == cleaned


@pytest.mark.parametrize(
    "given",
    [None, "", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "file:///etc/passwd", "ftp://x.example/a",
     "https://user:pass@paper.example/a", "https:///a", "https://paper.example:99999/a", "https://[::1/a", "a b c",
     "https://paper.example/\x1b[31m", "https://paper.example/" + "a" * 3000, "https://exa mple/a", "https://a\u202eb.example/"],
)  # fmt: skip
def test_what_is_no_web_address_is_none(given: str | None) -> None:
    """Other schemes, logins, controls and monsters are refused."""
    assert absolute(given, BASE) is None


def test_two_spellings_of_one_address_have_one_key() -> None:
    """www., the scheme, a slash at the end and the order of parameters make no other article."""
    assert key_of("https://www.paper.example/a/?y=2&x=1") == key_of("http://paper.example/a?x=1&y=2")
    assert key_of("https://paper.example/a?id=1") != key_of("https://paper.example/a?id=2")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.paper.example/a", "paper.example"),
        ("https://news.sub.paper.example/a", "paper.example"),
        ("https://news.paper.co.uk/a", "paper.co.uk"),
        ("https://other.co.uk/a", "other.co.uk"),
        ("https://wien.orf.at/a", "orf.at"),
        ("https://zeitung.or.at/a", "zeitung.or.at"),
        ("https://one.substack.com/p/a", "one.substack.com"),
        ("http://127.0.0.1:80/a", "127.0.0.1"),
        ("http://localhost/a", "localhost"),
    ],
)
def test_a_site_is_the_registered_name(url: str, site: str) -> None:
    """Sub-domains belong to their site; below a country's second level and on hosts of many each name is its own."""
    assert site_of(url) == site
