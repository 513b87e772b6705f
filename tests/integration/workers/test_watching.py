"""Watched sources over real HTTP: polled, stored, matched; with all that feeds do."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from storydiff.fetch import FolderArchive, LocalSlots
from storydiff.model import EventType, Paragraph, Story, Version
from storydiff.pipeline.matching import Texts, match_announcements
from storydiff.store import EndpointKind, MatchState, Source, SourceState, Store, open_store
from storydiff.testing import Announcement, Fault, Newsroom
from storydiff.webhook.signature import verify
from tests.acceptance.conftest import environment, page
from tests.announced import STORIES
from tests.integration.redis_server import redis_server
from tests.integration.webhook.receiver import receiving
from tests.integration.workers.processes import Worker, until
from workers.resources import Resources
from workers.watching import KEPT, watch_sources

RIVALS = ("coast-daily.example", "valley-echo.example", "harbour-post.example")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Three rivals that have the mill fire, in RSS, Atom and a news sitemap; their times are of this hour."""
    with Newsroom() as opened:
        for number, (domain, form) in enumerate(zip(RIVALS, ("rss", "atom", "json"), strict=True)):
            opened.announce(domain, told(opened, domain, number), form=form)
        yield opened


def told(room: Newsroom, domain: str, number: int, *, published: datetime | None = None) -> list[Announcement]:
    """What a rival has: its report of each of the events, as far as there is one."""
    at = published or now() - timedelta(minutes=20)
    some = [(name, texts[number]) for name, texts in STORIES.items() if number < len(texts)]
    return [Announcement(url=room.url(domain, f"/{name}"), title=t, summary=s, published=at) for name, (t, s) in some]


@pytest.fixture
def known(tmp_path: Path, room: Newsroom) -> Iterator[Resources]:
    settings = room.settings(retries=0, timeout=0.8, database_url=f"sqlite:///{tmp_path / 's.sqlite'}")
    with open_store(tmp_path / "s.sqlite") as store:
        archive = FolderArchive(tmp_path / "archive")
        yield Resources(settings=settings, store=store, archive=archive, slots=LocalSlots())


@pytest.fixture
def left(known: Resources) -> Store:
    return known.store.of("left")


def post_own(store: Store, name: str = "mill", *, at: datetime | None = None) -> str:
    """The newsroom's own story, as its CMS posts it: whole, in other words than any rival's headline."""
    title, summary = STORIES[name][0]
    text = [s for _, s in STORIES[name]]
    when = at or now() - timedelta(minutes=30)
    store.stories.save(Story(slug=name, title=title, created=when))
    paragraphs = tuple(Paragraph(each) for each in (summary, *text))
    url = f"https://our-paper.example/{name}"
    own = Version(id="", outlet="Our Paper", url=url, headline=title, language="en", paragraphs=paragraphs)
    return store.versions.add(name, replace(own, published=when, fetched=when))[0].id


def watch(store: Store, url: str, **more: Any) -> Source:
    return store.sources.create(url, url, now=now(), most=50, **more)


def run(known: Resources, owner: str = "w") -> Any:
    return watch_sources(known, Texts(), owner)


def due_again(store: Store) -> None:
    for each in store.sources.list():
        store.sources.resume(each.id, now=now())


def test_a_rivals_report_is_added_told_and_fetched(known: Resources, left: Store, room: Newsroom) -> None:
    """The surest report of each rival becomes an article of the story, with one event each; the rest is left alone."""
    post_own(left)
    for domain in RIVALS[:2]:
        watch(left, room.url(domain))
    endpoint = left.endpoints.create(EndpointKind.WEBHOOK, "https://desk.example/hook", now=now())
    done = run(known)
    assert (done.sources, done.added) == (2, 2)
    assert {check.url for check in left.schedule.checks("mill")} == {room.url(domain, "/mill") for domain in RIVALS[:2]}
    events = left.events.list(types=[EventType.ARTICLE_FOUND])
    assert [each.story for each in events] == ["mill", "mill"]
    assert {each.data["url"] for each in events} == {room.url(domain, "/mill") for domain in RIVALS[:2]}
    assert all(each.data["headline"] in each.data["summary"] for each in events)
    assert len(left.deliveries.list(endpoint.id)) == 2
    assert {each.url for each in left.matches.list("mill", state=MatchState.ADDED)} == {
        each.data["url"] for each in events
    }
    assert left.matches.list("mill") == ()
    assert run(known).added == 0


