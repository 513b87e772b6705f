"""What newsrooms are told: one thing that changed between two collations of a story, or in how outlets are reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class EventType(StrEnum):
    """What happened."""

    STORY_COLLATED = "story.collated"
    POINT_REPORTED = "point.reported"
    POINT_MISSING = "point.missing"
    DISCREPANCY_FOUND = "discrepancy.found"
    DISCREPANCY_RESOLVED = "discrepancy.resolved"
    ARTICLE_FOUND = "article.found"
    ARTICLE_REVISED = "article.revised"
    ARTICLE_GONE = "article.gone"
    ARTICLE_MOVED = "article.moved"
    WATCH_FAILING = "watch.failing"
    ENDPOINT_TEST = "endpoint.test"


class Severity(IntEnum):
    """How much it matters to a desk. Endpoints filter by it."""

    LOW = 0
    NORMAL = 1
    HIGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. What it is about never changes once it is stored."""

    id: str
    """`evt_...`; made of what happened, so that telling it twice gives one event. Also the webhook-id."""
    type: EventType
    story: str | None
    """The story's slug; None when no story is concerned."""
    at: datetime
    severity: Severity = Severity.NORMAL
    outlets: tuple[str, ...] = ()
    """The outlets that it is about, sorted."""
    ours: str | None = None
    """The outlet for which it is told, when it says something only to that one: `point.missing`."""
    data: dict[str, Any] = field(default_factory=dict)
    """What is sent: JSON values, thin."""
