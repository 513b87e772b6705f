"""What a robots.txt says to us."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from storydiff.errors import RateLimited, RobotsDenied
from storydiff.fetch import robots
from storydiff.fetch.policy import Reply

SITE = "https://outlet.example"


def allows(text: str, path: str = "/story") -> bool:
    """Whether these rules let us have the page."""
    try:
        robots.parse(text.encode()).check(URL(SITE + path))
    except RobotsDenied:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/story", True),
        ("User-agent: *\nDisallow: /", "/story", False),
        ("User-agent: *\nDisallow:", "/story", True),
        ("User-agent: *\nDisallow: /archive", "/archive/2026", False),
        ("User-agent: *\nDisallow: /archive", "/news", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: storydiff\nAllow: /", "/story", True),
        ("User-agent: other\nDisallow: /", "/story", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/story", False),
        ("USER-AGENT: *\r\nDISALLOW: /", "/story", False),
        ("User-agent: *\nDisallow: /m%C3%B6we", "/möwe", False),
        ("<html>not found</html>", "/story", True),
    ],
)
def test_rules(text, path, allowed):
    """Rules are read as RFC 9309 has them."""
    assert allows(text, path) is allowed


@pytest.mark.parametrize(
    ("line", "seconds"), [("", 0), ("Crawl-delay: 5", 5), ("Crawl-delay: 2.5", 2.5), ("Crawl-delay: 86400", 60),
                          ("Crawl-delay: -1", 0), ("Crawl-delay: nan", 0), ("Crawl-delay: soon", 0)]
)  # fmt: skip
def test_delay(line, seconds):
    """Crawl-delay is honoured up to a minute; nonsense is none."""
    assert robots.parse(f"User-agent: *\n{line}\n".encode()).delay == seconds


def test_torn_rules():
    """The torn last line of a file that was cut is left out: `/` of `/private` would forbid everything."""
    torn = b"User-agent: *\nDisallow: /private\nDisallow: /"
    robots.parse(torn, complete=False).check(URL(SITE + "/story"))
    with pytest.raises(RobotsDenied):
        robots.parse(torn).check(URL(SITE + "/story"))


@pytest.mark.parametrize(
    ("status", "error"),
    [(200, RobotsDenied), (301, None), (400, None), (401, None), (403, None), (404, None), (410, None), (451, None),
     (429, RateLimited), (500, RobotsDenied), (503, RobotsDenied)],
)  # fmt: skip
def test_status(status, error):
    """A missing file allows all, one that cannot be read nothing, and 429 asks to slow down."""
    reply = Reply(URL(SITE + "/robots.txt"), status, (), b"User-agent: *\nDisallow: /", ())
    rules = robots.read(reply)
    if error is None:
        rules.check(URL(SITE + "/story"))
        return
    with pytest.raises(error) as refusal:
        rules.check(URL(SITE + "/story"))
    assert refusal.value.hint


def test_trouble_is_a_new_error_each_time():
    """Pages of one host that share a trouble do not share one exception."""
    rules = robots.read(Reply(URL(SITE), 503, (), b"", ()))
    errors = []
    for _ in range(2):
        with pytest.raises(RobotsDenied) as refusal:
            rules.check(URL(SITE))
        errors.append(refusal.value)
    assert errors[0] is not errors[1]
    assert errors[0].message == errors[1].message
    assert errors[0].hint == errors[1].hint


def test_sitemaps():
    """The sitemaps that a site names are there for discovery."""
    assert robots.parse(b"Sitemap: https://outlet.example/news.xml\n").sitemaps == ("https://outlet.example/news.xml",)


def test_address():
    """Each scheme, host and port has its own file."""
    assert str(robots.address(URL("http://a.example:8080/x?y"))) == "http://a.example:8080/robots.txt"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(body):
    """No file breaks the reading."""
    rules = robots.parse(body)
    assert 0 <= rules.delay <= 60
