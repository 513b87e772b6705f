"""Discover: which stories the outlets have, found through their feeds, news sitemaps and home pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin

from storydiff.discover.addresses import absolute, key_of
from storydiff.discover.concepts import Article
from storydiff.discover.entry import Entry, Heard, Listing, Shape, silent
from storydiff.discover.listing import read_listing
from storydiff.discover.making import SUMMARY, TITLE, unique
from storydiff.discover.markup import plain
from storydiff.discover.sitemaps import sitemaps_of_robots
from storydiff.discover.stories import Discovered, FoundStory, article_of, found_stories, recent, story_of
from storydiff.errors import (
    DiscoverError,
    FetchError,
    NoArticle,
    NoFeed,
    NothingDiscovered,
    RateLimited,
    StorydiffError,
)
from storydiff.fetch import Fetched, Progress, Request, fetch_all
from storydiff.fetch.values import Kind
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.reading import version_of_page

Report = Callable[[Fetched | Progress], None]
Watch = Callable[[Sequence[str]], AbstractContextManager[Report | None]]
"""Gives a display for a round of addresses."""

ROUNDS = 4
"""Page or robots.txt, index, sitemap: no listing is further away."""
MORE = 3
"""Feeds of a page, sitemaps of an index or a robots.txt, that are followed."""
MOST_LISTINGS = 300
"""Feeds and sitemaps read in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A listing as last seen, so that a server need not send it again."""

    listing: Listing
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What all sources announce."""

    entries: tuple[Entry, ...]
    heard: tuple[Heard, ...]
    sights: Mapping[str, Sight] = field(default_factory=dict)
    """To be given to the next `announced`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The article whose story is looked for; `entry` when it is a page of an outlet."""

    article: Article
    entry: Entry | None = None
    url: str | None = None
    trouble: StorydiffError | None = None
    """Why the page could not be read: then what its outlet's feed says of it has to do."""


def asked_about(desk: Desk, given: str, *, watch: Watch | None = None) -> Asked:
    """The page at an address, or the text itself: a headline, or what was copied from an article."""
    if not given.lower().startswith(("http://", "https://")):
        title, _, text = given.strip().partition("\n")
        return Asked(article=Article(id="", title=title, text=text))
    with (watch or _unwatched)([given]) as progress:
        (page,) = _fetched(desk, [Request(url=given)], progress)
    if page.error is not None:
        return Asked(article=Article(id=given), url=given, trouble=page.error)
    entry = _entry_of(page)
    if entry is None:
        hint = "Give its headline in place of the address."
        return Asked(
            article=Article(id=given), url=given, trouble=NoArticle(f"{given}: no article was found.", hint=hint)
        )
    return Asked(article=article_of(entry), entry=entry, url=given)


def _entry_of(page: Fetched) -> Entry | None:
    """A page as its feed would announce it, with its whole text; None when it holds no article."""
    version = version_of_page(page)
    text = "\n".join(filter(None, (version.standfirst, *(paragraph.text for _, paragraph in version.body))))
    if not (version.headline or text):
        return None
    return Entry(
        url=absolute(version.url, page.final_url) or page.final_url,
        outlet=version.outlet,
        title=plain(version.headline or "", TITLE),
        summary=plain(text, SUMMARY),
        published=version.published,
        updated=version.modified,
        language=version.language,
    )


def discover(
    desk: Desk,
    sources: Sequence[str],
    *,
    since: timedelta,
    outlets: int = 2,
    like: Asked | None = None,
    watch: Watch | None = None,
) -> Discovered:
    """The stories that at least so many outlets announced within the time; with `like`, the story of that article.

    Raises NothingDiscovered when no source could be read, and what kept us from reading the page asked about when no
    feed tells of it either.
    """
    found = announced(desk, sources, watch=watch)
    mute = silent(found.heard)
    if len(mute) == len(set(sources)):
        reasons = [f"{source}: {error.message}" for source, error in mute.items()]
        raise NothingDiscovered("\n".join(["None of the sources could be read.", *reasons]))
    now = desk.clock()
    entries = recent(found.entries, now, since)
    stories: tuple[FoundStory, ...]
    perhaps: tuple[Entry, ...] = ()
    if like is None:
        stories = found_stories(entries, outlets=outlets)
    else:
        asked = _in_feeds(like, found.entries)
        known = unique([asked.entry, *entries], None) if asked.entry else entries
        story, perhaps = story_of(asked.article, known, outlets=outlets, since=since)
        stories = (story,) if story else ()
    return Discovered(
        stories=stories, perhaps=perhaps, heard=found.heard, considered=len(entries), since=since, made=now
    )


