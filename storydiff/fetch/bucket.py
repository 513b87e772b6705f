"""The archive in an S3-compatible bucket. Apart from `archive`, since it needs the extra `s3` and 0.8 s to import.

A store writes an object whole or not at all, and knows no appending: so the snapshot is one object, with the same name
and bytes as the file in a folder, and each later sighting is a small object of its own beside it,
`ab/abcd….20260301T100000-1f2e3d4c.warc.gz`. So writers need no lock and never overwrite one another; `cat` of the
objects gives the file that a folder would hold, and a folder that was copied into a bucket is read as it is.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC
from functools import cached_property
from io import BytesIO
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
)
from s3fs import S3FileSystem

from storydiff.errors import ArchiveError, SnapshotMissing
from storydiff.fetch.archive import DIGEST, checked, path_of
from storydiff.fetch.values import Fetched
from storydiff.fetch.warc import UNREADABLE, Sighting, Snapshot, read_sightings, response_records, revisit_record

SUFFIX = ".warc.gz"
CONNECT, SILENCE = 5.0, 20.0
"""Seconds for a connection, and for the next bytes on it; tried twice."""
PAUSE = 30.0
"""Seconds in which a store out of reach is not tried again: a batch of pages must not wait for each in vain."""
FAILURES = (OSError, BotoCoreError, ClientError, ValueError)
UNKNOWN = frozenset({"NotImplemented", "501"})
"""What stores answer that cannot write only when nothing is there. Two first writers then overwrite equal bytes."""
RACES = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
"""What stores answer when another writer had the same new page at the same moment."""
GONE = frozenset({"NoSuchKey", "404"})
KEYS_HINT = (
    "Check STORYDIFF_S3_ACCESS_KEY and STORYDIFF_S3_SECRET_KEY, and that this key may get, put, list and delete there."
)
REGION_HINT = "Check STORYDIFF_S3_ENDPOINT and STORYDIFF_S3_REGION, and the store's own log."
REACH_HINT = "Check STORYDIFF_S3_ENDPOINT and the network."


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """How an S3-compatible store is reached. Without an endpoint it is Amazon's; without keys, botocore finds them."""

    endpoint: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)


