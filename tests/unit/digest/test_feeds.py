"""Atom feeds."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from storydiff.digest.feeds import MOST, Place, etag, ours_feed, outlet_feed, story_feed, unchanged
from storydiff.model import Collation
from tests.builders import at
from tests.integration.digest.conftest import edited, story
from tests.unit.report.hostile import COMMANDS, hostile

ATOM = {"a": "http://www.w3.org/2005/Atom"}
PLACE = Place(base="https://storydiff.paper.example", newsroom="desk")


def read(feed: str) -> dict[str, dict[str, str]]:
    """Title -> what an entry holds. Fails on what is not well-formed, or lacks what RFC 4287 demands."""
    root = ET.fromstring(feed)
    for demanded in ("id", "title", "updated", "author/a:name"):
        assert root.find(f"a:{demanded}", ATOM) is not None
    found = {}
    for entry in root.iterfind("a:entry", ATOM):
        values = {name: entry.findtext(f"a:{name}", "", ATOM) for name in ("id", "published", "updated", "content")}
        assert all(values.values())
        found[entry.findtext("a:title", "", ATOM)] = values
    return found


def history() -> list[Collation]:
    """At six; at eight a silent edit has come; at nine the statement of a point is another."""
    first, second = story(), edited(story(), "08:00")
    dead, crane = second.points
    third = replace(
        second, points=(dead, replace(crane, statement="A crane fell into the harbour.")), made=at(4, "09:00")
    )
    return [first, second, third]


def test_ids_stay_and_updated_moves_only_with_what_is_said() -> None:
    """From one collation to the next an entry keeps its id; one that says the same keeps its time."""
    before, after = read(story_feed(history()[:2], PLACE)), read(story_feed(history(), PLACE))
    same = "Where outlets differ: Three people died in the fire."
    assert before[same] == after[same]
    old, new = (
        before["Newly reported: A crane fell into the water."],
        after["Newly reported: A crane fell into the harbour."],
    )
    assert old["id"] == new["id"]
    assert old["published"] == new["published"]
    assert (old["updated"], new["updated"]) == ("2026-06-04T06:00:00Z", "2026-06-04T09:00:00Z")
    edit = after["Changed silently: Harbour Post: 1 paragraph reworded"]
    assert edit["published"] == edit["updated"] == "2026-06-04T08:00:00Z"


def test_a_feed_is_a_pure_function() -> None:
    """Same collations, same bytes and tag; a change gives another tag."""
    one = story_feed(history(), PLACE)
    assert one == story_feed(history(), PLACE)
    assert etag(one) != etag(story_feed(history()[:2], PLACE))


def test_newsrooms_have_ids_of_their_own() -> None:
    """The same story in two newsrooms gives different entries."""
    one, two = (read(story_feed(history(), Place(newsroom=name))) for name in ("a", "b"))
    assert not {each["id"] for each in one.values()} & {each["id"] for each in two.values()}


def test_an_outlets_feed_is_about_it() -> None:
    """By name or domain, over all stories; nothing that does not concern it."""
    stories = [history(), [story("mill-fire", title="Mill fire")]]
    found = read(outlet_feed(stories, "www.Harbour-Post.example", PLACE))
    assert found.keys() == read(outlet_feed(stories, "harbour post", PLACE)).keys()
    assert "Changed silently: Harbour Post: 1 paragraph reworded" in found
    assert "Changed silently: Harbour Post: 1 paragraph reworded" not in read(
        outlet_feed(stories, "Coast Daily", PLACE)
    )
    assert read(outlet_feed(stories, "Night Mail", PLACE)) == {}


def test_the_feed_of_ours_says_what_we_lack() -> None:
    """We lack, we differ, silent edits; links lead to the evidence."""
    feed = ours_feed([history()], "Coast Daily", PLACE)
    assert list(read(feed)) == [
        "Others report it, we do not: A crane fell into the harbour.",
        "Changed silently: Harbour Post: 1 paragraph reworded",
        "Where we differ: Three people died in the fire.",
    ]
    assert 'href="https://storydiff.paper.example/stories/alder-quay-fire/points/p2"' in feed


def test_hostile_words_stay_words() -> None:
    """Whatever an outlet sends, the feed is well-formed and its HTML has no element of theirs."""
    nasty = hostile()
    for feed in (story_feed([nasty]), ours_feed([[nasty]], "Plain Post"), outlet_feed([[nasty]], "Plain Post")):
        for title, entry in read(feed).items():
            assert not COMMANDS.search(title + entry["content"].replace("\n", " "))
            for tag in ("<script", "<img", "<a ", 'javascript:alert(1)"'):
                assert tag not in entry["content"]
            assert "x" * 300 not in title + entry["content"]


def test_a_feed_ends_somewhere() -> None:
    """The newest entries, no more than `MOST`."""
    assert len(read(story_feed([story(extra=3 * MOST)], PLACE))) == MOST


@pytest.mark.parametrize(
    ("asked", "same"),
    [(None, False), ('"x"', False), ("{tag}", True), ("W/{tag}", True), ('"x", {tag}', True), ("*", True), ("", False)],
)
def test_304(asked: str | None, same: bool) -> None:
    """If-None-Match as RFC 9110 has it: lists, weak tags, and the star."""
    tag = etag("feed")
    assert unchanged(asked.format(tag=tag) if asked else asked, tag) is same
