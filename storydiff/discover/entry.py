"""What a feed or a sitemap says of one article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storydiff.discover.addresses import key_of, site_of
from storydiff.errors import StorydiffError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as its outlet announces it. All texts are plain, in one line, and as hostile as any from the web."""

    url: str
    """http or https, absolute, without fragment and tracking parameters."""
    outlet: str
    """The outlet's name where one is known; else its site."""
    title: str = ""
    summary: str = ""
    """Summary or text, whichever is longer; "" when the listing gives none."""
    published: datetime | None = None
    updated: datetime | None = None
    """Both UTC."""
    rough: bool = False
    """The time of publication was given as a day, or without zone: it is taken as UTC and may be hours off."""
    language: str | None = None
    """ISO 639-1."""

    @property
    def key(self) -> str:
        """Equal for two spellings of one address."""
        return key_of(self.url)

    @property
    def site(self) -> str:
        """The site that publishes it; what tells one outlet from another."""
        return site_of(self.url)

    @property
    def when(self) -> datetime | None:
        """The time that it stands for."""
        return self.published or self.updated


class Shape(StrEnum):
    """What was found at an address."""

    FEED = "feed"
    SITEMAP = "sitemap"
    INDEX = "index"
    """A list of sitemaps."""
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a feed, a sitemap or a page leads to."""

    shape: Shape
    entries: tuple[Entry, ...] = ()
    """Newest first, each article once."""
    more: tuple[str, ...] = ()
    """Of an index its sitemaps, of a page its feeds; the most promising first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of one address that was asked for entries."""

    source: str
    """The source that led to it, as named."""
    url: str
    shape: Shape | None = None
    """None when it could not be read; `error` says why."""
    entries: int = 0
    error: StorydiffError | None = None
    unchanged: bool = False
    """The server said that nothing changed since the last time."""
    untried: bool = False
    """It was not asked, because its turn at the host was too far away."""
    retry_after: float | None = None
    """Seconds that the server asked us to stay away."""


def silent(heard: Iterable[Heard]) -> dict[str, StorydiffError]:
    """The sources that led to no entry at all and failed somewhere, and why."""
    every = tuple(heard)
    speaking = {each.source for each in every if each.entries}
    return {each.source: each.error for each in every if each.error and each.source not in speaking}
