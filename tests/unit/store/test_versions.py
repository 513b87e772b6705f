"""Versions: written once, in order, one a state."""

import pytest
import sqlalchemy as sa

from storydiff.errors import StoreError
from storydiff.model import Extent, Paragraph, Problem, Role, Story, Version
from storydiff.store import Store
from storydiff.store.schema import versions
from tests.unit.store.builders import FULL, OTHER, URL, version


@pytest.fixture(autouse=True)
def _story(store: Store) -> None:
    store.stories.save(Story(slug="mill"))


def add(store: Store, *given: Version) -> list[bool]:
    return [store.versions.add("mill", each)[1] for each in given]


def test_exact_round_trip(store: Store) -> None:
    """A version is read back equal in every field."""
    assert store.versions.add("mill", FULL) == (FULL, True)
    assert store.versions.all("mill") == (FULL,)
    assert store.versions.get("mill", "v1") == FULL
    assert store.versions.get("mill", "v9") is None


def test_unchanged_page_adds_none(store: Store) -> None:
    """The same text again, spaces and modification time aside, is no new version; the stored one is given."""
    first = version("A fire  destroyed the mill.", 0)
    again = version("A fire destroyed the mill.", 5, modified=first.fetched)
    assert add(store, first, again) == [True, False]
    assert store.versions.add("mill", again)[0] == first


def test_there_and_back_is_three_states(store: Store) -> None:
    """A, B, A, A is three versions in order."""
    assert add(store, version("A", 0), version("B", 1), version("A", 2), version("A", 3)) == [True, True, True, False]
    assert [v.paragraphs[0].text for v in store.versions.history("mill", URL)] == ["A", "B", "A"]
    assert [v.paragraphs[0].text for v in store.versions.current("mill")] == ["A"]


def test_adding_twice_is_harmless(store: Store) -> None:
    """A task that runs again with the very same version adds nothing, even when newer ones came in between."""
    assert add(store, version("A", 0), version("B", 1), version("A", 0)) == [True, True, False]


def test_headline_and_roles_make_a_version(store: Store) -> None:
    """What a reader sees decides: a new headline or another role is a new state."""
    base = version("A", 0)
    caption = version("A", 2, paragraphs=(Paragraph("A", Role.CAPTION),))
    assert add(store, base, version("A", 1, headline="New"), caption) == [True, True, True]


def test_late_arrival_takes_its_place(store: Store) -> None:
    """Versions are told by when they were fetched, not by when they were written."""
    assert add(store, version("B", 10), version("A", 0)) == [True, True]
    assert [v.paragraphs[0].text for v in store.versions.all("mill")] == ["A", "B"]
    assert [v.paragraphs[0].text for v in store.versions.current("mill")] == ["B"]


def test_wall_after_a_text_is_no_state(store: Store) -> None:
    """A page that could not be read now does not replace what was read before."""
    wall = version(minute=5, extent=Extent.BLOCKED, paragraphs=())
    assert add(store, version("A", 0), wall, version("A", 9)) == [True, False, False]
    assert [v.extent for v in store.versions.current("mill")] == [Extent.COMPLETE]


def test_wall_before_a_text_is_kept_as_the_reason(store: Store) -> None:
    """An article never read has one version per reason; the first text takes over."""
    wall = version(minute=0, id="", extent=Extent.BLOCKED, paragraphs=(), problems=(Problem("forbidden", "403"),))
    again = version(minute=1, id="", extent=Extent.BLOCKED, paragraphs=(), problems=(Problem("forbidden", "no"),))
    other = version(minute=2, id="", extent=Extent.BLOCKED, paragraphs=(), problems=(Problem("no_article", "x"),))
    assert add(store, wall, again, other) == [True, False, True]
    assert store.versions.current("mill")[0].problems[0].code == "no_article"
    assert all(v.id.startswith("v") for v in store.versions.all("mill"))
    assert add(store, version("A", 3)) == [True]
    assert store.versions.current("mill")[0].extent is Extent.COMPLETE


def test_articles_are_apart(store: Store) -> None:
    """Each article has its own sequence; a text without an address belongs to its outlet."""
    echo = version("A", 1, url="https://echo.example/1", outlet="Echo")
    assert add(store, version("A", 0), echo, OTHER) == [True, True, True]
    assert [v.article for v in store.versions.current("mill")] == [URL, "https://echo.example/1", "outlet:Echo"]
    assert store.versions.history("mill", "outlet:Echo") == (OTHER,)


def test_outlet_keeps_its_name(store: Store) -> None:
    """An article stays with the outlet that it was first seen at."""
    store.versions.add("mill", version("A", 0))
    stored, _ = store.versions.add("mill", version("B", 1, outlet="The Tarn Post"))
    assert stored.outlet == "Tarn Post"
    assert stored in store.versions.all("mill")


def test_signs_that_no_database_takes(store: Store) -> None:
    """NUL and lone surrogates become one replacement sign each, so that offsets stay right."""
    stored, _ = store.versions.add("mill", version("a\x00b\ud800c", 0, headline="\x00"))
    assert stored.paragraphs[0].text == "a\ufffdb\ufffdc"
    assert store.versions.all("mill") == (stored,)


def test_long_address_and_name(store: Store) -> None:
    """Addresses longer than an index entry are kept whole; an endless outlet name is cut."""
    long = version("A", 0, url="https://x.example/" + "é" * 5000, outlet="n" * 5000)
    stored, _ = store.versions.add("mill", long)
    assert store.versions.current("mill") == (stored,)
    assert (stored.url, len(stored.outlet)) == (long.url, 300)


def test_stored_version_is_never_changed(store: Store) -> None:
    """The database itself refuses to change a version."""
    store.versions.add("mill", FULL)
    with pytest.raises(StoreError, match="never changed"), store._database.writing() as connection:
        connection.execute(sa.update(versions).values(headline="Forged"))
    assert store.versions.all("mill") == (FULL,)


def test_lines_are_the_versions_without_their_words(store: Store) -> None:
    """In the order of all versions, each with what a list shows of it."""
    add(store, version("A", 0), version("B", 1), OTHER)
    every = store.versions.all("mill")
    lines = store.versions.lines("mill")
    assert [(each.id, each.article, each.fetched) for each in lines] == [(v.id, v.article, v.fetched) for v in every]
    assert [(each.outlet, each.extent, each.headline) for each in lines] == [
        (v.outlet, v.extent, v.headline) for v in every
    ]
    assert store.versions.lines("nothing") == ()
