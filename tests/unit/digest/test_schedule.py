"""When a digest is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.digest.schedule import checked, due_slot, is_quiet, next_slot, slot_before
from storydiff.errors import BadSetting
from storydiff.store import Rhythm, Subscription, SubscriptionState, Timing, Wants
from tests.builders import at

VIENNA = Timing(zone="Europe/Vienna")


def subscription(timing: Timing, **fields: object) -> Subscription:
    given = {"confirmed": at(1, "12:00"), "slot": None} | fields
    plain = {"id": "sub_1", "newsroom": "", "address": "a@b.example", "created": at(1, "11:00")}
    return Subscription(state=SubscriptionState.ACTIVE, wants=Wants(), timing=timing, **plain, **given)  # type: ignore[arg-type]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_daily_by_the_clock_of_the_zone() -> None:
    """Seven in Vienna is five in UTC in summer, six in winter."""
    assert slot_before(VIENNA, utc("2026-06-04T05:00")) == utc("2026-06-04T05:00")
    assert slot_before(VIENNA, utc("2026-06-04T04:59")) == utc("2026-06-03T05:00")
    assert slot_before(VIENNA, utc("2026-12-04T06:00")) == utc("2026-12-04T06:00")


def test_the_hours_around_the_change_of_the_clock() -> None:
    """Half past two is left out in March and comes twice in October: one slot each day all the same."""
    night = Timing(zone="Europe/Vienna", hour=2)
    assert slot_before(night, utc("2026-03-29T10:00")) == utc("2026-03-29T01:00")
    assert slot_before(night, utc("2026-10-25T10:00")) == utc("2026-10-25T00:00")
    moments = [utc("2026-10-24T20:00") + timedelta(minutes=10 * n) for n in range(72)]
    assert len({slot_before(night, moment) for moment in moments}) == 2


def test_weekly_on_its_day() -> None:
    """Thursday 4 June 2026: the Monday digest is three days old."""
    weekly = Timing(rhythm=Rhythm.WEEKLY, weekday=0)
    assert slot_before(weekly, at(4, "12:00")) == utc("2026-06-01T07:00")
    assert slot_before(weekly, utc("2026-06-01T06:59")) == utc("2026-05-25T07:00")


def test_each_slot_is_due_once_and_not_before_the_confirmation() -> None:
    """Confirmed at noon: the slot of that morning is past. After three missed days only the last is due."""
    made = subscription(Timing())
    assert due_slot(made, at(1, "12:30")) is None
    assert due_slot(made, at(4, "08:00")) == at(4, "07:00")
    assert due_slot(subscription(Timing(), slot=at(4, "07:00")), at(5, "06:59")) is None


def test_quiet_hours() -> None:
    """Over midnight, by day, by the zone's clock; a slot in them is due when they end."""
    night = Timing(quiet=(22, 9), zone="Europe/Vienna")
    assert [is_quiet(night, utc(f"2026-06-04T{hour:02}:30")) for hour in (6, 7, 19, 20)] == [True, False, False, True]
    assert is_quiet(Timing(quiet=(12, 14)), at(4, "13:00"))
    assert not is_quiet(Timing(quiet=(12, 14)), at(4, "14:00"))
    assert due_slot(subscription(night), utc("2026-06-04T06:59")) is None
    assert due_slot(subscription(night), utc("2026-06-04T07:00")) == utc("2026-06-04T05:00")


@pytest.mark.parametrize(
    "timing",
    [Timing(zone="Mars/Base"), Timing(hour=24), Timing(weekday=7), Timing(quiet=(3, 3)), Timing(quiet=(1, 30))],
)
def test_impossible_times_are_refused(timing: Timing) -> None:
    """A schedule that could never be kept is no schedule."""
    with pytest.raises(BadSetting):
        checked(timing)


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.sampled_from(["UTC", "Europe/Vienna", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Africa/Cairo"]),
    st.sampled_from(list(Rhythm)),
    st.integers(0, 23),
    st.integers(0, 6),
)
def test_a_slot_is_past_and_the_next_is_not(minute: int, zone: str, rhythm: Rhythm, hour: int, weekday: int) -> None:
    """For any moment, zone and rhythm: the slot is not after now, within one period, and the next comes later."""
    moment = utc("2026-01-01T00:00") + timedelta(minutes=minute)
    timing = Timing(rhythm=rhythm, hour=hour, weekday=weekday, zone=zone)
    period = {
        Rhythm.HOURLY: timedelta(hours=1),
        Rhythm.DAILY: timedelta(hours=26),
        Rhythm.WEEKLY: timedelta(days=7, hours=2),
    }
    slot = slot_before(timing, moment)
    assert slot <= moment < slot + period[rhythm]
    assert moment < next_slot(timing, moment) <= moment + period[rhythm]
    if rhythm is not Rhythm.HOURLY:
        there = slot.astimezone(ZoneInfo(zone))
        assert (there.hour - hour) % 24 in (0, 1), "an hour that does not exist is the next one"
