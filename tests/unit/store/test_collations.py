"""Collations: whole and as rows."""

from dataclasses import replace

import sqlalchemy as sa

from storydiff.model import Cell, Collation, Status, Story
from storydiff.store import CollationSummary, Store
from storydiff.store.schema import coverage, discrepancies, points, revisions
from tests.unit.store.builders import COLLATION, at


def test_exact_round_trip(store: Store) -> None:
    """A collation is read back equal, with its number, in the same order throughout."""
    saved = store.collations.save(COLLATION)
    assert saved == replace(COLLATION, number=1)
    read = store.collations.latest("mill")
    assert read == saved
    assert list(read.points[0].coverage) == ["v2", "v1"]
    assert read.points[0].coverage["v1"].support == 0.1 + 0.2


def test_story_is_made(store: Store) -> None:
    """Saving the first collation of a story makes the story."""
    store.collations.save(COLLATION)
    assert store.stories.get("mill") == COLLATION.story


def test_numbers_count_per_story(store: Store) -> None:
    """Collations are numbered within their story, from one on."""
    other = replace(COLLATION, story=Story(slug="other"))
    numbers = [store.collations.save(each).number for each in (COLLATION, other, COLLATION)]
    assert numbers == [1, 1, 2]


def test_latest_previous_and_by_number(store: Store) -> None:
    """Any collation of a story can be had, and the one before it."""
    for engine in ("e/1", "e/2", "e/3"):
        store.collations.save(replace(COLLATION, engine=engine))
    assert _engine(store.collations.latest("mill")) == "e/3"
    assert _engine(store.collations.get("mill", 1)) == "e/1"
    assert _engine(store.collations.previous("mill", 3)) == "e/2"
    assert store.collations.previous("mill", 1) is None
    assert store.collations.get("mill", 9) is None


def _engine(collation: Collation | None) -> str | None:
    return collation.engine if collation else None


def test_list(store: Store) -> None:
    """The list tells each collation in a line."""
    store.collations.save(COLLATION)
    store.collations.save(replace(COLLATION, points=(), discrepancies=(), made=None))
    assert store.collations.list("mill") == (
        CollationSummary(number=1, engine="storydiff/1", made=at(1), points=1, discrepancies=1, updates=1),
        CollationSummary(number=2, engine="storydiff/1", made=None, points=0, discrepancies=0),
    )


def test_the_list_counts_apart_what_a_later_update_explains(store: Store) -> None:
    """It is no conflict, and the history does not call it one."""
    conflict = replace(COLLATION.discrepancies[0], id="d2", drift=False)
    store.collations.save(replace(COLLATION, discrepancies=(*COLLATION.discrepancies, conflict)))
    (line,) = store.collations.list("mill")
    assert (line.discrepancies, line.updates) == (2, 1)


def test_point_over_time(store: Store) -> None:
    """A point can be followed through the collations that have it."""
    store.collations.save(COLLATION)
    store.collations.save(replace(COLLATION, points=()))
    told = replace(COLLATION.points[0], coverage={"v1": Cell(status=Status.REPORTED)}, independent_sources=3)
    store.collations.save(replace(COLLATION, points=(told,)))
    states = store.collations.point("mill", "p1")
    assert [(s.number, s.independent_sources, s.statuses) for s in states] == [
        (1, 2, {"Echo": Status.OMITTED, "Tarn Post": Status.PARTIAL}),
        (3, 3, {"Tarn Post": Status.REPORTED}),
    ]
    assert store.collations.point("mill", "p9") == ()


def test_rows_can_be_queried(store: Store) -> None:
    """Points, coverage, discrepancies and revisions are rows too."""
    store.collations.save(COLLATION)
    with store._database.reading() as connection:
        point = connection.execute(sa.select(points)).one()
        cells = connection.execute(sa.select(coverage.c.outlet, coverage.c.status).order_by(coverage.c.outlet)).all()
        conflict = connection.execute(sa.select(discrepancies)).one()
        edit = connection.execute(sa.select(revisions)).one()
    assert (point.statement, point.kind, point.first_version, point.not_before) == (
        "A fire destroyed the mill",
        "fact",
        "v1",
        at(-90),
    )
    assert [tuple(cell) for cell in cells] == [("Echo", "omitted"), ("Tarn Post", "partial")]
    assert (conflict.type, conflict.drift) == ("number", True)
    assert (edit.silent, edit.changes, edit.reverts_to) == (True, 1, "v-1")


def test_signs_that_no_database_takes(store: Store) -> None:
    """NUL and lone surrogates become one replacement sign each."""
    point = replace(COLLATION.points[0], statement="a\x00\udfffb")
    saved = store.collations.save(replace(COLLATION, points=(point,)))
    assert saved.points[0].statement == "a\ufffd\ufffdb"
    assert store.collations.latest("mill") == saved


def test_the_last_collation_that_has_both(store: Store) -> None:
    """Versions that were compared with each other are found in the last collation that holds them."""
    for engine in ("e/1", "e/2"):
        store.collations.save(replace(COLLATION, engine=engine))
    assert _engine(store.collations.latest_with("mill", ["v1", "v2"])) == "e/2"
    assert store.collations.latest_with("mill", ["v1", "v9"]) is None
    assert store.of("other").collations.latest_with("mill", ["v1", "v2"]) is None
