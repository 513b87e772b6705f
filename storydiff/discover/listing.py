"""Whatever stands at an address, read for articles: a feed, a sitemap, an index, or a page that names feeds."""

from __future__ import annotations

from lxml import etree

from storydiff.discover import feeds, sitemaps
from storydiff.discover.entry import Listing, Shape
from storydiff.discover.making import unique
from storydiff.discover.markup import name_of, unpacked, xml_tree
from storydiff.discover.pages import feeds_of
from storydiff.errors import NoFeed
from storydiff.extract.decode import parse

MOST_ENTRIES = 2000
"""Entries kept of one listing, the newest. News sitemaps hold 1,000 at most by their standard, feeds 10 to 200."""
MOST_MORE = 50
"""Addresses kept of an index or a page."""


def read_listing(body: bytes, url: str, charset: str | None = None) -> Listing:
    """What the bytes at `url` lead to. `charset` is that of the header, if any.

    Raises NoFeed when they are none of it, TooLarge when they unpack to too much; any bytes give one of the three.
    """
    body = unpacked(body)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        entries = feeds.read_json(body, url)
        if entries is None:
            raise NoFeed(f"{url} leads to data that is no JSON Feed.")
        return Listing(shape=Shape.FEED, entries=unique(entries, MOST_ENTRIES))
    return _xml(xml_tree(body, charset), url) or _page(body, url, charset)


def _xml(root: etree._Element | None, url: str) -> Listing | None:
    """The listing in an XML document; None when it is of another sort."""
    name = name_of(root) if root is not None else ""
    if root is None or name not in feeds.ROOTS | sitemaps.ROOTS:
        return None
    if name == "sitemapindex":
        return Listing(shape=Shape.INDEX, more=tuple(sitemaps.read_index(root, url))[:MOST_MORE])
    if name == "urlset":
        return Listing(shape=Shape.SITEMAP, entries=unique(sitemaps.read_urls(root, url), MOST_ENTRIES))
    return Listing(shape=Shape.FEED, entries=unique(feeds.read_xml(root, url), MOST_ENTRIES))


def _page(body: bytes, url: str, charset: str | None) -> Listing:
    root = parse(body, charset).root
    if root is None or not any(name_of(each) in {"link", "a", "p", "h1"} for each in root.iter()):
        raise NoFeed(f"{url} leads to neither a feed nor a sitemap nor a page.")
    return Listing(shape=Shape.PAGE, more=feeds_of(root, url)[:MOST_MORE])
