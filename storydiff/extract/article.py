"""Read a page: bytes in, one version out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import py3langid

from storydiff.extract import bylines, extent
from storydiff.extract.blocks import Block
from storydiff.extract.body import MODEL, likelihoods
from storydiff.extract.characters import WIDE, ends_sentence, squash
from storydiff.extract.decode import parse
from storydiff.extract.features import Hints
from storydiff.extract.headline import find_headline
from storydiff.extract.jsonld import LinkedData, read_linked_data
from storydiff.extract.liveblog import Post, find_posts, is_text, newest_first
from storydiff.extract.metadata import Metadata, domain, outlet_name, read_metadata, times
from storydiff.extract.outlets import corrected, quirk_of
from storydiff.extract.roles import Part, assign, standfirst
from storydiff.extract.signals import gather
from storydiff.extract.vote import kept_text
from storydiff.extract.walk import MAX_BLOCKS, read_blocks
from storydiff.model import BODY_ROLES, Extent, Paragraph, Problem, Role, Version, fingerprint, version_id

NAMELESS = "unknown outlet"
STAMP_LINE = re.compile(r"(?:\d{1,2}[./]\d{1,2}[./]|\d{4}-\d{2}-)\d{2,4}\b")
STAMPED, SHORT = 4, 90
"""Paragraphs at the top among which a line of date and name may stand, and its length in characters."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page taken apart, before anything is decided."""

    blocks: list[Block]
    hints: Hints
    titles: list[str]
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
    titles = [t for t in (data.text("headline"), metadata.first("og:title", "twitter:title"), metadata.title) if t]
    at = find_headline(blocks, titles)
    description = metadata.first("description", "og:description") or data.text("description") or ""
    when = times(page.root, data, metadata)
    kept = kept_text(page.source, sum(1 for _ in page.root.iter()))
    hints = Hints(squash(blocks[at].text) if at is not None else "", at, squash(description), kept)
    return Reading(blocks, hints, titles, metadata, data, when, page.cut or len(blocks) >= MAX_BLOCKS)


def read_page(  # noqa: PLR0913 - each argument is a fact about the fetch that only the caller knows
    body: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    status: int = 200,
    fetched: datetime | None = None,
    outlet: str | None = None,
    snapshot: str | None = None,
) -> Version:
    """The article on a page as a version.

    `charset` is the one of the Content-Type header, `status` the HTTP status, `outlet` a name that wins over the page's
    own. Never raises on a bad page: its extent is then BLOCKED, without paragraphs, and `problems` say why.
    """
    given = Version(id="", outlet=outlet or domain(url) or NAMELESS, url=url, fetched=fetched, snapshot=snapshot)
    reading = read(body, charset, url)
    if reading is None:
        problem = Problem("empty_page", "The page is empty.")
        return _identified(replace(given, extent=Extent.BLOCKED, problems=(problem,)))
    quirk = quirk_of(domain(reading.metadata.canonical or url))
    name = outlet or quirk.name or outlet_name(reading.data, reading.metadata, url, _headline(reading)) or NAMELESS
    likely = corrected(likelihoods(reading.blocks, reading.hints), reading.blocks, quirk)
    parts, posts = _parts(reading, likely)
    signals = gather(reading.blocks, parts, reading.data, reading.metadata, status=status, cut=reading.cut)
    how_much, problems = extent.decide(signals)
    stated = replace(given, outlet=name, extent=how_much, url=reading.metadata.canonical)
    if how_much is Extent.BLOCKED:
        return _identified(replace(stated, headline=None, problems=problems))
    return _identified(_filled(stated, reading, parts, posts, problems))


def _parts(reading: Reading, likely: Sequence[float]) -> tuple[list[Part], list[Post]]:
    """The article's parts, those of a live blog's posts included, and the posts."""
    posts = find_posts(reading.blocks, reading.data)
    threshold = MODEL.threshold
    if posts:
        likely = list(likely)
        for post in posts:
            for i in post.blocks:
                likely[i] = float(i == post.heading or is_text(reading.blocks[i]))
    parts = assign(reading.blocks, likely, threshold, reading.hints.headline_at)
    headings = {post.heading for post in posts}
    parts = [replace(part, role=Role.ENTRY) if part.at in headings else part for part in parts]
    return [_walled(part, parts) for part in parts if not _is_stamp(part, parts)], posts


