"""Whether the bytes are what was asked for: a web page, a feed. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from storydiff.errors import EmptyPage, FetchError, NotHTML
from storydiff.fetch.values import Kind

HTML = frozenset({"text/html", "application/xhtml+xml"})
VAGUE = frozenset({"", "text/plain", "application/octet-stream", "application/xml", "text/xml", "unknown/unknown"})
"""Types that servers send for want of a better one: the bytes decide."""
MARKS = re.compile(
    rb"<!doctype\s+html|<(html|head|title|meta|body|article|main|section|h1|p|div|script)[\s>/]", re.IGNORECASE
)
SNIFFED = 4096
"""Bytes looked at. Browsers look at 512 (WHATWG MIME Sniffing); pages with a long comment on top need more."""
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
MAGIC_MARKS = tuple(mark for mark, _ in MAGIC)
NAMES: tuple[tuple[str, str], ...] = (
    ("application/pdf", "a PDF document"),
    ("application/rss", "a news feed"),
    ("application/atom", "a news feed"),
    ("application/feed", "a news feed"),
    ("application/json", "data (JSON)"),
    ("application/ld+json", "data (JSON)"),
    ("application/zip", "a packed file"),
    ("application/gzip", "a packed file"),
    ("application/xml", "an XML file"),
    ("text/xml", "an XML file"),
    ("text/plain", "a plain text"),
    ("image/", "a picture"),
    ("video/", "a video"),
    ("audio/", "a sound recording"),
)
HINTS = {
    "a news feed": "Give the address of the article itself.",
    "a plain text": "Save it and give the file: storydiff compares text files too.",
}
OTHER_HINT = "Give the address of the article's web page."


@lru_cache(maxsize=256)
def media_type(content_type: str | None) -> str:
    """The type without parameters, lower case; "" when there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def skip_body(status: int, content_type: str | None, kind: Kind) -> bool:
    """Whether the body need not even be read: a good answer that says itself that it is no page."""
    kind_of = media_type(content_type)
    return status < 300 and kind is Kind.PAGE and kind_of not in HTML and kind_of not in VAGUE


def content_error(body: bytes, content_type: str | None, kind: Kind) -> FetchError | None:
    """Why these bytes are not what was asked for; None when they are."""
    said = media_type(content_type)
    if skip_body(200, said, kind):
        return _not_html(said)
    if not body.strip():
        return EmptyPage()
    if kind is Kind.ANY:
        return None
    if body.startswith(MAGIC_MARKS):
        return _not_html(next(name for mark, name in MAGIC if body.startswith(mark)))
    if kind is Kind.FEED or said in HTML or looks_like_html(body):
        return None
    return _not_html(said or "text/plain")


def looks_like_html(body: bytes) -> bool:
    """Whether the first bytes hold a tag that pages begin with, in any of the usual encodings."""
    start = body[:SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\x00", b"")
    return MARKS.search(start) is not None


def _not_html(said: str) -> NotHTML:
    what = next((name for start, name in NAMES if said.startswith(start)), "a file")
    shown = said if re.fullmatch(r"[\w.+-]+/[\w.+-]+", said) else "of a type that says nothing"
    return NotHTML(f"The address leads to {what} ({shown}), not to a web page.", hint=HINTS.get(what, OTHER_HINT))
