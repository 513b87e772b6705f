"""Stories, outlets and articles."""

from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from storydiff.engine import read_text
from storydiff.errors import StoreError, UnknownStory
from storydiff.model import Extent, Outlet, Problem, Story
from storydiff.store import Fetch, Store, open_store
from storydiff.store.schema import stories
from tests.unit.store.builders import COLLATION, FULL, NOON, OTHER, URL, at, version

ORIGINAL = Story(slug="mill", title="Mill fire", created=NOON)


def test_saved_story_comes_back(store: Store) -> None:
    """A story is found under its slug as it was saved."""
    assert store.stories.save(ORIGINAL) == ORIGINAL
    assert store.stories.get("mill") == ORIGINAL


def test_saving_again_changes_the_title_only(store: Store) -> None:
    """The second saving of a slug renames the story; its beginning stays, and an empty title takes none away."""
    store.stories.save(ORIGINAL)
    renamed = store.stories.save(Story(slug="mill", title="Fire at the mill", created=at(9)))
    assert renamed == Story(slug="mill", title="Fire at the mill", created=NOON)
    assert store.stories.save(Story(slug="mill")) == renamed


def test_unknown_story(store: Store) -> None:
    """Whatever asks for a story that is not there says so."""
    for call in (store.stories.get, store.stories.delete, lambda slug: store.versions.add(slug, FULL)):
        with pytest.raises(UnknownStory, match="'none'"):
            call("none")
    assert store.versions.all("none") == ()
    assert store.collations.latest("none") is None


def test_list_counts(store: Store) -> None:
    """The list tells how much of each story is stored, by slug."""
    store.stories.save(Story(slug="zoo"))
    store.stories.save(ORIGINAL)
    store.versions.add("mill", version("one", 0), Fetch(status=200, fetched=at(0)))
    store.versions.add("mill", version("two", 5), Fetch(status=200, fetched=at(5)))
    store.versions.add("mill", OTHER)
    store.collations.save(COLLATION)
    mill, zoo = store.stories.list()
    assert (mill.outlets, mill.articles, mill.versions, mill.collations) == (2, 2, 3, 1)
    assert (mill.fetched, mill.collated) == (at(5), at(1))
    assert (zoo.story.slug, zoo.articles, zoo.versions, zoo.fetched, zoo.collated) == ("zoo", 0, 0, None, None)


def test_delete_takes_everything(store: Store) -> None:
    """A purged story leaves nothing, and names the snapshots that no other story needs."""
    store.stories.save(ORIGINAL)
    store.stories.save(Story(slug="other"))
    store.versions.add("mill", FULL)
    store.versions.add("mill", version("two", 5, snapshot="cd" * 32))
    store.versions.add("other", version("two", 5, snapshot="cd" * 32))
    store.collations.save(COLLATION)
    assert store.stories.delete("mill") == ("ab" * 32,)
    assert [counts.story.slug for counts in store.stories.list()] == ["other"]
    store.stories.save(ORIGINAL)
    assert store.versions.all("mill") == ()
    assert store.collations.latest("mill") is None
    assert len(store.versions.all("other")) == 1


def test_newsrooms_are_apart(url: str) -> None:
    """Two newsrooms may use one slug for different stories and see only their own."""
    with open_store(url, "north") as north, open_store(url, "south") as south:
        north.stories.save(ORIGINAL)
        north.versions.add("mill", FULL)
        assert south.stories.list() == ()
        south.stories.save(Story(slug="mill", title="A windmill"))
        assert south.versions.all("mill") == ()
        assert north.stories.get("mill") == ORIGINAL
        south.stories.delete("mill")
        assert len(north.versions.all("mill")) == 1


def test_outlets(store: Store) -> None:
    """Outlets are known by name; a domain can be learned later."""
    store.outlets.save(Outlet("Tarn Post"))
    store.outlets.save(Outlet("Tarn Post", "tarnpost.example"))
    store.outlets.save(Outlet("Echo", "echo.example"))
    assert store.outlets.list() == (Outlet("Echo", "echo.example"), Outlet("Tarn Post", "tarnpost.example"))


