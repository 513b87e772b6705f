"""The fetched bytes, kept for good: WARC files in a folder, each named by the SHA-256 of the body it holds.

`ab/abcd….warc.gz` holds one response record, the request that got it, and a short revisit record each time the same
bytes were seen again. Any WARC tool can read it. The body is stored unpacked, so that its name can be checked with
`sha256sum`; headers about its packing on the wire are kept under `x-orig-` names, as other archiving tools do.

Several processes may write at once: a lock per sub-folder orders them, and files appear whole or not at all.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storydiff.errors import ArchiveError, SnapshotMissing
from storydiff.fetch.values import Fetched
from storydiff.fetch.warc import (
    UNREADABLE,
    Sighting,
    Snapshot,
    read_first,
    read_sightings,
    response_records,
    revisit_record,
    whole_length,
)

DIGEST = re.compile(r"[0-9a-f]{64}")


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
                    _write_whole(path, response_records(fetched, digest))
                else:
                    _append_whole(path, revisit_record(fetched, digest, first))
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
            snapshot = read_first(path)
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
            found.extend(read_sightings(self._path(digest)))
        return found

    def drop(self, digest: str) -> None:
        """Forget the bytes of that name; nothing happens when they are not here.

        Pages of several stories can be the same bytes: whoever drops them knows that nobody else needs them.
        """
        path = self._path(digest)
        if not DIGEST.fullmatch(digest) or not path.parent.exists():
            return
        try:
            with _locked(path.parent / ".lock"):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(f"The snapshot {path} cannot be removed ({error.strerror}).") from error

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
    finally:
        Path(name).unlink(missing_ok=True)


def _append_whole(path: Path, data: bytes) -> None:
    """All of the bytes are added, or none; what a crash left half-written at the end goes."""
    end = whole_length(path)
    with path.open("r+b", buffering=0) as file:
        file.truncate(end)
        file.seek(end)
        try:
            written = file.write(data)
        except OSError:
            file.truncate(end)
            raise
        if written != len(data):
            file.truncate(end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
