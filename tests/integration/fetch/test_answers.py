"""What comes back for good and bad answers of a real server."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from datetime import UTC

import brotli
import pytest

from storydiff.errors import (
    BadStatus,
    ConnectionFailed,
    EmptyPage,
    Forbidden,
    Gone,
    NotFound,
    NotHTML,
    RateLimited,
    ServerFailed,
    TimedOut,
    TooLarge,
    UnknownEncoding,
)
from storydiff.fetch import Kind, Request, fetch_all
from storydiff.fetch.decoding import zstd
from storydiff.settings import Settings
from tests.integration.fetch.conftest import NOW
from tests.integration.fetch.site import Asked, Site, page

HTML = "<!doctype html><p>Die Fähre lief im Morgengrauen auf Grund.</p>".encode()


def raw_deflate(data: bytes) -> bytes:
    """Deflate without the zlib header, as many servers send it."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def test_page(get):
    """A page comes back with its bytes, headers, charset, validators, time and nothing wrong."""
    answer = page(HTML, ETag='"a1"', Last_Modified="Sun, 01 Mar 2026 09:00:00 GMT", X_Twice="1") + b""
    with Site({"/story": answer}) as site:
        got = get(f"{site.base}/story#comments")
    assert (got.error, got.status, got.body, got.charset) == (None, 200, HTML, "utf-8")
    assert (got.etag, got.last_modified) == ('"a1"', "Sun, 01 Mar 2026 09:00:00 GMT")
    assert (got.url, got.final_url) == (f"{site.base}/story#comments", f"{site.base}/story")
    assert got.fetched == NOW
    assert got.fetched.tzinfo is UTC
    assert ("X-Twice", "1") in got.headers
    assert not got.not_modified
    assert got.snapshot is None


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("identity", bytes),
        ("UTF-8", bytes),
    ],
)
def test_compression(get, coding, pack):
    """Every compression that we say we accept is undone, and a charset written in its place is overlooked."""
    with Site({"/": page(pack(HTML), Content_Encoding=coding)}) as site:
        got = get(site.base)
    assert got.error is None
    assert got.body == HTML


@pytest.mark.parametrize("coding", ["gzip, gzip", "compress", "br, gzip", "x-rot13"])
def test_unknown_compression(get, coding):
    """A compression that was not asked for, or a chain of them, is refused by name."""
    with Site({"/": page(gzip.compress(gzip.compress(HTML)), Content_Encoding=coding)}) as site:
        got = get(site.base)
    assert isinstance(got.error, UnknownEncoding)
    assert coding in got.error.message
    assert got.body == b""


def test_compression_named_twice(get):
    """Two header lines are a chain too."""
    twice = page(gzip.compress(gzip.compress(HTML)), Content_Encoding="gzip\r\nContent-Encoding: gzip")
    with Site({"/": twice}) as site:
        got = get(site.base)
    assert got.error is not None
    assert got.body == b""


def test_false_compression(get):
    """A page that only claims to be packed cannot be read, and is not passed on as bytes of nothing."""
    with Site({"/": page(HTML, Content_Encoding="gzip")}) as site:
        got = get(site.base)
    assert isinstance(got.error, UnknownEncoding)
    assert "cannot be unpacked" in got.error.message


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_torn_compression(get, coding, pack):
    """A packed page that ends early without a stated length is no page: its missing half would look omitted."""
    torn = pack(HTML * 100)[:-8]
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\nConnection: close\r\n\r\n"
    with Site({"/": head.encode() + torn}) as site:
        got = get(site.base, retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert got.body == b""


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("401 Unauthorized", Forbidden),
        ("402 Payment Required", Forbidden),
        ("403 Forbidden", Forbidden),
        ("404 Not Found", NotFound),
        ("410 Gone", Gone),
        ("418 I'm a Teapot", BadStatus),
        ("429 Too Many Requests", RateLimited),
        ("451 Unavailable For Legal Reasons", Forbidden),
        ("500 Internal Server Error", ServerFailed),
        ("503 Service Unavailable", ServerFailed),
        ("599 Strange", ServerFailed),
        ("202 Accepted", BadStatus),
        ("206 Partial Content", BadStatus),
        ("300 Multiple Choices", BadStatus),
        ("302 Found", BadStatus),
        ("304 Not Modified", BadStatus),
    ],
)
def test_status(get, status, error):
    """A status other than success is an error of its own kind that names the number and says what to do."""
    body = b"" if status.startswith("304") else b"<p>Before you read on: do you consent?</p>"
    with Site({"/": page(body, status)}) as site:
        got = get(site.base, retries=0)
    assert type(got.error) is error
    assert status[:3] in got.error.message
    assert got.error.message.endswith(".")
    assert got.status == int(status[:3])
    assert got.body == (b"" if status.startswith("302") else body)
    assert not got.not_modified


