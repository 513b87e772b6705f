"""Lists of sources that people keep: OPML, as feed readers export it, or one address a line."""

from __future__ import annotations

import re

from storydiff.discover.addresses import absolute
from storydiff.discover.markup import name_of, xml_tree

BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE)
"""An address as people write it: without its scheme."""


def source_of(text: str) -> str | None:
    """The address that a word means; None when it is none."""
    if text.lower().startswith(("http://", "https://")):
        return text
    return f"https://{text}" if BARE.fullmatch(text) else None


def sources_in(body: bytes) -> tuple[str, ...]:
    """The addresses in a list, each once, in its order. Lines that begin with # are remarks."""
    root = xml_tree(body, None) if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else None
    if root is not None:
        outlines = [element for element in root.iter() if name_of(element) == "outline"]
        found = (absolute(each.get("xmlUrl") or each.get("htmlUrl"), "") for each in outlines)
    else:
        lines = (line.strip() for line in body.decode("utf-8-sig", "replace").splitlines())
        found = (source_of(line.split()[0]) for line in lines if line and not line.startswith("#"))
    return tuple(dict.fromkeys(filter(None, found)))
