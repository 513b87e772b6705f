"""An article's text as fetched at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Extent(StrEnum):
    """How much of the article this version holds. Only `COMPLETE` can prove an omission."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    BLOCKED = "blocked"


class Role(StrEnum):
    """What a paragraph is on its page. Only body roles are collated."""

    BODY = "body"
    LIST_ITEM = "list_item"
    BLOCK_QUOTE = "block_quote"
    SUBHEAD = "subhead"
    ENTRY = "entry"
    """The title line of a live-blog post."""
    CAPTION = "caption"
    CREDIT = "credit"
    PULL_QUOTE = "pull_quote"
    TEASER = "teaser"
    NEWSLETTER = "newsletter"
    CORRECTION = "correction"


BODY_ROLES = frozenset({Role.BODY, Role.LIST_ITEM, Role.BLOCK_QUOTE})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, verbatim, with its role."""

    text: str
    role: Role = Role.BODY
    post: int | None = None
    """Live blogs: number of the post it belongs to, 0 the newest; None elsewhere."""
    posted: datetime | None = None
    """Live blogs: when the post says it was written."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept us from reading the whole article; `message` is for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One outlet's article as it read at one moment. Immutable."""

    id: str
    outlet: str
    """The outlet's name as shown to people; also its identity within a story."""
    url: str | None = None
    """Canonical address; None for text given in memory. With `outlet` it identifies the article."""
    extent: Extent = Extent.COMPLETE
    language: str | None = None
    """ISO 639-1, lower case; None when unknown."""
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    fetched: datetime | None = None
    """All times carry a zone; they are UTC inside."""
    credit: str | None = None
    """The agency credit as printed ("With reporting by AP"); None when none is printed."""
    paragraphs: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()
    snapshot: str | None = None
    """SHA-256 (hex) of the archived bytes; None when nothing was archived."""

    @property
    def article(self) -> str:
        """What identifies the article across its versions."""
        return self.url or f"outlet:{self.outlet}"

    @property
    def body(self) -> tuple[tuple[int, Paragraph], ...]:
        """The body paragraphs with their index in `paragraphs`."""
        return tuple([(i, p) for i, p in enumerate(self.paragraphs) if p.role in BODY_ROLES])

    @property
    def text(self) -> str:
        """All paragraphs, a blank line between them."""
        return "\n\n".join([p.text for p in self.paragraphs])


def fingerprint(headline: str | None, standfirst: str | None, paragraphs: Iterable[Paragraph]) -> str:
    """Hash of what a reader sees of the article; two fetches with one fingerprint are one version."""
    lines = [headline or "", standfirst or "", *(f"{p.role}\t{' '.join(p.text.split())}" for p in paragraphs)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def version_id(article: str, fetched: datetime | None, content: str) -> str:
    """Identity of a version: same article, moment and content give the same id on every machine."""
    stamp = fetched.isoformat() if fetched else ""
    return "v" + hashlib.sha256(f"{article}\n{stamp}\n{content}".encode()).hexdigest()[:12]
