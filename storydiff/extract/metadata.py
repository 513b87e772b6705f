"""What a page says about itself outside its text: meta elements, canonical address, language, outlet, times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from storydiff.extract.addresses import plain_address
from storydiff.extract.characters import clean, squash
from storydiff.extract.dates import Stamp, read_stamp
from storydiff.extract.jsonld import LinkedData

TITLE_JOINT = re.compile(r"\s+[|–—·•:-]\s+|\s*[|｜]\s*")
PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "dc.date", "dcterms.date", "article:published", "article.published", "published_time", "publish-date",
    "publishdate", "pubdate", "date", "publication_date", "article_date_original", "og:published_time",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "article:modified", "article.updated", "last-modified", "lastmod", "revision_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """Meta elements by lower-case name (first wins), and where the page says it lives."""

    meta: Mapping[str, str]
    canonical: str | None
    language: str | None
    title: str | None
    amp: bool

    def first(self, *names: str) -> str | None:
        """The first of these meta elements that has content."""
        return next((self.meta[name] for name in names if self.meta.get(name)), None)


def read_metadata(root: etree._Element, url: str | None) -> Metadata:
    """The meta elements, title, canonical address and declared language of a page."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and clean(content):
            meta.setdefault(name.lower().strip(), clean(content))
    title = root.find(".//head/title")
    amp = any(name in root.attrib for name in ("amp", "⚡", "data-ampdevmode"))
    return Metadata(
        meta,
        _canonical(root, meta, url),
        _declared_language(root, meta),
        clean("".join(title.itertext())) or None if title is not None else None,
        amp,
    )


def _canonical(root: etree._Element, meta: Mapping[str, str], url: str | None) -> str | None:
    """The first candidate that is a web address on the page's own site; a front page is no article's address."""
    links = [e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    host = _site(url) if url else None
    for candidate in (*links, meta.get("og:url")):
        address = _absolute(candidate, url)
        if address is None or urlsplit(address).path in {"", "/"}:
            continue
        if host is None or _site(address) == host:
            return address
    return plain_address(url) if url else None


def _absolute(href: str | None, url: str | None) -> str | None:
    if not href or len(href) > 2000:
        return None
    try:
        address = urljoin(url, href.strip()) if url else href.strip()
        parts = urlsplit(address)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return clean(address.split("#")[0]) if is_web else None


def _site(url: str) -> str:
    """The last two labels of the host (three below a short second label such as co.uk)."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    size = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


def domain(url: str | None) -> str | None:
    """The host of an address without `www.`; None when there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _declared_language(root: etree._Element, meta: Mapping[str, str]) -> str | None:
    declared = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        root.get("xml:lang"),
        meta.get("og:locale"),
        meta.get("content-language"),
    )
    for value in declared:
        code = (value or "").strip().replace("_", "-").split("-")[0].lower()
        if len(code) == 2 and code.isalpha():
            return code
    return None


def times(root: etree._Element, data: LinkedData, page: Metadata) -> tuple[datetime | None, datetime | None, list[str]]:
    """Published, modified, and the stated times that carry no zone and were therefore not used."""
    shown = [e for e in root.iter("time") if e.get("datetime")]
    published = [
        data.text("datePublished", "dateCreated", "uploadDate"),
        *(page.meta.get(name) for name in PUBLISHED),
        *_itemprops(root, "datepublished"),
        *(
            e.get("datetime")
            for e in shown
            if e.get("pubdate") is not None or "publish" in (e.get("class") or "").lower()
        ),
    ]
    modified = [
        data.text("dateModified"),
        *(page.meta.get(name) for name in MODIFIED),
        *_itemprops(root, "datemodified"),
        *(e.get("datetime") for e in shown if any(w in (e.get("class") or "").lower() for w in ("updat", "modif"))),
    ]
    if not any(published) and len({e.get("datetime") for e in shown}) == 1:
        published.append(shown[0].get("datetime"))
    first, unzoned = _choose(published)
    second, more = _choose(modified)
    return first, second, ([] if first else unzoned[:1]) + ([] if second else more[:1])


def _itemprops(root: etree._Element, name: str) -> list[str | None]:
    found = (e for e in root.iter("time", "span", "div", "p", "abbr") if (e.get("itemprop") or "").lower() == name)
    return [e.get("datetime") or e.get("content") or e.text for e in found]


def _choose(candidates: Iterable[str | None]) -> tuple[datetime | None, list[str]]:
    stamps: list[Stamp] = [stamp for words in candidates if (stamp := read_stamp(words))]
    instants = [stamp.instant for stamp in stamps if stamp.instant]
    return (instants[0] if instants else None), [stamp.words for stamp in stamps if not stamp.instant]


def outlet_name(data: LinkedData, page: Metadata, url: str | None, headline: str | None) -> str | None:
    """How the outlet calls itself.

    og:site_name, else the publisher in JSON-LD, else what the title element adds to the headline, else the domain.
    """
    named = page.first("og:site_name") or next(iter(data.names("publisher", "sourceOrganization")), None)
    named = named or page.first("application-name", "publisher", "dc.publisher", "twitter:app:name:iphone")
    host = domain(page.canonical or url)
    return named or _from_title(page.title, headline, host) or host


def _from_title(title: str | None, headline: str | None, host: str | None) -> str | None:
    """The part of "Headline | Outlet" that is not the headline, or that the domain is named after.

    What stands before a colon is a name only when the domain is named after it.
    """
    label = squash((host or "").split(".")[0])
    named = (label, f"the{label}")
    before, colon, _ = (title or "").partition(":")
    if colon and len(squash(before)) > 2 and squash(before) in named:
        return before.strip()
    parts = [part.strip() for part in TITLE_JOINT.split(title or "") if part.strip()]
    if len(parts) < 2:
        return None
    alike = next((part for part in parts if len(squash(part)) > 2 and squash(part) in named), None)
    rest = [part for part in (parts[0], parts[-1]) if headline and squash(part) not in squash(headline)]
    is_rest = len(rest) == 1 and len(rest[0]) <= 40 and squash(headline or "") in squash(title or "")
    return alike or (rest[0] if is_rest else None)