def test_a_story_that_is_posted_later_finds_what_was_announced(known: Resources, left: Store, room: Newsroom) -> None:
    """Rivals were first: their announcements wait, and are matched when the story comes."""
    watch(left, room.url(RIVALS[0]))
    first = run(known)
    assert (first.new, first.added) == (4, 0)
    post_own(left)
    assert run(known).added == 1


def test_a_story_is_matched_anew_only_when_it_has_another_article(
    known: Resources, left: Store, room: Newsroom
) -> None:
    """An edit of our own text makes nobody look at all announcements again; what is new is looked at all the same."""
    post_own(left, "pumpkin")
    watch(left, room.url(RIVALS[0]))
    run(known)
    texts, claim = Texts(), known.claim("w")
    assert match_announcements(known.desk("left"), texts, claim).looked_at == 0
    [own] = left.versions.current("pumpkin")
    left.versions.add("pumpkin", replace(own, id="", headline="Another headline", fetched=now()))
    assert match_announcements(known.desk("left"), texts, claim).looked_at == 0
    post_own(left, "mill")
    assert match_announcements(known.desk("left"), texts, claim).looked_at > 0


def test_one_article_in_three_sources_is_one(known: Resources, left: Store, room: Newsroom) -> None:
    """An aggregator, a second feed and the outlet's own list it: one announcement, one article, one event."""
    post_own(left)
    items = told(room, RIVALS[0], 0)
    sources = [
        room.announce("first.example", items),
        room.announce("second.example", items, form="atom"),
        room.url(RIVALS[0]),
    ]
    known = replace(known, settings=replace(room.settings(retries=0), task_seconds=300))
    for url in sources:
        watch(left, url)
    done = run(known)
    assert (done.sources, done.new, done.added) == (3, 4, 1)
    assert len(left.events.list()) == 1


def test_newsrooms_are_parted(known: Resources, left: Store, room: Newsroom) -> None:
    """What one newsroom's sources announce reaches no other newsroom's story."""
    right = known.store.of("right")
    post_own(right)
    watch(left, room.url(RIVALS[0]))
    assert run(known).added == 0
    assert right.schedule.checks("mill") == ()
    assert right.announcements.since(now() - KEPT, limit=9) == ()
    watch(right, room.url(RIVALS[0]))
    assert run(known).added == 1


def test_a_source_that_only_suggests(known: Resources, left: Store, room: Newsroom) -> None:
    """Nothing is added without asking."""
    post_own(left)
    watch(left, room.url(RIVALS[0]), adds=False)
    done = run(known)
    assert (done.added, done.suggested) == (0, 1)
    assert left.schedule.checks("mill") == ()
    assert [each.url for each in left.matches.list("mill")] == [room.url(RIVALS[0], "/mill")]


def test_unchanged_feeds_cost_a_304(known: Resources, left: Store, room: Newsroom) -> None:
    """The validators outlive the worker, and what was announced stays."""
    made = watch(left, room.url(RIVALS[0]))
    run(known)
    due_again(left)
    assert run(known).new == 0
    statuses = [request.status for request in room.requests_to(RIVALS[0]) if request.path == "/rss.xml"]
    assert statuses == [200, 304]
    found = left.sources.get(made.id)
    assert found is not None
    assert (found.entries, found.failures) == (4, 0)
    assert len(left.announcements.since(now() - KEPT, limit=9)) == 4


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.HANG, "timed_out"),
        (Fault.ERROR, "server_failed"),
        (Fault.NOT_FOUND, "not_found"),
        (Fault.TOO_MANY, "rate_limited"),
    ],
)
def test_failures_back_off_with_their_reason(
    known: Resources, left: Store, room: Newsroom, fault: Fault, code: str
) -> None:
    """The others are read; the reason is kept; it is asked again later, and later still."""
    bad, good = watch(left, room.url(RIVALS[0], "/rss.xml")), watch(left, room.url(RIVALS[1]))
    room.fail(RIVALS[0], fault)
    pauses = []
    for _ in range(2):
        run(known)
        found = left.sources.get(bad.id)
        assert found is not None
        assert (found.error_code, found.state) == (code, SourceState.ACTIVE)
        assert found.polled is not None
        pauses.append(found.next_poll - found.polled)
        with known.store._database.writing() as connection:
            connection.exec_driver_sql("UPDATE sources SET next_poll = created")
    assert timedelta(minutes=4) < pauses[0] < timedelta(minutes=6)
    assert timedelta(minutes=8) < pauses[1] < timedelta(minutes=12)
    well = left.sources.get(good.id)
    assert well is not None
    assert (well.failures, well.entries) == (0, 3)


