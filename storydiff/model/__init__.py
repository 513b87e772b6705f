"""The words of storydiff as frozen values. Nothing here computes or does anything."""

from storydiff.model.collation import (
    Cell,
    Collation,
    Family,
    First,
    Link,
    Point,
    PointKind,
    Span,
    Status,
)
from storydiff.model.discrepancy import Discrepancy, DiscrepancyType, Reading
from storydiff.model.event import Event, EventType, Severity
from storydiff.model.revision import Change, ChangeKind, Revision, WordEdit
from storydiff.model.story import Outlet, Story
from storydiff.model.version import BODY_ROLES, Extent, Paragraph, Problem, Role, Version, fingerprint, version_id

__all__ = [
    "BODY_ROLES",
    "Cell",
    "Change",
    "ChangeKind",
    "Collation",
    "Discrepancy",
    "DiscrepancyType",
    "Event",
    "EventType",
    "Extent",
    "Family",
    "First",
    "Link",
    "Outlet",
    "Paragraph",
    "Point",
    "PointKind",
    "Problem",
    "Reading",
    "Revision",
    "Role",
    "Severity",
    "Span",
    "Status",
    "Story",
    "Version",
    "WordEdit",
    "fingerprint",
    "version_id",
]
