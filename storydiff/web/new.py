"""Asking for a new comparison, or adding articles to a story."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from storydiff.model import Story
from storydiff.pipeline.addresses import Found, addresses
from storydiff.pipeline.intake import new_story, take_pages
from storydiff.pipeline.naming import SLUG
from storydiff.report import safe
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import Conflict, NotThere
from storydiff.web.call import Call
from storydiff.web.showing import redirected, shown, to

TITLE, OUTLET = 300, 300
"""Characters of a title and of an outlet's name."""
FEWEST = 2
ONCE = re.compile(r"[A-Za-z0-9_-]{22}")


def ask(call: Call) -> Answer:
    """The form. With `story`, for articles of that story."""
    return _form(call, _story(call, call.query.text("story")))


def begin(call: Call) -> Answer:
    """Make the story and have its pages fetched; a form that is sent twice makes one."""
    story = _story(call, call.form.text("story"))
    found = addresses(call.desk.settings, call.form.text("addresses"))
    troubles = [*(each for each in found if each.trouble), *_lacking(found, story)]
    if troubles:
        return _form(call, story, troubles, found)
    urls = [each.url for each in found]
    name = f"web:{call.form.text('once')}"
    if not ONCE.fullmatch(call.form.text("once")):
        return redirected(_begun(call, story, urls))
    print_ = hashlib.sha256(repr((story and story.slug, urls)).encode("utf8", "replace")).hexdigest()
    known = call.desk.store.idempotency.begin(name, print_, now=call.desk.clock())
    if known is None:
        return redirected(_first(call, story, urls, name))
    if known.status is None or known.request != print_:
        raise Conflict("This form has been sent already.", hint="Look under Stories, or open a new form.")
    return redirected(str(known.response))


def _first(call: Call, story: Story | None, urls: Sequence[str], name: str) -> str:
    try:
        path = _begun(call, story, urls)
    except BaseException:
        call.desk.store.idempotency.forget(name)
        raise
    call.desk.store.idempotency.finish(name, 303, path, now=call.desk.clock())
    return path


def _begun(call: Call, story: Story | None, urls: Sequence[str]) -> str:
    """The path of the job that follows what was begun."""
    slug = story.slug if story else new_story(call.desk, None, call.form.text("title")[:TITLE], urls[0])
    job = take_pages(call.desk, slug or "", urls)
    ours = call.form.text("ours")[:OUTLET]
    return to("jobs", job.id) + (f"?{urlencode({'ours': ours})}" if ours else "")


def _lacking(found: Sequence[Found], story: Story | None) -> list[Found]:
    count, needed = sum(bool(each.url) for each in found), 1 if story else FEWEST
    if count >= needed:
        return []
    if story:
        return [Found(0, trouble="There is no address in it.")]
    said = "There is only one address in it" if count else "There is no address in it"
    return [Found(0, trouble=f"{said}; to compare takes two articles.")]


def _form(call: Call, story: Story | None, troubles: Sequence[Found] = (), found: Sequence[Found] = ()) -> Answer:
    newsroom = call.desk.store.newsrooms.get(call.desk.store.newsroom)
    given: dict[str, Any] = {name: call.form.text(name) for name in ("addresses", "title", "ours")}
    if not call.form.values:
        given = {"addresses": call.query.text("addresses"), "title": "", "ours": (newsroom and newsroom.ours) or ""}
    lines = given["addresses"].splitlines()
    given["addresses"] = Markup("\n").join(safe.shown(line) for line in lines)  # each escaped, on a line of its own
    return shown(
        call,
        "new.html.j2",
        status=422 if troubles else 200,
        story=story,
        given=given,
        troubles=troubles,
        count=sum(bool(each.url) for each in found),
        once=secrets.token_urlsafe(16),
        outlets=call.desk.store.browse.outlets(limit=200),
    )


def _story(call: Call, slug: str) -> Story | None:
    """The story that is named; NotThere when the newsroom has none of that name."""
    if not slug:
        return None
    if not SLUG.fullmatch(slug):
        raise NotThere
    return call.desk.store.stories.get(slug)
