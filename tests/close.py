"""A story collated from texts of our own in which one outlet comes close to a point, so that the words do not decide."""

from __future__ import annotations

from storydiff.engine import collate, read_text
from storydiff.model import Cell, Collation, Point, Story, Version

POST = """The county engineer closed the old boiler of the Tarnmoor bathhouse twice after cracks were found in its drum.

The baths stay shut until spring, the council of Kelm said on Monday."""
ECHO = """The baths of Kelm are shut until spring, the council said on Monday.

It was a wet day. Osk and Sons still repair a drum that the engineer of the ferry found cracked and the old boiler \
next to it for a price that nobody in the yard wants to name before the summer fair begins."""
CLOSEST = ECHO.partition("wet day. ")[2]
"""The words of the Echo that come close to what the Post says of the boiler."""


def close_call() -> Collation:
    """Two outlets; of the boiler the Echo's words do not decide."""
    texts = (read_text(POST, outlet="Post"), read_text(ECHO, outlet="Echo"))
    return collate(texts, story=Story(slug="baths", title="Baths"))


def boiler(made: Collation) -> tuple[int, Point, Version, Cell]:
    """The point of the boiler with its number, and the Echo's version and cell."""
    version = next(each for each in made.versions if each.outlet == "Echo")
    found = ((n, each) for n, each in enumerate(made.points, 1) if "county engineer" in each.statement)
    number, point = next(found)
    return number, point, version, point.coverage[version.id]