@pytest.mark.parametrize(
    ("type_", "body", "words"),
    [
        ("application/pdf", b"%PDF-1.7 ...", "PDF document"),
        ("image/jpeg", b"\xff\xd8\xff\xe0", "picture"),
        ("text/html", b"%PDF-1.7 ...", "PDF document"),
        ("application/json", b"{}", "JSON"),
        ("application/rss+xml", b"<rss/>", "news feed"),
        ("text/plain", b"Only words.", "plain text"),
        ("application/octet-stream", b"\x00\x01\x02", "file"),
        ("x" * 900 + "<script>", b"?", "says nothing"),
        (None, b"Only words.", "plain text"),
    ],
)
def test_not_html(get, type_, body, words):
    """What is no web page is refused by what it is, in words."""
    with Site({"/": page(body, type=type_)}) as site:
        got = get(site.base)
    assert isinstance(got.error, NotHTML)
    assert words in got.error.message
    assert got.error.hint
    assert len(got.error.message) < 200


@pytest.mark.parametrize("type_", ["text/plain", "application/octet-stream", "application/xhtml+xml", "text/xml", None])
@pytest.mark.parametrize("body", [HTML, b"\n\n<!-- x -->\n<HTML lang=de>", b"\xff\xfe" + "<html>".encode("utf-16-le")])
def test_html_under_another_name(get, type_, body):
    """HTML sent with a vague type, or none, is taken for what it is."""
    with Site({"/": page(body, type=type_)}) as site:
        assert get(site.base).error is None


def test_feed(get):
    """A feed is welcome when a feed was asked for."""
    with Site({"/": page(b"<rss><channel/></rss>", type="application/rss+xml")}) as site:
        got = get(site.base, request={"kind": Kind.FEED})
    assert got.error is None
    assert "rss" in site.asked[-1].headers["Accept"]


def test_packed_sitemap(get):
    """A sitemap that is a .gz file comes back unpacked, within the same limit."""
    packed = gzip.compress(b"<urlset>" + b" " * 50_000 + b"</urlset>")
    with Site({"/": page(packed, type="application/gzip")}) as site:
        assert get(site.base, request={"kind": Kind.FEED}).body.startswith(b"<urlset>")
        assert isinstance(get(site.base, request={"kind": Kind.FEED}, max_bytes=20_000).error, TooLarge)


@pytest.mark.parametrize("answer", [page(b""), page(b" \r\n"), b"HTTP/1.1 204 No Content\r\n\r\n"])
def test_empty(get, answer):
    """An empty page says so."""
    with Site({"/": answer}) as site:
        assert isinstance(get(site.base).error, EmptyPage)


def test_too_large(get):
    """A page over the limit is stopped, whether it states its length or not."""
    big = HTML * 1000
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + big
    with Site({"/stated": page(big), "/unstated": chunked}) as site:
        for path in ("/stated", "/unstated"):
            got = get(site.base + path, max_bytes=20_000)
            assert isinstance(got.error, TooLarge)
            assert "20,000" in got.error.message
            assert got.body == b""


