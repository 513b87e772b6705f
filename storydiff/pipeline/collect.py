"""Collect: fetch and read the sources of a story (`gather`), and store what is new (`keep`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from storydiff.fetch import Fetched, Interrupted, Progress, Request, fetch_all
from storydiff.model import Problem, Story, Version
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.naming import free_slug, story_of
from storydiff.pipeline.reading import site_of, version_of_file, version_of_page
from storydiff.pipeline.sources import Source
from storydiff.store import Article, Fetch

Report = Callable[[Fetched | Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What collecting one source gave."""

    source: str
    """The source as it was named."""
    version: Version | None = None
    """The version as stored; None when the page is as it was, or is the page of another source."""
    is_new: bool = False
    same_as: str | None = None
    """The source named earlier that leads to the same article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The story that the sources were added to, and what came of each, in the order named."""

    slug: str
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """One source as read; `version` is None when the server says that nothing changed."""

    source: str
    version: Version | None
    fetch: Fetch


def collect(
    desk: Desk,
    slug: str | None,
    sources: Sequence[Source],
    *,
    progress: Report | None = None,
    ignore_robots: bool = False,
) -> Collected:
    """Fetch the pages among the sources, read all, and add what is new to the story.

    Without a slug, the story is the stored one made of the same sources, else a new one named after the first headline.
    A source that fails never stops the others. On Ctrl-C, what was complete is stored before the interruption goes on.
    """
    slug = slug or story_of(desk, sources)
    try:
        gathered = gather(desk, slug, sources, progress=progress, ignore_robots=ignore_robots)
    except Stopped as stop:
        stop.slug = keep(desk, slug, stop.gathered).slug if stop.gathered else None
        raise
    return keep(desk, slug, gathered)


class Stopped(KeyboardInterrupt):
    """The user stopped the collecting; `gathered` holds what was complete, and `slug` the story that it is kept in."""

    def __init__(self, gathered: tuple[Gathered, ...]) -> None:
        super().__init__(f"stopped after {len(gathered)} sources")
        self.gathered = gathered
        self.slug: str | None = None


def gather(
    desk: Desk,
    slug: str | None,
    sources: Sequence[Source],
    *,
    progress: Report | None = None,
    ignore_robots: bool = False,
) -> tuple[Gathered, ...]:
    """Every source as read, in the order named; of the store it only asks what is known. Stopped on Ctrl-C."""
    known = {s.name: desk.store.articles.find(slug, s.place) if slug else None for s in sources}
    files = [_read_file(source, desk, known[source.name]) for source in sources if source.url is None]
    requests = [_request(source.url, known[source.name]) for source in sources if source.url]
    order = {source.name: i for i, source in enumerate(sources)}
    try:
        pages = fetch_all(
            requests,
            desk.settings,
            clock=desk.clock,
            archive=desk.archive,
            slots=desk.slots,
            progress=progress,
            ignore_robots=ignore_robots,
            newsroom=desk.store.newsroom,
            remembered=desk.remembered,
        )
    except Interrupted as interruption:
        raise Stopped(_in_order([*files, *_read_pages(desk, interruption.finished, known)], order)) from interruption
    return _in_order([*files, *_read_pages(desk, pages, known)], order)


def keep(desk: Desk, slug: str | None, gathered: Sequence[Gathered]) -> Collected:
    """Store what was gathered, in the story of that slug or in a new one. Nothing gathered, nothing stored."""
    slug = slug or free_slug(desk, (each.version.headline for each in gathered if each.version))
    if gathered:
        desk.store.stories.save(Story(slug=slug, created=desk.clock()))
    return Collected(slug=slug, news=tuple(_news(desk, slug, gathered)))


def sources_of(desk: Desk, slug: str) -> tuple[Source, ...]:
    """The pages of a stored story, to be fetched again: each at the address that was first asked for."""
    articles = desk.store.articles.list(slug)
    urls = [article.last.requested or article.url for article in articles]
    return tuple(Source(name=url, url=url) for url in urls if url and url.startswith("http"))


def _request(url: str, article: Article | None) -> Request:
    if article is None:
        return Request(url=url)
    return Request(url=url, etag=article.last.etag, last_modified=article.last.last_modified)


def _read_file(source: Source, desk: Desk, known: Article | None) -> Gathered:
    now = desk.clock()
    # What tells files of one name apart depends on the files named with it; what was told once stays.
    named = replace(source, outlet=known.outlet.name) if known else source
    return Gathered(source.name, version_of_file(named, now), Fetch(fetched=now, requested=source.place))


def _read_pages(desk: Desk, pages: Sequence[Fetched], known: Mapping[str, Article | None]) -> Iterator[Gathered]:
    for page in pages:
        version = None if page.not_modified else _identified(desk, version_of_page(page), known[page.url])
        yield Gathered(page.url, version, _fetch(page))


def _identified(desk: Desk, version: Version, article: Article | None) -> Version:
    """The version under the identity that its article has here, and a page that says no name under its site's."""
    if article is not None:
        # A page may name another canonical address later; it is the same article all the same.
        version = replace(version, id="", url=article.url)
    site = site_of(version.url)
    known = desk.store.articles.outlet_of(site) if version.outlet == site else None
    return replace(version, outlet=known.name) if known else version


def _in_order(gathered: Sequence[Gathered], order: Mapping[str, int]) -> tuple[Gathered, ...]:
    return tuple(sorted(gathered, key=lambda each: order[each.source]))


def _news(desk: Desk, slug: str, gathered: Sequence[Gathered]) -> Iterator[News]:
    first_of: dict[str, str] = {}
    for each in gathered:
        if each.version is None:
            desk.store.articles.record(slug, each.source, each.fetch)
            yield News(source=each.source)
            continue
        earlier = first_of.setdefault(each.version.article, each.source)
        if earlier != each.source:
            yield News(source=each.source, same_as=earlier)
            continue
        version, is_new = desk.store.versions.add(slug, each.version, each.fetch)
        yield News(source=each.source, version=version, is_new=is_new)


def _fetch(page: Fetched) -> Fetch:
    return Fetch(
        status=page.status,
        fetched=page.fetched,
        etag=page.etag,
        last_modified=page.last_modified,
        requested=page.url,
        final_url=page.final_url,
        problem=Problem(page.error.code, page.error.message) if page.error else None,
    )
