"""What goes into the fetch layer and what comes out of it, as frozen values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from storydiff.errors import ArchiveError, FetchError

Clock = Callable[[], datetime]
"""Gives the present moment, with its zone (UTC)."""

Headers = tuple[tuple[str, str], ...]
"""Header lines in the order received; a name can come more than once. Bytes are read as ISO 8859-1, so none is lost."""


class Kind(StrEnum):
    """What the asker expects at the address; anything else is `NotHTML`."""

    PAGE = "page"
    """A web page."""
    FEED = "feed"
    """A feed or a sitemap: XML, JSON or HTML."""
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One page to fetch; `etag` and `last_modified` are those of the last time, to be spared an unchanged page."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    kind: Kind = Kind.PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of one request. Look at `error` before using `body`: the page of a 403 or a 500 is there too."""

    url: str
    """As asked."""
    final_url: str
    """After redirects."""
    status: int | None
    """HTTP status of the last answer; None when there was none."""
    fetched: datetime
    """When the answer was complete, UTC."""
    headers: Headers = ()
    body: bytes = b""
    """Decompressed. Empty when not modified, or when the bytes are incomplete or unusable.

    Stars stand where a page repeats the secret of the licence that it was fetched with.
    """
    charset: str | None = None
    """The Python codec that browsers use for the charset named in the header; None when it names none they know."""
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    error: FetchError | None = None
    snapshot: str | None = None
    """SHA-256 (hex) of `body` in the archive; None when it was not archived."""
    redirects: tuple[str, ...] = ()
    """Addresses that redirected, the first one asked first."""
    seconds: float = 0.0
    """How long it took, waiting for the host's turn included."""
    request_headers: Headers = ()
    """As sent, those of a licence withheld."""
    archive_error: ArchiveError | None = None
    """Why the bytes could not be archived; the comparison goes on without."""
    retry_after: float | None = None
    """Seconds that the server asked us to stay away."""


class Stage(StrEnum):
    """What is being done for a page."""

    ROBOTS = "robots"
    WAITING = "waiting"
    FETCHING = "fetching"
    RETRYING = "retrying"
    REDIRECTED = "redirected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A step on the way, for a progress display. `seconds` is how long a wait will take; `detail` is for people."""

    url: str
    stage: Stage
    detail: str = ""
    seconds: float = 0.0


Report = Callable[[Fetched | Progress], None]


class Limits(Protocol):
    """The settings that fetching reads; `storydiff.settings.Settings` has them all."""

    @property
    def contact(self) -> str:
        """Address shown in the User-Agent."""

    @property
    def allow_hosts(self) -> tuple[str, ...]:
        """Hosts that may be private or loopback, on any port."""

    @property
    def resolve(self) -> tuple[tuple[str, str, int], ...]:
        """(host, address, port) to connect to instead of asking DNS."""

    @property
    def ignore_robots_hosts(self) -> tuple[str, ...]:
        """Hosts on which robots.txt may be ignored."""

    @property
    def licences(self) -> str:
        """File with the headers and cookies that outlets licensed; "" for none."""

    @property
    def timeout(self) -> float:
        """Seconds one page may take."""

    @property
    def max_bytes(self) -> int:
        """Largest page, decompressed."""

    @property
    def host_delay(self) -> float:
        """Seconds between two requests to one host."""

    @property
    def concurrency(self) -> int:
        """Requests under way at the same time."""

    @property
    def retries(self) -> int:
        """How often a passing failure is tried again."""


class Interrupted(KeyboardInterrupt):
    """The user stopped the batch (Ctrl-C). `finished` holds the pages that were complete, in input order."""

    def __init__(self, finished: Sequence[Fetched]) -> None:
        super().__init__(f"stopped after {len(finished)} pages")
        self.finished = tuple(finished)
