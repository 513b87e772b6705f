"""Times for people: always with the zone. Inside everything is UTC, so UTC is what is shown."""

from __future__ import annotations

from datetime import UTC, datetime

from storydiff.model import First, Version

# Not strftime's %b: that follows the locale of the process.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(moment: datetime | None) -> str:
    """ "4 Jun 2026, 05:30 UTC"; "time unknown" for None."""
    if moment is None:
        return "time unknown"
    moment = utc(moment)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"


def utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def between(first: datetime | None, second: datetime | None) -> str:
    """ "between 4 Jun 2026, 01:00 and 06:01 UTC", as short as the two allow."""
    if first is None or second is None:
        return f"by {clock(second)}" if second else f"after {clock(first)}" if first else "at an unknown time"
    if clock(first) == clock(second):
        return f"at {clock(second)}"
    same_day = utc(first).date() == utc(second).date()
    end = f"{utc(second):%H:%M} UTC" if same_day else clock(second)
    return f"between {clock(first).removesuffix(' UTC')} and {end}"


def told_at(version: Version) -> tuple[datetime | None, str]:
    """The moment that the version's text stands for, and what kind of moment that is."""
    for name in ("modified", "published", "fetched"):
        moment: datetime | None = getattr(version, name)
        if moment is not None:
            return moment, name
    return None, ""


def told_when(version: Version) -> str:
    """ "4 Jun 2026, 05:30 UTC (modified)" for people."""
    moment, kind = told_at(version)
    return f"{clock(moment)} ({kind})" if moment else clock(None)


def first_when(first: First) -> str:
    """Between which moments a point came up."""
    return between(first.not_before, first.not_after)
