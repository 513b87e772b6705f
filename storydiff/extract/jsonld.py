"""What the page states about its article in JSON-LD (schema.org).

`articleBody` is only compared in length: pages often carry a stale first version there, so it is never read as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from storydiff.extract.characters import clean

MAX_SCRIPT = 2_000_000
ARTICLE_TYPES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "report"}
    | {"opinionnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "advertisercontentarticle", "blogposting"}
    | {"satiricalarticle", "scholarlyarticle", "techarticle", "liveblogposting", "socialmediaposting"}
)
LIST_TYPES = frozenset({"collectionpage", "itemlist", "searchresultspage", "profilepage"})
JUNK = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$|^\s*<!--|-->\s*$|;\s*$")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The JSON-LD of a page: its article, if it states one, and the types of everything else."""

    article: Mapping[str, Any]
    types: frozenset[str]
    broken: bool
    """Some JSON-LD on the page could not be read."""

    def text(self, *names: str) -> str | None:
        """The first of the article's properties that holds text."""
        for name in names:
            for value in _values(self.article.get(name)):
                if isinstance(value, str) and clean(value):
                    return clean(html_text(value))
        return None

    def names(self, *properties: str) -> list[str]:
        """The names of the people or organisations under the article's properties, in order, without repeats."""
        found: dict[str, None] = {}
        for value in (v for name in properties for v in _values(self.article.get(name))):
            name = value.get("name") if isinstance(value, Mapping) else value
            for each in _values(name):
                if isinstance(each, str) and clean(each) and not each.startswith("http"):
                    found[clean(html_text(each))] = None
        return list(found)

    @property
    def is_live(self) -> bool:
        """The article is a live blog."""
        return "liveblogposting" in _types(self.article) or "liveBlogUpdate" in self.article

    @property
    def free(self) -> bool | None:
        """`isAccessibleForFree` of the article; None when it is not stated."""
        return _truth(self.article.get("isAccessibleForFree"))

    @property
    def locked_selectors(self) -> list[str]:
        """CSS selectors of the parts that are stated not to be free."""
        parts = [part for part in _values(self.article.get("hasPart")) if isinstance(part, Mapping)]
        selectors = (
            s
            for part in parts
            if _truth(part.get("isAccessibleForFree")) is False
            for s in _values(part.get("cssSelector"))
        )
        return [s for s in selectors if isinstance(s, str) and s.strip()]

    @property
    def updates(self) -> list[Mapping[str, Any]]:
        """The posts of a live blog, as stated."""
        return [u for u in _values(self.article.get("liveBlogUpdate")) if isinstance(u, Mapping)]

    @property
    def words(self) -> int | None:
        """The stated number of words, or else of those in `articleBody`; None when neither is there."""
        stated = self.article.get("wordCount")
        if isinstance(stated, int | str) and str(stated).strip().isdigit() and 0 < int(stated) < 1_000_000:
            return int(stated)
        return len(self.body.split()) or None

    @property
    def body(self) -> str:
        """`articleBody` as plain text, possibly stale or cut; empty when absent."""
        bodies = [v for v in _values(self.article.get("articleBody")) if isinstance(v, str)]
        return html_text(" ".join(bodies))


def read_linked_data(root: etree._Element, title: str | None) -> LinkedData:
    """The page's JSON-LD; among several articles, the one whose headline is nearest to `title`, else the first."""
    items: list[Mapping[str, Any]] = []
    broken = False
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        loaded = _load(script.text or "")
        broken |= loaded is None
        items += _flatten(loaded)
    by_id = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and len(item) > 1}
    articles = [item for item in items if ARTICLE_TYPES & _types(item)]
    types = frozenset(t for item in items for t in _types(item))
    chosen = max(articles, key=lambda item: _likeness(item, title)) if articles else {}
    return LinkedData({name: _resolve(value, by_id) for name, value in chosen.items()}, types, broken)


def html_text(value: str) -> str:
    """Text that may be escaped HTML, as plain text."""
    if "<" not in value and "&" not in value:
        return value
    try:
        return str(html.fromstring(f"<div>{value}</div>").text_content())
    except (ValueError, etree.ParserError):
        return value


def _load(source: str) -> Any:
    source = source.strip().strip("\ufeff")
    if not source or len(source) > MAX_SCRIPT:
        return [] if not source else None
    for attempt in (source, JUNK.sub("", JUNK.sub("", source))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flatten(value: Any) -> Iterator[Mapping[str, Any]]:
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, dict):
            yield value
            stack += [
                value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed") if key in value
            ]


def _types(item: Mapping[str, Any]) -> set[str]:
    return {t.lower().rsplit("/", 1)[-1] for t in _values(item.get("@type")) if isinstance(t, str)}


def _values(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _truth(value: Any) -> bool | None:
    word = str(value).strip().rsplit("/", 1)[-1].lower()
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(word)


def _resolve(value: Any, by_id: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_resolve(each, by_id) for each in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and value.get("@id") in by_id:
        return by_id[value["@id"]]
    return value


def _likeness(item: Mapping[str, Any], title: str | None) -> float:
    headline = item.get("headline") or item.get("name")
    if not title or not isinstance(headline, str):
        return 0.0
    mine, theirs = set(headline.lower().split()), set(title.lower().split())
    return len(mine & theirs) / max(1, len(mine | theirs))
