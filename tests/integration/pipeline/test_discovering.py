"""Discovering over real HTTP: feeds, sitemaps and home pages of a newsroom, with all that goes wrong."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from storydiff.discover.entry import Shape, silent
from storydiff.discover.stories import article_of
from storydiff.errors import (
    AddressRefused,
    NotFound,
    NothingDiscovered,
    RobotsDenied,
    ServerFailed,
    TimedOut,
    TooLarge,
)
from storydiff.fetch import LocalSlots
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.discovering import announced, asked_about, discover
from storydiff.pipeline.polling import read_source
from storydiff.store import Source, open_store
from storydiff.testing import Announcement, Fault, FixedClock, Newsroom
from tests.acceptance.conftest import page
from tests.announced import NOON, OUTLETS, STORIES, entry

DAY = timedelta(hours=24)
FORMS = ("rss", "atom", "sitemap")


def announcements(number: int) -> list[Announcement]:
    found = [entry(name, number) for name, told in STORIES.items() if number < len(told)]
    urls = [each.url.replace("https", "http") for each in found]
    return [
        Announcement(url=url, title=each.title, summary=each.summary, published=NOON - timedelta(hours=2))
        for url, each in zip(urls, found, strict=True)
    ]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Three outlets: one with RSS, one with Atom, one with a news sitemap that its robots.txt names."""
    with Newsroom() as newsroom:
        for number, (outlet, form) in enumerate(zip(OUTLETS, FORMS, strict=True)):
            newsroom.announce(f"{outlet}.example", announcements(number), form=form, name=outlet)
        yield newsroom


@pytest.fixture
def homes(room: Newsroom) -> list[str]:
    return [room.url(f"{outlet}.example") for outlet in OUTLETS]


@pytest.fixture
def desk(room: Newsroom) -> Iterator[Desk]:
    with open_store("sqlite://") as store:
        yield Desk(settings=room.settings(retries=0, timeout=2.0), store=store, clock=FixedClock(NOON))


def test_home_pages_lead_to_stories(desk: Desk, homes: list[str]) -> None:
    """Declared feeds and the sitemap of robots.txt are followed; what several outlets have is grouped."""
    found = discover(desk, homes, since=DAY)
    assert [len(story.outlets) for story in found.stories] == [3, 2, 2]
    assert found.considered == 8
    shapes = [(each.source, each.shape) for each in found.heard if each.entries]
    assert shapes == [(homes[0], Shape.FEED), (homes[1], Shape.FEED), (homes[2], Shape.SITEMAP)]


def test_unchanged_feeds_cost_a_304(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """What was seen before is asked for with its validators, and its entries stand."""
    first = announced(desk, homes)
    second = announced(desk, homes, earlier=first.sights)
    assert second.entries == first.entries
    statuses = [request.status for request in room.requests if request.path in {"/rss.xml", "/atom.xml"}]
    assert statuses == [200, 200, 304, 304]


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault.HANG, TimedOut), (Fault.ERROR, ServerFailed), (Fault.NOT_FOUND, NotFound), (Fault.DRIP, TimedOut)],
)
def test_an_outlet_that_fails_stops_no_other(
    desk: Desk, homes: list[str], room: Newsroom, fault: Fault, error: type
) -> None:
    """The others' stories are found; the reason is kept."""
    room.fail(f"{OUTLETS[0]}.example", fault)
    found = discover(desk, homes, since=DAY)
    assert len(found.stories) == 1
    (source, why), *_ = silent(found.heard).items()
    assert source == homes[0]
    assert isinstance(why, error)


