"""Unpacking gzip, deflate, brotli and zstd in small steps, with a limit on what comes out.

aiohttp could do it, but it takes a gzip, br or zstd stream that ends early for a whole one when the server closes the
connection without having said a length (seen with aiohttp 3.14). A page cut short would then pass for complete, and
what was cut for omitted. Here a stream that does not reach its own end is an error.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli

from storydiff.errors import ConnectionFailed, TooLarge, UnknownEncoding

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STEP = 65_536
"""Bytes unpacked at a time: a bomb of 300 MB costs no more memory than the page limit."""
ZSTD_WINDOW = 23
"""log2 of 8 MB, the largest window that RFC 9659 allows on the web; the library's own limit is 128 MB of memory."""
ACCEPT = "gzip, deflate, br, zstd"
PLAIN = frozenset({"", "identity", "none", "utf-8", "utf8", "iso-8859-1", "windows-1252"})
"""Values of Content-Encoding that stand for none; servers that mix it up with the charset are not rare."""


class Inflater(Protocol):
    """One compressed stream. The shape is that of `zstd.ZstdDecompressor`."""

    @property
    def eof(self) -> bool:
        """Whether the stream reached its own end."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out until more goes in."""

    @property
    def unused_data(self) -> bytes:
        """What followed the end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most `max_length` bytes; call again with b"" while input is not needed."""


class ZlibInflater:
    """gzip (wbits 31) and deflate, with or without its zlib header."""

    def __init__(self, wbits: int) -> None:
        self._stream = zlib.decompressobj(wbits)
        self._guess = wbits == zlib.MAX_WBITS
        self.eof = False
        self.needs_input = True
        self.unused_data = b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most `max_length` bytes."""
        if self._guess and data:
            self._guess = False
            # Many servers send raw deflate under this name; the first byte of a zlib header ends in 8.
            if data[0] & 0x0F != 8:
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        piece = self._stream.decompress(self._stream.unconsumed_tail + data, max_length)
        self.eof = self._stream.eof
        self.unused_data = self._stream.unused_data
        self.needs_input = not self._stream.unconsumed_tail and len(piece) < max_length
        return piece


class BrotliInflater:
    """br. Its `can_accept_more_data` is true while output is still pending, so a full piece means: ask again."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self.eof = False
        self.needs_input = True
        self.unused_data = b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """About `max_length` bytes at most: brotli rounds up to its own buffer."""
        piece = bytes(self._stream.process(data, output_buffer_limit=max_length))
        self.eof = bool(self._stream.is_finished())
        self.needs_input = len(piece) < max_length and bool(self._stream.can_accept_more_data())
        return piece


def _zstd() -> Inflater:
    options = {int(zstd.DecompressionParameter.window_log_max): ZSTD_WINDOW}
    stream: Inflater = zstd.ZstdDecompressor(options=options)
    return stream


NEXT = {"gzip": 0x1F, "x-gzip": 0x1F, "zstd": 0x28}
"""First byte of a further gzip member or zstd frame. Browsers ignore anything else behind the end, and so do we."""
INFLATERS: dict[str, Callable[[], Inflater]] = {
    "br": BrotliInflater,
    "deflate": lambda: ZlibInflater(zlib.MAX_WBITS),
    "gzip": lambda: ZlibInflater(zlib.MAX_WBITS | 16),
    "x-gzip": lambda: ZlibInflater(zlib.MAX_WBITS | 16),
    "zstd": _zstd,
}
BROKEN = (zlib.error, brotli.error, zstd.ZstdError)


class Unpacker:
    """Collects a body of one Content-Encoding. Past `limit` bytes it raises TooLarge, or keeps the start when `cut`."""

    def __init__(self, coding: str, limit: int, *, cut: bool = False) -> None:
        self._coding = coding.strip().lower()
        self._make = None if self._coding in PLAIN else INFLATERS.get(self._coding)
        if self._make is None and self._coding not in PLAIN:
            raise UnknownEncoding(f"The server sent the page in a compression that was not asked for: {coding[:40]!r}.")
        self._inflater = self._make() if self._make else None
        self._limit, self._cut = limit, cut
        self._pieces: list[bytes] = []
        self._size = 0
        self._fed = False

    @property
    def full(self) -> bool:
        """Whether reading on would be in vain."""
        return self._size >= self._limit and self._cut

    def feed(self, data: bytes) -> None:
        """Take the next bytes from the wire."""
        try:
            for piece in self._unpacked(data):
                self._keep(piece)
                if self.full:
                    return
        except BROKEN as error:
            raise UnknownEncoding(
                f"The page says that it is packed with {self._coding}, but cannot be unpacked ({error})."
            ) from error

    def body(self) -> bytes:
        """Everything unpacked; ConnectionFailed when the stream has not come to its end."""
        if self._inflater is not None and self._fed and not self._inflater.eof and not self.full:
            raise ConnectionFailed("The page broke off in the middle: its compressed form has no end.")
        return b"".join(self._pieces)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            if not self._cut:
                raise TooLarge(f"The page is larger than {self._limit:,} bytes, so reading was stopped.")
            piece = piece[: self._limit - self._size]
            self._size = self._limit
        self._pieces.append(piece)

    def _unpacked(self, data: bytes) -> Iterator[bytes]:
        if self._inflater is None or self._make is None:
            yield data
            return
        self._fed = self._fed or bool(data)
        while data or not self._inflater.needs_input:
            if self._inflater.eof:
                if not data or data[0] != NEXT.get(self._coding):
                    return
                self._inflater = self._make()
            yield self._inflater.decompress(data, STEP)
            data = self._inflater.unused_data if self._inflater.eof else b""
