"""The fetched bytes, kept for good: in a folder, or in an S3-compatible bucket that many machines share.

Both keep the same WARC records under the same name, `ab/abcd….warc.gz`, where the name is the SHA-256 of the body: one
response record, the request that got it, and a short revisit record each time the same bytes were seen again. Any WARC
tool can read them. The body is stored unpacked, so that its name can be checked with `sha256sum`; headers about its
packing on the wire are kept under `x-orig-` names, as other archiving tools do.
"""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO, Protocol

from storydiff.errors import ArchiveError, SnapshotMissing
from storydiff.fetch.values import Fetched
from storydiff.fetch.warc import UNREADABLE, Sighting, Snapshot, read_first

DIGEST = re.compile(r"[0-9a-f]{64}")


class Archive(Protocol):
    """Where snapshots are kept. Every failure is an ArchiveError that says what to do. Threads may share one."""

    @property
    def where(self) -> str:
        """The place, for people."""

    def keep(self, fetched: Fetched) -> str:
        """Store the body and return its SHA-256 (hex); bytes that are already here only gain a sighting."""

    def read(self, digest: str) -> Snapshot:
        """The bytes of that name, checked against it; SnapshotMissing when they are not here."""

    def sightings(self, digest: str) -> list[Sighting]:
        """Every time these bytes were received, first one first. A torn end of a file is passed over."""

    def drop(self, digest: str) -> None:
        """Forget the bytes of that name; nothing happens when they are not here.

        Pages of several stories can be the same bytes: whoever drops them knows that nobody else needs them.
        """

    def check(self) -> str:
        """Write, read and remove something small; gives a word on the place. ArchiveError when that fails."""


def path_of(digest: str) -> str:
    """Where the records of these bytes lie in an archive. SnapshotMissing when this is no digest at all."""
    if not DIGEST.fullmatch(digest):
        raise SnapshotMissing(f"{digest[:80]!r} names no snapshot: it must be a SHA-256 in hex.", hint=" ")
    return f"{digest[:2]}/{digest}.warc.gz"


def checked(file: BinaryIO, digest: str, where: str) -> Snapshot:
    """The snapshot that the file was made for, if it still is what its name says; ArchiveError otherwise."""
    try:
        snapshot = read_first(file)
    except UNREADABLE as error:
        raise _damaged(where) from error
    if hashlib.sha256(snapshot.bytes).hexdigest() != digest:
        raise _damaged(where)
    return snapshot


def _damaged(where: str) -> ArchiveError:
    return ArchiveError(
        f"The snapshot {where} was altered or damaged: its bytes do not have the name that they were stored under.",
        hint="Restore the file from a backup; fetching the page again mends it if the page has not changed.",
    )
