"""Where the links of a page lead. In the report everything stands on one page; web pages lead to others."""

from __future__ import annotations

from storydiff.model import Point


class Links:
    """Links within one page."""

    row = "r"
    """What a row's anchor begins with, before the number of its point."""

    def point(self, number: int, point: Point) -> str:
        """To the evidence of a point."""
        return f"#p{number}"

    def cell(self, number: int, point: Point, code: str) -> str:
        """To the words behind a cell."""
        return f"#p{number}-{code.lower()}"
