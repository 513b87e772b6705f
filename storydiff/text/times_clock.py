"""Clock times: the minutes of the day that a printed or spoken time can mean, and its zone."""

from __future__ import annotations

import re

from storydiff.text.time_patterns import small_number
from storydiff.text.time_words import ZONES
from storydiff.text.times_calendar import Setting
from storydiff.text.times_spans import Interval

Timed = tuple[str, tuple[Interval, ...], float | None]
_HALF_DAY = 720
_TWELVE = {"noon": 12, "midday": 12, "midnight": 24}
# How far off a time may be. Half an hour after "shortly after 3 a.m."; round times are told to about five minutes.
_AFTER, _ABOUT = 35.0, 25.0


def clock(match: re.Match[str], at: Setting) -> Timed | None:
    """9 a.m.; 19.20; shortly after 3."""
    hour, minute = int(match["h"]), int(match["min"] or 0)
    if hour > 24 or minute > 59:
        return None
    options = _options(60 * hour + minute, match, at)
    spans = tuple(_around(m, match["hedge"], exact=minute % 5 != 0) for m in options)
    return "clock", spans, ZONES.get((match["zone"] or "").lower())


def _options(minutes: int, match: re.Match[str], at: Setting) -> list[int]:
    """The minutes of the day; both halves of it where the text leaves that open."""
    half = re.sub(r"\W", "", (match["half"] or "").lower())
    if half.startswith(("a", "inthemorning")) and not half.startswith("at"):
        return [minutes % _HALF_DAY]
    if half.startswith(("p", "intheafter", "intheeve")):
        return [minutes % _HALF_DAY + _HALF_DAY]
    twelve = minutes <= 12 * 60 + 59 and at.language == "en" and not match["h"].startswith("0")
    return [minutes % _HALF_DAY, minutes % _HALF_DAY + _HALF_DAY] if twelve else [minutes]


def military(match: re.Match[str], _: Setting) -> Timed:
    """1400 GMT."""
    minutes = 60 * int(match["h"]) + int(match["min"])
    span = _around(minutes, match["hedge"], exact=minutes % 5 != 0)
    return "clock", (span,), ZONES.get((match["zone"] or "").lower())


def spoken(match: re.Match[str], at: Setting) -> Timed | None:
    """Noon; half past six; twenty to seven; thirteen minutes to midnight."""
    if match["fixed"]:
        midday = match["fixed"].lower() in ("noon", "midday")
        # Midnight is the end of one day and the start of the next.
        options = [_HALF_DAY] if midday else [0, 2 * _HALF_DAY]
        return "clock", tuple(_around(m, match["hedge"], exact=False) for m in options), None
    past = {"half": 30, "quarter": 15, "a quarter": 15}.get(match["m"].lower()) or small_number(match["m"], at.language)
    hour = _TWELVE.get(match["h"].lower()) or small_number(match["h"], at.language)
    if past is None or hour is None or hour > 24:
        return None
    minutes = int(60 * hour + (past if match["way"].lower() in ("past", "after") else -past))
    either = [minutes % _HALF_DAY, minutes % _HALF_DAY + _HALF_DAY]
    options = [minutes % (2 * _HALF_DAY)] if match["h"].lower() in _TWELVE else either
    return "clock", tuple(_around(m, match["hedge"], exact=minutes % 5 != 0) for m in options), None


def day_part(match: re.Match[str], at: Setting) -> Timed | None:
    """Shortly before six this morning; at seven in the evening; until two on Sunday morning."""
    hour = small_number(match["h"], at.language)
    if hour is None:
        return None
    minutes = int(60 * hour) % _HALF_DAY
    early, late = minutes, minutes + _HALF_DAY
    options = {"morning": [early], "afternoon": [late], "evening": [late]}.get(
        (match["half"] or "").lower(), [early, late]
    )
    return "clock", tuple(_around(m, match["hedge"], exact=False) for m in options), None


def _around(minutes: int, hedge: str | None, *, exact: bool) -> Interval:
    said = (hedge or "").lower()
    if re.search(r"after|past|kurz nach|peu après|después|после|після", said):
        return (minutes - 1.0, minutes + _AFTER)
    if re.search(r"before|to|kurz vor|avant|antes|до", said):
        return (minutes - _AFTER, minutes + 1.0)
    if said:
        return (minutes - _ABOUT, minutes + _ABOUT)
    slack = 1.5 if exact else (3.0 if minutes % 30 else 6.0)
    return (minutes - slack, minutes + slack)
