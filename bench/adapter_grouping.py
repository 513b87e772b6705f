"""The function of eval/score.py that asks for story groups, a few lines over the public API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from storydiff.discover.concepts import Article
from storydiff.discover.grouping import Grouping

__all__ = ["group"]


def group(articles: list[dict[str, Any]]) -> dict[str, object]:
    """The story of each article, decided in the order given."""
    grouping = Grouping()
    return {each["id"]: grouping.add(_article(each)) for each in articles}


def _article(given: dict[str, Any]) -> Article:
    day = given["date"]
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(id=given["id"], title=given["title"] or "", text=given["text"], published=published)
