"""Watched sources, what they announce, and which story each announcement belongs to, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from storydiff.errors import SourceKnown, TooManySources, UnknownStory
from storydiff.model import Event, EventType, Story
from storydiff.store import Announcement, EndpointKind, Failure, MatchState, Reading, Source, SourceState, Store, Visit
from tests.unit.store.builders import FULL, NOON, at

FEED = "https://rival.example/feed"
LEASE = timedelta(minutes=10)


def watched(store: Store, url: str = FEED, **more: Any) -> Source:
    return store.sources.create(url, url, now=NOON, most=20, **more)


def announced(name: str = "fire", **more: Any) -> Announcement:
    url = f"https://rival.example/{name}"
    return Announcement(
        **{"key": url, "url": url, "outlet": "Rival", "title": f"The {name} \0", "published": NOON, **more}
    )


def read(store: Store, *found: Announcement, minute: int = 1, **more: Any) -> int | None:
    """Claim whatever is due and write that it lists these."""
    [source] = store.polls.claim("w", now=at(minute), until=at(minute) + LEASE, limit=1)
    given = {"at": at(minute), "next_poll": at(minute + 1), "announced": found, "entries": len(found)}
    return store.polls.record(source, "w", Reading(**{**given, **more}))


def found_event(slug: str = "mill") -> Event:
    return Event(id=f"evt_{slug}", type=EventType.ARTICLE_FOUND, story=slug, at=NOON)


def test_a_source_is_watched_once(store: Store) -> None:
    """The same address again, and one too many, are refused; another newsroom has its own."""
    left, right = store.of("left"), store.of("right")
    first = watched(left, name="The Rival")
    assert (first.state, first.next_poll, first.adds) == (SourceState.ACTIVE, NOON, True)
    with pytest.raises(SourceKnown):
        watched(left)
    with pytest.raises(TooManySources):
        left.sources.create("https://b.example", "b", now=NOON, most=1)
    watched(right)
    assert [each.id for each in left.sources.list()] == [first.id]
    assert right.sources.get(first.id) is None
    assert right.sources.change(first.id, name="Mine") is None
    assert not right.sources.delete(first.id, now=NOON)
    changed = left.sources.change(first.id, adds=False)
    assert changed is not None
    assert (changed.name, changed.adds) == ("The Rival", False)


def test_sources_page_by_page(store: Store) -> None:
    """The newest first, from behind the last of the page before."""
    made = [watched(store, f"https://{n}.example/").id for n in range(3)]
    assert [each.id for each in store.sources.list(limit=2)] == [made[2], made[1]]
    assert [each.id for each in store.sources.list(before=made[1])] == [made[0]]
    assert store.sources.list(before="src_" + "0" * 24) == ()


def test_a_due_source_is_claimed_by_one_worker(store: Store) -> None:
    """Until its claim runs out nobody else has it; then the late worker's reading is dropped."""
    watched(store.of("left"))
    [source] = store.polls.claim("one", now=NOON, until=at(5), limit=9)
    assert store.polls.claim("two", now=at(1), until=at(6), limit=9) == ()
    assert len(store.polls.claim("one", now=at(1), until=at(5), limit=9)) == 1
    assert len(store.polls.claim("two", now=at(5), until=at(9), limit=9)) == 1
    late = Reading(at=at(6), next_poll=at(7), announced=[announced()])
    assert store.polls.record(source, "one", late) is None
    assert store.of("left").announcements.since(NOON, limit=9) == ()
    assert store.polls.record(source, "two", late) == 1


def test_many_workers_share_what_is_due(store: Store) -> None:
    """Four that claim at the same moment never have a source in common, and leave none."""
    for number in range(12):
        watched(store.of("left"), f"https://{number}.example/")
    start = Barrier(4)

    def claim(owner: str) -> list[str]:
        start.wait(10)
        return [each.id for each in store.polls.claim(owner, now=NOON, until=at(9), limit=3)]

    with ThreadPoolExecutor(4) as pool:
        found = [name for names in pool.map(claim, "abcd") for name in names]
    assert len(found) == len(set(found))
    assert len(found) + len(store.polls.claim("last", now=NOON, until=at(9), limit=12)) == 12


def test_what_two_sources_announce_is_one(store: Store) -> None:
    """The first keeps it; another newsroom has its own; what the database refuses is taken out."""
    watched(store)
    assert read(store, announced(), announced("flood")) == 2
    watched(store, "https://agency.example/feed")
    source = store.polls.claim("w", now=at(2), until=at(9), limit=9)
    assert [
        store.polls.record(each, "w", Reading(at=at(2), next_poll=at(9), announced=[announced()])) for each in source
    ] == [0, 0]
    kept = store.announcements.since(NOON, limit=9)
    assert {each.title for each in kept} == {"The fire \ufffd", "The flood \ufffd"}
    assert store.of("left").announcements.since(NOON, limit=9) == ()
    assert store.polls.newsrooms() == ("",)


