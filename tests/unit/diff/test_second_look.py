"""What versions tell against each other in two points."""

from __future__ import annotations

from storydiff.engine import collate, read_text
from storydiff.model import Collation, DiscrepancyType, Status
from tests.builders import at

PENALTY = """The ferry crew won the regatta of Tarnmoor by one length after the jury had moved a buoy.

By the rules as they are written the buoy had to be moved, {}.

Nine boats were at the start, and three of them did not reach the harbour."""

AGENCY = PENALTY.format("said the umpire, Lea Oyen")

LIVE = """Rain, then sun: the regatta of Tarnmoor is over, and the ferry crew has the cup.

"By the rules as they're written the buoy had to be moved, simple as that," says the ferry's helmsman {}, with a wreath \
round his neck and his boots full of water.

The harbour fills with people who want to see the cup and who eat herring while they wait."""


def said(*texts: str) -> Collation:
    """The collation of versions with those texts, an hour apart."""
    return collate(
        read_text(text, outlet=f"Outlet {i}", language="en", url=f"https://o{i}.example/", published=at(1, f"1{i}:00"))
        for i, text in enumerate(texts)
    )


def kinds(found: Collation) -> list[DiscrepancyType]:
    """The types of what it finds in dispute."""
    return [each.type for each in found.discrepancies]


def test_one_utterance_of_two_speakers_is_found_wherever_it_stands() -> None:
    """The wreath and the boots keep the two tellings in two points; the speakers are still set against each other."""
    found = said(AGENCY, LIVE.format("Jonas Pell"))
    [each] = [d for d in found.discrepancies if d.type is DiscrepancyType.ATTRIBUTION]
    assert sorted(r.text for r in each.readings) == ["the ferry's helmsman Jonas Pell", "the umpire, Lea Oyen"]


def test_one_speaker_is_no_conflict() -> None:
    """The same person, by another title."""
    assert DiscrepancyType.ATTRIBUTION not in kinds(said(AGENCY, LIVE.format("Lea Oyen")))


def test_every_reading_is_exact_and_in_a_joined_version() -> None:
    """Readings are slices of paragraphs, and the point of each discrepancy exists."""
    found = said(AGENCY, LIVE.format("Jonas Pell"))
    points = {point.id for point in found.points}
    for each in found.discrepancies:
        assert each.point in points
        for r in each.readings:
            assert found.version(r.version).paragraphs[r.paragraph].text[r.start : r.end] == r.text


NAMED = """The guild of weavers wants its looms back. It will sign nothing before Friday, said its leader, {}.

The looms were taken to the old mill on Sunday."""
SPOKEN = """{}, who speaks for the weavers of the guild, made it plain that the looms come first.

On Sunday a cart brought them to the old mill."""


def test_a_name_is_shown_once() -> None:
    """A name in dispute inside a point is not said a second time."""
    found = said(NAMED.format("Greta Holm"), NAMED.format("Greta Holt"), SPOKEN.format("Greta Holt"))
    assert kinds(found).count(DiscrepancyType.NAME) == 1


def test_a_name_makes_a_cell_conflict_only_where_it_is_told() -> None:
    """Who names somebody otherwise beside another thing contradicts that thing, and leaves out nothing by it."""
    found = said(NAMED.format("Greta Holm"), SPOKEN.format("Greta Holt"))
    [name] = [d for d in found.discrepancies if d.type is DiscrepancyType.NAME]
    [point] = [p for p in found.points if p.id == name.point]
    for version, cell in point.coverage.items():
        if cell.status is Status.CONFLICTS:
            places = {(r.paragraph, r.start) for r in name.readings if r.version == version}
            assert any((s.paragraph == p and s.start <= start < s.end) for s in cell.told for p, start in places)
