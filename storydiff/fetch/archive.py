"""The fetched bytes, kept for good: WARC files in a folder, each named by the SHA-256 of the body it holds.

`ab/abcd….warc.gz` holds one response record, the request that got it, and a short revisit record each time the same
bytes were seen again. Any WARC tool can read it. The body is stored unpacked, so that its name can be checked with
`sha256sum`; headers about its packing on the wire are kept under `x-orig-` names, as other archiving tools do.

Several processes may write at once: a lock per sub-folder orders them, and files appear whole or not at all.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio import ArchiveIterator, StatusAndHeaders, WARCWriter
from warcio.exceptions import ArchiveLoadFailed
from yarl import URL

from storydiff.errors import ArchiveError, SnapshotMissing
from storydiff.fetch.values import Fetched, Headers

DIGEST = re.compile(r"[0-9a-f]{64}")
WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
ORIGINAL = "x-orig-"
STEP = 65_536
UNREADABLE = (ArchiveLoadFailed, EOFError, ValueError, zlib.error)
"""What warcio raises on a file that is torn or altered."""


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


class Archive:
    """A folder of snapshots. It is made on first use; every failure is an ArchiveError that says what to do."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)

    def keep(self, fetched: Fetched) -> str:
        """Store the body and return its SHA-256 (hex); bytes that are already here only gain a sighting."""
        digest = hashlib.sha256(fetched.body).hexdigest()
        path = self._path(digest)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(path.parent / ".lock"):
                first = self._first(path, digest)
                if first is None:
                    _write_whole(path, _records(fetched, digest))
                else:
                    _append_whole(path, _revisit(fetched, digest, first))
        except OSError as error:
            raise ArchiveError(
                f"The page could not be archived in {self.folder} ({(error.strerror or str(error)).lower()}).",
                hint="Check that the folder may be written and that its disk is not full, or set STORYDIFF_ARCHIVE.",
            ) from error
        return digest

    def read(self, digest: str) -> Snapshot:
        """The bytes of that name, checked against it; SnapshotMissing when they are not here."""
        if not DIGEST.fullmatch(digest):
            raise SnapshotMissing(f"{digest[:80]!r} names no snapshot: it must be a SHA-256 in hex.", hint=" ")
        path = self._path(digest)
        try:
            snapshot = _read_first(path)
        except FileNotFoundError:
            raise SnapshotMissing from None
        except OSError as error:
            raise ArchiveError(f"The snapshot {path} cannot be read ({error.strerror}).") from error
        except UNREADABLE as error:
            raise _damaged(path) from error
        if hashlib.sha256(snapshot.bytes).hexdigest() != digest:
            raise _damaged(path)
        return snapshot

    def sightings(self, digest: str) -> list[Sighting]:
        """Every time these bytes were received, first one first. A torn end of the file is passed over."""
        self.read(digest)
        found: list[Sighting] = []
        with suppress(*UNREADABLE):
            for data in _records_in(self._path(digest)):
                record = _record(data)
                if record.rec_type != "request":
                    found.append(_sighting(record))
        return found

    def drop(self, digest: str) -> None:
        """Forget the bytes of that name; nothing happens when they are not here."""
        try:
            self._path(digest).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(f"The snapshot {digest} cannot be removed ({error.strerror}).") from error

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.warc.gz"

    def _first(self, path: Path, digest: str) -> Snapshot | None:
        """What is kept already; None when nothing is, or when it is damaged and has to be written anew."""
        try:
            return self.read(digest) if path.exists() else None
        except ArchiveError:
            return None


def _damaged(path: Path) -> ArchiveError:
    return ArchiveError(
        f"The snapshot {path} was altered or damaged: its bytes do not have the name that they were stored under.",
        hint="Restore the file from a backup; fetching the page again mends it if the page has not changed.",
    )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write_whole(path: Path, data: bytes) -> None:
    """The file appears under its name once all bytes are on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _append_whole(path: Path, data: bytes) -> None:
    """All of the bytes are added, or none: a full disk must not leave half a record."""
    with path.open("r+b", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        try:
            written = file.write(data)
        except OSError:
            file.truncate(end)
            raise
        if written != len(data):
            file.truncate(end)
            raise OSError(28, "No space left on device")


def _writer() -> tuple[Any, BytesIO]:
    out = BytesIO()
    return WARCWriter(out, gzip=True, warc_version="WARC/1.1"), out


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _records(fetched: Fetched, digest: str) -> bytes:
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
    sent = StatusAndHeaders(_request_line(url), fetched.request_headers, is_http_request=True)
    request = writer.create_warc_record(url, "request", http_headers=sent)
    writer.write_request_response_pair(request, response)
    return out.getvalue()


def _revisit(fetched: Fetched, digest: str, first: Snapshot) -> bytes:
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
    return StatusAndHeaders(f"{status} {phrase}".strip(), headers, protocol="HTTP/1.1")


def _request_line(url: str) -> str:
    return f"GET {URL(url).raw_path_qs} HTTP/1.1"


def _records_in(path: Path) -> Iterator[bytes]:
    """The records of a file, unpacked; each is a gzip member, whose checksum is checked. Ends at a torn one."""
    with path.open("rb") as file:
        rest = b""
        while True:
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            pieces = []
            while not member.eof:
                data = rest or file.read(STEP)
                if not data:
                    return
                rest = b""
                pieces.append(member.decompress(data))
            rest = member.unused_data
            yield b"".join(pieces)


def _record(data: bytes) -> Any:
    record = next(iter(ArchiveIterator(BytesIO(data))), None)
    if record is None or record.http_headers is None:
        raise ValueError("no HTTP record")
    return record


def _read_first(path: Path) -> Snapshot:
    record = _record(next(_records_in(path), b""))
    seen = _sighting(record)
    headers = tuple(record.http_headers.headers)
    return Snapshot(record.raw_stream.read(), seen.url, seen.status, headers, seen.fetched)


def _sighting(record: Any) -> Sighting:
    moment, url = (record.rec_headers.get_header(name) for name in ("WARC-Date", "WARC-Target-URI"))
    if moment is None or url is None:
        raise ValueError("no date or address")
    return Sighting(url, int(record.http_headers.get_statuscode()), datetime.fromisoformat(moment))
