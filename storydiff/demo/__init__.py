"""The demo newsroom: fourteen invented outlets on loopback HTTP, most of them telling one invented event.

On a public holiday ammonia leaks from the cooling plant of an ice arena during a youth tournament. The pages disagree
in eight ways, copy from a wire, hide behind walls, and change later; `expected.toml` says what a reader should find.

    with demo.newsroom(demo.MOMENTS[0]) as newsroom:
        compare(demo.sources(newsroom), settings=newsroom.settings())
        newsroom.clock.set(demo.MOMENTS[1])
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from storydiff.demo.article import Article, Block, read_article
from storydiff.demo.render import Page, render
from storydiff.testing import Announcement, Newsroom, moment

__all__ = ["EXPECTED", "MOMENTS", "SLUG", "Article", "Block", "articles", "newsroom", "outlets", "sources"]

SLUG = "tarnholm-arena"
MOMENTS = tuple(moment(at) for at in ("2026-05-15T09:30Z", "2026-05-15T10:45Z", "2026-05-15T14:00Z"))
"""Times worth a look: all are out; the tabloid has added a claim; it is gone again, and two figures have changed."""
EXPECTED = files("storydiff.demo") / "expected.toml"
"""What was planted, for people and for our own tests."""
ARTICLES = files("storydiff.demo") / "articles"


def newsroom(now: datetime | str = MOMENTS[0]) -> Newsroom:
    """The demo's newsroom, to be opened with `with`; `now` decides which states of the pages are served."""
    room = Newsroom(now=now)
    for outlet in outlets():
        _publish(room, outlet)
    return room


def sources(room: Newsroom) -> list[str]:
    """The addresses to compare: every page that is out at the newsroom's time."""
    out = [o for o in outlets() if room.site(o["domain"]).state(o["path"], room.now)]
    return [room.url(o["domain"], o.get("source", o["path"])) for o in out]


@cache
def outlets() -> tuple[dict[str, Any], ...]:
    """The rows of outlets.toml."""
    text = (files("storydiff.demo") / "outlets.toml").read_text(encoding="utf8")
    return tuple(tomllib.loads(text)["outlet"])


def articles(domain: str) -> dict[datetime, Article]:
    """The states of one outlet's article by the time from which they are valid, oldest first."""
    found = sorted((ARTICLES / domain).iterdir(), key=lambda file: file.name)
    return {_valid_from(file): read_article(file.read_text(encoding="utf8")) for file in found}


def _valid_from(file: Traversable) -> datetime:
    day, _, time = file.name.removesuffix(".txt").partition("T")
    return moment(f"{day}T{time.replace('-', ':')}")


def _publish(room: Newsroom, outlet: dict[str, Any]) -> None:
    domain, path, charset = outlet["domain"], outlet["path"], outlet.get("charset", "utf-8")
    names = ("name", "language", "template", "published")
    page = Page(**{n: outlet[n] for n in names}, url=room.url(domain, path), charset=charset)
    kind = "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
    for at, article in articles(domain).items():
        room.publish(domain, path, render(page, article), at=at, status=outlet.get("status", 200), content_type=kind)
    if "robots" in outlet:
        room.robots(domain, outlet["robots"])
    for at, article in articles(domain).items():
        room.announce(domain, [_announcement(page, article)], form=outlet["feed"], name=page.name, at=at)
    if "source" in outlet and "?" not in outlet["source"]:
        room.redirect(domain, outlet["source"], path)


def _announcement(page: Page, article: Article) -> Announcement:
    return Announcement(
        url=page.url,
        title=article.headline,
        summary=article.standfirst,
        published=page.published,
        language=page.language,
    )
