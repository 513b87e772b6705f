"""Unpacking in steps, to the very end, within a limit."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.errors import ConnectionFailed, TooLarge, UnknownEncoding
from storydiff.fetch.decoding import Unpacker, zstd

PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
}
TEXT = "Die Fähre lief um 6.40 Uhr auf Grund. ".encode() * 3000
codings = st.sampled_from(sorted(PACKERS))


def unpack(coding: str, data: bytes, step: int = 1000, limit: int = 10**7, **options: bool) -> bytes:
    """Feed in pieces, as from a wire."""
    unpacker = Unpacker(coding, limit, **options)
    for start in range(0, len(data), step):
        unpacker.feed(data[start : start + step])
    return unpacker.body()


@settings(deadline=None)
@given(codings, st.binary(max_size=3000), st.integers(1, 500))
def test_round_trip(coding, data, step):
    """What was packed comes out again, however the wire cuts it."""
    assert unpack(coding, PACKERS[coding](data), step) == data


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
@pytest.mark.parametrize("repeats", [1, 20, 21, 22, 100])
def test_long(coding, repeats):
    """Pages of many steps come out whole, whether the last step is full or not."""
    data = b"ab" * 32_768 * repeats
    assert unpack(coding, PACKERS[coding](data), 10**6) == data
    assert unpack(coding, PACKERS[coding](data), 1) == data


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_torn(coding):
    """A stream without its end is no page; nothing at all is an empty one."""
    packed = PACKERS[coding](TEXT)
    for cut in (1, 5, len(packed) // 2):
        with pytest.raises(ConnectionFailed):
            unpack(coding, packed[:-cut])
    assert unpack(coding, b"") == b""


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("step", [1, 7, 10**6])
def test_several_members(coding, step):
    """Members behind one another are one page."""
    assert unpack(coding, PACKERS[coding](TEXT[:2000]) * 3, step) == TEXT[:2000] * 3


@pytest.mark.parametrize("coding", ["gzip", "zstd", "deflate"])
@pytest.mark.parametrize("step", [1, 10**6])
def test_rubbish_behind_the_end(coding, step):
    """What follows the end is passed over, as browsers do."""
    assert unpack(coding, PACKERS[coding](TEXT[:500]) + b"\x00\x00rubbish", step) == TEXT[:500]


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_limit(coding):
    """The limit is exact: all of a page that just fits, nothing of one that is a byte too long, or its start."""
    packed = PACKERS[coding](TEXT)
    assert unpack(coding, packed, limit=len(TEXT)) == TEXT
    with pytest.raises(TooLarge):
        unpack(coding, packed, limit=len(TEXT) - 1)
    assert unpack(coding, packed, limit=10_000, cut=True) == TEXT[:10_000]


@settings(deadline=None)
@given(codings.filter(lambda coding: coding != "identity"), st.binary(min_size=1, max_size=200))
def test_rubbish(coding, data):
    """Bytes that are no such stream end in one of two errors, or in what they unpack to."""
    with suppress(UnknownEncoding, ConnectionFailed):
        assert isinstance(unpack(coding, data), bytes)


@pytest.mark.parametrize("coding", ["gzip, gzip", "br,gzip", "compress", "exi", "gzip;q=1", "*"])
def test_unknown(coding):
    """Codings that were not asked for are refused before a byte is read."""
    with pytest.raises(UnknownEncoding):
        Unpacker(coding, 10)
