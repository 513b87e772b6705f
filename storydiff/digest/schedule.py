"""When a digest is due: pure decisions over the clock of the reader's time zone.

A slot is the moment that the schedule names; each is dealt with once, and of several that were missed only the last.
Quiet hours put a slot off to their end. An hour that the change to summer time leaves out counts as the next one; of
one that comes twice the first is taken.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from storydiff.errors import BadSetting
from storydiff.store import Rhythm, Subscription, Timing

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LOOK_BACK = {Rhythm.HOURLY: DAY, Rhythm.DAILY: DAY, Rhythm.WEEKLY: 7 * DAY}
"""How far back the first digest of a subscription looks."""


def checked(timing: Timing) -> Timing:
    """The timing, or BadSetting when it names no time."""
    if timing.zone not in available_timezones():
        raise BadSetting(f"{timing.zone!r} is no time zone.", hint="Use a name such as Europe/Vienna or UTC.")
    if not 0 <= timing.hour <= 23 or not 0 <= timing.weekday <= 6:
        raise BadSetting("The hour must be 0 to 23, the day a day of the week.")
    quiet = timing.quiet
    if quiet and (len(quiet) != 2 or not all(0 <= hour <= 23 for hour in quiet) or quiet[0] == quiet[1]):
        raise BadSetting("Quiet hours are two different hours from 0 to 23, such as 22-6.")
    return timing


def due_slot(subscription: Subscription, now: datetime) -> datetime | None:
    """The slot to be dealt with now; None when there is none, or it is quiet now."""
    timing = subscription.timing
    slot = slot_before(timing, now)
    done = subscription.slot or subscription.confirmed or subscription.created
    return slot if slot > done and not is_quiet(timing, now) else None


def slot_before(timing: Timing, now: datetime) -> datetime:
    """The last slot that is not after now, in UTC."""
    if timing.rhythm is Rhythm.HOURLY:
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    today = now.astimezone(ZoneInfo(timing.zone)).date()
    days = (today - n * DAY for n in range(-1, 9))
    slots = (_at(day, timing) for day in days if timing.rhythm is Rhythm.DAILY or day.weekday() == timing.weekday)
    return next(slot for slot in slots if slot <= now)


def next_slot(timing: Timing, now: datetime) -> datetime:
    """When the next mail may come, quiet hours counted in."""
    moment = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    last = slot_before(timing, now)
    # Half hours, for zones that are not whole hours from UTC.
    steps = (moment + n * HOUR / 2 for n in range(1, 2 * 24 * 9))
    return next(
        step for step in steps if slot_before(timing, step) > last and step > now and not is_quiet(timing, step)
    )


def is_quiet(timing: Timing, now: datetime) -> bool:
    """Whether no mail is to be sent now."""
    if not timing.quiet:
        return False
    begin, end = timing.quiet
    hour = now.astimezone(ZoneInfo(timing.zone)).hour
    return begin <= hour < end if begin < end else hour >= begin or hour < end


def begin_of(subscription: Subscription, now: datetime) -> datetime:
    """Stories that were not compared since then have nothing new for the reader."""
    return subscription.sent or (subscription.confirmed or now) - LOOK_BACK[subscription.timing.rhythm]


def _at(day: date, timing: Timing) -> datetime:
    there = datetime(day.year, day.month, day.day, timing.hour, tzinfo=ZoneInfo(timing.zone))
    return there.astimezone(UTC)