def test_a_source_that_is_gone_is_paused(known: Resources, left: Store, room: Newsroom) -> None:
    """410: the reason stands beside it, an alert is raised, and it is asked no more."""
    url = room.publish("old.example", "/feed", "gone", status=410)
    known = replace(known, settings=room.settings(retries=0))
    made = watch(left, url)
    run(known)
    found = left.sources.get(made.id)
    assert found is not None
    assert found.state is SourceState.PAUSED
    assert "gone for good" in (found.reason or "")
    assert [alert.subject for alert in left.alerts.list()] == [url]
    assert run(known).sources == 0


def test_a_week_of_failures_ends_in_a_pause(known: Resources, left: Store, room: Newsroom) -> None:
    """Nobody asks a dead host for ever."""
    made = watch(left, room.url(RIVALS[0], "/rss.xml"))
    room.fail(RIVALS[0], Fault.ERROR)
    run(known)
    with known.store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE sources SET next_poll = created, failing_since = '2020-01-01 00:00:00'")
    run(known)
    found = left.sources.get(made.id)
    assert found is not None
    assert (found.state, (found.reason or "")[:23]) == (SourceState.PAUSED, "Not readable for a week")


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "{target}">]>'
    "<rss><channel><item><title>Two &c; &x; dead</title><link>/one</link></item></channel></rss>"
)


def test_hostile_feeds(known: Resources, left: Store, room: Newsroom) -> None:
    """Entities are neither expanded nor fetched, bombs are refused, and private addresses are not contacted."""
    secret = room.publish("inner.example", "/secret", "x")
    room.publish("evil.example", "/entities", ENTITIES.format(target=secret), content_type="application/rss+xml")
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    room.publish("evil.example", "/bomb.xml.gz", bomb, content_type="application/gzip")
    room.redirect("evil.example", "/inward", "http://169.254.169.254/feed")
    links = "".join(f"<item><title>The mill fire {n}</title><link>{u}</link></item>" for n, u in enumerate(INWARD))
    room.publish("evil.example", "/links", f"<rss><channel>{links}</channel></rss>", content_type="text/xml")
    known = replace(known, settings=room.settings(retries=0))
    made = {
        path: watch(left, room.url("evil.example", path)).id
        for path in ("/entities", "/bomb.xml.gz", "/inward", "/links")
    }
    post_own(left)
    assert run(known).added == 0
    codes = {path: (left.sources.get(name) or made).error_code for path, name in made.items()}  # type: ignore[union-attr]
    assert codes == {"/entities": None, "/bomb.xml.gz": "too_large", "/inward": "address_refused", "/links": None}
    assert not [request for request in room.requests if request.path == "/secret"]
    assert max(len(each.title) for each in left.announcements.since(now() - KEPT, limit=9)) < 60
    assert left.schedule.checks("mill") == ()


INWARD = ("http://127.0.0.1:6379/x", "http://10.0.0.1/mill", "file:///etc/passwd", "http://user:pw@rival.example/mill")


def test_clocks_that_are_wrong(known: Resources, left: Store, room: Newsroom) -> None:
    """A time of tomorrow is no time, and without one nothing is sure: it is suggested. What is old is not even kept."""
    post_own(left)
    ahead = told(room, RIVALS[0], 0, published=now() + timedelta(days=2))
    room.announce(RIVALS[0], ahead)
    old = told(room, RIVALS[1], 1, published=now() - timedelta(days=400))
    room.announce(RIVALS[1], old, form="atom")
    for domain in RIVALS[:2]:
        watch(left, room.url(domain))
    done = run(known)
    assert (done.new, done.added, done.suggested) == (4, 0, 1)
    assert [each.published for each in left.matches.list("mill")] == [None]