def test_length_too_long(get):
    """A connection that closes before the stated length gives no half page."""

    def half(_: Asked, connection: socket.socket) -> None:
        connection.sendall(page(HTML)[:-20])

    with Site({"/": half}) as site:
        got = get(site.base, retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert "before the page was complete" in got.error.message
    assert got.body == b""


def test_length_too_short(get):
    """A body longer than stated leaves it open what the page is: an error."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: 8\r\n\r\n"
    answer = head + b"<p>Hello there</p>"
    with Site({"/": answer}) as site:
        got = get(site.base, retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert got.body == b""


@pytest.mark.parametrize("chunks", [b"zz\r\n<p>\r\n", b"5\r\n<p>", b"-1\r\n", b"ffffffffffffffffff\r\n<p>"])
def test_bad_chunks(get, chunks):
    """Broken chunked encoding is an error, not a page."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    with Site({"/": head + chunks}) as site:
        got = get(site.base, retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert got.body == b""


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % i for i in range(5_000)) + b"\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nBad Header\r\n\r\n",
    ],
)
def test_no_http(get, answer):
    """Header bombs and answers that are no HTTP end as an error in one clear line."""
    with Site({"/": answer}) as site:
        got = get(site.base, retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert got.error.message.isprintable()
    assert len(got.error.message) < 250


def test_long_header_of_a_real_site(get):
    """A Content-Security-Policy of 20 KB, as large sites send, is no bomb."""
    with Site({"/": page(HTML, Content_Security_Policy="x " * 10_000)}) as site:
        assert get(site.base).error is None


def test_slow_drip(get):
    """A server that sends a byte now and then cannot hold us beyond the total time."""
    with Site({}) as site:

        def drip(_: Asked, connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(100):
                connection.sendall(b"<")
                site.wait(0.05)

        site.routes = {"/": drip}
        begun = time.monotonic()
        got = get(site.base, timeout=0.6, retries=0)
        assert time.monotonic() - begun < 4, "the drip would take five seconds"
    assert isinstance(got.error, TimedOut)
    assert got.body == b""


def test_hanging(get):
    """A server that never answers is left, after one more try, within the total time."""
    with Site({}) as site:
        site.routes = {"/": lambda _, __: site.wait(5)}
        begun = time.monotonic()
        got = get(site.base, timeout=1.5, retries=2)
        assert time.monotonic() - begun < 4.5, "the server would take five seconds for each"
        assert site.paths().count("/") == 2
    assert isinstance(got.error, TimedOut)


def test_refused_connection(get):
    """A port where nobody listens is a plain error."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    got = get(f"http://127.0.0.1:{port}/", retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert got.error.message == "127.0.0.1 cannot be reached (connection refused)."


def test_unknown_name(get):
    """A name that does not exist is said to not resolve; robots.txt is not blamed."""
    got = get("http://no-such-outlet.invalid/")
    assert got.error is not None
    assert got.error.code == "name_not_resolved"
    assert got.status is None


@pytest.mark.parametrize(
    "url", ["", "story.html", "ftp://a.example/", "http://", "http://a b/", "http://x.example:99999/"]
)
def test_no_address(get, url):
    """What is no web address fails alone, with words."""
    got = get(url)
    assert got.error is not None
    assert got.error.code == "address_refused"
    assert got.url == url


def test_not_utf8_headers(get):
    """Header bytes that are not UTF-8 come back as text that can be stored."""
    with Site({"/": page(HTML).replace(b"\r\n\r\n", b"\r\nX-Place: K\xf6ln\r\n\r\n", 1)}) as site:
        got = get(site.base)
    assert ("X-Place", "Köln") in got.headers


def test_one_failure_stops_nothing():
    """Pages that fail in every way leave the others whole, and the order is that of the asking."""
    with Site({"/good": page(HTML), "/drop": lambda _, __: None}) as site:
        paths = ["/good", "/drop", "/404", "/good?again", "/good"]
        urls = [site.base + path for path in paths] + ["nonsense", "http://10.0.0.1/"]
        settings = Settings(allow_hosts=("127.0.0.1",), host_delay=0, retries=0)
        got = fetch_all([Request(url=url) for url in urls], settings, clock=lambda: NOW)
    assert [page.url for page in got] == urls
    assert [bool(page.error) for page in got] == [False, True, True, True, False, True, True]
    assert threading.active_count() < 20
