"""What outlets of a story did, as counts."""

from dataclasses import replace

from storydiff.diff.habits import Habits, habits
from storydiff.model import Cell, Collation, Extent, First, Status
from tests.builders import at, cell, collation, point, version
from tests.fire import fire


def by_name(of: Collation) -> dict[str, Habits]:
    return {each.outlet: each for each in habits(of)}


def test_points_that_two_independent_others_tell_are_the_cases() -> None:
    """A wire family is one of them, and the outlet's own family none."""
    found = by_name(fire())
    courier, radio = found["Alder Courier"], found["Coast Radio"]
    assert (radio.told_by_others, radio.omitted) == (4, 1)
    assert (courier.told_by_others, courier.omitted) == (4, 0)
    assert found["Tollway Tribune"].told_by_others == 0  # cut off: no case at all
    assert found["Tollway Tribune"].unreadable > 0
    assert "Hill Herald" not in found  # another story


def test_copies_are_counted_and_the_agency_is_none() -> None:
    """Texts that carry the wire's; the wire's own page shares with nobody."""
    found = by_name(fire())
    assert [(found[name].shared, found[name].texts) for name in ("Brindle Wire", "Alder Courier", "Northgate Times")] == [
        (0, 1), (1, 1), (0, 1),
    ]  # fmt: skip


def test_silent_changes_and_firsts() -> None:
    """Of the changes seen those without a word; of the points whose first teller is known those it had first."""
    made = fire()
    found = by_name(made)
    silent = sum(each.silent for each in made.revisions)
    assert sum(each.silent for each in found.values()) == silent > 0
    assert sum(each.changes for each in found.values()) == len(made.revisions)
    assert found["Brindle Wire"].first == 1


def test_an_outlet_with_two_articles_omits_what_both_omit() -> None:
    """One that tells it is enough."""
    others = [version(name, "It rained.", fetched=at(3, "08:00")) for name in ("Echo", "Bote")]
    one, two = (
        version("Post", "Other news.", id="one", url="https://post.example/1"),
        version("Post", "It rained.", id="two"),
    )
    told = {each: cell(each, "reported", "It rained.") for each in (*others, two)}
    made = collation(
        [*others, one, two], [point(1, "It rained.", {**told, one: Cell(status=Status.OMITTED)}, sources=3)]
    )
    assert (by_name(made)["Post"].told_by_others, by_name(made)["Post"].omitted) == (1, 0)
    both = replace(made.points[0], coverage={**made.points[0].coverage, "two": Cell(status=Status.OMITTED)})
    assert by_name(replace(made, points=(both,)))["Post"].omitted == 1


def test_cutting_a_text_off_takes_its_cases_away() -> None:
    """It neither omits nor gains by what it is known to tell."""
    made = fire()
    for outlet in ("Coast Radio", "Northgate Times"):
        cut = replace(
            made,
            versions=tuple(replace(v, extent=Extent.TRUNCATED) if v.outlet == outlet else v for v in made.versions),
        )
        assert (by_name(cut)[outlet].told_by_others, by_name(cut)[outlet].omitted, by_name(cut)[outlet].texts) == (
            0,
            0,
            0,
        )


def test_a_first_in_an_earlier_version_is_the_outlets() -> None:
    """The version that had it first may have been replaced since."""
    made = fire()
    (times,) = (v for v in made.versions if v.outlet == "Northgate Times")
    earlier = next(each.before for each in made.revisions if each.outlet == "Northgate Times")
    first = replace(made.points[1], first=First(version=earlier))
    found = by_name(replace(made, points=(made.points[0], first, *made.points[2:])))
    assert times.outlet in found
    assert found["Northgate Times"].first == 1


def test_the_order_of_versions_changes_nothing() -> None:
    """Counted by outlet, whatever stands first."""
    made = fire()
    assert habits(replace(made, versions=made.versions[::-1], points=made.points[::-1])) == habits(made)
