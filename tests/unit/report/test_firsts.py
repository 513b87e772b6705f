"""Who is named as the first with a point."""

from dataclasses import replace

from storydiff.model import Cell, Collation, First, Point, Status
from storydiff.report.firsts import first_version
from tests.builders import at
from tests.fire import fire


def named(found: Collation, outlet: str, **statuses: Status) -> str | None:
    """Who is named when the version of that outlet was seen first with the first point; cells can be given."""
    ids = {each.outlet: each.id for each in found.versions}
    cells = {ids[name.replace("_", " ")]: Cell(status=status) for name, status in statuses.items()}
    seen = First(version=ids[outlet], not_before=None, not_after=at(3, "10:00"))
    point: Point = replace(found.points[0], first=seen, coverage={**found.points[0].coverage, **cells})
    leader = first_version(found, point)
    return leader.outlet if leader else None


def copies(found: Collation) -> tuple[str, list[str]]:
    """The outlets of the agency text: the agency's own page, and those that print it."""
    outlets = {each.id: each.outlet for each in found.versions}
    family = next(each for each in found.families if each.origin)
    return outlets[family.origin or ""], [outlets[each] for each in family.versions if each != family.origin]


def test_a_copy_is_not_named_for_the_agencys_words() -> None:
    """It printed them, and the agency had them before, whenever its page was looked at; the agency may be named."""
    wire, (paper, *_) = copies(fire())
    assert named(fire(), paper) is None
    assert named(fire(), wire) == wire


def test_what_a_paper_added_to_the_agencys_text_is_its_own() -> None:
    """Nobody else who carries that text tells it, or it cannot be known of them."""
    wire, papers = copies(fire())
    others = {each.replace(" ", "_"): Status.OMITTED for each in (wire, *papers[1:])}
    assert named(fire(), papers[0], **others) == papers[0]
    assert named(fire(), papers[0], **dict.fromkeys(others, Status.UNKNOWN)) == papers[0]
    assert named(fire(), papers[0], **{**others, wire.replace(" ", "_"): Status.PARTIAL}) is None


def test_a_text_of_unknown_origin_names_nobody() -> None:
    """Two carry it; which of them had it from where is not known."""
    found = fire()
    _, (paper, *_) = copies(found)
    assert named(replace(found, families=tuple(replace(each, origin=None) for each in found.families)), paper) is None


def test_an_outlet_with_a_text_of_its_own_is_named() -> None:
    """As the times say."""
    found = fire()
    carried = {each for family in found.families for each in family.versions}
    own = next(each.outlet for each in found.versions if each.id not in carried)
    assert named(found, own) == own
