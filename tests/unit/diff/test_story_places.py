"""Places where two versions let one thing happen, in two points or two languages."""

from __future__ import annotations

import pytest

from storydiff.diff.story_places import two_places
from storydiff.model import DiscrepancyType
from tests.unit.diff.finding import found_by

WAITED = "The weavers' families waited {} for two nights until the flooded looms of Ostrel were counted."
CAMPED = "Ostrel: the families of the weavers had camped {} for two nights while somebody counted the looms.{}"
GERMAN = "Zwei Nächte warteten die Familien der Weber von Ostrel {}, bis die Webstühle gezählt waren."


def against(one: str, other: str, languages: tuple[str, ...] = ()) -> list[set[str]]:
    """What the finder alone sets against each other in two texts."""
    found = found_by(two_places, one, other, languages=languages)
    return [{edge.a.text, edge.b.text} for edge in found if edge.type is DiscrepancyType.PLACE]


def test_two_kinds_of_scene_for_one_thing_are_in_dispute() -> None:
    """A parish hall here, a sports hall there, with the words that belong to each."""
    one, other = WAITED.format("in the parish hall"), CAMPED.format("in the school sports hall", "")
    assert against(one, other) == [{"the parish hall", "the school sports hall"}]


def test_so_they_are_in_two_languages() -> None:
    """The nouns of the table are in the languages supported, and a fused article is one."""
    one, other = WAITED.format("in the parish hall"), GERMAN.format("am Bahnhof")
    assert against(one, other, ("en", "de")) == [{"the parish hall", "Bahnhof"}]
    assert against(one, GERMAN.format("im Pfarrsaal"), ("en", "de")) == []


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("in the parish hall", "in the church hall", ""),
        ("in the school", "in the gymnasium", ""),
        ("in the square", "outside the town hall", ""),
        ("in the parish hall", "in the school sports hall", " Later they moved to the parish hall."),
        ("in the parish hall", "in church", ""),
        ("in the parish hall", "at station opening times", ""),
        ("in the parish hall", "with tea from the hotel", ""),
        ("in the parish hall", "near Chapel Hill", ""),
    ],
)
def test_what_may_be_one_place_is_left_alone(one: str, other: str, more: str) -> None:
    """One kind, a room of the other, a place that both speak of, a custom, no place of what happens, a name."""
    assert against(WAITED.format(one), CAMPED.format(other, more)) == []


def test_places_of_two_things_are_two() -> None:
    """Sentences that share little tell two things."""
    other = "A choir sang in the sports hall on Friday, and nobody thought of looms."
    assert against(WAITED.format("in the parish hall"), other) == []


def test_floors_and_sides_of_one_building_are_in_dispute() -> None:
    """What stands on the first floor does not stand on the second; the ground floor of another house is no rival."""
    first = "The flooded looms of the Ostrel weavers stood in the pattern room on the first floor."
    second = "The weavers of Ostrel kept the flooded looms in the pattern room on the second floor."
    assert against(first, second) == [{"first floor", "second floor"}]
    assert against(first, "In Ostrel the flooded weavers slept among looms; the mayor lives on the second floor.") == []
    east = "Water came into the east wing of the Ostrel mill, where the weavers keep their looms and patterns."
    west = "In Ostrel the looms and patterns of the weavers stood in the western wing of the mill, under water."
    assert against(east, west) == [{"east wing", "western wing"}]
    assert against(east, west + " The east wing stayed dry.") == []
