"""Words for times in six languages: months, weekdays, parts of the day, relative days, periods, zones (times.toml)."""

from __future__ import annotations

from storydiff.text.tables import beside, either

_TABLE = beside(__file__, "times")


def _pairs(name: str) -> dict[str, dict[str, tuple[float, float]]]:
    return {
        language: {w: (float(a), float(b)) for w, (a, b) in rows.items()} for language, rows in _TABLE[name].items()
    }


def _patterns(name: str) -> dict[str, str]:
    return {language: either(rows) for language, rows in _TABLE[name].items()}


MONTHS: dict[str, list[str]] = _TABLE["months"]
"""Twelve patterns a language, January first. English months need their capital: "may" and "march" are verbs."""
WEEKDAYS: dict[str, list[str]] = _TABLE["weekdays"]
"""Seven patterns a language, Monday first."""
PARTS = _pairs("parts")
"""Hours of the day that a part of the day can cover, generously; 30 is six in the morning after."""
DAYS: dict[str, dict[str, int]] = _TABLE["days"]
"""Days away from the publication."""
PERIODS: dict[str, dict[str, str]] = _TABLE["periods"]
SHIFTS: dict[str, dict[str, int]] = {"fr": {}} | _TABLE["shifts"]
"""Adjective (its beginning, in inflected languages) -> how many periods away."""
SPANS: dict[str, dict[str, float]] = _TABLE["spans"]
"""Length of a period word in hours; an inflected ending may follow."""
AGO: dict[str, list[str]] = _TABLE["ago"]
"""What stands before and after a period that is counted back from now."""
EDGES = _pairs("edges")
"""Part of a month or year -> from and to which share of it."""
ZONES: dict[str, float] = _TABLE["zones"]
"""Hours east of Greenwich. Eastern time without a season is put between the two."""
BOUNDS: dict[str, dict[str, str]] = _TABLE["bounds"]
"""Prepositions that make a time a bound."""
FUTURE, PAST = _patterns("future"), _patterns("past")
"""How a clause speaks of what is to come, or of what was."""
HEDGE, AT, OCLOCK = _patterns("hedge"), _patterns("at"), _patterns("oclock")
"""What stands around a clock time."""
