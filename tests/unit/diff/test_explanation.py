"""One sentence that tells a reader in what readings differ."""

from __future__ import annotations

import pytest

from storydiff.diff.explanation import sentence
from storydiff.model import DiscrepancyType, Family, Reading, Version
from tests.builders import at, span, version


def reading(of: Version, words: str, value: str) -> Reading:
    """Where a version says those words, under a value."""
    place = span(of, words)
    return Reading(of.id, place.paragraph, place.start, place.end, words, value)


def said(
    kind: DiscrepancyType, *told: tuple[Version, str, str], families: tuple[Family, ...] = (), drift: bool = False
) -> str:
    """The sentence about readings, the first of which is the statement's."""
    readings = [reading(*each) for each in told]
    return sentence(kind, readings, {v.id: v for v, _, _ in told}, told[0][0].id, drift=drift, families=families)


POST = version(
    "Harbour Post", "At least 14 people died, and the wall fell at 5.40 a.m. on Monday.", published=at(1, "12:00")
)
DAILY = version("Coast Daily", "The wall fell at a quarter past six; 12 died in the night.", published=at(1, "10:00"))


def test_a_figure_stands_with_what_it_counts_and_no_more() -> None:
    """One word behind it that is no grammar; the other side with how much earlier it was told."""
    told = (POST, "14", "14"), (DAILY, "12", "12")
    assert said(DiscrepancyType.NUMBER, *told) == (
        "Harbour Post says “14 people”; Coast Daily, two hours earlier, “12 died”."
    )


def test_a_time_stands_alone() -> None:
    """Nothing that follows it belongs to it."""
    told = (POST, "5.40 a.m.", "5:40"), (DAILY, "a quarter past six", "6:15")
    assert said(DiscrepancyType.TIME, *told) == (
        "Harbour Post says “5.40 a.m.”; Coast Daily, two hours earlier, “a quarter past six”."
    )


def test_what_is_planned_is_told_without_hanging_words() -> None:
    """Up to four words behind a plan, up to the last that says something."""
    court = version("Echo", "The guild will go to court on its own account.")
    open_plan = version("Bugle", "The guild is considering, it says, a suit.")
    told = (court, "will", "will"), (open_plan, "is considering", "considering")
    assert said(DiscrepancyType.CERTAINTY, *told) == "Echo says “will go to court”; Bugle “is considering”."


WIRE = tuple(version(name, "14 people died.") for name in ("Tidal News", "Echo", "Bugle"))
ALONE = version("Star", "12 people died.")


@pytest.mark.parametrize(
    ("origin", "shown"), [("tidal-news", "Tidal News (3 outlets, one text)"), (None, "Bugle (3 outlets, one text)")]
)
def test_an_agency_and_those_who_print_it_are_named_once(origin: str | None, shown: str) -> None:
    """By the agency's own page, if it is among them; an agency of which only the name is known is not accused."""
    family = Family(credit="Wire", versions=tuple(v.id for v in WIRE), origin=origin)
    told = *((v, "14", "14") for v in WIRE), (ALONE, "12", "12")
    assert said(DiscrepancyType.NUMBER, *told, families=(family,)) == f"{shown} says “14 people”; Star “12 people”."


def test_copies_that_differ_from_their_agency_are_named() -> None:
    """What two of them print is not the agency's word when its own page says something else."""
    family = Family(credit=None, versions=tuple(v.id for v in WIRE), origin="tidal-news")
    copies = [version(name, "12 people died.") for name in ("Echo", "Bugle")]
    told = (WIRE[0], "14", "14"), *((v, "12", "12") for v in copies)
    assert said(DiscrepancyType.NUMBER, *told, families=(family,)) == (
        "Tidal News says “14 people”; Bugle and Echo “12 people”."
    )


def test_the_words_shown_are_in_the_language_of_most() -> None:
    """A reader of English versions is shown English words where there are any."""
    square = version("Echo", "They met in the old market square.")
    platz = version("Blatt", "Sie trafen sich am Platz.", language="de")
    quay = version("Bugle", "They met at the quay.")
    told = (square, "the old market square", "square"), (platz, "Platz", "square"), (quay, "the quay", "quay")
    assert said(DiscrepancyType.PLACE, *told) == "Blatt and Echo say “the old market square”; Bugle “the quay”."


def test_long_quotations_begin_where_they_part() -> None:
    """What both begin with is left out, and nothing is cut within a word."""
    begin = "We have looked at every loom in the mill and at every wheel that drives them, and we found"
    one, other = f"{begin} that nothing at all is broken", f"{begin} more that is broken than we had feared in spring"
    told = [(version(name, words), words, words) for name, words in (("Echo", one), ("Bugle", other))]
    assert said(DiscrepancyType.QUOTE, *told) == (
        "Echo quotes “…we found that nothing at all is broken”; "
        "Bugle “…we found more that is broken than we had feared in spring”."
    )
    tale = "They took the looms " + "and the wheels " * 9
    told = [(version(name, words), words, words) for name, words in (("Echo", tale.strip()), ("Bugle", "No one came"))]
    assert "wheels…”; Bugle" in said(DiscrepancyType.QUOTE, *told)
