"""Snapshots as WARC 1.1 records, each a gzip member of its own, written and read through warcio."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO

from yarl import URL

from storydiff.fetch.values import Fetched, Headers

WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
ORIGINAL = "x-orig-"
STEP = 65_536
UNREADABLE = (EOFError, ValueError, zlib.error)
"""What reading a torn or altered file raises."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an outlet's server sent, as it was first seen."""

    bytes: bytes
    url: str
    status: int
    headers: Headers
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """One time that these bytes were received."""

    url: str
    status: int
    fetched: datetime


@cache
def _warcio() -> Any:
    """The library, loaded with the first record: it takes longer than many a comparison of texts (fsspec, asyncio)."""
    return importlib.import_module("warcio")


def _writer() -> tuple[Any, BytesIO]:
    out = BytesIO()
    return _warcio().WARCWriter(out, gzip=True, warc_version="WARC/1.1"), out


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def response_records(fetched: Fetched, digest: str) -> bytes:
    """A response record and the request record that belongs to it."""
    writer, out = _writer()
    url = fetched.final_url
    response = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(fetched.body),
        length=len(fetched.body),
        warc_headers_dict=_stamp(fetched, digest),
        http_headers=_http(fetched),
    )
    sent = _warcio().StatusAndHeaders(_request_line(url), fetched.request_headers, is_http_request=True)
    request = writer.create_warc_record(url, "request", http_headers=sent)
    writer.write_request_response_pair(request, response)
    return out.getvalue()


def revisit_record(fetched: Fetched, digest: str, first: Snapshot) -> bytes:
    """A record that says: the same bytes again, at this address and time."""
    writer, out = _writer()
    record = writer.create_revisit_record(
        fetched.final_url,
        f"sha256:{digest}",
        first.url,
        _date(first.fetched),
        http_headers=_http(fetched),
        warc_headers_dict={"WARC-Date": _date(fetched.fetched)},
    )
    writer.write_record(record)
    return out.getvalue()


def _stamp(fetched: Fetched, digest: str) -> dict[str, str]:
    return {"WARC-Date": _date(fetched.fetched), "WARC-Payload-Digest": f"sha256:{digest}"}


def _http(fetched: Fetched) -> Any:
    status = fetched.status or 0
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    headers = [(ORIGINAL + n if n.lower() in WIRE_HEADERS else n, v) for n, v in fetched.headers]
    return _warcio().StatusAndHeaders(f"{status} {phrase}".strip(), headers, protocol="HTTP/1.1")


def _request_line(url: str) -> str:
    return f"GET {URL(url).raw_path_qs} HTTP/1.1"


def _members(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """(record, offset behind it) of each gzip member, checksum checked. Ends at a torn one."""
    rest, end = b"", 0
    while (found := _member(file, rest)) is not None:
        record, rest, size = found
        end += size
        yield record, end


def _member(file: BinaryIO, start: bytes) -> tuple[bytes, bytes, int] | None:
    """(record, bytes read too far, size) of the member that begins with `start`; None when it has no end."""
    member, pieces, taken = zlib.decompressobj(zlib.MAX_WBITS | 16), [], 0
    while not member.eof:
        data = start or file.read(STEP)
        if not data:
            return None
        start, taken = b"", taken + len(data)
        pieces.append(member.decompress(data))
    return b"".join(pieces), member.unused_data, taken - len(member.unused_data)


def whole_length(file: BinaryIO) -> int:
    """Bytes of the file up to the last whole record: behind it is what a crash left."""
    end = 0
    with suppress(zlib.error):
        for _, behind in _members(file):
            end = behind
    return end


def _record(data: bytes) -> Any:
    try:
        record = next(iter(_warcio().ArchiveIterator(BytesIO(data))), None)
    except _warcio().exceptions.ArchiveLoadFailed as error:
        raise ValueError(str(error)) from error
    if record is None or record.http_headers is None:
        raise ValueError("no HTTP record")
    return record


def read_first(file: BinaryIO) -> Snapshot:
    """The snapshot that the file was made for."""
    data, _ = next(_members(file), (b"", 0))
    record = _record(data)
    seen = _sighting(record)
    headers = tuple(record.http_headers.headers)
    return Snapshot(record.raw_stream.read(), seen.url, seen.status, headers, seen.fetched)


def read_sightings(file: BinaryIO) -> Iterator[Sighting]:
    """Every response or revisit in the file, in order."""
    for data, _ in _members(file):
        record = _record(data)
        if record.rec_type != "request":
            yield _sighting(record)


def _sighting(record: Any) -> Sighting:
    moment, url = (record.rec_headers.get_header(name) for name in ("WARC-Date", "WARC-Target-URI"))
    if moment is None or url is None:
        raise ValueError("no date or address")
    return Sighting(url, int(record.http_headers.get_statuscode()), datetime.fromisoformat(moment))
