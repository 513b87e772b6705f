"""Watching stories: real pages on loopback, a real store, a clock that is moved."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storydiff.fetch import FolderArchive
from storydiff.model import Event, EventType, Story
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.watch import Claim, check_story
from storydiff.pipeline.watch_collate import settle_story
from storydiff.store import JobState, Store, open_store
from storydiff.testing import Fault, FixedClock, Newsroom
from tests.acceptance.conftest import CAUSE, HURT, LEDE, OWNER, QUOTE, STREET, publish

NOON = "2026-03-03T12:00Z"
CLAIM = Claim(owner="test", lease=timedelta(minutes=10))
SHUT = "Until noon on Tuesday both Mill Lane and the bridge to Oberdorf stayed closed; buses had to go another way."
POST, ECHO = "harbour-post.example", "valley-echo.example"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom(now=NOON) as opened:
        publish(opened, "Harbour Post", LEDE.format(dead="two"), HURT, CAUSE, OWNER, headline="Mill fire kills two")
        publish(opened, "Valley Echo", LEDE.format(dead="three"), HURT, CAUSE, STREET, headline="Three die in fire")
        publish(opened, "Coast Daily", LEDE.format(dead="two"), HURT, QUOTE, SHUT, headline="Two dead in fire")
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.sqlite") as opened:
        yield opened


@pytest.fixture
def desk(room: Newsroom, store: Store, tmp_path: Path) -> Desk:
    settings = room.settings(retries=0, timeout=5, public_url="https://desk.example")
    return Desk(settings=settings, store=store, clock=room.clock, archive=FolderArchive(tmp_path / "archive"))


def watched(desk: Desk, room: Newsroom, *domains: str) -> None:
    desk.store.stories.save(Story(slug="mill", created=desk.clock()))
    desk.store.schedule.watch("mill", [room.url(domain, "/mill") for domain in domains], now=desk.clock())


def again(desk: Desk, clock: FixedClock, **later: float) -> None:
    """Everything that is due after so long."""
    clock.advance(**later)
    check_story(desk, "mill", CLAIM)
    settle_story(desk, "mill", CLAIM)


def events(desk: Desk, *kinds: EventType) -> list[Event]:
    return [each for each in desk.store.events.list() if each.type in kinds]


def test_a_posted_story_is_fetched_collated_announced(desk: Desk, room: Newsroom) -> None:
    """One round gives versions, a title, a collation, events with links, and a job that is done."""
    watched(desk, room, POST, ECHO)
    job = desk.store.jobs.create("fetch", "mill", now=desk.clock(), total=2)
    checked = check_story(desk, "mill", CLAIM)
    assert (checked.pages, checked.new, checked.more, checked.collate) == (2, 2, False, True)
    running = desk.store.jobs.get(job.id)
    assert running is not None
    assert (running.state, running.done) == (JobState.RUNNING, 2)
    settled = settle_story(desk, "mill", CLAIM)
    assert (settled.number, settled.again) == (1, False)
    assert [each.type for each in desk.store.events.list()] == ["story.collated", "discrepancy.found"]
    assert desk.store.events.list()[0].data["links"]["collation"] == "https://desk.example/v1/stories/mill/collations/1"
    assert desk.store.stories.get("mill").title == "Mill fire kills two"
    done = desk.store.jobs.get(job.id)
    assert done is not None
    assert (done.state, done.result) == (JobState.DONE, {"collation": 1})


def test_doing_it_twice_changes_nothing(desk: Desk, room: Newsroom) -> None:
    """A task that is run again, at any point, makes no second version, collation or event."""
    watched(desk, room, POST, ECHO)
    for _ in range(2):
        check_story(desk, "mill", CLAIM)
        desk.store.schedule.watch("mill", [room.url(POST, "/mill")], now=desk.clock())
        desk.store.schedule.mark_dirty("mill", at=desk.clock())
        settle_story(desk, "mill", CLAIM)
    assert len(desk.store.versions.all("mill")) == 2
    assert len(desk.store.collations.list("mill")) == 1
    assert len(desk.store.events.list()) == 2


def test_a_silent_change_is_told(desk: Desk, room: Newsroom) -> None:
    """A page that changes is read anew at its next check, and the change is an event."""
    watched(desk, room, POST, ECHO)
    again(desk, room.clock)
    publish(room, "Harbour Post", LEDE.format(dead="three"), HURT, CAUSE, OWNER, headline="Fire kills three", at=NOON)
    again(desk, room.clock, minutes=3)
    [revised] = events(desk, EventType.ARTICLE_REVISED)
    assert (revised.data["outlet"], revised.data["silent"]) == ("Harbour Post", True)
    assert len(events(desk, EventType.DISCREPANCY_RESOLVED)) == 1


def test_what_ours_lacks(desk: Desk, room: Newsroom) -> None:
    """A point that two others report is told to our desk."""
    desk.store.newsrooms.create("", now=desk.clock(), ours="Harbour Post")
    watched(desk, room, POST, ECHO, "coast-daily.example")
    again(desk, room.clock)
    missing = events(desk, EventType.POINT_MISSING)
    assert [each.ours for each in missing] == ["Harbour Post"]
    assert "Oberdorf" in missing[0].data["statement"]
    assert missing[0].data["reported_by"] == ["Coast Daily", "Valley Echo"]


def test_a_page_that_was_taken_down(desk: Desk, room: Newsroom) -> None:
    """410 is told at once, once; the text that was read stays."""
    watched(desk, room, POST, ECHO)
    again(desk, room.clock)
    room.fail(POST, Fault.GONE)
    for _ in range(3):
        again(desk, room.clock, days=2)
    [gone] = events(desk, EventType.ARTICLE_GONE)
    assert (gone.data["outlet"], gone.data["status"]) == ("Harbour Post", 410)
    assert len(desk.store.versions.current("mill")) == 2


def test_a_slip_of_the_server_is_no_removal(desk: Desk, room: Newsroom) -> None:
    """404 counts from the third time in a row."""
    watched(desk, room, POST, ECHO)
    again(desk, room.clock)
    room.fail(POST, Fault.NOT_FOUND)
    again(desk, room.clock, minutes=3)
    again(desk, room.clock, minutes=3)
    assert events(desk, EventType.ARTICLE_GONE) == []
    again(desk, room.clock, minutes=30)
    assert len(events(desk, EventType.ARTICLE_GONE)) == 1


def test_a_page_that_was_never_read_is_not_gone(desk: Desk, room: Newsroom) -> None:
    """An address that never led to an article tells nothing of its outlet."""
    room.fail(POST, Fault.GONE)
    watched(desk, room, POST, ECHO)
    again(desk, room.clock)
    again(desk, room.clock, days=2)
    assert events(desk, EventType.ARTICLE_GONE) == []


def test_a_page_that_moves(desk: Desk, room: Newsroom) -> None:
    """Another address behind the same link is an event; other parameters are not."""
    room.redirect(POST, "/short", "/mill")
    desk.store.stories.save(Story(slug="mill", created=desk.clock()))
    desk.store.schedule.watch("mill", [room.url(POST, "/short"), room.url(ECHO, "/mill")], now=desk.clock())
    again(desk, room.clock)
    room.redirect(POST, "/short", "/mill?from=home")
    again(desk, room.clock, minutes=3)
    assert events(desk, EventType.ARTICLE_MOVED) == []
    text = (LEDE.format(dead="two"), HURT, CAUSE, OWNER)
    url = publish(room, "Harbour Post", *text, headline="Mill fire kills two")
    room.publish(POST, "/archive/mill", room.sites[POST].pages["/mill"][-1].body)
    room.redirect(POST, "/short", "/archive/mill")
    again(desk, room.clock, minutes=3)
    [moved] = events(desk, EventType.ARTICLE_MOVED)
    assert (moved.data["from"], moved.data["to"]) == (url + "?from=home", room.url(POST, "/archive/mill"))


def test_an_outlet_that_is_not_reached_raises_an_alert(desk: Desk, room: Newsroom) -> None:
    """Silence for hours is an alert and one event; the alert ends when a page is read again."""
    watched(desk, room, POST, ECHO)
    again(desk, room.clock)
    room.fail(POST, Fault.ERROR)
    for _ in range(8):
        again(desk, room.clock, hours=6)
    [alert] = desk.store.alerts.list()
    assert (alert.kind, alert.subject) == ("watch", POST)
    [failing] = events(desk, EventType.WATCH_FAILING)
    assert (failing.story, failing.data["reason"]) == (None, "not_reached")
    room.recover(POST)
    again(desk, room.clock, hours=7)
    assert desk.store.alerts.list() == ()


def test_a_story_deleted_meanwhile_stays_deleted(desk: Desk, room: Newsroom) -> None:
    """Nothing that was on its way brings a purged story back."""
    watched(desk, room, POST, ECHO)
    desk.store.stories.delete("mill")
    assert check_story(desk, "mill", CLAIM).pages == 0
    assert settle_story(desk, "mill", CLAIM).number is None
    assert not desk.store.stories.exists("mill")


def test_one_article_alone_is_settled(desk: Desk, room: Newsroom) -> None:
    """A story of one page has nothing to compare; it waits for another, and its job is done."""
    watched(desk, room, POST)
    job = desk.store.jobs.create("fetch", "mill", now=desk.clock(), total=1)
    again(desk, room.clock)
    found = desk.store.jobs.get(job.id)
    assert found is not None
    assert (found.state, found.result) == (JobState.DONE, {"collation": None})
    assert desk.store.schedule.burst("mill").settled == 1
