"""The page of a story: who reports what, where they differ, when it came, and what is new.

What follows from a collation and the address alone is rendered once and kept; a collation never changes.
"""

from __future__ import annotations

from markupsafe import Markup

from storydiff.model import Collation
from storydiff.pipeline.desk import Desk
from storydiff.serving.answer import HTML, Answer
from storydiff.serving.collations import ours_of
from storydiff.serving.refusals import NotThere
from storydiff.serving.responding import Sendable
from storydiff.serving.service import Service
from storydiff.store.browse import CollationMark, Listed
from storydiff.web import suggestions
from storydiff.web.asked import Asked
from storydiff.web.call import Call
from storydiff.web.showing import rendered, shown, to
from storydiff.web.story_page import Stored, StoryPage, story_page


def story(call: Call) -> Answer:
    """The story's page; before its first collation, what is known of its articles."""
    slug, asked = call.path["slug"], Asked.of(call.query)
    found = call.desk.store.browse.story(slug)
    latest = call.desk.store.browse.collation(slug)
    if latest is None:
        return _uncompared(call, found)
    mark = call.desk.store.browse.collation(slug, asked.number) if asked.number else latest
    if mark is None:
        raise NotThere("There is no such comparison of this story.", hint="The page of the story has a list of all.")
    base = to("stories", slug)
    shares = call.visitor is not None and call.visitor.allows("write")
    main = Kept(call.service, call.desk, slug, base).main(mark, latest, asked, shares=shares)
    return shown(
        call,
        "story.html.j2",
        title=found.counts.story.title or slug,
        main=main,
        base=base,
        events=f"{base}/events?since={mark.number}",
        number=mark.number,
        is_latest=mark.number == latest.number,
        archived=found.archived,
        found=suggestions.found(call.desk, slug),
    )


class Kept:
    """Renders what of a story's page depends on nothing else, and keeps it."""

    def __init__(self, service: Service, desk: Desk, slug: str, base: str) -> None:
        self._service, self._desk, self._slug, self._base = service, desk, slug, base

    def main(self, mark: CollationMark, latest: CollationMark, asked: Asked, *, shares: bool) -> Markup:
        """The page without what surrounds it; `shares` says whether the visitor may share it."""
        newsroom = self._desk.store.newsrooms.get(self._desk.store.newsroom)
        own = newsroom.ours if newsroom else None
        key = ("web story", self._desk.store.newsroom, self._base, mark, latest, asked, own, shares)
        kept = self._service.kept.get(key)
        if kept is None:
            text = rendered("story_main.html.j2", call=None, shares=shares, story=self._page(mark.number, asked))
            kept = Sendable(text.encode("utf8", "replace"), HTML, 200, {})
            self._service.kept.put(key, kept)
        return Markup(kept.content.decode())  # noqa: S704  a template of ours made it, and escaped what is not ours

    def _page(self, number: int, asked: Asked) -> StoryPage:
        found = stored(self._service, self._desk, self._slug, (number, asked.since))
        ours = ours_asked(self._desk, found.collation, asked)
        return story_page(found, asked, self._service.opened.view(found.collation, ours), base=self._base)


def stored(service: Service, desk: Desk, slug: str, numbers: tuple[int, int | None]) -> Stored:
    """The collation of the first number, and that of the second, or else the one before it."""
    every = desk.store.collations.list(slug)
    number, since = numbers
    earlier = [each.number for each in every if each.number < number]
    known = {each.number for each in every} - {number}
    wanted = since if since in known else max(earlier, default=None)
    before = service.opened.collation(desk, slug, wanted) if wanted is not None else None
    return Stored(collation=service.opened.collation(desk, slug, number), before=before, every=every)


def ours_asked(desk: Desk, found: Collation, asked: Asked) -> str | None:
    """The outlet that reads: the one asked for, nobody when that is asked, else the newsroom's own."""
    return None if asked.ours == "" else ours_of(desk, found, asked.ours)


def _uncompared(call: Call, found: Listed) -> Answer:
    slug = call.path["slug"]
    return shown(
        call,
        "story_uncompared.html.j2",
        title=found.counts.story.title or slug,
        articles=call.desk.store.articles.list(slug),
        events=f"{to('stories', slug)}/events?since=0",
        base=to("stories", slug),
        found=suggestions.found(call.desk, slug),
    )