def _in_feeds(asked: Asked, entries: Sequence[Entry]) -> Asked:
    """What is asked about; of a page that could not be read what a feed says of it, else its trouble is raised."""
    if asked.trouble is None or asked.url is None:
        return asked
    key = key_of(absolute(asked.url, asked.url) or asked.url)
    entry = next((entry for entry in entries if entry.key == key), None)
    if entry is None:
        raise asked.trouble
    return Asked(article=article_of(entry), entry=entry)


def announced(
    desk: Desk,
    sources: Sequence[str],
    *,
    earlier: Mapping[str, Sight] | None = None,
    watch: Watch | None = None,
    until: datetime | None = None,
) -> Announced:
    """Everything that the sources list now. A source that fails never stops the others; `heard` says why.

    From `until` on no further round of addresses is begun.
    """
    hearing = _Hearing(desk, earlier or {}, watch or _unwatched)
    asked = [(source, source) for source in dict.fromkeys(sources)]
    for _ in range(ROUNDS):
        asked = hearing.round(asked)
        if not asked or (until is not None and desk.clock() >= until):
            break
    return Announced(entries=tuple(hearing.entries), heard=tuple(hearing.heard), sights=hearing.sights)


class _Hearing:
    """The rounds of one `announced`."""

    def __init__(self, desk: Desk, earlier: Mapping[str, Sight], watch: Watch) -> None:
        self.entries: list[Entry] = []
        self.heard: list[Heard] = []
        self.sights: dict[str, Sight] = {}
        self._desk = desk
        self._earlier = earlier
        self._watch = watch
        self._seen: set[str] = set()

    def round(self, asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Fetch the addresses, each with its source; gives what they lead to."""
        fresh = [(source, url) for source, url in asked if url not in self._seen]
        fresh = fresh[: MOST_LISTINGS - len(self._seen)]
        self._seen.update(url for _, url in fresh)
        pages = self._fetched([url for _, url in fresh])
        return [
            (source, more) for (source, _), page in zip(fresh, pages, strict=True) for more in self._read(source, page)
        ]

    def _fetched(self, urls: Sequence[str]) -> list[Fetched]:
        if not urls:
            return []
        with self._watch(urls) as progress:
            return _fetched(self._desk, [self._request(url) for url in urls], progress)

    def _request(self, url: str) -> Request:
        known = self._earlier.get(url)
        if known is None:
            return Request(url=url, kind=Kind.ANY if _is_robots(url) else Kind.FEED)
        return Request(url=url, etag=known.etag, last_modified=known.last_modified, kind=Kind.FEED)

    def _read(self, source: str, page: Fetched) -> Iterator[str]:
        """Note what a page holds; gives the addresses to read next."""
        try:
            listing = self._listing(page)
        except (FetchError, DiscoverError) as error:
            untried, after = page.status is None and isinstance(error, RateLimited), page.retry_after
            heard = Heard(source=source, url=page.url, error=error, untried=untried, retry_after=after)
            self.heard.append(heard)
            return
        self.entries += listing.entries
        shape, count = listing.shape, len(listing.entries)
        heard = Heard(source=source, url=page.url, shape=shape, entries=count, unchanged=page.not_modified)
        self.heard.append(heard)
        if listing.shape is Shape.PAGE and not listing.more:
            # A page without feeds: its site may have a news sitemap.
            yield urljoin(page.final_url, "/robots.txt")
        yield from listing.more[:MORE]

    def _listing(self, page: Fetched) -> Listing:
        known = self._earlier.get(page.url)
        if page.not_modified and known is not None:
            listing = known.listing
        elif page.error is not None:
            raise page.error
        elif _is_robots(page.url):
            listing = _of_robots(page)
        else:
            listing = read_listing(page.body, page.final_url, page.charset)
        self.sights[page.url] = Sight(listing=listing, etag=page.etag, last_modified=page.last_modified)
        return listing


def _fetched(desk: Desk, requests: Sequence[Request], progress: Report | None) -> list[Fetched]:
    return fetch_all(
        requests,
        desk.settings,
        clock=desk.clock,
        slots=desk.slots,
        progress=progress,
        newsroom=desk.store.newsroom,
        remembered=desk.remembered,
    )


def _unwatched(_: Sequence[str]) -> AbstractContextManager[None]:
    return nullcontext()


def _is_robots(url: str) -> bool:
    return url.endswith("/robots.txt")


def _of_robots(page: Fetched) -> Listing:
    """The sitemaps of a robots.txt; NoFeed when it names none: then nothing leads to the site's articles."""
    sitemaps = sitemaps_of_robots(page.body, page.final_url)
    if not sitemaps:
        raise NoFeed("The page names no feed, and the site's robots.txt names no sitemap.")
    return Listing(shape=Shape.INDEX, more=sitemaps)
