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

from storydiff.serving.answer import JSON, Answer

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
    def packed(self) -> bytes:
        """The bytes in gzip, always the same for the same bytes."""
        return gzip.compress(self.content, LEVEL, mtime=0)


async def respond(request: web.Request, sendable: Sendable) -> web.Response:
    """The response for this request: 304 when the asker has it, packed when it is large and may be."""
    headers = {**FIXED, **sendable.headers}
    is_read = request.method in ("GET", "HEAD") and sendable.status == 200
    if is_read:
        headers["ETag"] = sendable.etag
        if has_it(request.headers.get("If-None-Match", ""), sendable.etag):
            return web.Response(status=304, headers=headers)
    content = sendable.content
    if len(content) >= SMALL and sendable.media in PACKED and accepts_gzip(request.headers.get("Accept-Encoding", "")):
        content = await asyncio.to_thread(lambda: sendable.packed)
        headers["Content-Encoding"] = "gzip"
    if sendable.status != 204:
        is_text = sendable.media.startswith("text/") and "charset" not in sendable.media
        headers["Content-Type"] = f"{sendable.media}; charset=utf-8" if is_text else sendable.media
    return web.Response(body=content, status=sendable.status, headers=headers)


def has_it(if_none_match: str, etag: str) -> bool:
    """Whether the tag is among those that the asker names (weak comparison, RFC 9110)."""
    named = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return "*" in named or etag.removeprefix("W/") in named


def accepts_gzip(accept: str) -> bool:
    """Whether gzip is named, and not with a weight of nought."""
    for each in accept.lower().split(","):
        coding, _, weight = each.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
