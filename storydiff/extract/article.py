"""Read a page: bytes in, one version out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from trafilatura import bare_extraction

from storydiff.extract.blocks import Block, read_blocks
from storydiff.extract.decode import parse
from storydiff.extract.jsonld import read_linked_data
from storydiff.extract.metadata import outlet_name, read_metadata, times
from storydiff.model import Extent, Paragraph, Problem, Role, Version, fingerprint, version_id

SQUASH = re.compile(r"\W+")
TAG_ROLES = {
    "li": Role.LIST_ITEM,
    "blockquote": Role.BLOCK_QUOTE,
    "h2": Role.SUBHEAD,
    "h3": Role.SUBHEAD,
    "h4": Role.SUBHEAD,
}


def read_page(
    body: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    status: int = 200,
    fetched: datetime | None = None,
    outlet: str | None = None,
    snapshot: str | None = None,
) -> Version:
    """The article on a page as a version. Never raises on a bad page: its extent is then BLOCKED and `problems` say why."""
    page = parse(body, charset)
    if page.root is None:
        return _version(
            Version(
                id="",
                outlet=outlet or "unknown",
                url=url,
                extent=Extent.BLOCKED,
                fetched=fetched,
                problems=(Problem("empty_page", "The page is empty."),),
            )
        )
    meta = read_metadata(page.root, url)
    headline = meta.first("og:title") or meta.title
    data = read_linked_data(page.root, headline)
    published, modified, _ = times(page.root, data, meta)
    paragraphs = _body(read_blocks(page.root), page.root)
    blocked = status >= 400 or sum(len(p.text) for p in paragraphs) < 250
    truncated = data.free is False and bool(paragraphs) and paragraphs[-1].text[-1] not in '.!?”"’)»'
    return _version(
        Version(
            id="",
            outlet=outlet or outlet_name(data, meta, url) or "unknown",
            url=meta.canonical,
            extent=Extent.BLOCKED if blocked else Extent.TRUNCATED if truncated else Extent.COMPLETE,
            language=meta.language,
            headline=data.text("headline") or headline,
            byline=", ".join(data.names("author")) or None,
            published=published,
            modified=modified,
            fetched=fetched,
            paragraphs=() if blocked else paragraphs,
            problems=(Problem("no_article", "The page holds no article."),) if blocked else (),
            snapshot=snapshot,
        )
    )


def _version(draft: Version) -> Version:
    return replace(
        draft,
        id=version_id(draft.article, draft.fetched, fingerprint(draft.headline, draft.standfirst, draft.paragraphs)),
    )


def _squash(text: str) -> str:
    return SQUASH.sub("", text).lower()


def _body(blocks: list[Block], root: object) -> tuple[Paragraph, ...]:
    document = bare_extraction(root, include_comments=False, fast=True)
    if document is None:
        return ()
    kept = _squash("".join(document.body.itertext()))
    chosen = [
        b for b in blocks if not b.node.hidden and _squash(b.text) and _squash(b.text) in kept and len(b.text) > 20
    ]
    return tuple(Paragraph(b.text, TAG_ROLES.get(b.node.tag, Role.BODY)) for b in chosen)
