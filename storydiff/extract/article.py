"""Read a page: bytes in, one version out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from storydiff.extract.blocks import Block, read_blocks
from storydiff.extract.body import MODEL, likelihoods
from storydiff.extract.decode import parse
from storydiff.extract.features import Hints
from storydiff.extract.headline import find_headline, squash
from storydiff.extract.jsonld import LinkedData, read_linked_data
from storydiff.extract.metadata import Metadata, outlet_name, read_metadata, times
from storydiff.extract.roles import assign, standfirst
from storydiff.extract.vote import kept_text
from storydiff.model import Extent, Paragraph, Problem, Version, fingerprint, version_id


@dataclass(frozen=True, slots=True)
class Reading:
    """A page taken apart, before anything is decided."""

    blocks: list[Block]
    hints: Hints
    metadata: Metadata
    data: LinkedData
    times: tuple[datetime | None, datetime | None, list[str]]
    cut: bool


def read(body: bytes, charset: str | None, url: str | None) -> Reading | None:
    """The page's blocks and statements; None when it holds no markup or text at all."""
    page = parse(body, charset)
    if page.root is None:
        return None
    metadata = read_metadata(page.root, url)
    data = read_linked_data(page.root, metadata.first("og:title") or metadata.title)
    blocks = read_blocks(page.root)
    titles = [
        title for title in (data.text("headline"), metadata.first("og:title", "twitter:title"), metadata.title) if title
    ]
    at = find_headline(blocks, titles)
    description = metadata.first("description", "og:description") or data.text("description") or ""
    when = times(page.root, data, metadata)
    hints = Hints(
        squash(blocks[at].text) if at is not None else "",
        at,
        squash(description),
        kept_text(page.source, sum(1 for _ in page.root.iter())),
    )
    return Reading(blocks, hints, metadata, data, when, page.cut)


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
    reading = read(body, charset, url)
    if reading is None:
        empty = Problem("empty_page", "The page is empty.")
        return _identified(
            Version(
                id="", outlet=outlet or "unknown", url=url, extent=Extent.BLOCKED, fetched=fetched, problems=(empty,)
            )
        )
    blocks, meta, data = reading.blocks, reading.metadata, reading.data
    likely = likelihoods(blocks, reading.hints)
    parts = assign(blocks, likely, MODEL.threshold, reading.hints.headline_at)
    dek = standfirst(blocks, parts, reading.hints.headline_at, reading.hints.description)
    paragraphs = tuple(Paragraph(part.block.text, part.role) for part in parts if part.at != dek)
    blocked = status >= 400 or sum(len(p.text) for p in paragraphs) < 250
    truncated = data.free is False and bool(paragraphs) and paragraphs[-1].text[-1] not in '.!?”"’)»'
    at = reading.hints.headline_at
    return _identified(
        Version(
            id="",
            outlet=outlet or outlet_name(data, meta, url) or "unknown",
            url=meta.canonical,
            extent=Extent.BLOCKED if blocked else Extent.TRUNCATED if truncated else Extent.COMPLETE,
            language=meta.language,
            headline=blocks[at].text
            if at is not None
            else data.text("headline") or meta.first("og:title") or meta.title,
            standfirst=blocks[dek].text if dek is not None else None,
            byline=", ".join(data.names("author")) or None,
            published=reading.times[0],
            modified=reading.times[1],
            fetched=fetched,
            paragraphs=() if blocked else paragraphs,
            problems=(Problem("no_article", "The page holds no article."),) if blocked else (),
            snapshot=snapshot,
        )
    )


def _identified(draft: Version) -> Version:
    content = fingerprint(draft.headline, draft.standfirst, draft.paragraphs)
    return replace(draft, id=version_id(draft.article, draft.fetched, content))
