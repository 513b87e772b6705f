"""Hostile XML made a tree, and markup made plain text.

No document type reaches the parser, so there is no entity to expand, fetch or multiply (XXE, billion laughs); lxml is
told besides to resolve none and to use no network. Broken feeds are the rule, so the parser mends what it can. An own
reader was preferred to feedparser (measured: docs/discover.md), which is slower and knows nothing of sitemaps.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from lxml import etree

from storydiff.errors import TooLarge
from storydiff.extract.decode import decode

MAX_UNPACKED = 20_000_000
"""Bytes of a listing packed within its own file (.xml.gz); the standard allows sitemaps of 50 MB, newsrooms' have 1."""
GZIP = b"\x1f\x8b"
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
DOCTYPE = re.compile(r"<!doctype", re.IGNORECASE)
END_OF_SUBSET = re.compile(r"\]\s*>")
LOOSE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
TAG = re.compile(
    r"<!--|</?(?:a|abbr|article|b|blockquote|br|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head"
    r"|header|hr|html|i|iframe|img|ins|li|link|main|mark|meta|noscript|ol|p|picture|pre|q|s|script|section|small|source"
    r"|span|strong|style|sub|sup|svg|table|tbody|td|template|th|time|tr|u|ul|video)(?=[\s/>])",
    re.IGNORECASE,
)
"""Words in angle brackets that are no tags of HTML were meant to be read."""
LONGEST_TEXT = 60_000
"""Characters of markup looked at for one text."""
SKIPPED = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "head"})


def unpacked(body: bytes) -> bytes:
    """The bytes, unpacked when they are a gzip file; of a torn one what there is. TooLarge past the limit."""
    if not body.startswith(GZIP):
        return body
    inflater = zlib.decompressobj(31)
    try:
        found = inflater.decompress(body, MAX_UNPACKED + 1)
    except zlib.error:
        return b""
    if len(found) > MAX_UNPACKED:
        raise TooLarge(f"The list unpacks to more than {MAX_UNPACKED // 1_000_000} MB.", hint="Give a smaller sitemap.")
    return found


def xml_tree(body: bytes, charset: str | None) -> etree._Element | None:
    """The root of an XML document, mended as far as can be; None when there is none."""
    text = NOT_XML.sub("", decode(body, charset)[0]).lstrip("\ufeff")
    text = LOOSE.sub("&amp;", NAMED.sub(_character, _without_doctype(DECLARATION.sub("", text, count=1))))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.strip().encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _without_doctype(text: str) -> str:
    """The document without its type and all entities that it declares."""
    found = DOCTYPE.search(text)
    if found is None:
        return text
    subset, end = text.find("[", found.end()), text.find(">", found.end())
    if 0 <= subset < end:
        closed = END_OF_SUBSET.search(text, subset)
        end = closed.end() - 1 if closed else len(text)
    return text[: found.start()] + (text[end + 1 :] if end >= 0 else "")


def _character(match: re.Match[str]) -> str:
    """HTML's names for characters, which XML does not know."""
    return match[0] if match[1] in XML_NAMES else html5.get(f"{match[1]};", match[0])


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace, lower case; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The elements in it with their names."""
    return ((name, child) for child in element if (name := name_of(child)))


def inner(element: etree._Element | None) -> str:
    """All text in an element as it stands."""
    return "".join(element.itertext()) if element is not None else ""


def plain(markup: str, limit: int) -> str:
    """Text of a feed, which may be markup and escaped twice, as one line of at most `limit` characters."""
    text = markup[:LONGEST_TEXT]
    for _ in range(2):
        if TAG.search(text):
            text = _without_tags(text)
        if "&" not in text:
            break
        text = unescape(text)
    text = " ".join(NOT_XML.sub(" ", text).split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def _without_tags(text: str) -> str:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(f"<div>{NOT_XML.sub(' ', text)}</div>".encode(), parser)
    except etree.XMLSyntaxError:
        return ""
    return "" if root is None else "".join(_shown(root))


def _shown(root: etree._Element) -> Iterator[str]:
    """The texts of a tree in order, a space where an element ends; without recursion, as nesting may be deep."""
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        skipped = name_of(element) in SKIPPED
        if event == "start":
            hidden += skipped
            if not hidden and element.text:
                yield element.text
        else:
            hidden -= skipped
            yield from ("" if name_of(element) in INLINE else " ", (element.tail or "") if not hidden else "")


INLINE = frozenset(
    {"a", "abbr", "b", "cite", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u", "mark"}
)
