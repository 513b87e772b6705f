"""Lists of stories with their figures."""

from dataclasses import replace
from datetime import datetime

import pytest
from alembic import command

from storydiff.diff.standing import Standing, figures, standings
from storydiff.model import Collation, Discrepancy, DiscrepancyType, Extent, Story
from storydiff.report.ours import Ours
from storydiff.report.view import view
from storydiff.store import Store, Wanted, open_store
from storydiff.store.engine import Database
from storydiff.store.migrate import config, upgrade
from tests.builders import at, cell, collation, point, reading, version
from tests.crowd import crowd
from tests.fire import fire

POST = version("Harbour Post", "Two men died.", "The quay is shut.")
ECHO = version("Valley Echo", "Three men died.", "A trawler raised the alarm.", url="https://www.echo.example/fire")
SHUT = version("Coast Daily", "Two men", extent=Extent.TRUNCATED)
MORNING = at(3, "08:00")


def harbour(slug: str = "harbour", *, made: datetime = MORNING, title: str = "Harbour fire") -> Collation:
    """Post and Echo differ on the dead, and each has one point alone; the third could not be read whole."""
    dead = {POST: cell(POST, "conflicts", "Two men died."), ECHO: cell(ECHO, "conflicts", "Three men died.")}
    quay = {POST: cell(POST, "reported", "The quay is shut."), ECHO: cell(ECHO, "omitted"), SHUT: cell(SHUT, "unknown")}
    alarm = {POST: cell(POST, "omitted"), ECHO: cell(ECHO, "reported", "A trawler raised the alarm.")}
    dispute = Discrepancy(
        id="d1",
        type=DiscrepancyType.NUMBER,
        point="p1",
        readings=(reading(POST, "Two", "2"), reading(ECHO, "Three", "3")),
    )
    return collation(
        (POST, ECHO, SHUT),
        (point(1, "Two men died.", dead), point(2, "The quay is shut.", quay), point(3, "A trawler …", alarm)),
        discrepancies=(dispute,),
        story=Story(slug=slug, title=title, created=at(3, "07:00")),
        made=made,
    )


@pytest.mark.parametrize("compared", [harbour(), fire(), crowd(12, 30)], ids=["harbour", "fire", "crowd"])
def test_figures_are_those_of_the_report(compared: Collation) -> None:
    """The strip of a list tells what the page of the story tells."""
    tally, found = view(compared).tally, figures(compared)
    for name in ("outlets", "independent", "points", "conflicts", "drifts", "silent", "unread"):
        assert getattr(found, name) == getattr(tally, name)
    for each in standings(compared):
        ours = Ours.of(compared, each.outlet)
        lists = (ours.we_lack, ours.we_lack_details, ours.we_differ, ours.only_we_have)
        assert (each.lacks, each.lacks_details, each.differs, each.alone) == tuple(map(len, lists)), each.outlet


def test_a_story_is_listed_as_its_outlet_sees_it(store: Store) -> None:
    """The outlet is found by its name and by its domain, whatever the case."""
    store.collations.save(harbour())
    expected = Standing(outlet="valley echo", domain="echo.example", lacks=1, lacks_details=0, differs=1, alone=1)
    for ours in ("Valley Echo", " valley ECHO", "echo.example", "www.echo.example"):
        (found,) = store.summaries.list(Wanted(ours=ours), limit=9)
        assert found.ours == expected
    (found,) = store.summaries.list(Wanted(ours="Nobody"), limit=9)
    assert (found.ours, found.number, found.figures) == (None, 1, figures(harbour()))


def test_a_story_changes_with_its_texts(store: Store) -> None:
    """Comparing the same texts again is no change; another version is."""
    store.collations.save(harbour())
    store.collations.save(replace(harbour(made=at(3, "09:00")), engine="test-2"))
    (found,) = store.summaries.list(Wanted(), limit=9)
    assert (found.number, found.changed) == (2, at(3, "08:00"))
    later = harbour(made=at(3, "10:00"))
    store.collations.save(replace(later, versions=(*later.versions, version("Fen News", "A fire."))))
    (found,) = store.summaries.list(Wanted(), limit=9)
    assert (found.number, found.changed) == (3, at(3, "10:00"))


def test_pages_follow_each_other(store: Store) -> None:
    """Every story comes once, what changed last first, also when several changed at one moment."""
    for number in range(7):
        store.collations.save(harbour(f"s{number}", made=at(3 + number // 3, "08:00")))
    store.stories.save(Story(slug="unmade"))
    seen: list[str] = []
    after = None
    while found := store.summaries.list(Wanted(), limit=2, after=after):
        seen += [each.story.slug for each in found]
        after = (found[-1].changed or datetime.fromisoformat("0001-01-01T00:00:00+00:00"), found[-1].row)
    assert seen == ["s6", "s5", "s4", "s3", "s2", "s1", "s0", "unmade"]


def test_filters(store: Store) -> None:
    """Words, conflicts, gaps of ours, since when, and archived ones apart."""
    store.collations.save(harbour())
    store.collations.save(replace(harbour("calm", title="Calm sea", made=at(4, "08:00")), discrepancies=(), points=()))
    store.stories.save(Story(slug="new", title="New", created=at(5, "08:00")))

    def listed(**wanted: object) -> list[str]:
        return [each.story.slug for each in store.summaries.list(Wanted(**wanted), limit=9)]  # type: ignore[arg-type]

    assert listed() == ["new", "calm", "harbour"]
    assert listed(words="FIRE harb") == ["harbour"]
    assert listed(words="100%") == []
    assert listed(conflicts=True) == ["harbour"]
    assert listed(gaps=True, ours="Harbour Post") == ["harbour"]
    assert listed(gaps=True) == []
    assert listed(since=at(4, "08:00")) == ["new", "calm"]
    store.schedule.archive("calm", now=at(6, "08:00"))
    assert (listed(), listed(archived=True)) == (["new", "harbour"], ["calm"])


def test_summaries_are_of_one_newsroom(store: Store) -> None:
    """Another newsroom's stories are not listed, and go with it."""
    store.of("left").collations.save(harbour())
    assert store.of("right").summaries.list(Wanted(), limit=9) == ()
    store.of("left").stories.delete("harbour")
    assert store.of("left").summaries.list(Wanted(), limit=9) == ()


@pytest.mark.parametrize("compared", [harbour(), fire(), crowd(5, 9)], ids=["harbour", "fire", "crowd"])
def test_older_stores_get_their_summaries(url: str, compared: Collation) -> None:
    """What was stored before there were summaries is listed like what is stored now."""
    with open_store(url) as store:
        store.collations.save(compared)
        expected = [store.summaries.list(Wanted(ours=each.outlet), limit=9) for each in compared.versions]
    database = Database(url)
    with database.writing() as connection:
        command.downgrade(config(connection), "0006")
    upgrade(database)
    database.close()
    with open_store(url) as store:
        assert [store.summaries.list(Wanted(ours=each.outlet), limit=9) for each in compared.versions] == expected
