"""From bytes to a tree: which charset, and how much of a hostile page is read.

The charset rule follows the Encoding Standard (byte order mark, header, meta) with one deviation: bytes that are valid
UTF-8 and not plain ASCII are UTF-8 whatever is declared, since text in another charset practically never is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree

MAX_BYTES = 3_000_000
"""The largest of 259 real pages has 1.55 MB; the rest of a larger one is dropped, and it does not count as complete."""
PRESCAN = 4096
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})""")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
"""Browsers read the label on the left as the charset on the right (Encoding Standard, labels)."""
SEQUENCES = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}")
"""Letters of UTF-8; those with the bytes that are rare in texts are left out."""
NO_TEXT = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined", "utf-7"})


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `root` is None when there is no markup or text at all."""

    root: etree._Element | None
    source: bytes
    """The page in UTF-8, for readers that parse it themselves."""
    charset: str
    cut: bool
    """The page was longer than `MAX_BYTES`, or nested so deep that the parser stopped before its end."""


def parse(body: bytes, header_charset: str | None) -> Page:
    """The page as a tree without comments and processing instructions; never raises on bad bytes."""
    text, charset = decode(body[:MAX_BYTES], header_charset)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    source = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser=parser)
    except etree.XMLSyntaxError:
        root = None
    deep = any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())
    return Page(root, source, charset, cut=deep or len(body) > MAX_BYTES)


def decode(body: bytes, header_charset: str | None) -> tuple[str, str]:
    """The text and the charset it was read with: byte order mark, valid UTF-8, header, meta, Windows-1252."""
    for mark, charset in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset
    if not body.isascii() and _is_utf8(body):
        return body.decode("utf-8", "ignore"), "utf-8"
    if _is_damaged_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    declared = _declared(body, header_charset)
    tried = [(body.decode(charset, "replace"), charset) for charset in declared]
    return min(tried, key=lambda pair: pair[0].count("\ufffd"))


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether it is UTF-8 with a few broken signs: read as anything else, every good one would be two or three wrong
    ones. Letters of other charsets hardly ever make a good sequence, so good ones decide when they are the more."""
    good = len(SEQUENCES.findall(body))
    return good > body.decode("utf-8", "replace").count("\ufffd")


def _declared(body: bytes, header_charset: str | None) -> list[str]:
    labels = [header_charset or ""]
    labels += [m[1].decode("ascii") for m in (XML_CHARSET.search(body), META_CHARSET.search(body[:PRESCAN])) if m]
    names = [name for label in labels if (name := _codec(label))]
    return list(dict.fromkeys([*names, "utf-8", "cp1252"]))


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip().strip("\"'").lower()).name
    except (LookupError, ValueError):
        return None
    return None if name in NO_TEXT else SUPERSETS.get(name, name)


def _is_utf8(body: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True
