"""What is due: claims that run out, bursts that are collated once, rings that are not repeated."""

from datetime import timedelta

import pytest

from storydiff.errors import UnknownStory
from storydiff.model import Story
from storydiff.store import BACKGROUND, Store, Visit
from tests.unit.store.builders import NOON, URL, at, version

SOON, LATER = NOON + timedelta(seconds=30), NOON + timedelta(hours=1)


def watched(store: Store, slug: str = "mill", *urls: str) -> None:
    store.stories.save(Story(slug=slug))
    store.schedule.watch(slug, urls or (URL,), now=NOON)


def claim(store: Store, owner: str, minute: int = 0, slug: str = "mill") -> list[str]:
    claimed = store.schedule.claim(slug, owner, now=at(minute), until=at(minute + 5), limit=10)
    return [check.url for check in claimed]


def test_a_check_is_claimed_once(store: Store) -> None:
    """Two workers never fetch the same page at the same time; a claim that ran out is free again."""
    watched(store)
    assert claim(store, "one") == [URL]
    assert claim(store, "two") == []
    assert claim(store, "one") == [URL]
    assert claim(store, "two", minute=6) == [URL]


def test_a_check_is_due_when_it_says(store: Store) -> None:
    """After an attempt the next one is due at the time given, with counts of what went before; a page that was asked
    for stays in haste over its first failure, and goes to the background once it came."""
    watched(store)
    [check] = store.schedule.claim("mill", "one", now=NOON, until=SOON, limit=1)
    failed = Visit(at=NOON, code="timed_out", failed=True)
    store.schedule.record("mill", check, failed, next_check=at(10))
    assert claim(store, "two", minute=9) == []
    [found] = store.schedule.claim("mill", "one", now=at(10), until=at(15), limit=1)
    assert (found.failures, found.unchanged, found.reached, found.priority) == (1, 1, None, 0)
    done = Visit(at=at(10), code="complete", words=300, changed=True)
    stored, _ = store.versions.add("mill", version())
    store.schedule.record("mill", found, done, next_check=None, article=stored.article)
    [last] = store.schedule.checks("mill")
    assert (last.failures, last.unchanged, last.changed, last.next_check, last.article) == (0, 0, at(10), None, URL)
    assert last.priority == BACKGROUND
    assert [visit.code for visit in store.schedule.visits("tarnpost.example", since=NOON)] == ["timed_out", "complete"]


def test_asking_again_makes_it_due(store: Store) -> None:
    """An address that is watched already is fetched at once when it is named again."""
    watched(store)
    [check] = store.schedule.claim("mill", "one", now=NOON, until=SOON, limit=1)
    store.schedule.record("mill", check, Visit(at=NOON, code="complete"), next_check=LATER)
    watched(store)
    assert claim(store, "two", minute=1) == [URL]
    assert len(store.schedule.checks("mill")) == 1


def test_a_burst_is_collated_once(store: Store) -> None:
    """Several new versions ask for one collation; one that comes in during it asks for another."""
    watched(store)
    for minute in range(3):
        store.versions.add("mill", version(f"Text {minute}.", minute))
    seen = store.schedule.claim_dirty("mill", "one", now=NOON, until=SOON)
    assert seen == 3
    assert store.schedule.claim_dirty("mill", "two", now=NOON, until=SOON) is None
    store.versions.add("mill", version("Text 4.", 4))
    assert store.schedule.settle("mill", seen) is True
    assert store.schedule.settle("mill", store.schedule.claim_dirty("mill", "two", now=NOON, until=SOON) or 0) is False
    assert store.schedule.claim_dirty("mill", "one", now=NOON, until=SOON) is None


def test_a_burst_waits(store: Store) -> None:
    """While more is expected, the story is not collated."""
    watched(store)
    store.versions.add("mill", version())
    store.schedule.expect("mill", since=NOON, at=at(1))
    assert store.schedule.claim_dirty("mill", "one", now=NOON, until=SOON) is None
    assert store.schedule.burst("mill").since == NOON
    assert store.schedule.claim_dirty("mill", "one", now=at(1), until=at(2)) == 1


def test_rings_are_for_all_newsrooms(store: Store) -> None:
    """What is due is named once, the most urgent first, whichever newsroom's it is."""
    watched(store)
    [check] = store.schedule.claim("mill", "one", now=NOON, until=SOON, limit=1)
    store.schedule.record("mill", check, Visit(at=NOON, code="complete"), next_check=NOON)
    watched(store.of("tarn"), "fire", "https://echo.example/1")
    rung = store.rings.to_fetch(at(1), again=at(5), limit=10)
    assert [(ring.newsroom, ring.story, ring.priority) for ring in rung] == [("tarn", "fire", 0), ("", "mill", 6)]
    assert store.rings.to_fetch(at(2), again=at(5), limit=10) == ()
    assert len(store.rings.to_fetch(at(5), again=at(9), limit=10)) == 2
    assert store.rings.age(at(2)) == 120


def test_archived_stories_rest(store: Store) -> None:
    """A story that was put aside is neither fetched nor collated, until it is taken up again."""
    watched(store)
    store.versions.add("mill", version())
    store.schedule.archive("mill", now=NOON)
    assert store.rings.to_fetch(at(1), again=at(2), limit=9) == ()
    assert store.rings.to_collate(at(1), again=at(2), limit=9) == ()
    assert claim(store, "one") == []
    store.schedule.archive("mill", now=None)
    assert [ring.story for ring in store.rings.to_collate(at(1), again=at(2), limit=9)] == ["mill"]
    assert claim(store, "one") == [URL]


def test_newsrooms_are_apart(store: Store) -> None:
    """Another newsroom's story of the same name is another story."""
    watched(store)
    with pytest.raises(UnknownStory):
        store.of("tarn").schedule.watch("mill", [URL], now=NOON)
    assert store.of("tarn").schedule.checks("mill") == ()
    assert store.of("tarn").schedule.hosts() == ()
    assert store.schedule.hosts() == ("tarnpost.example",)