class BucketArchive:
    """Snapshots in `s3://bucket/prefix`. Connects on first use, so a process may fork before."""

    def __init__(self, place: str, store: Store) -> None:
        self.where = place.rstrip("/")
        self._base = self.where.removeprefix("s3://")
        self._store = store
        self._opening = threading.Lock()
        self._resting: tuple[float, ArchiveError] | None = None

    def keep(self, fetched: Fetched) -> str:
        """Store the body, or a sighting of it. See `Archive`."""
        digest = hashlib.sha256(fetched.body).hexdigest()
        name, records = self._path(digest), response_records(fetched, digest)
        with self._explained("The page could not be archived in"):
            first = self._kept(digest)
            if first is None and self._created(name, records):
                return digest
            first = first or self._kept(digest)  # another writer was faster
            if first is not None:
                self._put(self._sighting_name(fetched, digest), revisit_record(fetched, digest, first))
            if first is None or not self._files.exists(name):
                # Damaged, or dropped by somebody a moment ago.
                self._put(name, records)
        return digest

    def read(self, digest: str) -> Snapshot:
        """The bytes of that name. See `Archive`."""
        where = path_of(digest)
        with self._explained(f"The snapshot {where} cannot be read from"):
            data = self._data(digest)
        if data is None:
            raise SnapshotMissing
        return checked(BytesIO(data), digest, f"{self.where}/{where}")

    def sightings(self, digest: str) -> list[Sighting]:
        """Every time these bytes were received. See `Archive`."""
        self.read(digest)
        found: list[Sighting] = []
        with self._explained("The sightings of a page cannot be read from"):
            # Not `cat`: that looks for patterns in the names, and asks for each of them several times.
            for data in self._files.cat_ranges(self._names(digest), None, None, on_error="return"):
                if isinstance(data, Exception):
                    raise data
                with suppress(*UNREADABLE):
                    found.extend(read_sightings(BytesIO(data)))
        return sorted(found, key=lambda each: each.fetched)

    def drop(self, digest: str) -> None:
        """Forget the bytes of that name, the bytes first. See `Archive`."""
        if not DIGEST.fullmatch(digest):
            return
        with self._explained(f"The snapshot {path_of(digest)} cannot be removed from"):
            names = self._names(digest)
            for name in sorted(names, key=lambda name: name != self._path(digest)):
                # Not many at once: that call of s3fs is silent about objects that could not be removed.
                self._files.rm_file(name)

    def check(self) -> str:
        """Write, list, read and remove a small object."""
        name = f"{self._base}/.check-{secrets.token_hex(4)}"
        self._resting = None
        with self._explained("Pages cannot be archived in"):
            self._put(name, b"works")
            try:
                seen = self._files.find(f"{self._base}/", prefix=".check-")
                same = self._files.cat_file(name) == b"works"
            finally:
                self._files.rm_file(name)
        if name not in seen or not same:
            raise ArchiveError(f"{self.where} does not give back what was written.", hint=REACH_HINT)
        return f"at {self._store.endpoint or 'Amazon S3'}"

    @cached_property
    def _open(self) -> Any:
        its = self._store
        return S3FileSystem(
            key=its.access_key or None,
            secret=its.secret_key or None,
            endpoint_url=its.endpoint or None,
            client_kwargs={"region_name": its.region} if its.region else {},
            config_kwargs={
                "connect_timeout": CONNECT,
                "read_timeout": SILENCE,
                "retries": {"mode": "standard", "total_max_attempts": 2},
                # Else botocore sends trailing checksums, which many stores that are not Amazon's refuse; the name of
                # a snapshot is a better one.
                "request_checksum_calculation": "when_required",
                "response_checksum_validation": "when_required",
            },
            use_listings_cache=False,
            skip_instance_cache=True,
            max_concurrency=1,  # one GET for a page, without asking for its size first
        )

    @property
    def _files(self) -> Any:
        with self._opening:
            self._open.retries = 1  # botocore has tried again already
            return self._open

    def _path(self, digest: str) -> str:
        return f"{self._base}/{path_of(digest)}"

    def _sighting_name(self, fetched: Fetched, digest: str) -> str:
        moment = fetched.fetched.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
        return f"{self._path(digest).removesuffix(SUFFIX)}.{moment}-{secrets.token_hex(4)}{SUFFIX}"

    def _names(self, digest: str) -> list[str]:
        """The snapshot and its sightings, as far as they are there."""
        found: list[str] = self._files.find(f"{self._base}/{digest[:2]}/", prefix=f"{digest}.")
        return found

    def _put(self, name: str, data: bytes) -> None:
        self._files.pipe_file(name, data)

    def _data(self, digest: str) -> bytes | None:
        try:
            data: bytes = self._files.cat_file(self._path(digest))
        except FileNotFoundError as error:
            if _code(error) in GONE:
                return None
            raise  # the bucket itself is not there
        return data

    def _kept(self, digest: str) -> Snapshot | None:
        """What is kept already; None when nothing is, or when it is damaged and has to be written anew."""
        data = self._data(digest)
        with suppress(ArchiveError):
            return checked(BytesIO(data), digest, "") if data is not None else None
        return None

    def _created(self, name: str, data: bytes) -> bool:
        """Whether there was no such object, and now is."""
        try:
            self._files.pipe_file(name, data, mode="create")
        except OSError as error:
            if _code(error) in RACES:
                return False
            if _code(error) not in UNKNOWN:
                raise
            self._put(name, data)
        return True

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        """Failures as an ArchiveError. A store out of reach is left alone for `PAUSE`."""
        resting = self._resting
        if resting is not None and time.monotonic() < resting[0]:
            raise copy(resting[1])  # one error raised for many pages would gather all of their tracebacks
        try:
            yield
        except FAILURES as error:
            why, hint, away = _meaning(error, self._store)
            told = ArchiveError(f"{what} {self.where} ({why}).", hint=hint)
            if away:
                self._resting = (time.monotonic() + PAUSE, told)
            raise told from error


def _code(error: BaseException | None) -> str:
    """What the store called the failure; "" when it was not the store that failed."""
    told = error if isinstance(error, ClientError) else getattr(error, "__cause__", None)
    return str(told.response.get("Error", {}).get("Code", "")) if isinstance(told, ClientError) else ""


def _meaning(error: Exception, store: Store) -> tuple[str, str, bool]:
    """(why, what to do, whether the store is out of reach)"""
    said = " ".join(str(error).split()).rstrip(".")[:200]
    if isinstance(error, (NoCredentialsError, PartialCredentialsError)):
        return "there is no key for it", KEYS_HINT, False
    if _code(error) == "NoSuchBucket":
        return "there is no such bucket", "Create the bucket, or correct STORYDIFF_ARCHIVE.", False
    if isinstance(error, PermissionError):
        return f"the store refuses us: {said}", KEYS_HINT, False
    if _code(error):
        return f"the store answers {_code(error)}: {said}", REGION_HINT, False
    if isinstance(error, ValueError):
        return said, REACH_HINT, False
    why = "" if isinstance(error, EndpointConnectionError) else f": {said}"
    return f"{store.endpoint or 'Amazon S3'} is out of reach{why}", REACH_HINT, True
