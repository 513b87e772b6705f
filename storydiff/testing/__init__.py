"""Shipped for your tests: a newsroom on loopback HTTP, a clock that stands still, and builders for values.

from storydiff.testing import Newsroom, version

with Newsroom("tests/pages", now="2026-05-15T09:30Z") as newsroom:
    newsroom.fail("harbour.example", Fault.UNAVAILABLE, times=1)
    settings = newsroom.settings()          # outlets' names resolve to the newsroom
    ...
    newsroom.clock.set("2026-05-15T14:00Z")   # later states of the pages
"""

from storydiff.testing.announcing import Announcement
from storydiff.testing.builders import caption, collation, point, reported, span, version
from storydiff.testing.clock import FixedClock, moment
from storydiff.testing.newsroom import Newsroom
from storydiff.testing.server import Request
from storydiff.testing.site import Fault, PageState, read_folder

__all__ = [
    "Announcement",
    "Fault",
    "FixedClock",
    "Newsroom",
    "PageState",
    "Request",
    "caption",
    "collation",
    "moment",
    "point",
    "read_folder",
    "reported",
    "span",
    "version",
]