def test_memory_for_conditional_requests(store: Store) -> None:
    """Validators of the last readable answer are kept through 304s and errors, and replaced by the next text."""
    store.stories.save(ORIGINAL)
    asked = "https://tarnpost.example/f?id=1"
    first = Fetch(status=200, fetched=at(0), etag='"1"', last_modified="Tue", requested=asked, final_url=URL + "#x")
    store.versions.add("mill", version("one", 0), first)
    for address in (URL, asked, URL + "#x"):
        found = store.articles.find("mill", address)
        assert found is not None
        assert (found.article, found.outlet, found.last) == (URL, Outlet("Tarn Post", "tarnpost.example"), first)
    store.articles.record("mill", asked, Fetch(status=304, fetched=at(5)))
    problem = Problem("timed_out", "The page did not arrive in time.")
    failed = store.articles.record("mill", URL, Fetch(fetched=at(9), problem=problem))
    assert failed is not None
    assert (failed.last.etag, failed.last.status, failed.last.fetched, failed.last.problem) == (
        '"1"',
        None,
        at(9),
        problem,
    )
    store.versions.add("mill", version("two", 12), Fetch(status=200, fetched=at(12), etag='"2"'))
    (article,) = store.articles.list("mill")
    assert (article.last.etag, article.last.last_modified, article.last.problem) == ('"2"', None, None)


def test_stories_with_an_address(store: Store) -> None:
    """An address leads to the stories that have its article, newest first."""
    for slug in ("mill", "fires", "other"):
        store.stories.save(Story(slug=slug))
    store.versions.add("mill", version("one", 0), Fetch(status=200, requested="https://tarnpost.example/f?id=1"))
    store.versions.add("fires", version("one", 0))
    store.versions.add("other", OTHER)
    assert store.articles.stories_with(URL) == ("fires", "mill")
    assert store.articles.stories_with("https://tarnpost.example/f?id=1") == ("mill",)
    assert store.articles.stories_with("outlet:Echo") == ("other",)
    assert store.articles.stories_with("https://none.example/") == ()


def test_wall_does_not_replace_validators(store: Store) -> None:
    """The validators of a page that gave no article are not sent next time."""
    store.stories.save(ORIGINAL)
    store.versions.add("mill", version("one", 0), Fetch(status=200, fetched=at(0), etag='"text"'))
    wall = version(minute=5, extent=Extent.BLOCKED, paragraphs=())
    store.versions.add("mill", wall, Fetch(status=200, fetched=at(5), etag='"wall"'))
    assert store.articles.list("mill")[0].last.etag == '"text"'


def test_unknown_article(store: Store) -> None:
    """An attempt at an article that is not stored is not recorded."""
    store.stories.save(ORIGINAL)
    assert store.articles.find("mill", URL) is None
    assert store.articles.record("mill", URL, Fetch(status=500)) is None


def test_time_without_zone_is_refused(store: Store) -> None:
    """Nobody knows what a time without a zone means."""
    with pytest.raises(StoreError, match="no time zone"):
        store.stories.save(Story(slug="x", created=datetime(2026, 1, 1)))  # noqa: DTZ001 - the point of the test


def test_a_newsroom_names_a_site_by_its_own_articles(tmp_path: Path) -> None:
    """The name that another newsroom's copy gives a site is never shown here."""
    path = tmp_path / "s.sqlite"
    with open_store(path, "north") as north, open_store(path, "south") as south:
        for store in (north, south):
            store.stories.save(Story(slug="mill"))
        north.versions.add("mill", read_text("The mill burned.", outlet="Secret Name", url="https://echo.example/1"))
        assert north.articles.outlet_of("echo.example") == Outlet("Secret Name", "echo.example")
        assert south.articles.outlet_of("echo.example") is None
        assert north.articles.outlet_of("none.example") is None


def test_an_outlet_by_its_name_or_domain(store: Store) -> None:
    """The name as it is written comes first, then without regard to case, then the domain."""
    store.stories.save(Story(slug="mill"))
    for name, site in (("Ölkrug", "krug.example"), ("krug.example", "other.example"), ("A/B {News}", "ab.example")):
        store.versions.add("mill", version("A", 0, outlet=name, url=f"https://{site}/mill"))
    found = {asked: store.browse.outlet(asked) for asked in ("Ölkrug", "krug.example", "a/b {news}", "www.ab.example")}
    assert [each.outlet.name for each in found.values() if each] == [
        "Ölkrug",
        "krug.example",
        "A/B {News}",
        "A/B {News}",
    ]
    assert (found["Ölkrug"].stories, found["Ölkrug"].articles) == (1, 1)  # type: ignore[union-attr]
    assert store.browse.outlet("nobody") is None
    assert store.of("other").browse.outlet("Ölkrug") is None


def test_lists_do_not_sort_all_stories(tmp_path: Path) -> None:
    """A page of the newest stories is read from an index, however many there are."""
    query = sa.select(stories.c.id).where(stories.c.newsroom == "").order_by(stories.c.id.desc()).limit(50)
    with open_store(tmp_path / "s.sqlite") as store, store._database.reading() as connection:
        told = connection.execute(
            sa.text(f"EXPLAIN QUERY PLAN {query.compile(compile_kwargs={'literal_binds': True})}")
        )
        plan = " ".join(row.detail for row in told)
    assert "ix_stories_newsroom_id" in plan
    assert "TEMP B-TREE" not in plan
