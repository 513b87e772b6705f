"""Intervals of time as numbers: hours since the first of January of the year 1, or minutes since midnight."""

from __future__ import annotations

from datetime import date, timedelta

Interval = tuple[float, float]
_LAST = date.max.toordinal()


def day_of(year: int, month: int, day: int) -> date | None:
    """A date, or None for the 31st of June."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def hours(day: date) -> Interval:
    """The hours of a day."""
    return (24.0 * day.toordinal(), 24.0 * day.toordinal() + 24)


def year_hours(first: int, count: int = 1) -> Interval:
    """The hours of one or more whole years."""
    return (24.0 * date(first, 1, 1).toordinal(), 24.0 * date(first + count, 1, 1).toordinal())


def month_hours(year: int, month: int) -> Interval:
    """The hours of a month."""
    return (24.0 * date(year, month, 1).toordinal(), 24.0 * date(year + month // 12, month % 12 + 1, 1).toordinal())


def part(whole: Interval, share: Interval) -> Interval:
    """From one share of an interval to another: (0.5, 1) is its second half."""
    low, high = whole
    return (low + (high - low) * share[0], low + (high - low) * share[1])


def period_hours(today: date, period: str, shift: int) -> Interval:
    """This week, last month, next year. Sunday is the first day of the week for some outlets, for others the last."""
    weeks = shift if period in ("week", "weekend") else 0
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    if period == "week":
        return (hours(monday)[0] - 24, hours(monday)[0] + 7 * 24)
    if period == "weekend":
        return (hours(monday)[0] + 4 * 24, hours(monday)[0] + 7 * 24)
    if period == "month":
        index = today.year * 12 + today.month - 1 + shift
        return month_hours(index // 12, index % 12 + 1)
    return year_hours(today.year + shift)


def shown(low: float, high: float) -> str:
    """An interval of hours as dates: "2026-03-12", "2026-03-01..2026-03-31"."""
    first, last = int(low // 24), int((high - 0.01) // 24)
    if first < 1 or last > _LAST:
        return f"{low:g}..{high:g}"
    from_day, to_day = date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
    return from_day if last <= first else f"{from_day}..{to_day}"