def _is_stamp(part: Part, parts: Sequence[Part]) -> bool:
    """A short line among the first that begins with the date in figures: when, and by whom, but no text."""
    is_first = part in parts[:STAMPED] and part.role in BODY_ROLES and len(part.block.text) <= SHORT
    return is_first and STAMP_LINE.match(part.block.text) is not None and not ends_sentence(part.block.text)


def _walled(part: Part, parts: Sequence[Part]) -> Part:
    """A line at the end that offers a subscription for the rest is no text."""
    if part.role in BODY_ROLES and part in parts[-6:] and extent.is_wall(part.block.text):
        return replace(part, role=Role.NEWSLETTER)
    return part


def _filled(
    stated: Version, reading: Reading, parts: Sequence[Part], posts: Sequence[Post], problems: tuple[Problem, ...]
) -> Version:
    hints, meta, data = reading.hints, reading.metadata, reading.data
    dek = standfirst(reading.blocks, parts, hints.headline_at, hints.description)
    kept = [part for part in parts if part.at != dek]
    paragraphs = _paragraphs(kept, posts)
    texts = [paragraph.text for paragraph in paragraphs if paragraph.role in BODY_ROLES]
    above, below = _around(reading, kept)
    by, place = bylines.byline(above, data, meta)
    place = bylines.dateline(texts[0] if texts else None) or place
    lines = [block.text for block in (*below, *above)] + [p.text for p in paragraphs if p.role is Role.CREDIT]
    published, modified, unzoned = reading.times
    doubts = tuple(
        Problem("time_without_zone", f"The page gives the time {words} without a zone; it was not used.")
        for words in dict.fromkeys(unzoned)
    )
    return replace(
        stated,
        language=_language(meta.language, texts),
        headline=_headline(reading),
        standfirst=reading.blocks[dek].text if dek is not None else None,
        byline=by,
        dateline=place,
        published=published,
        modified=modified,
        credit=bylines.agency(texts, lines, (place, by), data, stated.outlet),
        paragraphs=paragraphs,
        problems=problems + doubts,
    )


def _around(reading: Reading, parts: Sequence[Part]) -> tuple[list[Block], list[Block]]:
    """The shown lines between headline and text, and the first ones after it."""
    text = [part.at for part in parts if part.role in BODY_ROLES] or [0]
    at = reading.hints.headline_at
    low = max(0, text[0] - 10) if at is None or at > text[0] else max(0, at - 4)
    above, below = reading.blocks[low : text[0]], reading.blocks[text[-1] + 1 : text[-1] + 6]
    return [b for b in above if not b.node.hidden], [b for b in below if not b.node.hidden]


def _paragraphs(parts: Sequence[Part], posts: Sequence[Post]) -> tuple[Paragraph, ...]:
    numbers = newest_first(posts)
    of = {i: (number, post.posted) for number, post in zip(numbers, posts, strict=True) for i in post.blocks}
    return tuple(Paragraph(part.block.text, part.role, *of.get(part.at, (None, None))) for part in parts)


def _headline(reading: Reading) -> str | None:
    """The headline as shown, without a kicker set into the same heading; else as stated."""
    at = reading.hints.headline_at
    if at is None:
        return next(iter(reading.titles), None)
    shown = reading.blocks[at].text
    inner = [t for t in reading.titles if len(t) >= 0.5 * len(shown) and shown.endswith(t) and t != shown]
    return inner[0] if inner else shown


def _language(declared: str | None, texts: Sequence[str]) -> str | None:
    """The declared language, unless an English template frames a text in another script; else the recognised one."""
    sample = " ".join(texts)[:2000]
    foreign = declared == "en" and sum(c > "\u036f" and c.isalpha() for c in sample) > 0.5 * len(sample)
    if declared and not foreign:
        return declared
    if len(sample) < 40 and not WIDE.search(sample):
        return declared
    return str(py3langid.classify(sample)[0])


def _identified(draft: Version) -> Version:
    content = fingerprint(draft.headline, draft.standfirst, draft.paragraphs)
    return replace(draft, id=version_id(draft.article, draft.fetched, content))
