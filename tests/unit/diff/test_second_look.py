"""What versions tell against each other in two points."""

from __future__ import annotations

from storydiff.engine import collate, read_text
from storydiff.model import Collation, DiscrepancyType, Status
from tests.builders import at


def said(*texts: str) -> Collation:
    """The collation of versions with those texts, an hour apart."""
    return collate(
        read_text(text, outlet=f"Outlet {i}", language="en", url=f"https://o{i}.example/", published=at(1, f"1{i}:00"))
        for i, text in enumerate(texts)
    )


def kinds(found: Collation) -> list[DiscrepancyType]:
    """The types of what it finds in dispute."""
    return [each.type for each in found.discrepancies]


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


def test_every_reading_is_exact_and_its_point_exists() -> None:
    """Readings are slices of paragraphs of joined versions."""
    found = said(NAMED.format("Greta Holm"), SPOKEN.format("Greta Holt"))
    [name] = [d for d in found.discrepancies if d.type is DiscrepancyType.NAME]
    assert name.point in {point.id for point in found.points}
    for r in name.readings:
        assert found.version(r.version).paragraphs[r.paragraph].text[r.start : r.end] == r.text == r.value


MINISTER = "{} promised that every dyke of the coast would be looked at before the winter."


def test_a_post_in_dispute_makes_the_cell_conflict() -> None:
    """One promise, and its minister has two ministries."""
    found = said(*(MINISTER.format(f"{post} Minister Viktor Brandt") for post in ("Transport", "Health")))
    assert kinds(found) == [DiscrepancyType.ROLE]
    [point] = found.points
    assert sorted(cell.status for cell in point.coverage.values()) == [Status.CONFLICTS, Status.REPORTED]
