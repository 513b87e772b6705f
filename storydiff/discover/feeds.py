"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x, read for what they say of articles.

Elements are known by their local name: feeds in the wild mix namespaces, versions and spellings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from storydiff.discover.addresses import absolute
from storydiff.discover.entry import Entry
from storydiff.discover.language import code_of
from storydiff.discover.making import Said, entry_of
from storydiff.discover.markup import children, inner, name_of

ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
ITEMS = frozenset({"item", "entry"})
PUBLISHED = ("pubdate", "published", "date", "issued", "created")
UPDATED = ("updated", "modified", "lastbuilddate")
TEXTS = ("description", "summary", "encoded", "content", "subtitle", "abstract")
XML_BASE, XML_LANG = ("{http://www.w3.org/XML/1998/namespace}" + name for name in ("base", "lang"))


def read_xml(root: etree._Element, base: str) -> Iterator[Entry]:
    """The entries of an RSS or Atom feed, in its order; items without a usable address are passed over."""
    channel = next((child for name, child in children(root) if name == "channel"), root)
    language = _language(channel) or _language(root)
    base = absolute(root.get(XML_BASE), base) or base
    for item in root.iter():
        if name_of(item) in ITEMS and (entry := _item(item, base, language)):
            yield entry


def _language(element: etree._Element) -> str | None:
    said = [inner(child) for name, child in children(element) if name == "language"]
    return code_of(element.get(XML_LANG) or next(iter(said), None))


def _item(item: etree._Element, base: str, language: str | None) -> Entry | None:
    fields: dict[str, list[etree._Element]] = {}
    for name, child in children(item):
        fields.setdefault(name, []).append(child)
    base = absolute(item.get(XML_BASE), base) or base
    texts = [inner(each) for name in TEXTS for each in fields.get(name, ())]
    said = Said(
        title=_first(fields, ("title",)),
        texts=texts,
        published=_all(fields, PUBLISHED),
        updated=_all(fields, UPDATED),
        language=_language(item) or language,
    )
    addresses = (absolute(each.replace("&amp;", "&"), base) for each in _links(item, fields))
    return entry_of(next(filter(None, addresses), None), said)


def _links(item: etree._Element, fields: Mapping[str, list[etree._Element]]) -> Iterator[str]:
    """Where an item may lead, the best first: past a redirector, its link, its identity when that is an address."""
    for name in ("origlink", "link"):
        for link in fields.get(name, ()):
            href = link.get("href")
            if href is None:
                yield inner(link).strip()
            elif (link.get("rel") or "alternate") == "alternate":
                yield href
    for guid in (*fields.get("guid", ()), *fields.get("id", ())):
        text = inner(guid).strip()
        if (guid.get("isPermaLink") or "true").lower() != "false" and text.startswith(("http://", "https://")):
            yield text
    yield next((value for key, value in item.attrib.items() if str(key).endswith("}about")), "")


def _first(fields: Mapping[str, list[etree._Element]], names: Iterable[str]) -> str:
    return next((text for text in _all(fields, names) if text.strip()), "")


def _all(fields: Mapping[str, list[etree._Element]], names: Iterable[str]) -> list[str]:
    return [inner(element) for name in names for element in fields.get(name, ())]


def read_json(body: bytes, base: str) -> list[Entry] | None:
    """The entries of a JSON Feed; None when it is none."""
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    language = code_of(_text(feed, "language"))
    made = (_json_item(item, base, language) for item in items if isinstance(item, dict))
    return [entry for entry in made if entry]


def _json_item(item: Mapping[str, Any], base: str, language: str | None) -> Entry | None:
    said = Said(
        title=_text(item, "title"),
        texts=[_text(item, name) for name in ("summary", "content_text", "content_html")],
        published=[_text(item, "date_published")],
        updated=[_text(item, "date_modified")],
        language=code_of(_text(item, "language")) or language,
    )
    named = _text(item, "id")
    candidates = (_text(item, "url"), _text(item, "external_url"), named if named.startswith("http") else "")
    return entry_of(next(filter(None, (absolute(each, base) for each in candidates)), None), said)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    # JSON may hold halves of surrogate pairs, which no file or terminal takes.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
