"""Decompression bombs: 300 MB from a few bytes must not take 300 MB of memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import brotli

from storydiff.fetch.decoding import zstd
from tests.integration.fetch.site import Site, page

PIECE = b"a" * 1_000_000
CLIENT = """
import json, resource, sys
from datetime import UTC, datetime
from storydiff.fetch import Request, fetch_all
from storydiff.settings import Settings

def one(url):
    settings = Settings(allow_hosts=("127.0.0.1",), host_delay=0, max_bytes=5_000_000)
    return fetch_all([Request(url=url)], settings, clock=lambda: datetime.now(UTC))[0]

one(sys.argv[1] + "/plain")
for path in sys.argv[2:]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = one(sys.argv[1] + path).error
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([path, error.code if error else None, (after - before) / 1000]))
"""


def gzip_bomb() -> bytes:
    """300 MB of one letter."""
    return gzip.compress(PIECE * 300, 1)


def brotli_bomb() -> bytes:
    """300 MB of one letter, fed in pieces since the packer's window is small."""
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(PIECE) for _ in range(300)) + packer.finish()


def zstd_bomb() -> bytes:
    """300 MB of one letter."""
    packer = zstd.ZstdCompressor()
    return b"".join(packer.compress(PIECE) for _ in range(300)) + packer.flush()


def zstd_window_bomb() -> bytes:
    """A frame that asks for a window of 1 GB, which the unpacker would have to hold."""
    options = {zstd.CompressionParameter.window_log: 30}
    return bytes(zstd.compress(PIECE, options=options)[:4]) + bytes([0x00, (30 - 10) << 3]) + b"\x00" * 20


def test_bombs():
    """A bomb is stopped at the page limit, with little more memory than the limit itself."""
    bombs = {
        "/gzip": page(gzip_bomb(), Content_Encoding="gzip"),
        "/br": page(brotli_bomb(), Content_Encoding="br"),
        "/zstd": page(zstd_bomb(), Content_Encoding="zstd"),
        "/window": page(zstd_window_bomb(), Content_Encoding="zstd"),
    }
    with Site({"/plain": page(), **bombs}) as site:
        command = [sys.executable, "-c", CLIENT, site.base, *bombs]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [(path, code) for path, code, _ in found] == [
        ("/gzip", "too_large"),
        ("/br", "too_large"),
        ("/zstd", "too_large"),
        ("/window", "unknown_encoding"),
    ]
    assert all(megabytes < 20 for _, _, megabytes in found), found
