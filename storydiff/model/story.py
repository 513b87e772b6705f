"""The event covered, and who publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The event that the versions cover."""

    slug: str
    title: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """An organisation that publishes; `domain` is its site without `www.`."""

    name: str
    domain: str | None = None
