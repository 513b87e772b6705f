"""Telling web pages from other things by their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.errors import EmptyPage, FetchError, NotHTML
from storydiff.fetch import Kind
from storydiff.fetch.content import content_error, looks_like_html, skip_body


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html>",
        b"<!doctype  HTML PUBLIC>",
        b"\xef\xbb\xbf<html lang='de'>",
        b"\r\n <!-- generated -->\n<head>",
        b"<?xml version='1.0'?><html xmlns='x'>",
        b"<P>Words",
        b"<body>",
        b"\xff\xfe" + "<html>".encode("utf-16-le"),
        b"\xfe\xff" + "<html>".encode("utf-16-be"),
        b"<!-- " + b"x" * 3000 + b"--><html>",
    ],
)
def test_html(body):
    """Pages are known by a tag near the start, in any case and encoding."""
    assert looks_like_html(body)


@pytest.mark.parametrize(
    "body",
    [b"", b"Words about 3 < 4.", b"{}", b"<rss>", b"<pre>", b"%PDF-1.4", b"x" * 5000 + b"<html>", bytes(range(256))],
)
def test_not_html(body):
    """Texts, data and feeds are not taken for pages."""
    assert not looks_like_html(body)


@pytest.mark.parametrize(
    ("status", "type_", "kind", "skipped"),
    [
        (200, "application/pdf", Kind.PAGE, True),
        (200, "image/png; q=1", Kind.PAGE, True),
        (200, "text/html", Kind.PAGE, False),
        (200, "TEXT/HTML;charset=utf-8", Kind.PAGE, False),
        (200, None, Kind.PAGE, False),
        (200, "application/pdf", Kind.ANY, False),
        (200, "application/rss+xml", Kind.FEED, False),
        (403, "application/pdf", Kind.PAGE, False),
    ],
)
def test_skip_body(status, type_, kind, skipped):
    """A body is not even read when the header of a good answer names something that is no page."""
    assert skip_body(status, type_, kind) is skipped


@pytest.mark.parametrize(
    ("body", "type_", "kind", "error"),
    [
        (b"<html>", "text/html", Kind.PAGE, None),
        (b"any words", "text/html", Kind.PAGE, None),
        (b"any words", "text/plain", Kind.PAGE, NotHTML),
        (b"<html>", "text/plain", Kind.PAGE, None),
        (b"%PDF-1.7", "text/html", Kind.PAGE, NotHTML),
        (b"\x1f\x8b\x08", "application/octet-stream", Kind.FEED, NotHTML),
        (b"<rss/>", "text/plain", Kind.FEED, None),
        (b"%PDF-1.7", None, Kind.ANY, None),
        (b"", "text/html", Kind.PAGE, EmptyPage),
        (b"\n \t", "text/html", Kind.FEED, EmptyPage),
        (b"", None, Kind.ANY, EmptyPage),
    ],
)
def test_content_error(body, type_, kind, error):
    """The bytes decide where the type is vague, and where they contradict it."""
    found = content_error(body, type_, kind)
    assert (type(found) if found else None) is error


@settings(deadline=None)
@given(st.binary(max_size=200), st.text(max_size=50), st.sampled_from(Kind))
def test_anything(body, type_, kind):
    """Whatever comes, the answer is none or an error in one printable sentence with a hint."""
    error = content_error(body, type_, kind)
    assert error is None or (isinstance(error, FetchError) and error.message.isprintable() and error.hint)