def test_robots_are_obeyed(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """A feed that robots.txt forbids is not asked for."""
    room.robots(f"{OUTLETS[0]}.example", "User-agent: *\nDisallow: /rss.xml\n")
    found = discover(desk, homes, since=DAY)
    assert isinstance(silent(found.heard)[homes[0]], RobotsDenied)
    assert not [request for request in room.requests if request.path == "/rss.xml"]


def test_bombs_are_refused_and_told(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """A packed sitemap that unpacks to more than pages may have, sent as a file."""
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    url = room.publish(f"{OUTLETS[0]}.example", "/bomb.xml.gz", bomb, content_type="application/gzip")
    found = discover(desk, [url, *homes[1:]], since=DAY)
    assert isinstance(silent(found.heard)[url], TooLarge)
    assert len(found.stories) == 1


def test_entities_of_a_feed_fetch_nothing(desk: Desk, room: Newsroom) -> None:
    """A feed whose entities point to another outlet asks that outlet for nothing."""
    target = room.publish(f"{OUTLETS[1]}.example", "/secret", "x")
    feed = f'<!DOCTYPE rss [<!ENTITY e SYSTEM "{target}">]><rss><channel><item><title>A &e;</title><link>/a</link></item></channel></rss>'
    url = room.publish(f"{OUTLETS[0]}.example", "/evil.xml", feed, content_type="application/rss+xml")
    assert len(announced(desk, [url]).entries) == 1
    assert not [request for request in room.requests if request.path == "/secret"]


def test_an_index_leads_to_its_news_sitemap(desk: Desk, room: Newsroom) -> None:
    """Also when that is a packed file; addresses are relative to where a redirect ended."""
    domain = f"{OUTLETS[2]}.example"
    urls = "<urlset><url><loc>/late</loc><lastmod>2026-03-02T11:00:00Z</lastmod></url></urlset>"
    room.publish(domain, "/maps/news.xml.gz", gzip.compress(urls.encode()), content_type="application/gzip")
    index = "<sitemapindex><sitemap><loc>news.xml.gz</loc></sitemap><sitemap><loc>news.xml.gz</loc></sitemap></sitemapindex>"
    room.publish(domain, "/maps/index.xml", index, content_type="text/xml")
    moved = room.redirect(domain, "/sitemap.xml", "/maps/index.xml")
    assert [each.url for each in announced(desk, [moved]).entries] == [room.url(domain, "/late")]


def test_lists_that_lead_in_circles_end(desk: Desk, room: Newsroom) -> None:
    """An index that names itself is read once."""
    domain = f"{OUTLETS[2]}.example"
    index = (
        "<sitemapindex><sitemap><loc>/loop.xml</loc></sitemap><sitemap><loc>/loop.xml?2</loc></sitemap></sitemapindex>"
    )
    url = room.publish(domain, "/loop.xml", index, content_type="text/xml")
    assert discover(desk, [url], since=DAY).stories == ()
    assert len([request for request in room.requests if request.path.startswith("/loop.xml")]) == 2


def test_a_private_address_is_refused(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """A home page cannot send us into the newsroom's own network."""
    inward = '<html><head><link rel="alternate" type="application/rss+xml" href="http://169.254.169.254/feed"></head><p>x</p></html>'
    url = room.publish(f"{OUTLETS[0]}.example", "/inward", inward)
    found = discover(desk, [url, *homes[1:]], since=DAY)
    assert isinstance(silent(found.heard)[url], AddressRefused)


def test_nothing_readable_says_why_for_each(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """One line a source."""
    room.fail(f"{OUTLETS[0]}.example", Fault.ERROR)
    plain = room.publish(f"{OUTLETS[1]}.example", "/plain", "<!doctype html><p>No feed here.</p>")
    with pytest.raises(NothingDiscovered) as caught:
        discover(desk, [homes[0], plain], since=DAY)
    assert homes[0] in caught.value.message
    assert "names no feed" in caught.value.message


def told(room: Newsroom, domain: str, name: str, headline: str) -> str:
    """A whole page of that outlet about one of the events."""
    texts = [text for _, text in STORIES[name]] * 3
    url = room.url(domain, f"/{name}")
    return room.publish(
        domain, f"/{name}", page(domain, url, *texts, headline=headline, published="2026-03-02T11:00:00Z")
    )


def test_the_story_of_a_page_is_found(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """Our own page, whole, leads to the two others that have the story; it is one of those to compare."""
    ours = told(room, "our-paper.example", "ship", "Nineteen sailors safe as ship runs aground")
    desk = replace(desk, settings=room.settings())
    (story,) = discover(desk, homes, since=DAY, like=asked_about(desk, ours)).stories
    assert {url.rpartition("/")[2] for url in story.urls} == {"ship"}
    assert ours in story.urls
    assert len(story.outlets) == 3


def test_an_old_page_is_looked_for_all_the_same(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """Who has now what we had long ago: the page's own time does not count."""
    ours = told(room, "our-paper.example", "ship", "Nineteen sailors safe as ship runs aground")
    desk = replace(desk, settings=room.settings())
    like = asked_about(desk, ours)
    assert like.entry is not None
    old = replace(like.entry, published=NOON - timedelta(days=200))
    asked = replace(like, entry=old, article=article_of(old))
    (story,) = discover(desk, homes, since=DAY, like=asked).stories
    assert len(story.outlets) == 3


def test_a_page_in_its_own_feed_counts_once(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """The page asked about is not its own rival."""
    url = told(room, f"{OUTLETS[0]}.example", "pumpkin", STORIES["pumpkin"][0][0])
    assert discover(desk, homes, since=DAY, like=asked_about(desk, url)).stories == ()


def test_of_a_page_that_cannot_be_read_its_feed_speaks(desk: Desk, homes: list[str], room: Newsroom) -> None:
    """The announcement stands for the page; where there is none, the reason is raised."""
    like = asked_about(desk, room.url(f"{OUTLETS[0]}.example", "/ship"))
    assert isinstance(like.trouble, NotFound)
    (story,) = discover(desk, homes, since=DAY, like=like).stories
    assert len(story.outlets) == 2
    unknown = asked_about(desk, room.url(f"{OUTLETS[0]}.example", "/nothing"))
    with pytest.raises(NotFound):
        discover(desk, homes, since=DAY, like=unknown)


def source(url: str) -> Source:
    return Source(id="src_1", newsroom="", url=url, created=NOON, next_poll=NOON)


def test_a_source_whose_turn_is_far_away_counts_as_not_asked(desk: Desk, room: Newsroom) -> None:
    """Though its page could be read: the feed that it leads to is at another host, whose turn it is not."""
    rival, elsewhere = (f"{outlet}.example" for outlet in OUTLETS[:2])
    slots = LocalSlots(patience=10)
    slots.hold(elsewhere, 1000.0)
    link = f'<link rel="alternate" type="application/rss+xml" href="{room.url(elsewhere, "/gone.xml")}">'
    home = room.publish(rival, "/front", f"<html><head>{link}</head><body><p>The Rival</p></body></html>")
    assert read_source(replace(desk, slots=slots), source(home), until=NOON + DAY) is None
    assert elsewhere not in {each.domain for each in room.requests}
    asked = read_source(desk, source(home), until=NOON + DAY)
    assert asked is not None
    assert asked.failure is not None
    assert asked.failure.code == "not_found"
