"""Sitemaps: news sitemaps with headlines and times, plain ones with addresses, and indexes of sitemaps.

Of pictures and videos in a sitemap nothing is read: their titles and dates are not those of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from storydiff.discover.addresses import absolute
from storydiff.discover.entry import Entry
from storydiff.discover.language import code_of
from storydiff.discover.making import Said, entry_of
from storydiff.discover.markup import children, inner
from storydiff.discover.stamps import moment_of

ROOTS = frozenset({"urlset", "sitemapindex"})
NEWS = re.compile(r"news|aktuell|actu|noticias|latest|today", re.IGNORECASE)
NOT_NEWS = re.compile(r"image|video|categor|tag|author|archive|section|page-?sitemap|static", re.IGNORECASE)
SITEMAP_LINE = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)


def read_urls(root: etree._Element, base: str) -> Iterator[Entry]:
    """The articles of a sitemap, in its order."""
    for name, url in children(root):
        if name == "url" and (entry := _url(url, base)):
            yield entry


def _url(url: etree._Element, base: str) -> Entry | None:
    fields = dict(reversed(list(children(url))))
    news = dict(children(fields["news"])) if "news" in fields else {}
    publication = dict(children(news["publication"])) if "publication" in news else {}
    said = Said(
        title=inner(news.get("title")),
        texts=[inner(news.get("keywords"))],
        published=[inner(news.get("publication_date"))],
        updated=[inner(fields.get("lastmod"))],
        language=code_of(inner(publication.get("language"))),
        outlet=inner(publication.get("name")),
    )
    return entry_of(absolute(inner(fields.get("loc")).strip().replace("&amp;", "&"), base), said)


def read_index(root: etree._Element, base: str) -> Iterator[str]:
    """The sitemaps of an index, the most promising first: those called news, then those changed last."""
    found = []
    for name, child in children(root):
        fields = dict(children(child)) if name == "sitemap" else {}
        address = absolute(inner(fields.get("loc")).strip().replace("&amp;", "&"), base)
        if address:
            changed = moment_of(inner(fields.get("lastmod")))
            found.append((rank(address), -changed.at.timestamp() if changed else 0.0, address))
    yield from dict.fromkeys(address for *_, address in sorted(found, key=lambda each: each[:2]))


def rank(address: str) -> int:
    """How promising a sitemap's address is: 0 is called news, 1 says nothing, 2 is for something else."""
    path = urlsplit(address).path
    return 0 if NEWS.search(path) else 2 if NOT_NEWS.search(path) else 1


def sitemaps_of_robots(body: bytes, base: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, the most promising first."""
    lines = (match[1].decode("utf-8", "replace") for match in SITEMAP_LINE.finditer(body[:512_000]))
    addresses = dict.fromkeys(filter(None, (absolute(line, base) for line in lines)))
    return tuple(sorted(addresses, key=rank))
