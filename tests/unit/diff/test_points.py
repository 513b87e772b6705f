"""What becomes of a point's readings."""

from __future__ import annotations

from storydiff.align.points_concepts import bag
from storydiff.align.points_table import Piece, Table
from storydiff.diff.coverage import CLOSE
from storydiff.diff.points import points
from storydiff.model import Cell, Status
from tests.builders import span, version

BOILER = (
    "The county engineer closed the old boiler of the Tarnmoor bathhouse twice after cracks were found in its drum."
)
FUND = "Lucia Brandt promised ropemakers a fund for their boiler."
BOTH = "Brandt told ropemakers in Tarnmoor that the fund for the boiler is small, and the harbour too shallow."
POST, BLICK, ECHO = version("Post", BOILER), version("Blick", FUND), version("Echo", BOTH)


def coverage(joined: str, point: str) -> dict[str, Cell]:
    """What the versions do with one of two points, when the Echo's words were joined to one of them."""
    told = ((POST, BOILER), (BLICK, FUND), (ECHO, BOTH))
    post, blick, echo = (Piece(span(v, text), bag(text, "en"), 0) for v, text in told)
    groups = ((post, echo), (blick,)) if joined == BOILER else ((post,), (blick, echo))
    weight = dict.fromkeys(post.bag | blick.bag | echo.bag, 5.0)
    found = points(Table((POST, BLICK, ECHO), {}, groups, weight, "en"), (), (POST, BLICK, ECHO))
    return found[0 if point == BOILER else 1][0].coverage


def test_a_reading_that_fits_another_point_better_is_undecided() -> None:
    """It is kept as the closest words, and nobody is said to report or to omit the point by it."""
    found = coverage(BOILER, BOILER)[ECHO.id]
    assert (found.status, found.reason, found.told) == (Status.UNKNOWN, CLOSE, ())
    assert [each.text for each in found.closest] == [BOTH]


def test_a_reading_that_fits_its_point_is_told() -> None:
    """The same words, joined to the point that they fit, report it."""
    found = coverage(FUND, FUND)
    assert [[each.text for each in found[v.id].told] for v in (BLICK, ECHO)] == [[FUND], [BOTH]]
