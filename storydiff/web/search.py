"""Search over the stored texts: every version that holds all the words, the newest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.store.browse import article_name
from storydiff.store.search import Hit
from storydiff.web.call import Call
from storydiff.web.showing import shown

MOST = 20
"""Results on one page."""
LONGEST = 300
"""Characters of a question that are looked at."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result: pieces of text, those that were asked for marked."""

    hit: Hit
    article: str
    """What its article is called in addresses."""
    headline: tuple[tuple[bool, str], ...]
    excerpt: tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What the page shows."""

    asked: str
    outlet: str
    story: str
    found: tuple[Found, ...]
    following: str | None


def search(call: Call) -> Answer:
    """The results for `?q=`, of one `outlet` or `story` when named, behind the cursor `after`."""
    asked, outlet, story = (call.query.text(name)[:LONGEST] for name in ("q", "outlet", "story"))
    before = cursors.read(call.query.text("after") or None, int)
    found = call.desk.store.search.find(
        asked, limit=MOST + 1, before=before, story=story or None, outlet=outlet or None
    )
    hits, last = cursors.page(found, MOST)
    page = SearchPage(
        asked=asked,
        outlet=outlet,
        story=story,
        found=tuple(_found(each, asked) for each in hits),
        following=cursors.written(last.mark) if last else None,
    )
    return shown(call, "search.html.j2", page=page)


def _found(hit: Hit, asked: str) -> Found:
    wanted = frozenset(plain(word) for word in WORD.findall(asked))
    return Found(
        hit=hit,
        article=article_name(hit.article),
        headline=tuple(marked(hit.headline or "", wanted)),
        excerpt=tuple(marked(hit.excerpt, wanted)),
    )


def marked(text: str, wanted: frozenset[str]) -> Iterator[tuple[bool, str]]:
    """The text in pieces, the words that were asked for marked, whatever their case and accents; joined, the text."""
    at = 0
    for match in WORD.finditer(text):
        if plain(match[0]) in wanted:
            if at < match.start():
                yield False, text[at : match.start()]
            yield True, match[0]
            at = match.end()
    if at < len(text):
        yield False, text[at:]


def plain(word: str) -> str:
    """The word as both databases compare it."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))
