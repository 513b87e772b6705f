"""The archive in a folder. Several processes may write at once: a lock per sub-folder orders them, and files appear
whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storydiff.errors import ArchiveError, SnapshotMissing
from storydiff.fetch.archive import DIGEST, checked, path_of
from storydiff.fetch.values import Fetched
from storydiff.fetch.warc import (
    UNREADABLE,
    Sighting,
    Snapshot,
    read_sightings,
    response_records,
    revisit_record,
    whole_length,
)


class FolderArchive:
    """A folder of snapshots. It is made on first use."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)

    @property
    def where(self) -> str:
        """The folder."""
        return str(self.folder)

    def keep(self, fetched: Fetched) -> str:
        """Store the body, or a sighting of it. See `Archive`."""
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
            raise self._unwritable("The page could not be archived", error) from error
        return digest

    def read(self, digest: str) -> Snapshot:
        """The bytes of that name. See `Archive`."""
        path = self._path(digest)
        try:
            with path.open("rb") as file:
                return checked(file, digest, str(path))
        except FileNotFoundError:
            raise SnapshotMissing from None
        except OSError as error:
            raise ArchiveError(f"The snapshot {path} cannot be read ({error.strerror}).") from error

    def sightings(self, digest: str) -> list[Sighting]:
        """Every time these bytes were received. See `Archive`."""
        self.read(digest)
        found: list[Sighting] = []
        with suppress(*UNREADABLE), self._path(digest).open("rb") as file:
            found.extend(read_sightings(file))
        return found

    def drop(self, digest: str) -> None:
        """Forget the bytes of that name. See `Archive`."""
        if not DIGEST.fullmatch(digest) or not self._path(digest).parent.exists():
            return
        path = self._path(digest)
        try:
            with _locked(path.parent / ".lock"):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(f"The snapshot {path} cannot be removed ({error.strerror}).") from error

    def check(self) -> str:
        """Try the folder, and say how much room its disk has."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as file:
                file.write(b"works")
            return f"{shutil.disk_usage(self.folder).free / 1e9:.0f} GB free"
        except OSError as error:
            raise self._unwritable("Pages cannot be archived", error) from error

    def _path(self, digest: str) -> Path:
        return self.folder / path_of(digest)

    def _first(self, path: Path, digest: str) -> Snapshot | None:
        """What is kept already; None when nothing is, or when it is damaged and has to be written anew."""
        try:
            return self.read(digest) if path.exists() else None
        except ArchiveError:
            return None

    def _unwritable(self, what: str, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"{what} in {self.folder} ({(error.strerror or str(error)).lower()}).",
            hint="Check that the folder may be written and that its disk is not full, or set STORYDIFF_ARCHIVE.",
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
    with path.open("r+b", buffering=0) as file:
        end = whole_length(file)
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
