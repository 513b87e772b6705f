"""From an item as standards have it to a version: nothing of its text is lost, and nothing is added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from lxml import html

from storydiff.api.models.item import Named, NewsArticle, NinjsItem, Worded
from storydiff.model import Paragraph, Role, Version

HTML = re.compile(r"html", re.IGNORECASE)
ROLES = {
    "li": Role.LIST_ITEM,
    "blockquote": Role.BLOCK_QUOTE,
    "figcaption": Role.CAPTION,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.SUBHEAD),
}
BLOCKS = frozenset({"p", "div", "section", "article", "ul", "ol", "body", "figure", "table", "tr", "td", "th", *ROLES})
UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "title"})


def of_ninjs(item: NinjsItem, outlet: str, now: datetime) -> Version:
    """The version that a ninjs 3.1 item holds. Its `uri` identifies the article."""
    body = _best(item.bodies, "main", "article")
    headline = _best(item.headlines, "main", "headline")
    return Version(
        id="",
        outlet=outlet,
        url=item.uri,
        language=_language(item.language),
        headline=_line(headline.value) if headline else None,
        standfirst=_standfirst(item.descriptions),
        byline=", ".join(_line(each.value) or "" for each in item.bylines) or None,
        dateline=_line(item.located),
        published=item.first_created,
        modified=item.version_created,
        fetched=now,
        credit=next((each.name for each in item.info_sources if each.name and each.name != outlet), None),
        paragraphs=_paragraphs(body) if body else (),
    )


def of_article(item: NewsArticle, outlet: str, now: datetime) -> Version:
    """The version that a schema.org NewsArticle holds. Its `url`, else its `identifier`, identifies the article."""
    return Version(
        id="",
        outlet=outlet,
        url=item.url or item.identifier,
        language=_language(item.in_language),
        headline=_line(item.headline),
        standfirst=_line(item.description),
        byline=_names(item.author),
        dateline=_line(item.dateline),
        published=item.date_published,
        modified=item.date_modified,
        fetched=now,
        paragraphs=plain(item.article_body),
    )


def publisher(item: NinjsItem | NewsArticle) -> str | None:
    """Who published it, as the item says."""
    if isinstance(item, NewsArticle):
        return item.publisher.name if item.publisher else None
    named = [each for each in item.info_sources if each.name and (each.role or "").endswith(("publisher", "provider"))]
    return named[0].name if named else None


def plain(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs of plain text: between blank lines, or lines where there are none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    pieces = re.split(r"\n[ \t]*\n", text) if re.search(r"\n[ \t]*\n", text) else text.split("\n")
    return tuple(Paragraph(" ".join(piece.split())) for piece in pieces if piece.strip())


def marked_up(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs of HTML with their roles; scripts and styles are no text."""
    root = html.fromstring(f"<div>{text.translate(_CONTROLS)}</div>", parser=html.HTMLParser(huge_tree=True))
    pieces: list[tuple[Role, list[str]]] = [(Role.BODY, [])]
    for role, words in _runs(root):
        if role is None:
            pieces[-1][1].append(words)
        else:
            pieces.append((role, [words]))
    joined = ((role, " ".join("".join(words).split())) for role, words in pieces)
    return tuple(Paragraph(words, role) for role, words in joined if words)


_CONTROLS = dict.fromkeys(i for i in range(32) if chr(i) not in "\t\n\r")


def _runs(root: html.HtmlElement) -> Iterable[tuple[Role | None, str]]:
    """Runs of text in order. A role begins a new paragraph. No recursion: hostile markup may be nested deep."""
    stack: list[tuple[html.HtmlElement, Role, bool]] = [(root, Role.BODY, False)]
    while stack:
        element, outer, is_end = stack.pop()
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            yield None, element.tail or ""
            continue
        role = ROLES.get(element.tag, outer)
        is_block = element.tag in BLOCKS
        if is_end:
            yield (outer if is_block else None), element.tail or ""
            continue
        yield (role if is_block else None), "\n" * (element.tag == "br") + (element.text or "")
        stack.append((element, outer, True))
        stack.extend((child, role, False) for child in reversed(element))


def _paragraphs(body: Worded) -> tuple[Paragraph, ...]:
    return marked_up(body.value) if HTML.search(body.content_type or "") else plain(body.value)


def _best(pieces: Sequence[Worded], *roles: str) -> Worded | None:
    """The piece of the first of these roles that there is, else the first piece."""
    for role in roles:
        for piece in pieces:
            if (piece.role or "").rpartition(":")[2].lower() == role:
                return piece
    return pieces[0] if pieces else None


def _standfirst(descriptions: Sequence[Worded]) -> str | None:
    found = _best(descriptions, "summary", "standfirst")
    return _line(found.value) if found else None


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _language(tag: str | None) -> str | None:
    """ISO 639-1 where the tag begins with two letters."""
    first = (tag or "").lower().partition("-")[0]
    return first if len(first) == 2 else None


def _names(author: str | Named | list[str | Named] | None) -> str | None:
    authors = author if isinstance(author, list) else [author]
    return ", ".join(each.name if isinstance(each, Named) else each for each in authors if each) or None
