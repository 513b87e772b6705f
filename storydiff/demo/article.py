"""The demo's texts: a plain format that people can read and edit, one file per state of an article.

    headline: ...
    standfirst: ...
    byline: ...
    modified: 2026-05-15T09:15Z

    A paragraph.

    ## A sub-heading

    - a list item

    [caption] What the picture shows.

`[name]` before a block says what it is: caption, credit, pull, teaser, newsletter, correction, paywall, or
`[post TIME] Title` for a post of a live blog, to which the paragraphs after it belong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from storydiff.testing import moment

MARK = re.compile(r"\[(?P<kind>[a-z]+)(?: (?P<time>\S+))?\] ")
PREFIXES = {"## ": "subhead", "- ": "item"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article; `kind` is "text" for a paragraph of the body."""

    kind: str
    text: str
    time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One state of an outlet's article."""

    headline: str
    standfirst: str
    byline: str
    modified: datetime
    blocks: tuple[Block, ...]

    def all(self, kind: str) -> list[str]:
        """The texts of one kind, in order."""
        return [block.text for block in self.blocks if block.kind == kind]

    @property
    def body(self) -> list[str]:
        """What a reader would call the article: paragraphs and list items."""
        return [block.text for block in self.blocks if block.kind in ("text", "item")]

    @property
    def posts(self) -> list[tuple[Block, list[str]]]:
        """Live blogs: each post's title with its paragraphs."""
        posts: list[tuple[Block, list[str]]] = []
        for block in self.blocks:
            if block.kind == "post":
                posts.append((block, []))
            elif posts and block.kind == "text":
                posts[-1][1].append(block.text)
        return posts


def read_article(text: str) -> Article:
    """The article that `text` holds in the format above."""
    head, *pieces = [piece.strip("\n") for piece in re.split(r"\n\s*\n", text.strip())]
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    blocks = tuple(_block(piece) for line in pieces for piece in _items(line))
    return Article(modified=moment(fields.pop("modified")), blocks=blocks, **fields)


def _items(piece: str) -> list[str]:
    return piece.splitlines() if piece.startswith("- ") else [piece]


def _block(piece: str) -> Block:
    mark = MARK.match(piece)
    if mark:
        time = moment(mark["time"]) if mark["time"] else None
        return Block(mark["kind"], piece[mark.end() :], time)
    for prefix, kind in PREFIXES.items():
        if piece.startswith(prefix):
            return Block(kind, piece.removeprefix(prefix))
    return Block("text", piece)
