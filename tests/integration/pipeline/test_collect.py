"""Collecting from a real newsroom into a real database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from storydiff.errors import NothingToCompare
from storydiff.fetch import FolderArchive
from storydiff.model import Extent
from storydiff.pipeline.collate import collate_story
from storydiff.pipeline.collect import collect, sources_of
from storydiff.pipeline.compare import compare
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.sources import Source
from storydiff.store import open_store
from storydiff.testing import Fault, FixedClock, Newsroom
from tests.acceptance.conftest import CAUSE, HURT, LEDE, OWNER, STREET, publish

PLACES = [("Harbour Post", "two", OWNER), ("Coast Daily", "two", STREET), ("Valley Echo", "three", CAUSE)]


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        for outlet, dead, more in PLACES:
            publish(newsroom, outlet, LEDE.format(dead=dead), HURT, more, headline=f"{dead} die in mill fire")
        yield newsroom


@pytest.fixture
def desk(room: Newsroom, tmp_path) -> Iterator[Desk]:
    clock = FixedClock("2026-03-02T22:00Z")
    with open_store(tmp_path / "s.sqlite") as store:
        settings = room.settings(retries=0, timeout=5.0)
        yield Desk(settings=settings, store=store, clock=clock, archive=FolderArchive(tmp_path / "archive"))


def pages(room: Newsroom) -> list[Source]:
    urls = [room.url(f"{name.lower().replace(' ', '-')}.example", "/mill") for name, _, _ in PLACES]
    return [Source(name=url, url=url) for url in urls]


def later(desk: Desk, minutes: int) -> None:
    desk.clock.set(desk.clock() + timedelta(minutes=minutes))  # type: ignore[attr-defined]


def test_unchanged_pages_cost_a_304_and_add_nothing(desk: Desk, room: Newsroom) -> None:
    """The second round sends the validators back and stores no version; the collation stays number 1."""
    first = compare(desk, "mill", pages(room))
    later(desk, 10)
    second = compare(desk, "mill", pages(room))
    assert [each.is_new for each in first.news] == [True, True, True]
    assert [each.version for each in second.news] == [None, None, None]
    assert [r.status for r in room.requests if r.path == "/mill"][-3:] == [304, 304, 304]
    assert second.collation.number == 1


def test_a_page_that_fails_later_keeps_its_text(desk: Desk, room: Newsroom) -> None:
    """The text seen before stands, with the failure as a problem; nothing is omitted or removed by it."""
    before = compare(desk, "mill", pages(room)).collation
    room.fail("coast-daily.example", Fault.NOT_FOUND)
    later(desk, 10)
    after = compare(desk, "mill", pages(room)).collation
    version = next(v for v in after.versions if v.outlet == "Coast Daily")
    assert version.extent is Extent.COMPLETE
    assert "Could not be fetched again (2 Mar 2026, 22:10 UTC)" in version.problems[-1].message
    assert [p.statement for p in after.points] == [p.statement for p in before.points]
    assert after.revisions == ()


def test_a_page_that_comes_late_is_the_same_article(desk: Desk, room: Newsroom) -> None:
    """An outlet that failed at first has one column when it answers, under its own name."""
    room.fail("coast-daily.example", Fault.UNAVAILABLE)
    compare(desk, "mill", pages(room))
    room.recover("coast-daily.example")
    later(desk, 10)
    after = compare(desk, "mill", pages(room)).collation
    assert sorted(v.outlet for v in after.versions) == ["Coast Daily", "Harbour Post", "Valley Echo"]


def test_a_story_knows_its_pages(desk: Desk, room: Newsroom) -> None:
    """The addresses first asked for can be asked again."""
    collect(desk, "mill", pages(room))
    assert [source.url for source in sources_of(desk, "mill")] == [source.url for source in pages(room)]


def test_one_readable_article_is_no_comparison(desk: Desk, room: Newsroom) -> None:
    """NothingToCompare names each source that failed and why."""
    room.fail("coast-daily.example", Fault.NOT_FOUND)
    room.fail("valley-echo.example", Fault.GONE)
    with pytest.raises(NothingToCompare) as caught:
        compare(desk, None, pages(room))
    assert "http://coast-daily.example/mill: " in caught.value.message
    assert "http://valley-echo.example/mill: " in caught.value.message


def test_collating_again_without_news_gives_the_same(desk: Desk, room: Newsroom) -> None:
    """A collation that says nothing new is not stored again, and ids stay."""
    collect(desk, "mill", pages(room))
    first, second = collate_story(desk, "mill"), collate_story(desk, "mill")
    assert (first, second.number) == (second, 1)


def test_a_licence_of_one_newsroom(desk: Desk, room: Newsroom, tmp_path) -> None:
    """What one newsroom is licensed to read is not fetched with its licence for another."""
    file = tmp_path / "licences.toml"
    told = 'headers = { X-Licence = "1" }\nplain_http = true\nnewsrooms = ["harbour"]\n'
    file.write_text(f'["coast-daily.example"]\n{told}')
    file.chmod(0o600)
    for newsroom in ("harbour", "valley"):
        store = desk.store.of(newsroom)
        store.newsrooms.create(newsroom, now=desk.clock())
        compare(replace(desk, store=store, settings=replace(desk.settings, licences=str(file))), "mill", pages(room))
    asked = [each for each in room.requests if each.path == "/mill"]
    assert [each.domain for each in asked if "x-licence" in each.headers] == ["coast-daily.example"]
    assert len(asked) == 6
