"""Figures that two versions give one thing in two points."""

from __future__ import annotations

import pytest

from storydiff.diff.story_figures import counted_twice, slipped_abroad
from storydiff.model import Collation, DiscrepancyType
from tests.unit.diff.finding import Finder, found_by, told


def found_twice(*texts: str, languages: tuple[str, ...] = (), finder: Finder = counted_twice) -> set[frozenset[str]]:
    """What a finder alone sets against each other."""
    return {frozenset((e.a.text, e.b.text)) for e in found_by(finder, *texts, languages=languages)}


def figures(found: Collation) -> list[set[str]]:
    """What each discrepancy of numbers sets against each other."""
    return [{r.text for r in d.readings} for d in found.discrepancies if d.type is DiscrepancyType.NUMBER]


COUNCIL = """The council met for nine hours on Monday. The gardens were shut.

After a dispute of seven weeks the tribunal found the brewery of Ostrel liable on {} of the fourteen claims of its tenants.

A concert followed."""
COURT = """A cold wind blew over the market, and few stalls were open.

Brewer Ostrel looked at the floor as it was found liable on {} of fourteen claims.

Nobody cheered. The brewery sells beer in six countries."""


def test_a_share_of_one_whole_is_in_dispute_wherever_it_stands() -> None:
    """Nine of fourteen here, eight of fourteen there, in sentences of few common words."""
    assert figures(told(COUNCIL.format("nine"), COURT.format("eight"))) == [{"nine", "eight"}]


def test_the_same_share_is_none() -> None:
    """Nine of fourteen twice."""
    assert figures(told(COUNCIL.format("nine"), COURT.format("nine"))) == []


def test_who_has_the_other_figure_too_is_no_party() -> None:
    """A version that tells both figures has counted two things."""
    both = COUNCIL.format("nine") + "\n\nEight of the claims were new."
    assert found_twice(COUNCIL.format("nine"), COURT.format("eight")) == {frozenset(("nine", "eight"))}
    assert not found_twice(both, COURT.format("eight"))


DIVERS = "The harbour was quiet. {} divers from three towns searched the lagoon, helped by soldiers with pumps."
TAUCHER = "Der Wind legte sich am Abend. In der Lagune suchten {} Taucher, Soldaten halfen ihnen mit Pumpen."


def test_large_counts_of_one_noun_are_compared_across_languages() -> None:
    """140 divers in English, 170 in German."""
    against = found_twice(DIVERS.format("140"), TAUCHER.format("170"), languages=("en", "de"))
    assert against == {frozenset(("140", "170"))}
    assert not found_twice(DIVERS.format("140"), TAUCHER.format("140"), languages=("en", "de"))
    assert not found_twice(DIVERS.format("140"), TAUCHER.format("340"), languages=("en", "de"))


def test_a_label_counts_nothing() -> None:
    """Cabin number 61 is no count of cabins."""
    one = "Thirty-eight of the 120 cabins at the lake camp of Hollin were lost in the flood of the night."
    other = "Her cabin at the lake camp of Hollin, number 61, is one of 38 lost in the flood of the night."
    assert figures(told(one, other)) == []


def test_parts_that_add_up_are_no_conflict() -> None:
    """Four planes and two helicopters are six aircraft."""
    one = "Four planes and two helicopters dropped water on the burning heath of Ardal all day."
    other = "Six aircraft dropped water on the burning heath of Ardal all day."
    assert figures(told(one, other)) == []


DRILLED = (
    """The drillers of Ostrel were cheered in the street. In Ostrel the rescuers cut a {} long tunnel to the weavers."""
)
GEBOHRT = """Der Bürgermeister dankte allen. Die Retter trieben in Ostrel einen {} Stollen zu den Webern.{}"""


@pytest.mark.parametrize(
    ("here", "abroad", "more", "found"),
    [
        ("23-metre", "32 Meter langen", "", True),
        ("620-metre", "720 Meter langen", "", True),
        ("23-metre", "23 Meter langen", "", False),
        ("23-metre", "17 Meter langen", "", False),
        ("23-metre", "230 Meter langen", "", False),
        ("23-minute", "32 Minuten langen", "", False),
        ("23-metre", "32 Meter langen", " Vom Tunnel, 23 Meter lang, sprach die ganze Stadt.", False),
    ],
)
def test_a_slip_of_one_digit_is_found_in_another_language(here: str, abroad: str, more: str, found: bool) -> None:
    """One digit is another, or two are exchanged; not other figures, periods, or what a version also knows."""
    texts = DRILLED.format(here), GEBOHRT.format(abroad, more)
    assert bool(found_twice(*texts, languages=("en", "de"), finder=slipped_abroad)) is found
    assert not found_twice(*texts, finder=slipped_abroad)


def test_only_the_nearest_sentences_are_compared_abroad() -> None:
    """An older tunnel of another length is told in a sentence that shares less with the new one."""
    old = " Ein alter langer Stollen der Retter misst 32 Meter, und kein Kind will ihn sehen."
    near, far = (GEBOHRT.format(new, old) for new in ("41 Meter langen", "langen"))
    found = [
        bool(found_twice(DRILLED.format("23-metre"), text, languages=("en", "de"), finder=slipped_abroad))
        for text in (near, far)
    ]
    assert found == [False, True]


def test_counts_are_slips_only_of_one_noun() -> None:
    """Firefighters and firefighters; not nineteen tunnels and eighteen weavers."""
    here = "In Ostrel 340 firefighters reached the weavers through the long tunnel."
    abroad = "In Ostrel erreichten {} die Weber durch den langen Tunnel."
    for counted, found in (("310 Feuerwehrleute", True), ("310 Hunde", False)):
        texts = here, abroad.format(counted)
        assert bool(found_twice(*texts, languages=("en", "de"), finder=slipped_abroad)) is found
