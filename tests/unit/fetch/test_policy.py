"""Decisions about answers, without a network."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from storydiff.errors import BadStatus, TooManyRedirects
from storydiff.fetch import Kind, Request, policy
from storydiff.fetch.licences import Licence
from storydiff.fetch.policy import Reply

NOW = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
HERE = URL("https://outlet.example/news/story")


def reply(status: int = 200, url: URL = HERE, **headers: str) -> Reply:
    """An answer with these headers."""
    return Reply(url, status, tuple((n.replace("_", "-"), v) for n, v in headers.items()), b"", ())


def test_header():
    """A header is found in any case; of several the first counts."""
    several = Reply(HERE, 200, (("X-A", "1"), ("x-a", "2")), b"", ())
    assert several.header("X-a") == "1"
    assert several.header("X-B") is None


@pytest.mark.parametrize(
    ("content_type", "codec"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;charset=UTF8", "utf-8"),
        ('text/html; Charset = "windows-1251"', "cp1251"),
        ("text/html; charset='koi8-r'", "koi8-r"),
        ("text/html; charset=iso-8859-1", "cp1252"),
        ("text/html; charset=us-ascii", "cp1252"),
        ("text/html; charset=iso-8859-2", "iso8859-2"),
        ("text/html; charset=gb2312", "gb18030"),
        ("text/html; charset=Shift_JIS", "cp932"),
        ("text/html; charset=utf-16", "utf-16-le"),
        ("text/html; charset=big5", "big5"),
        ("text/html", None),
        ("", None),
        (None, None),
        ("text/html; charset=", None),
        ("text/html; charset=none", None),
        ("text/html; charset=iso-8859-77", None),
        ("text/html; charset=hex", None),
        ("text/html; charset=rot13", None),
        ("text/html; charset=idna", None),
        ("text/html; charset=unicode_escape", None),
        ("text/html; charset=zlib", None),
        ("text/html; charset=mbcs", None),
        ("text/html; charset=../../etc", None),
    ],
)
def test_charset(content_type, codec):
    """The charset is the codec that a browser would use; codecs that are no charset are not for a server to choose."""
    assert policy.charset_of(content_type) == codec


@settings(deadline=None)
@given(st.text())
def test_any_charset_can_be_used(label):
    """Whatever a header says, the answer is a codec that turns any bytes into text, or none."""
    codec = policy.charset_of(f"text/html; charset={label}")
    assert codec is None or isinstance(bytes(range(256)).decode(codec, "replace"), str)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        (" 7 ", 7),
        ("1.5", 1.5),
        ("999999999", 86_400),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("inf", None),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300),
        (format_datetime((NOW + timedelta(minutes=5)).astimezone(timezone(timedelta(hours=9)))), 300),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True), 0),
        ("Sunday, 01-Mar-26 10:05:00 GMT", 300),
        ("Sun, 99 Foo 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after(value, seconds):
    """Retry-After is read as seconds or as a date, and is never negative or longer than a day."""
    assert policy.retry_after(reply(503, retry_after=value), NOW) == seconds


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_retry_after(value):
    """No value of the header breaks anything."""
    seconds = policy.retry_after(reply(503, Retry_After=value), NOW)
    assert seconds is None or 0 <= seconds <= 86_400


def test_pauses_grow_and_spread():
    """Without Retry-After the pauses double up to a limit, and chance spreads each over its upper half."""
    lowest = [policy.retry_pause(n, None, left=99, chance=0.0) for n in range(6)]
    highest = [policy.retry_pause(n, None, left=99, chance=1.0) for n in range(6)]
    assert lowest == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0]
    assert highest == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]


def test_pause_within_the_time_left():
    """There is no next try when its time would come after the end."""
    assert policy.retry_pause(0, 3.0, left=5.0, chance=0) == 3.0
    assert policy.retry_pause(0, 5.0, left=5.0, chance=0) is None
    assert policy.retry_pause(3, None, left=1.0, chance=0) is None


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/other", "https://outlet.example/other"),
        ("other?a=1", "https://outlet.example/news/other?a=1"),
        ("//two.example/x", "https://two.example/x"),
        ("http://two.example/#part", "http://two.example/"),
        ("?page=2", "https://outlet.example/news/story?page=2"),
        ("/caf\xc3\xa9", "https://outlet.example/caf%C3%A9"),
        ("/a b", "https://outlet.example/a%20b"),
        ("../up", "https://outlet.example/up"),
    ],
)
def test_redirect_target(location, target):
    """Redirects are read like browsers do, without the part behind #."""
    assert str(policy.redirect_target(reply(302, Location=location), (str(HERE),))) == target


def test_redirect_in_circles():
    """Leading back to an address of this journey is a circle."""
    with pytest.raises(TooManyRedirects, match="leads back to"):
        policy.redirect_target(reply(302, Location="/a"), ("https://outlet.example/a", str(HERE)))


@pytest.mark.parametrize("headers", [{}, {"Location": ""}, {"Location": "http://["}])
def test_redirect_to_nowhere(headers):
    """Without a usable address a redirect is an error."""
    with pytest.raises(BadStatus):
        policy.redirect_target(reply(302, **headers), ())


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_location(location):
    """No Location breaks more than its own page."""
    with suppress(BadStatus):
        assert (
            policy.redirect_target(reply(302, Location=location.encode("utf-8").decode("latin-1")), ()).fragment == ""
        )


def test_headers_of_a_hop():
    """Each hop asks for what is wanted and conditionally, with what was licensed for it if anything was."""
    request = Request(url=str(HERE), etag='"a"', kind=Kind.FEED)
    own = policy.headers_for(request, Licence(host="outlet.example", headers={"X-Token": "s3cret"}))
    assert (own["If-None-Match"], own["X-Token"]) == ('"a"', "s3cret")
    assert "rss" in own["Accept"]
    assert "X-Token" not in policy.headers_for(request, None)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 seconds"), (119, "119 seconds"), (120, "2 minutes"), (7200, "2 hours"), (86400, "24 hours")],
)
def test_span(seconds, words):
    """Lengths of time are told in the unit people would choose."""
    assert policy.span(seconds) == words


@settings(deadline=None)
@given(st.integers(100, 599))
def test_every_status_has_its_words(status):
    """Every status is the page, or an error that names the number in a sentence."""
    error = policy.status_error(reply(status), None)
    assert (error is None) == (status in {200, 203})
    if error is not None:
        assert str(status) in error.message
        assert error.message.endswith(".")
        assert error.message.startswith("outlet.example ")
