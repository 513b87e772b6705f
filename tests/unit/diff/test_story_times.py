"""The hour or the day of one act, which two versions give differently in two points."""

from __future__ import annotations

import pytest

from storydiff.diff.story_times import told_twice
from storydiff.model import DiscrepancyType
from tests.unit.diff.finding import found_by

CLEARED = "{} the loudspeakers of the Ostrel weavers' camp told everybody to leave the looms and walk to the river."
LEFT = "{} the camp of the Ostrel weavers was cleared, and everybody was told to leave.{}"
AGAIN = "The ferries of the Ostrel weavers will start running again {}, the guild said{}"


def against(one: str, other: str, languages: tuple[str, ...] = ()) -> list[set[str]]:
    """What the finder alone sets against each other in two texts."""
    found = found_by(told_twice, one, other, languages=languages)
    return [{edge.a.text, edge.b.text} for edge in found if edge.type is DiscrepancyType.TIME]


def test_two_hours_of_one_act_are_in_dispute() -> None:
    """Twenty to five here, ten past five there, in sentences that share little but the camp."""
    assert against(CLEARED.format("At ten past five"), LEFT.format("At 4.40 p.m.", "")) == [
        {"ten past five", "4.40 p.m."}
    ]


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("At ten past five", "At 5.10 p.m.", ""),
        ("At ten past five", "On Monday", ""),
        ("At ten past five", "At 4.40 p.m.", " It was ten past five before the last had gone."),
    ],
)
def test_hours_that_agree_or_are_both_known_are_left_alone(one: str, other: str, more: str) -> None:
    """One hour in two ways, no hour, a version that has both."""
    assert against(CLEARED.format(one), LEFT.format(other, more)) == []


def test_a_day_is_in_dispute_behind_the_same_words() -> None:
    """A report that was printed again with another day."""
    one, other = AGAIN.format("on Monday", "."), AGAIN.format("on Tuesday", ", adding that crews were short.")
    assert against(one, other) == [{"Monday", "Tuesday"}]
    assert against(one, "On Tuesday the guild of the Ostrel weavers had said when the ferries start.") == []


def test_the_stamps_of_two_pages_are_no_hours_of_the_story() -> None:
    """When a page was changed is told by nobody."""
    assert against("Updated: Jun 1, 2026, 3:23 PM ET", "Updated: Jun 1, 2026, 6:03 PM ET") == []
