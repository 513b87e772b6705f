"""The page of watched sources, and suggestions on the page of a story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storydiff.model import Story
from storydiff.store import Announcement, Failure, MatchState, Reading, SourceState, Store
from tests.integration.api.test_isolation import suggested
from tests.integration.web.conftest import Visitor

HOSTILE = '<script>alert(1)</script>"\u202e'


def left(visitor: Visitor) -> Store:
    return visitor.service.desk("left").store


def test_sources_are_added_from_what_is_pasted(visitor: Visitor) -> None:
    """Each line one; what is watched already stays as it is."""
    visitor.sign_in("admin")
    pasted = "https://coast-daily.example/\nrival.example/feed\nhttps://coast-daily.example"
    assert (
        visitor.post("/newsroom/sources", addresses=pasted, adds="0").headers["Location"] == "/newsroom/sources?added=2"
    )
    found = left(visitor).sources.list()
    assert {(each.url, each.adds) for each in found} == {
        ("https://coast-daily.example/", False),
        ("https://rival.example/feed", False),
    }
    page = visitor.get("/newsroom/sources?added=2").text
    assert "2 sources added" in page
    assert page.count("only suggests") == 2
    assert "Waits to be read for the first time" in page


def test_a_wrong_address_is_said_and_nothing_is_added(visitor: Visitor) -> None:
    """By its line; the form comes back with what was pasted, made harmless."""
    visitor.sign_in("admin")
    reply = visitor.post("/newsroom/sources", addresses=f"https://a.example/\nhttp://127.0.0.1/\n{HOSTILE}", adds="1")
    assert reply.status == 422
    assert "Line 2" in reply.text
    assert "<script>" not in reply.text
    assert "\u202e" not in reply.text
    assert visitor.post("/newsroom/sources", addresses=" ").status == 422
    assert left(visitor).sources.list() == ()


def test_a_source_is_paused_resumed_changed_and_deleted(visitor: Visitor) -> None:
    """By buttons; others than admins have none, and what is no act is not there."""
    visitor.sign_in("admin")
    visitor.post("/newsroom/sources", addresses="https://rival.example/feed", adds="1")
    [source] = left(visitor).sources.list()
    path = f"/newsroom/sources/{source.id}"
    for act, state, adds in (
        ("pause", "paused", True),
        ("resume", "active", True),
        ("suggest", "active", False),
        ("add", "active", True),
    ):
        assert visitor.post(path, act=act).status == 303
        [found] = left(visitor).sources.list()
        assert (found.state, found.adds) == (SourceState(state), adds)
    assert visitor.post(path, act="explode").status == 404
    visitor.sign_in("read")
    text = visitor.get("/newsroom/sources").text
    assert "rival.example/feed" in text
    assert 'name="act"' not in text
    visitor.sign_in("admin")
    assert visitor.post(path, act="delete").status == 303
    assert left(visitor).sources.list() == ()


def test_why_a_source_is_not_read_is_shown(visitor: Visitor) -> None:
    """The reason and since when; of a paused one why; words of servers are escaped."""
    now = datetime.now(UTC)
    store = left(visitor)
    failures = (Failure(code="x", message=HOSTILE), Failure(code="gone", message="", pause="It is gone for good."))
    for number, failure in enumerate(failures):
        store.sources.create(f"https://r{number}.example/", f"r{number}", now=now, most=9)
        [source] = store.polls.claim("w", now=now, until=now, limit=1)
        store.polls.record(source, "w", Reading(at=now, next_poll=now + timedelta(hours=1), failure=failure))
    text = visitor.sign_in("read").get("/newsroom/sources").text
    assert "Not readable" in text
    assert "Paused:" in text
    assert "It is gone for good." in text
    assert "<script>alert" not in text
    assert (
        "Sources that are read no more" in visitor.get("/newsroom").text
        or "gone for good" in visitor.get("/newsroom").text
    )


def test_a_suggestion_is_added_or_dismissed_on_the_storys_page(visitor: Visitor) -> None:
    """With a button each; then it stands there no longer. A second click changes nothing."""
    store = left(visitor)
    first, second = suggested(store, "mill", "one"), suggested(store, "mill", "two")
    visitor.sign_in("write")
    text = visitor.get("/stories/mill").text
    assert text.count("Fire at the mill</bdi>") == 2
    assert "2 articles may be of this story" in text
    assert "2 articles of other outlets may be of this story" in text
    reply = visitor.post(f"/stories/mill/suggestions/{first['suggestion']}", what="accept")
    assert (reply.status, reply.headers["Location"]) == (303, "/stories/mill#suggestions")
    for what in ("dismiss", "accept"):
        assert visitor.post(f"/stories/mill/suggestions/{second['suggestion']}", what=what).status == 303
    assert visitor.post(f"/stories/mill/suggestions/{second['suggestion']}", what="explode").status == 404
    assert [check.url for check in store.schedule.checks("mill")] == ["https://one.example/fire"]
    assert "may be of this story" not in visitor.get("/stories/mill").text
    assert [each.state for each in store.matches.list("mill", state=MatchState.DISMISSED)] == [MatchState.DISMISSED]


def test_readers_see_suggestions_without_buttons(visitor: Visitor) -> None:
    """And on the page of a story that was not compared yet too; words of outlets are escaped."""
    store, now = left(visitor), datetime.now(UTC)
    store.stories.save(Story(slug="new", created=now))
    store.sources.create("https://rival.example/", "rival", now=now, most=9)
    [source] = store.polls.claim("w", now=now, until=now, limit=1)
    found = Announcement(key="k", url="https://rival.example/x", outlet=HOSTILE, title=HOSTILE, summary=HOSTILE)
    store.polls.record(source, "w", Reading(at=now, next_poll=now, announced=[found], entries=1))
    store.matches.suggest(store.announcements.since(now, limit=1)[0].id, "new", 0.3, now=now)
    text = visitor.sign_in("read").get("/stories/new").text
    assert "1 article may be of this story" in text
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert 'name="what"' not in text


def test_a_closed_story_gets_no_articles(visitor: Visitor) -> None:
    """The page says why."""
    store = left(visitor)
    name = suggested(store, "mill")["suggestion"]
    store.schedule.archive("mill", now=datetime.now(UTC))
    visitor.sign_in("write")
    assert visitor.post(f"/stories/mill/suggestions/{name}", what="accept").status == 409
    assert visitor.post(f"/stories/mill/suggestions/{name}", what="dismiss").status == 303
