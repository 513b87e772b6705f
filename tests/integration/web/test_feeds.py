"""Feeds over HTTP: for sessions, for readers with a key, and answered with 304 when nothing is new."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from urllib.parse import quote

import pytest

from storydiff.digest.feeds import Walk
from storydiff.pipeline.feeding import Walks
from tests.integration.web.conftest import Visitor

ATOM = "{http://www.w3.org/2005/Atom}"


def story_path(visitor: Visitor) -> str:
    return f"/feeds/stories/{visitor.service.desk('left').store.stories.list()[0].story.slug}.atom"


def keyed(visitor: Visitor) -> tuple[Visitor, str]:
    """A reader without a session, and the query with the key that was made for it."""
    visitor.get("/feeds")
    found = re.search(r"\.atom(\?key=[A-Za-z0-9_-]{43})", visitor.post("/feeds").text)
    assert found is not None
    return Visitor(visitor.base, visitor.service, {}), found[1]


def entries(text: str) -> dict[str, str]:
    return {
        each.findtext(f"{ATOM}id", ""): each.findtext(f"{ATOM}updated", "")
        for each in ET.fromstring(text).iter(f"{ATOM}entry")
    }


def test_the_three_feeds(visitor: Visitor) -> None:
    """Each is Atom with entries, and links to the pages with the evidence."""
    visitor.sign_in("read")
    for path in (story_path(visitor), "/feeds/outlets/Valley%20Echo.atom", "/feeds/ours/Harbour%20Post.atom"):
        reply = visitor.get(path)
        assert (reply.status, reply.headers["Content-Type"]) == (200, "application/atom+xml")
        assert entries(reply.text)
        assert f'rel="self" href="{visitor.base}{path}"' in reply.text
        assert f'href="{visitor.base}/stories/' in reply.text


def test_a_reader_that_has_it_gets_304(visitor: Visitor) -> None:
    """By tag, and by time for those that keep no tags; until the story is compared anew."""
    visitor.sign_in("read")
    path = story_path(visitor)
    first = visitor.get(path)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert visitor.get(path, If_None_Match=tag).status == 304
    assert visitor.get(path, If_Modified_Since=modified).status == 304
    assert visitor.get(path, If_Modified_Since="Mon, 02 Mar 2026 00:00:00 GMT").status == 200
    assert visitor.get(path, If_Modified_Since="yesterday").status == 200
    collations = visitor.service.desk("left").store.collations
    latest = collations.latest(path.split("/")[-1].removesuffix(".atom"))
    assert latest is not None
    assert latest.discrepancies
    collations.save(replace(latest, discrepancies=(), number=None, made=visitor.service.clock()))
    assert visitor.get(path, If_None_Match='"x"', If_Modified_Since=modified).status == 200
    after = visitor.get(path, If_None_Match=tag, If_Modified_Since=modified)
    assert after.status == 200
    assert entries(after.text).keys() < entries(first.text).keys()


def test_a_key_in_the_address_is_enough(visitor: Visitor) -> None:
    """For every feed of the newsroom, for nothing else, and until it is ended."""
    reader, key = keyed(visitor.sign_in("write"))
    path = story_path(visitor)
    reply = reader.get(path + key)
    assert reply.status == 200
    assert f'rel="self" href="{visitor.base}{path}{key}"' in reply.text
    assert reader.get(f"/stories{key}").status == 303
    assert reader.get(f"/feeds{key}").status == 303
    for without in (path, f"{path}?key={'x' * 43}", f"{path}?key="):
        assert reader.get(without).status == 403
    name = re.search(r'name="feed" value="([^"]+)"', visitor.get("/feeds").text)
    assert name is not None
    assert visitor.post("/feeds/end", feed=name[1]).status == 303
    reply = reader.get(path + key)
    assert (reply.status, "make an address for your reader" in reply.text) == (403, True)
    assert visitor.post("/feeds/end", feed=name[1]).status == 404


def test_a_key_ends_with_the_api_key_behind_it(visitor: Visitor) -> None:
    """Revoking the one ends the other."""
    reader, key = keyed(visitor.sign_in("write"))
    store = visitor.service.desk("left").store
    (name,) = (each.id for each in store.keys.list() if each.name == "write")
    store.keys.revoke(name, now=visitor.service.clock())
    assert reader.get(story_path(visitor) + key).status == 403


def test_newsrooms_have_their_own_feeds(visitor: Visitor) -> None:
    """A key opens those of its newsroom; the ids of entries are others; a story only others have is not there."""
    reader, key = keyed(visitor.sign_in("write"))
    _, other = keyed(Visitor(visitor.base, visitor.service, visitor.keys).sign_in("other write"))
    path = story_path(visitor)
    one, two = reader.get(path + key), reader.get(path + other)
    assert entries(one.text).keys().isdisjoint(entries(two.text).keys())
    slug = path.split("/")[-1].removesuffix(".atom")
    visitor.service.desk("right").store.stories.delete(slug)
    assert reader.get(path + other).status == 404
    assert reader.get(path + key).status == 200
    assert entries(reader.get(f"/feeds/outlets/Valley%20Echo.atom{other}").text) == {}


def test_only_ones_own_keys_can_be_ended(visitor: Visitor) -> None:
    """Those of another key are neither shown nor ended; an admin sees all."""
    keyed(visitor.sign_in("write"))
    name = re.search(r'name="feed" value="([^"]+)"', visitor.get("/feeds").text)
    assert name is not None
    other = Visitor(visitor.base, visitor.service, visitor.keys).sign_in("read")
    assert name[1] not in other.get("/feeds").text
    assert other.post("/feeds/end", feed=name[1]).status == 404
    admin = Visitor(visitor.base, visitor.service, visitor.keys).sign_in("admin")
    assert name[1] in admin.get("/feeds").text


@pytest.mark.parametrize("outlet", ["x" * 300, "Nobody <script>", "a/b", "\u202eevil", "%00"])
def test_outlets_that_nobody_has(visitor: Visitor, outlet: str) -> None:
    """A feed without entries, or nothing; never a mistake of ours."""
    visitor.sign_in("read")
    reply = visitor.get(f"/feeds/outlets/{quote(outlet)}.atom")
    assert reply.status in (200, 404)
    assert reply.status == 404 or entries(reply.text) == {}


def test_a_walk_goes_on_where_it_was(visitor: Visitor) -> None:
    """The feed of a kept walk is that of a new one, also after the story was deleted and made anew."""
    desk = visitor.service.desk("left")
    collations, walks = desk.store.collations, Walks()
    slug = desk.store.stories.list()[0].story.slug
    latest = collations.latest(slug)
    assert latest is not None

    def walked() -> Walk:
        found = [collations.get(slug, each.number) for each in collations.list(slug)]
        walk = walks.through(desk, slug)
        assert walk is not None
        assert walk == Walk().through([each for each in found if each is not None])
        return walk

    before = walked()
    assert before.known
    assert walks.through(desk, slug) is before
    collations.save(replace(latest, points=latest.points[:1], number=None, made=visitor.service.clock()))
    after = walked()
    assert after != before
    desk.store.stories.delete(slug)
    for _ in range(4):
        latest = replace(latest, number=None, made=visitor.service.clock(), discrepancies=latest.discrepancies[:1])
        latest = collations.save(replace(latest, points=latest.points[:-1] or latest.points))
    assert walked() != after


def test_a_walk_that_takes_too_long_is_gone_on_with(visitor: Visitor) -> None:
    """Each call gets further, until the feed is there; meanwhile it is said that it is being made."""
    desk = visitor.sign_in("read").service.desk("left")
    slug = desk.store.stories.list()[0].story.slug
    collations, walks = desk.store.collations, Walks()
    latest = collations.latest(slug)
    assert latest is not None
    for _ in range(4):
        collations.save(replace(latest, number=None, made=visitor.service.clock()))
    many = len(collations.list(slug))
    slow, past = Walks(), time.monotonic() - 1
    assert [slow.through(desk, slug, until=past) is None for _ in range(many)] == [True] * (many - 1) + [False]
    assert slow.through(desk, slug, until=0) == walks.through(desk, slug)
    key = ("left", slug, None)
    visitor.service.walks._under_way.add(key)
    reply = visitor.get(story_path(visitor))
    assert (reply.status, reply.headers["Retry-After"]) == (503, "5")
    visitor.service.walks._under_way.discard(key)
    assert visitor.get(story_path(visitor)).status == 200
