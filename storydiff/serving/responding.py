"""From an answer to bytes on the wire: ETag and If-None-Match, gzip, and headers that keep browsers from guessing."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aiohttp import web
from multidict import CIMultiDict

from storydiff.serving.answer import JSON, Answer

READS = frozenset({"GET", "HEAD"})
OK, NO_CONTENT = 200, 204
SMALL = 1024
"""Bytes below which packing costs more than it saves."""
LEVEL = 5
"""Of gzip. Measured on a collation of 78 KB: level 1 gives 7.2 % of the size, 3 gives 6.5 %, 5 gives 5.9 % in 1.1 ms,
9 gives 5.5 % in 3.5 ms."""
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
    "Vary": "Accept, Accept-Encoding, Authorization",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
}
PACKED = frozenset({JSON, "text/csv", "text/html", "application/atom+xml"})


def encoded(value: Any) -> bytes:
    """JSON as it is sent: no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf8", "replace")


@dataclass(frozen=True)
class Sendable:
    """An answer as bytes, with its tag; can be kept and sent again."""

    content: bytes
    media: str
    status: int
    headers: dict[str, str]

    @classmethod
    def of(cls, answer: Answer) -> Sendable:
        """The bytes of an answer."""
        content = answer.content if answer.content is not None else encoded(answer.value)
        return cls(b"" if answer.status == 204 else content, answer.media, answer.status, dict(answer.headers))

    @cached_property
    def etag(self) -> str:
        """A weak tag, since the bytes may travel packed or not."""
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:24]}"'

    @cached_property
    def head(self) -> CIMultiDict[str]:
        """The headers that go with an answer of no content; with its tag where it is a read."""
        return CIMultiDict({**FIXED, **self.headers, **({"ETag": self.etag} if self.status == OK else {})})

    @cached_property
    def full(self) -> CIMultiDict[str]:
        """The headers that go with the content."""
        head = self.head.copy()
        if self.status != NO_CONTENT:
            is_text = self.media.startswith("text/") and "charset" not in self.media
            head["Content-Type"] = f"{self.media}; charset=utf-8" if is_text else self.media
        return head

    @cached_property
    def packed(self) -> bytes:
        """The bytes in gzip, always the same for the same bytes."""
        return gzip.compress(self.content, LEVEL, mtime=0)


async def respond(request: web.Request, sendable: Sendable) -> web.Response:
    """The response for this request: 304 when the asker has it, packed when it is large and may be."""
    found = at_once(request, sendable)
    if found is not None:
        return found
    content, headers = await asyncio.to_thread(lambda: sendable.packed), sendable.full.copy()
    headers["Content-Encoding"] = "gzip"
    if request.method not in READS:
        headers.pop("ETag", None)
    return web.Response(body=content, status=sendable.status, headers=headers)


def at_once(request: web.Request, sendable: Sendable) -> web.Response | None:
    """The response where it needs no packing; else None."""
    asked = request.headers
    is_read = request.method in READS and sendable.status == OK
    if is_read and has_it(asked.get("If-None-Match", ""), sendable.etag):
        return web.Response(status=304, headers=sendable.head.copy())
    large = len(sendable.content) >= SMALL and sendable.media in PACKED
    if large and accepts_gzip(asked.get("Accept-Encoding", "")):
        return None
    headers = sendable.full.copy()
    if not is_read:
        headers.pop("ETag", None)
    return web.Response(body=sendable.content, status=sendable.status, headers=headers)


def has_it(if_none_match: str, etag: str) -> bool:
    """Whether the tag is among those that the asker names (weak comparison, RFC 9110)."""
    if not if_none_match:
        return False
    named = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return "*" in named or etag.removeprefix("W/") in named


def accepts_gzip(accept: str) -> bool:
    """Whether gzip is named, and not with a weight of nought."""
    for each in accept.lower().split(","):
        coding, _, weight = each.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
