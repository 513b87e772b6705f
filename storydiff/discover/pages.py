"""The feeds that a web page names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from storydiff.discover.addresses import absolute

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml"}
)
NOT_NEWS = re.compile(r"comment|kommentar|commentaire|comentario|oembed|podcast", re.IGNORECASE)
LOOKS_LIKE_FEED = re.compile(r"(?:/|\b)(?:rss|feeds?|atom)(?:[/._-]|$)|\.(?:rss|atom|rdf)$", re.IGNORECASE)
MOST_LINKS = 20_000


def feeds_of(root: etree._Element, base: str) -> tuple[str, ...]:
    """The feeds of a page in its order: those it declares (RSS Autodiscovery), else links that look like feeds."""
    base = absolute(next((each.get("href") for each in root.iter("base")), None), base) or base
    declared = list(_addresses(_declared(root), base))
    return tuple(dict.fromkeys(declared or _addresses(_linked(root), base)))


def _declared(root: etree._Element) -> Iterator[str | None]:
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        about = f"{link.get('title') or ''} {link.get('href') or ''}"
        if "alternate" in (link.get("rel") or "").lower().split() and kind in FEED_TYPES and not NOT_NEWS.search(about):
            yield link.get("href")


def _linked(root: etree._Element) -> Iterator[str | None]:
    for number, link in enumerate(root.iter("a")):
        href = link.get("href") or ""
        if number < MOST_LINKS and LOOKS_LIKE_FEED.search(href.partition("?")[0]) and not NOT_NEWS.search(href):
            yield href


def _addresses(hrefs: Iterator[str | None], base: str) -> Iterator[str]:
    return filter(None, (absolute(href, base) for href in hrefs))
