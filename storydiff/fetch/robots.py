"""What robots.txt allows us (RFC 9309), read with protego. Pure; `batch` fetches the file, once per host and batch, and
where batches share what they remember once an hour."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from storydiff.errors import FetchError, RateLimited, RobotsDenied
from storydiff.fetch.policy import Reply

AGENT = "storydiff"
"""Our product token: the name to write behind `User-agent:` to address us."""
MAX_BYTES = 512_000
"""RFC 9309 asks for at least 500 KiB; the rest of a larger file is not read."""
PATH = "/robots.txt"
LONGEST_DELAY = 60.0
"""Seconds of Crawl-delay that are honoured; a file that asks for more (a day is seen) could say no instead."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows. `trouble` says why nothing could be read, in which case nothing is allowed."""

    parsed: Protego | None = None
    trouble: FetchError | None = None
    sitemaps: tuple[str, ...] = ()
    retry_after: float | None = None
    """Seconds that the server asked us to stay away when asked for the file."""

    def check(self, url: URL) -> None:
        """Raise RobotsDenied (or the trouble) when this page is not for us."""
        if self.trouble is not None:
            # A copy: one error raised for many pages would gather all of their tracebacks.
            raise copy(self.trouble)
        if self.parsed is not None and not self.parsed.can_fetch(str(url), AGENT):
            raise RobotsDenied(f"{url.host} asks programs not to fetch this page (robots.txt).")

    @property
    def delay(self) -> float:
        """Seconds that the site asks for between two pages; 0 when it does not say."""
        asked = self.parsed.crawl_delay(AGENT) if self.parsed is not None else None
        return min(max(0.0, asked or 0.0), LONGEST_DELAY)


def parse(body: bytes, *, complete: bool = True) -> Rules:
    """The rules in a robots.txt. Of one cut off at the size limit, the torn last line is left out."""
    text = body.decode("utf-8-sig", "replace")
    if not complete:
        text = text.rpartition("\n")[0]
    parsed = Protego.parse(text)
    return Rules(parsed, sitemaps=tuple(parsed.sitemaps))


def address(url: URL) -> URL:
    """Where the robots.txt for this page is."""
    return url.origin().with_path(PATH)


def read(reply: Reply) -> Rules:
    """The rules that an answer stands for.

    200: those in the file. 4xx: there are none, all is allowed. 429 and 5xx: they are there but cannot be read,
    and until they can, the standard has us assume that nothing is allowed.
    """
    host, status = reply.url.host, reply.status
    if status == 429:
        return Rules(trouble=RateLimited(f"{host} asks us to slow down (status 429 for its robots.txt)."))
    if status >= 500:
        return Rules(trouble=unreadable(f"{host} answered {status} when asked for its robots.txt"))
    if status in {200, 203}:
        return parse(reply.body, complete=len(reply.body) < MAX_BYTES)
    return Rules()


def unreadable(what: str) -> RobotsDenied:
    """The refusal while a robots.txt cannot be read."""
    return RobotsDenied(
        f"{what}, so the page was not fetched: while the rules cannot be read, nothing is allowed (RFC 9309).",
        hint="Try again later. If the site is yours, list its host in STORYDIFF_IGNORE_ROBOTS_HOSTS.",
    )
