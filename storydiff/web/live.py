"""Telling an open page of a story that another comparison of it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storydiff.errors import UnknownStory
from storydiff.pipeline.desk import Desk
from storydiff.report.since import since
from storydiff.serving.opened import Opened
from storydiff.serving.refusals import NotThere
from storydiff.serving.stream import Watched
from storydiff.web.call import Call

EVERY = 2.0
"""Seconds between two looks, each of one indexed read: an open page costs next to nothing."""


@dataclass(frozen=True, slots=True)
class News:
    """The story's latest collation, and what is new in it since the one on the page."""

    number: int
    said: str


def watch(call: Call) -> Watched[News]:
    """The stream of a story; `?since=` is the number of the collation on the page."""
    look = Looking(call.service.opened, call.desk, call.path["slug"], call.query.number("since") or 0)
    return Watched("collation", look, told, every=EVERY)


class Looking:
    """Looks at one story; what is new in a collation is worked out once."""

    def __init__(self, opened: Opened, desk: Desk, slug: str, known: int) -> None:
        self._opened, self._desk, self._slug, self._known = opened, desk, slug, known
        self._last = News(known, "")

    def __call__(self) -> News | None:
        """What is new since the collation that is known; None when the story is gone."""
        try:
            mark = self._desk.store.browse.collation(self._slug)
        except UnknownStory:
            return None
        number = mark.number if mark else 0
        if number != self._last.number:
            self._last = News(number, self._said(number) if number > self._known else "")
        return self._last

    def _said(self, number: int) -> str:
        try:
            before, now = (self._opened.collation(self._desk, self._slug, each) for each in (self._known, number))
        except NotThere:
            return f"Comparison {number} is in."
        return f"Comparison {number} is in: {since(before, now).summary}."


def told(news: News) -> dict[str, Any]:
    """As JSON values."""
    return {"number": news.number, "said": news.said}
