"""Hostile text of outlets on the pages of what people do, in feeds, and in mails: it comes out as text, cleaned."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from storydiff.model import Problem, Story
from storydiff.store import Fetch, Job, Timing, Visit, Wants
from tests.integration.web.conftest import Visitor
from tests.unit.report.hostile import COMMANDS, LONG_WORD, NASTY, hostile

OUTLET = f"Evil {NASTY}"


@pytest.fixture
def nasty(visitor: Visitor) -> Job:
    """A story in which every word from outside is hostile, the page that could not be read and its address too."""
    store, now = visitor.sign_in("admin").service.desk("left").store, visitor.service.clock()
    found = hostile()
    revisions = tuple(replace(each, reverts_to=None) for each in found.revisions)  # an id of ours, never their words
    store.collations.save(replace(found, revisions=revisions))
    store.stories.save(Story(slug="nasty", title=NASTY + LONG_WORD))
    job = store.jobs.create("fetch", "nasty", now=now, total=2)
    (first, *_) = store.schedule.watch("nasty", [f"https://evil.example/{NASTY}", "javascript:alert(1)"], now=now)
    fetch = Fetch(fetched=now, problem=Problem("nasty", NASTY))
    first_of_all, *_ = [store.versions.add("nasty", replace(each, id=""), fetch)[0] for each in found.versions]
    visit = Visit(at=visitor.service.clock(), code="nasty", failed=True)
    store.schedule.record("nasty", first, visit, next_check=None, article=first_of_all.article)
    return job


def clean(text: str) -> None:
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert not COMMANDS.search(text.replace("\t", ""))
    assert not re.search(r'(?:href|src|action)="(?:javascript|data:text)', text)


def test_pages_show_it_as_text(visitor: Visitor, nasty: Job) -> None:
    """Wherever a title, an outlet, an address or a reason stands."""
    store, now = visitor.service.desk("left").store, visitor.service.clock()
    wants = Wants(ours=OUTLET, outlets=(NASTY,), terms=(NASTY, LONG_WORD), stories=("nasty",))
    made = store.subscriptions.create("ann@left.example", wants, Timing(), now=now)
    store.subscriptions.pause("ann@left.example", NASTY, now=now)
    paths = ["/new", "/new?story=nasty", f"/new?addresses={'x' * 2000}", f"/jobs/{nasty.id}", "/stories/nasty/share"]
    paths += ["/digest", "/digest/new", f"/digest/{made.id}", f"/digest/{made.id}/preview", "/feeds", "/me"]
    for path in paths:
        reply = visitor.get(path)
        assert reply.status == 200, path
        clean(reply.text)
    assert "evil" in visitor.get(f"/jobs/{nasty.id}").text
    visitor.get("/stories/nasty/share")
    assert visitor.post("/stories/nasty/share", copy="1").status == 200
    assert "alert(1)" in visitor.get("/digest").text


def test_feeds_stay_well_formed(visitor: Visitor, nasty: Job) -> None:
    """An entry with hostile words is an entry."""
    text = visitor.get("/feeds/stories/nasty.atom").text
    feed = ET.fromstring(text)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) > 0
    assert not COMMANDS.search(text)


def test_what_people_type_comes_back_as_text(visitor: Visitor) -> None:
    """In every field of every form that is shown again."""
    visitor.sign_in("admin")
    visitor.get("/new")
    reply = visitor.post("/new", addresses=f"{NASTY}\n{LONG_WORD}/", title=NASTY, ours=NASTY, story="")
    assert reply.status == 422
    clean(reply.text)
    fields: dict[str, Any] = {
        "address": NASTY,
        "zone": NASTY,
        "outlets": NASTY,
        "terms": NASTY,
        "ours": NASTY,
        "languages": NASTY,
    }
    reply = visitor.post("/digest/new", sources=NASTY, hour=NASTY, rhythm=NASTY, **fields)
    assert reply.status == 422
    clean(reply.text)
    reply = visitor.get("/sign-in?token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&next=%22%3E%3Cscript%3Ealert(1)")
    clean(reply.text)