def test_a_source_that_never_ends_fills_no_database(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one source so many announcements are kept, the first that it lists."""
    monkeypatch.setattr("storydiff.store.announcements.MOST_OF_ONE", 3)
    watched(store)
    assert read(store, announced("one"), announced("two")) == 2
    assert read(store, announced("three"), announced("four"), minute=3) == 1
    assert {each.url[-5:] for each in store.announcements.since(NOON, limit=9)} == {"e/one", "e/two", "three"}


def test_what_a_reading_leaves_as_it_was(store: Store) -> None:
    """The first counts as a change; later ones only with something new, and what did not change keeps its number."""
    made = watched(store)

    def after(*found: Announcement, minute: int, **more: Any) -> Source:
        read(store, *found, minute=minute, **more)
        source = store.sources.get(made.id)
        assert source is not None
        return source

    sights = {FEED: {"shape": "feed", "more": [], "etag": '"1"', "last_modified": None}}
    first = after(minute=1, sights=sights)
    assert (first.changed, first.reached, first.entries, first.sights) == (at(1), at(1), 0, sights)
    second = after(announced("one"), minute=2)
    assert (second.changed, second.reached, second.entries, second.sights) == (at(2), at(2), 1, {})
    third = after(announced("one"), minute=3, entries=None)
    assert (third.changed, third.reached, third.entries) == (at(2), at(3), 1)
    fourth = after(announced("one"), minute=4, entries=7)
    assert (fourth.changed, fourth.reached, fourth.entries) == (at(2), at(4), 7)


def test_failures_are_counted_and_told(store: Store) -> None:
    """The reason is kept until it can be read again; one that we stop reading raises an alert, which resuming ends."""
    made = watched(store)
    assert read(store, failure=Failure(code="timed_out", message="No answer.")) == 0
    failing = store.sources.get(made.id)
    assert failing is not None
    assert (failing.failures, failing.error, failing.failing_since, failing.reached) == (1, "No answer.", at(1), None)
    read(store, minute=2)
    well = store.sources.get(made.id)
    assert well is not None
    assert (well.failures, well.error, well.failing_since, well.reached) == (0, None, None, at(2))
    read(store, minute=3, failure=Failure(code="gone", message="Gone.", pause="It is gone for good."))
    paused = store.sources.get(made.id)
    assert paused is not None
    assert (paused.state, paused.reason) == (SourceState.PAUSED, "It is gone for good.")
    assert [(each.kind, each.subject) for each in store.alerts.list()] == [("source", FEED)]
    assert store.polls.claim("w", now=at(50), until=at(59), limit=9) == ()
    resumed = store.sources.resume(made.id, now=at(50))
    assert resumed is not None
    assert (resumed.state, resumed.failures, resumed.next_poll) == (SourceState.ACTIVE, 0, at(50))
    assert store.alerts.list() == ()


def test_what_is_paused_or_deleted_while_it_is_read(store: Store) -> None:
    """A pause stays, with its own reason; of a deleted source nothing is written."""
    made = watched(store)
    [source] = store.polls.claim("w", now=NOON, until=at(9), limit=1)
    store.sources.pause(made.id, "not now")
    gone = Reading(at=at(1), next_poll=at(2), failure=Failure(code="gone", message="", pause="gone"))
    assert store.polls.record(source, "w", gone) == 0
    paused = store.sources.get(made.id)
    assert paused is not None
    assert paused.reason == "not now"
    store.sources.delete(made.id, now=NOON)
    assert store.polls.record(source, "w", Reading(at=at(1), next_poll=at(2), announced=[announced()])) is None
    assert store.announcements.since(NOON, limit=9) == ()


def mill(store: Store) -> int:
    """A story with an article, and an announcement that belongs to it; gives the announcement."""
    store.stories.save(Story(slug="mill", created=NOON))
    store.versions.add("mill", FULL)
    watched(store)
    read(store, announced())
    return store.announcements.since(NOON, limit=1)[0].id


def test_an_announcement_is_added_with_its_event_or_not_at_all(store: Store) -> None:
    """The page is due, the event kept with its delivery, the match remembered; a second time changes nothing."""
    number = mill(store)
    store.endpoints.create(EndpointKind.WEBHOOK, "https://desk.example/hook", now=NOON)
    assert store.matches.add(number, found_event(), 0.5, now=at(2))
    assert not store.matches.add(number, found_event(), 0.5, now=at(3))
    [check] = store.schedule.checks("mill")
    assert (check.url, check.priority) == ("https://rival.example/fire", 3)
    assert [each.type for each in store.events.list()] == [EventType.ARTICLE_FOUND]
    assert store.outbox.due(at(4))
    assert store.announcements.open(NOON, only_new=False, limit=9) == ()
    assert store.matches.decided(["mill"]) == {(number, "mill"): MatchState.ADDED}


@pytest.mark.parametrize("state", [MatchState.DISMISSED, MatchState.ACCEPTED])
def test_what_people_decided_stands(store: Store, state: MatchState) -> None:
    """A suggestion that was decided is neither suggested again nor added."""
    number = mill(store)
    assert store.matches.suggest(number, "mill", 0.3, now=NOON)
    assert not store.matches.suggest(number, "mill", 0.3, now=NOON)
    [waiting] = store.matches.list("mill")
    assert (waiting.url, waiting.likeness, waiting.outlet) == ("https://rival.example/fire", 0.3, "Rival")
    decided = store.matches.decide("mill", waiting.id, state, now=at(1))
    assert decided is not None
    assert (decided.state, decided.decided) == (state, at(1))
    assert store.matches.decide("mill", waiting.id, MatchState.DISMISSED, now=at(2)) is None
    assert not store.matches.suggest(number, "mill", 0.3, now=at(3))
    assert not store.matches.add(number, found_event(), 0.9, now=at(3))
    assert store.schedule.checks("mill") == ()
    assert store.matches.list("mill") == ()


def test_a_suggestion_that_turns_out_sure_is_added(store: Store) -> None:
    """It waits no longer."""
    number = mill(store)
    store.matches.suggest(number, "mill", 0.3, now=NOON)
    assert store.matches.add(number, found_event(), 0.5, now=at(1))
    [added] = store.matches.list("mill", state=MatchState.ADDED)
    assert added.likeness == 0.5
    assert store.matches.list("mill") == ()


def test_nothing_is_added_to_a_story_that_was_closed_or_deleted(store: Store) -> None:
    """Closed meanwhile: no. Deleted meanwhile: UnknownStory, and no event."""
    number = mill(store)
    store.schedule.archive("mill", now=NOON)
    assert not store.matches.add(number, found_event(), 0.5, now=NOON)
    assert not store.matches.suggest(number, "mill", 0.5, now=NOON)
    store.stories.delete("mill")
    with pytest.raises(UnknownStory):
        store.matches.add(number, found_event(), 0.5, now=NOON)
    assert store.events.list() == ()


def test_only_what_people_chose_says_what_a_story_is_about(store: Store) -> None:
    """The article that was posted is a member, one that was added without asking is not; of closed stories none is."""
    number = mill(store)
    [member] = store.members.list(since=NOON - timedelta(days=1), limit=9)
    assert (member.story, member.at) == ("mill", FULL.published or FULL.fetched)
    assert store.members.words([member.row])[member.row].headline == (FULL.headline or "")
    store.matches.add(number, found_event(), 0.5, now=NOON)
    [check] = store.schedule.claim("mill", "w", now=at(1), until=at(2), limit=1)
    url = "https://rival.example/fire"
    other, _ = store.versions.add("mill", replace(FULL, id="", url=url, outlet="Rival"))
    visit = Visit(at=at(1), code="complete", changed=True)
    store.schedule.record("mill", check, visit, next_check=at(9), article=other.article)
    assert [each.row for each in store.members.list(since=NOON - timedelta(days=1), limit=9)] == [member.row]
    assert url in store.members.addresses(["mill"])["mill"]
    store.schedule.archive("mill", now=NOON)
    assert store.members.list(since=NOON - timedelta(days=1), limit=9) == ()


def test_old_announcements_are_forgotten(store: Store) -> None:
    """What is listed no more goes; what is listed still, or became an article, stays."""
    number = mill(store)
    store.matches.suggest(number, "mill", 0.3, now=NOON)
    read(store, announced("flood"), announced("storm"), minute=3)
    read(store, announced("storm"), announced("rain"), minute=5)
    storm = next(each for each in store.announcements.since(NOON, limit=9) if "storm" in each.url)
    assert store.polls.forget(before=at(1)) == 0
    assert store.polls.forget(before=at(40)) == 2
    assert store.matches.list("mill") == ()
    left = {each.url.rpartition("/")[2] for each in store.announcements.since(NOON, limit=9)}
    assert left == {"storm", "rain"}
    store.matches.add(storm.id, found_event(), 0.5, now=NOON)
    [source] = store.sources.list()
    store.sources.delete(source.id, now=NOON)
    assert store.announcements.forget(before=at(40)) == 1
    assert [each.id for each in store.announcements.since(NOON, limit=9)] == [storm.id]


def test_one_task_matches_a_newsroom(store: Store) -> None:
    """Others have to wait, or find its claim run out; the mark says what was matched against."""
    assert store.polls.claim_matching("left", "one", now=NOON, until=at(5))
    assert not store.polls.claim_matching("left", "two", now=at(1), until=at(5))
    assert store.polls.claim_matching("right", "two", now=at(1), until=at(5))
    assert store.polls.claim_matching("left", "two", now=at(5), until=at(9))
    store.polls.end_matching("left", "one", "late")
    assert store.polls.mark("left") is None
    store.polls.end_matching("left", "two", "here")
    assert store.polls.mark("left") == "here"
    assert store.polls.claim_matching("left", "one", now=at(6), until=at(9))


def test_a_newsroom_goes_with_its_sources(store: Store) -> None:
    """Nothing of it is left; another's stays."""
    for name in ("left", "right"):
        mill(store.of(name))
        store.polls.claim_matching(name, "w", now=NOON, until=NOON)
    store.newsrooms.delete("left")
    assert store.of("left").sources.list() == ()
    assert store.polls.newsrooms() == ("right",)
    assert len(store.of("right").sources.list()) == 1