def test_a_feed_that_empties_forgets_nothing(known: Resources, left: Store, room: Newsroom) -> None:
    """No entries is no failure; what it announced before can still be matched."""
    made = watch(left, room.url(RIVALS[0], "/rss.xml"))
    run(known)
    room.announce(RIVALS[0], [], at=now() - timedelta(seconds=1))
    due_again(left)
    run(known)
    found = left.sources.get(made.id)
    assert found is not None
    assert (found.entries, found.failures) == (0, 0)
    post_own(left)
    assert run(known).added == 1


def test_stories_that_wait_for_nothing_more(known: Resources, left: Store, room: Newsroom) -> None:
    """One that was closed, and one that had no new text for a week, get no articles."""
    watch(left, room.url(RIVALS[0]))
    post_own(left, "mill")
    left.schedule.archive("mill", now=now())
    post_own(left, "ship", at=now() - timedelta(days=8))
    done = run(known)
    assert (done.new, done.added, done.suggested) == (4, 0, 0)


def test_an_outlet_that_is_in_the_story_is_only_suggested_again(known: Resources, left: Store, room: Newsroom) -> None:
    """Its second article may be a comment or another matter; the first, posted by hand, is not announced anew."""
    post_own(left)
    items = told(room, RIVALS[0], 0)
    again = replace(items[0], url=room.url(RIVALS[0], "/mill-live"))
    room.announce(RIVALS[0], [again, *items])
    left.schedule.watch("mill", [items[0].url.replace("http://", "http://www.") + "/"], now=now())
    watch(left, room.url(RIVALS[0]))
    done = run(known)
    assert (done.added, done.suggested) == (0, 1)
    assert [each.url for each in left.matches.list("mill")] == [again.url]


def test_each_source_is_read_once_by_many_workers(known: Resources, left: Store, room: Newsroom) -> None:
    """Three workers with databases of their own at once, nine sources: every one is read by one of them."""
    items = told(room, RIVALS[0], 0)
    for number in range(9):
        watch(left, room.announce(f"r{number}.example", items))
    settings, start = room.settings(retries=0), Barrier(3)

    def work(owner: str) -> int:
        with open_store(known.settings.database_url) as store:
            own = replace(known, settings=settings, store=store, slots=LocalSlots())
            start.wait(10)
            found: int = run(own, owner).sources
            return found

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, ("one", "two", "three"))) == 9
    asked = [[r for r in room.requests_to(f"r{n}.example") if r.path == "/rss.xml"] for n in range(9)]
    assert [len(each) for each in asked] == [1] * 9


def test_a_real_worker_watches(tmp_path: Path, room: Newsroom) -> None:
    """By the clock alone, on a real queue: a source and our own story in the database become a comparison with the
    rival's page, and a signed event tells of the article."""
    for number, domain in enumerate(RIVALS[:1]):
        url = room.url(domain, "/mill")
        texts = [summary for _, summary in STORIES["mill"]]
        headline = STORIES["mill"][number][0]
        at = (now() - timedelta(minutes=20)).isoformat()
        room.publish(domain, "/mill", page(domain, url, *texts, headline=headline, published=at))
    with redis_server(tmp_path) as redis_url, receiving() as desk:
        env = environment(
            tmp_path,
            room,
            STORYDIFF_REDIS_URL=redis_url,
            STORYDIFF_DATABASE_URL=f"sqlite:///{tmp_path / 's.sqlite'}",
            STORYDIFF_ARCHIVE=str(tmp_path / "archive"),
            STORYDIFF_TICK_SECONDS="0.2",
        )
        env["STORYDIFF_ALLOW_HOSTS"] += " 127.0.0.1"
        worker = Worker(env, tmp_path / "worker.log")
        with open_store(env["STORYDIFF_DATABASE_URL"]) as store:
            endpoint = store.endpoints.create(EndpointKind.WEBHOOK, desk.url("/hook"), now=now())
            post_own(store)
            watch(store, room.url(RIVALS[0]))
            worker.start()
            try:
                until(lambda: len(desk.messages) >= 1 and store.collations.latest("mill") is not None, worker)
            finally:
                worker.stop()
            found = store.collations.latest("mill")
            assert found is not None
            assert len({each.outlet for each in found.versions if each.id not in found.apart}) == 2
            told = [json.loads(each.body) for each in desk.messages]
            assert "article.found" in {each["type"] for each in told}
            for message in desk.messages:
                verify([endpoint.secret], message.headers, message.body, now())
