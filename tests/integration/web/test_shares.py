"""Sharing: whoever has the link sees one story and nothing else, until it ends."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storydiff.model import Paragraph
from storydiff.pipeline.collate import collate_story
from storydiff.pipeline.intake import take_copy
from storydiff.store import Fetch, Grant, PassKind
from tests.integration.web.conftest import Reply, Visitor

LINK = re.compile(r'id="link" readonly value="([^"]+)"')
SECRET_WORDS = "The unpublished figure of seventeen cranes was confirmed by the dock master."


def story_of(visitor: Visitor) -> str:
    return visitor.service.desk("left").store.stories.list()[0].story.slug


@pytest.fixture
def visitor(visitor: Visitor) -> Visitor:
    """Signed in; the story's pages were fetched from the web."""
    for newsroom in ("left", "right"):
        store = visitor.service.desk(newsroom).store
        slug = store.stories.list()[0].story.slug
        for each in store.articles.list(slug):
            store.articles.record(slug, each.article, Fetch(status=200, requested=each.url, fetched=each.last.fetched))
    return visitor.sign_in()


def shared(visitor: Visitor, **fields: Any) -> tuple[Visitor, str]:
    """Somebody who is not signed in, and the path of the link that was made."""
    path = f"/stories/{story_of(visitor)}/share"
    visitor.get(path)
    reply = visitor.post(path, **fields)
    assert reply.status == 200, reply.text
    found = LINK.search(reply.text)
    assert found is not None
    assert found[1].startswith(visitor.base)
    assert reply.headers["Cache-Control"] == "no-store"
    return Visitor(visitor.base, visitor.service, {}), found[1].removeprefix(visitor.base)


def words(reply: Reply) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", reply.text))


def test_a_link_shows_the_story_to_anybody(visitor: Visitor) -> None:
    """The whole comparison in one page that loads nothing, is kept by no search engine, and tells nobody its address."""
    stranger, path = shared(visitor)
    reply = stranger.get(path)
    assert reply.status == 200
    assert "Mill fire" in reply.text
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in reply.headers["X-Robots-Tag"]
    assert "sha256-" in reply.headers["Content-Security-Policy"]
    assert "'self'" not in reply.headers["Content-Security-Policy"]
    assert not re.search(r'(?:src|href)="(?:/|http://127)', reply.text)
    assert stranger.get("/stories").status == 303
    assert len(stranger.jar) == 0


def test_a_link_ends_when_it_is_ended(visitor: Visitor) -> None:
    """At once, also for who has the page; and what is said is for people."""
    stranger, path = shared(visitor)
    manage = f"/stories/{story_of(visitor)}/share"
    tag = stranger.get(path).headers["ETag"]
    assert stranger.get(path, If_None_Match=tag).status == 304
    name = re.search(r'name="share" value="([^"]+)"', visitor.get(manage).text)
    assert name is not None
    assert visitor.post(f"{manage}/end", share=name[1]).status == 303
    reply = stranger.get(path, If_None_Match=tag)
    assert reply.status == 410
    assert "Ask them for a new one" in reply.text
    assert visitor.post(f"{manage}/end", share=name[1]).status == 404


def test_a_link_ends_with_its_time_its_key_and_its_story(visitor: Visitor) -> None:
    """Expired, of a key that is revoked, or of a story that is deleted, and made anew under its name."""
    store, now = visitor.service.desk("left").store, visitor.service.clock()
    slug = story_of(visitor)
    stranger = Visitor(visitor.base, visitor.service, {})
    _, old = store.passes.create(
        PassKind.SHARE, Grant(story=slug), now=now - timedelta(days=2), lives=timedelta(days=1)
    )
    assert stranger.get(f"/share/{old}").status == 410
    assert stranger.get(f"/share/{'x' * 43}").status == 410
    assert stranger.get("/share/x").status == 404
    _, path = shared(visitor)
    collation = store.collations.latest(slug)
    assert collation is not None
    store.stories.delete(slug)
    assert stranger.get(path).status == 410
    later = visitor.service.clock()
    store.collations.save(replace(collation, story=replace(collation.story, created=later)))
    assert stranger.get(path).status == 410


