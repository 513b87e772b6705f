"""Intake: pages and copy that come from a newsroom's own systems, to be watched and compared.

Pages are fetched later by the workers; an address that may never be fetched is refused at once. Copy comes with its
text and is a version right away: so own text can be compared before it is published, or from behind a paywall. It is
kept in the newsroom's own stories and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from yarl import URL

from storydiff.errors import AddressRefused, NoArticle
from storydiff.fetch.guard import Guard
from storydiff.model import Story, Version
from storydiff.pipeline.collect import sources_of
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.naming import SLUG_LENGTH, slug_of
from storydiff.settings import Settings
from storydiff.store import Job

FETCH = "fetch"
"""Kind of the job that follows pages until they are stored."""
ROOM = 8
"""Characters left for a number at the end of a slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of copy: where it is, and whether it says anything new."""

    story: str
    version: Version
    is_new: bool


def admitted(settings: Settings, urls: Iterable[str]) -> tuple[str, ...]:
    """The addresses, each once, all of which may be fetched; AddressRefused names the first that may not.

    A name can still lead to a private address; that is seen, and refused, when it is connected.
    """
    guard = Guard.allowing(settings.allow_hosts)
    checked = dict.fromkeys(urls)
    for url in checked:
        _check(guard, url)
    return tuple(checked)


def take_pages(desk: Desk, slug: str, urls: Sequence[str]) -> Job:
    """Watch these pages for a story that exists; gives the job to follow. UnknownStory, AddressRefused."""
    urls = admitted(desk.settings, urls)
    now = desk.clock()
    job = desk.store.jobs.create(FETCH, slug, now=now, total=len(urls))
    desk.store.schedule.watch(slug, urls, now=now)
    return job


def rewatch(desk: Desk, slug: str) -> Job:
    """Fetch all pages of a story again at once; gives the job to follow. UnknownStory."""
    urls = [check.url for check in desk.store.schedule.checks(slug)]
    return take_pages(desk, slug, urls or [each.name for each in sources_of(desk, slug)])


def new_story(desk: Desk, slug: str | None, title: str, hint: str = "") -> str | None:
    """The slug of a story made now: the one that is wished for, None when it is taken, else one made from the title.

    `hint` is an address whose last part gives the name where there is no title.
    """
    created = desk.clock()
    if slug is not None:
        return slug if desk.store.stories.create(Story(slug=slug, title=title, created=created)) else None
    stem = slug_of(title or _last_part(hint))[: SLUG_LENGTH - ROOM].strip("-") or "story"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(n for n in names if desk.store.stories.create(Story(slug=n, title=title, created=created)))


def take_copy(desk: Desk, slug: str | None, copy: Version) -> Taken:
    """Add copy to a story: that of the slug, else the newest that has the article, else a new one.

    NoArticle when it holds no text; AddressRefused when its address is none.
    """
    if not any(paragraph.text.strip() for paragraph in copy.paragraphs):
        raise NoArticle("The item holds no text.")
    if copy.url:
        _parsed(copy.url)
    if slug is not None:
        desk.store.stories.get(slug)
    chosen = slug or next(iter(desk.store.articles.stories_with(copy.article) if copy.url else ()), None)
    chosen = chosen or new_story(desk, None, copy.headline or "") or ""
    version, is_new = desk.store.versions.add(chosen, copy)
    return Taken(story=chosen, version=version, is_new=is_new)


def _check(guard: Guard, text: str) -> None:
    url = _parsed(text)
    guard.check(url)
    host = url.host or ""
    if re.fullmatch(r"[0-9.]+|.*:.*", host) and not guard.permits(host, host):
        raise AddressRefused


def _parsed(text: str) -> URL:
    """The address as both parsers that we use understand it; AddressRefused when one does not."""
    try:
        _ = urlsplit(text).hostname
        return URL(text)
    except ValueError:
        raise AddressRefused("The address cannot be read.", hint=" ") from None


def _last_part(url: str) -> str:
    parts = [part for part in urlsplit(url).path.split("/") if re.search("[A-Za-z]{3}", part)]
    return parts[-1].rpartition(".")[0] or parts[-1] if parts else ""
