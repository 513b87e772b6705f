"""Feeds and sitemaps as outlets publish them, in every format there is, for newsrooms of your own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from types import MappingProxyType
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What an outlet says of one article in its feed."""

    url: str
    title: str
    published: datetime
    summary: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Feed:
    """A format: where outlets usually put it, its type, and how it is written for an outlet of that name."""

    path: str
    content_type: str
    write: Callable[[str, Iterable[Announcement]], str]


def rss(outlet: str, items: Iterable[Announcement]) -> str:
    """RSS 2.0."""
    rows = "".join(
        f"<item><title>{escape(each.title)}</title><link>{escape(each.url)}</link>"
        f"<description>{escape(each.summary)}</description><language>{each.language}</language>"
        f"<pubDate>{format_datetime(each.published)}</pubDate></item>\n"
        for each in items
    )
    return f'{HEAD}<rss version="2.0"><channel><title>{escape(outlet)}</title>\n{rows}</channel></rss>\n'


def atom(outlet: str, items: Iterable[Announcement]) -> str:
    """Atom 1.0."""
    rows = "".join(
        f'<entry xml:lang="{each.language}"><id>{escape(each.url)}</id><title>{escape(each.title)}</title>'
        f'<link rel="alternate" href="{escape(each.url, QUOTED)}"/><summary>{escape(each.summary)}</summary>'
        f"<published>{each.published.isoformat()}</published><updated>{each.published.isoformat()}</updated></entry>\n"
        for each in items
    )
    return f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(outlet)}</title>\n{rows}</feed>\n'


def json_feed(outlet: str, items: Iterable[Announcement]) -> str:
    """JSON Feed 1.1."""
    rows = [
        {
            "id": each.url,
            "url": each.url,
            "title": each.title,
            "summary": each.summary,
            "language": each.language,
            "date_published": each.published.isoformat(),
        }
        for each in items
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": outlet, "items": rows}, indent=1)


def news_sitemap(outlet: str, items: Iterable[Announcement]) -> str:
    """A sitemap with the news extension; it has no summaries."""
    rows = "".join(
        f"<url><loc>{escape(each.url)}</loc><news:news><news:publication><news:name>{escape(outlet)}</news:name>"
        f"<news:language>{each.language}</news:language></news:publication><news:publication_date>"
        f"{each.published.isoformat()}</news:publication_date><news:title>{escape(each.title)}</news:title></news:news>"
        "</url>\n"
        for each in items
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f"{HEAD}<urlset {spaces}>\n{rows}</urlset>\n"


def home_page(outlet: str, feed: str, content_type: str) -> str:
    """A front page that declares a feed."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(outlet)}</title>'
        f'<link rel="alternate" type="{content_type}" title="{escape(outlet, QUOTED)}" href="{escape(feed, QUOTED)}">'
        f"</head><body><h1>{escape(outlet)}</h1></body></html>"
    )


QUOTED = {'"': "&quot;"}
FEEDS: Mapping[str, Feed] = MappingProxyType(
    {
        "rss": Feed("/rss.xml", "application/rss+xml", rss),
        "atom": Feed("/atom.xml", "application/atom+xml", atom),
        "json": Feed("/feed.json", "application/feed+json", json_feed),
        "sitemap": Feed("/news-sitemap.xml", "application/xml", news_sitemap),
    }
)
"""The formats by name."""