def test_a_pinned_link_stays_as_it_was(visitor: Visitor) -> None:
    """The other follows the story."""
    store, slug = visitor.service.desk("left").store, story_of(visitor)
    (stranger, pinned), (_, follows) = shared(visitor, pinned="1"), shared(visitor)
    latest = store.collations.latest(slug)
    assert latest is not None
    assert stranger.get(pinned).text == stranger.get(follows).text
    renamed = replace(latest.points[0], statement="Nobody was hurt after all, it was said later.")
    store.collations.save(replace(latest, points=(renamed, *latest.points[1:]), number=None))
    assert "Nobody was hurt after all" not in stranger.get(pinned).text
    assert "Nobody was hurt after all" in stranger.get(follows).text


def with_copy(visitor: Visitor) -> str:
    """The story with unpublished copy of ours in it, compared again."""
    desk, slug = visitor.service.desk("left"), story_of(visitor)
    version = desk.store.versions.current(slug)[0]
    copy = replace(
        version,
        id="",
        outlet="Left Post",
        url="https://left.example/draft",
        snapshot=None,
        headline="Seventeen cranes down",
        paragraphs=(*version.paragraphs, Paragraph(text=SECRET_WORDS)),
    )
    take_copy(desk, slug, copy)
    desk.store.stories.save(replace(desk.store.stories.get(slug), title=copy.headline or ""))
    return slug


def test_unpublished_copy_is_shown_only_when_that_is_asked_for(visitor: Visitor) -> None:
    """Without the tick its words, its outlet and its columns are nowhere in the page; with it they are."""
    slug = with_copy(visitor)
    collate_story(visitor.service.desk("left"), slug)
    assert "Your own copy" in visitor.get(f"/stories/{slug}/share").text
    stranger, path = shared(visitor)
    reply = stranger.get(path)
    assert reply.status == 200
    assert "seventeen cranes" not in reply.text.lower()
    assert "Left Post" not in reply.text
    _, open_path = shared(visitor, copy="1")
    assert SECRET_WORDS in words(stranger.get(open_path))


def test_copy_that_was_published_since_hides_only_its_own_state(visitor: Visitor) -> None:
    """The page as fetched is shown; what the copy said before, and when, is not."""
    slug = with_copy(visitor)
    desk = visitor.service.desk("left")
    collate_story(desk, slug)
    draft = next(each for each in desk.store.versions.current(slug) if each.outlet == "Left Post")
    later = visitor.service.clock()
    page = replace(draft, id="", fetched=later, snapshot="0" * 64, paragraphs=draft.paragraphs[:-1])
    desk.store.versions.add(slug, page, Fetch(status=200, requested=draft.url, fetched=later))
    collate_story(desk, slug)
    stranger, path = shared(visitor)
    reply = stranger.get(path)
    assert "Left Post" in reply.text
    assert "the dock master" not in reply.text
    _, open_path = shared(visitor, copy="1")
    assert "the dock master" in words(stranger.get(open_path))


def test_sharing_is_for_those_who_may_write(visitor: Visitor) -> None:
    """Who may only read, and another newsroom, get no form and make no link."""
    visitor.sign_in("read")
    path = f"/stories/{story_of(visitor)}/share"
    assert visitor.get(path).status == 403
    assert visitor.post(path).status == 403
    other = Visitor(visitor.base, visitor.service, visitor.keys).sign_in("other write")
    assert visitor.service.desk("right").store.stories.list()[0].story.slug == story_of(visitor)
    other.get(path)
    _, theirs = shared(other)
    held = visitor.service.desk("right").store.passes.list(PassKind.SHARE, now=visitor.service.clock())
    assert len(held) == 1
    assert visitor.sign_in("write").post(f"{path}/end", share=held[0].name).status == 404
    assert other.get(theirs).status == 200
