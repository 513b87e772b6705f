"""Dates: what each calendar pattern of a language means on the day of publication.

Every reader takes a match and the setting and returns the kind and the possible intervals, or None when it is no time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from storydiff.text.time_patterns import Patterns, small_number, tense
from storydiff.text.time_words import DAYS, EDGES, PARTS, PERIODS, SHIFTS, SPANS
from storydiff.text.times_spans import Interval, day_of, hours, month_hours, part, period_hours, year_hours

Dated = tuple[str, tuple[Interval, ...]]
_NEAR = 200
"""Days from the publication within which a date without a year is looked for."""
_BACK = ("last", "vergangenen", "letzten", "pasado", "прошл", "минул")
_ON = ("next", "nächsten", "kommenden", "próximo")
_SEASONS = {"spring": 60, "summer": 140, "autumn": 230, "winter": 320}
_SEASON_LENGTH = 125


@dataclass(frozen=True, slots=True)
class Setting:
    """A text, its language with the patterns, and the day it was published (None when unknown)."""

    text: str
    language: str
    today: date | None
    table: Patterns

    def index(self, word: str, kind: str) -> int:
        """Which month or weekday a word is."""
        found = self.table[kind].pattern.fullmatch(word)
        return int((found.lastgroup or "_0")[1:]) if found else 1

    def tense(self, match: re.Match[str]) -> str:
        """Whether the clause around a match speaks of the future or the past."""
        return tense(self.text, match.start(), match.end(), self.language)


def numeric(match: re.Match[str], _: Setting) -> Dated | None:
    """2024-03-18."""
    day = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return ("date", (hours(day),)) if day else None


def day_month(match: re.Match[str], at: Setting) -> Dated | None:
    """March 18; 18 March 2024; from 12 to 14 September."""
    month = at.index(match["month"], "months")
    day = int(re.sub(r"\D", "", match["d"])) if match["d"][0].isdigit() else 1
    years = [int(match["y"])] if match["y"] else _years(match, at, month, day)
    days = [d for year in years if (d := day_of(year, month, day))]
    earlier = 24.0 * max(0, day - int(match["d0"] or day))
    spans = tuple((low - earlier, high) for low, high in map(hours, days))
    return ("date", spans) if days or at.today is None else None


def _years(match: re.Match[str], at: Setting, month: int, day: int) -> list[int]:
    today = at.today
    if today is None:
        return []
    near = [d for y in (-1, 0, 1) if (d := day_of(today.year + y, month, day)) and abs((d - today).days) <= _NEAR]
    ahead = [d for d in near if d >= today]
    return [d.year for d in (ahead[:1] if ahead and at.tense(match) == "future" else near)]


def month(match: re.Match[str], at: Setting) -> Dated:
    """In September; by the end of June 2025."""
    number, share = at.index(match["month"], "months"), _edge(match, at)
    if match["y"]:
        return "date", (part(month_hours(int(match["y"]), number), share),)
    if at.today is None:
        return "month", ((number + share[0], number + share[1]),)
    now = 24.0 * at.today.toordinal()
    spans = [month_hours(y, number) for y in (at.today.year - 1, at.today.year, at.today.year + 1)]
    return "date", tuple(part(s, share) for s in spans if s[0] - 24 * 240 <= now <= s[1] + 24 * 330)


def year(match: re.Match[str], at: Setting) -> Dated | None:
    """In 2027; the end of 2027. A bare 2027 may be a count."""
    if not (match["lead"] or match["edge"]):
        return None
    return "date", (part(year_hours(int(match["y"])), _edge(match, at)),)


def decade(match: re.Match[str], at: Setting) -> Dated:
    """In the late 1980s."""
    return "date", (part(year_hours(int(match["y"]), 10), _edge(match, at)),)


def season(match: re.Match[str], at: Setting) -> Dated | None:
    """Next spring; the summer of 2026. Winter runs into the next year."""
    if not match["y"] and (at.today is None or not match["shift"]):
        return None
    now = at.today.year if at.today else 0
    years = [int(match["y"])] if match["y"] else [now + {"last": -1, "this": 0}.get(match["shift"], 1), now]
    first = 24.0 * _SEASONS[match["season"]]
    starts = [year_hours(y)[0] + first for y in years]
    return "date", tuple((low, low + 24.0 * _SEASON_LENGTH) for low in starts)


def _edge(match: re.Match[str], at: Setting) -> Interval:
    said = (match["edge"] or "").lower().strip()
    for names, share in EDGES[at.language].items():
        if said and re.fullmatch(rf"(?:the )?(?:{names})(?: of)?(?: the)?", said):
            return share
    return (0.0, 1.0)


def weekday(match: re.Match[str], at: Setting) -> Dated:
    """On Monday; late on Sunday; next Friday."""
    number, part_of_day = at.index(match["weekday"], "weekdays"), _part_of_day(match, at)
    if at.today is None:
        days, kind = [number], "weekday"
    else:
        days, kind = _weekday_days(match, at, at.today, number), "date"
    return kind, tuple((24.0 * d + part_of_day[0], 24.0 * d + part_of_day[1]) for d in days)


def _weekday_days(match: re.Match[str], at: Setting, today: date, number: int) -> list[int]:
    """A bare weekday is the latest one in the past tense and the next one in the future; else both stay possible."""
    now = today.toordinal()
    past = now - (today.weekday() - number) % 7
    ahead = past + 7
    shift = (match["shift"] or "").lower() if "shift" in match.groupdict() else ""
    if shift in _BACK:
        return [past, past - 7]
    if shift in _ON:
        return [ahead, ahead + 7]
    if re.search(r"week|woche", match["after"] or ""):
        return [past, past - 7, ahead, ahead + 7]
    when = at.tense(match)
    if when == "past":
        return [past]
    return [ahead] if when == "future" and past != now else [past, ahead]


def bare_weekday(match: re.Match[str], at: Setting) -> int | None:
    """0 for a Monday without next, last or week; None for anything else."""
    groups = match.groupdict()
    if "weekday" not in groups or groups.get("shift") or re.search(r"week|woche", groups.get("after") or ""):
        return None
    return at.index(match["weekday"], "weekdays")


def _part_of_day(match: re.Match[str], at: Setting) -> Interval:
    said = f"{match['before'] or ''} {match['after'] or ''}".lower()
    fitting = [span for names, span in PARTS[at.language].items() if re.search(rf"\b(?:{names})\b", said)]
    return fitting[-1] if fitting else (0.0, 24.0)


def relative(match: re.Match[str], at: Setting) -> Dated:
    """Yesterday evening."""
    if at.today is None:
        return "date", ()
    word = " ".join(match["word"].lower().replace("’", "'").split())
    low, high = _part_of_day(match, at)
    day = 24.0 * (at.today.toordinal() + DAYS[at.language][word])
    return "date", ((day + low, day + high),)


def period(match: re.Match[str], at: Setting) -> Dated | None:
    """Last month."""
    said = match["shift"].lower()
    shift = next((n for word, n in SHIFTS[at.language].items() if said.startswith(word)), 0)
    name = PERIODS[at.language].get(match["period"].lower(), "")
    if at.today is None or not name:
        return ("date", ()) if name else None
    return "date", (period_hours(at.today, name, shift),)


def ago(match: re.Match[str], at: Setting) -> Dated | None:
    """Two days ago."""
    return _counted(match, at, -1)


def ahead(match: re.Match[str], at: Setting) -> Dated | None:
    """In three weeks, where the clause speaks of the future: "the biggest in a decade" looks back."""
    return _counted(match, at, 1) if at.tense(match) == "future" else None


def _counted(match: re.Match[str], at: Setting, sign: int) -> Dated | None:
    count = small_number(match["n"], at.language)
    unit = next((v for k, v in SPANS[at.language].items() if match["unit"].lower().startswith(k)), None)
    if count is None or unit is None:
        return None
    if at.today is None:
        return "date", ()
    middle = 24.0 * at.today.toordinal() + 12 + sign * count * unit
    # A count of days is exact to the day; longer periods are rounded, so they get a share of their unit.
    slack = 12.0 if unit <= 24 else 0.75 * unit
    return "date", ((middle - slack, middle + slack),)
