"""Intake: what a CMS or a wire posts becomes a page to watch, or a version of a story."""

from __future__ import annotations

from storydiff.api import copy, values
from storydiff.api.call import Call
from storydiff.api.models.item import NewsArticle, NinjsItem, Page
from storydiff.pipeline.intake import admitted, new_story, take_copy, take_pages
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import Conflict


def take_in(call: Call) -> Answer:
    """Take a page, a ninjs item or a NewsArticle into a story; comparing goes on afterwards."""
    item = call.body.root
    return _page(call, item) if isinstance(item, Page) else _copy(call, item)


def _page(call: Call, item: Page) -> Answer:
    (url,) = admitted(call.desk.settings, [item.url])
    slug = call.query.story or next(iter(call.desk.store.articles.stories_with(url)), None)
    slug = slug or new_story(call.desk, None, "", url) or ""
    job = take_pages(call.desk, slug, [url])
    told = {"story": slug, "version": None, "is_new": None, "job": values.job(job)}
    return Answer(value=told, status=202, headers={"Location": f"/v1/jobs/{job.id}"})


def _copy(call: Call, item: NinjsItem | NewsArticle) -> Answer:
    outlet, now = _outlet(call, item), call.desk.clock()
    read = copy.of_ninjs(item, outlet, now) if isinstance(item, NinjsItem) else copy.of_article(item, outlet, now)
    taken = take_copy(call.desk, call.query.story, read)
    told = {"story": taken.story, "version": taken.version.id, "is_new": taken.is_new, "job": None}
    return Answer(
        value=told, status=202, headers={"Location": f"/v1/stories/{taken.story}/versions/{taken.version.id}"}
    )


def _outlet(call: Call, item: NinjsItem | NewsArticle) -> str:
    newsroom = call.desk.store.newsrooms.get(call.newsroom)
    found = call.query.outlet or copy.publisher(item) or (newsroom.ours if newsroom else None)
    if not found:
        hint = "Name it in `outlet`, or as the item's publisher, or give the newsroom one."
        raise Conflict("Nothing says whose copy it is, and this newsroom has no outlet of its own.", hint=hint)
    return found
