"""What outlets tend to do, added up over stories."""

from dataclasses import asdict, replace

import sqlalchemy as sa

from storydiff.diff.habits import PAIRS
from storydiff.diff.habits import habits as habits_of
from storydiff.diff.rates import Tally, rate
from storydiff.model import Collation, Story
from storydiff.store import Store
from storydiff.store.schema_habits import habits
from tests.fire import fire


def told(slug: str) -> Collation:
    return replace(fire(), story=Story(slug=slug, title=f"Fire {slug}"), number=None)


def test_sums_are_those_of_the_stories(store: Store) -> None:
    """Every figure of every outlet, added up by the database, is what adding up the collations gives."""
    made = [store.collations.save(told(slug)) for slug in ("one", "two")]
    cut = replace(told("three"), points=fire().points[:2])
    made.append(store.collations.save(cut))
    per_story = [{each.outlet: asdict(each) for each in habits_of(each)} for each in made]
    names = sorted(per_story[0])
    tallies = store.habits.tallies(names)
    assert sorted(tallies) == names
    for name in names:
        for figure, (hits, of) in PAIRS.items():
            assert tallies[name][figure] == Tally.sum((each[name][hits], each[name][of]) for each in per_story)
    hits, of = PAIRS["omits"]
    by_story = [(sum(each[name][hits] for name in names), sum(each[name][of] for name in names)) for each in per_story]
    assert store.habits.all()["omits"] == Tally.sum(by_story)


def test_one_story_is_one_however_many_outlets_tell_it(store: Store) -> None:
    """So no share of all together is told before there are three stories."""
    store.collations.save(told("one"))
    assert store.habits.all()["omits"].stories == 1
    assert rate(store.habits.all()["omits"]).share is None


def test_only_the_latest_collation_counts(store: Store) -> None:
    """A story that is compared again is not counted twice."""
    store.collations.save(told("one"))
    store.collations.save(replace(told("one"), points=()))
    assert store.habits.tallies(["Coast Radio"])["Coast Radio"]["omits"].of == 0
    assert [each.slug for each in store.habits.stories("Coast Radio")] == ["one"]


def test_newsrooms_add_up_their_own(store: Store) -> None:
    """Another newsroom's stories are not in it."""
    store.of("other").collations.save(told("one"))
    assert store.habits.tallies(["Coast Radio"]) == {}
    assert store.habits.stories("Coast Radio") == ()
    assert store.habits.all()["omits"] == Tally()


def test_what_was_stored_before_is_counted_when_asked_for(store: Store) -> None:
    """Once, and not again until the story is compared anew."""
    store.collations.save(told("one"))
    expected = store.habits.stories("Coast Radio")
    with store.habits._database.writing() as connection:
        connection.execute(sa.delete(habits))
    assert store.habits.stories("Coast Radio") == ()
    assert [store.habits.count(), store.habits.count()] == [1, 0]
    assert store.habits.stories("Coast Radio") == expected


def test_deleting_a_story_takes_its_counts_along(store: Store) -> None:
    """Nothing is told of what is no longer stored."""
    store.collations.save(told("one"))
    store.stories.delete("one")
    assert store.habits.stories("Coast Radio") == ()
