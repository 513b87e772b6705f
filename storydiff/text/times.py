"""Times in a text, resolved with the publication date to intervals that can be compared.

A moment is a date ("on Monday", "March 11", "two days ago", "the end of 2027") with the hours in which it can lie, or a
clock time ("shortly after 3 a.m.", "19.20 GMT") with the minutes of the day. A bare weekday or month can lie before or
after the publication; the words around it decide, and where they do not, both stay possible. Two moments conflict
only when none of their possible intervals meet, so that a coarser period never disagrees with a date inside it.

Cost: linear in the text, a few dozen compiled patterns a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from storydiff.text.time_patterns import Patterns, patterns, small_number, tense
from storydiff.text.time_words import BOUNDS, DAYS, EDGES, PARTS, PERIODS, SHIFTS, SPANS, ZONES

Interval = tuple[float, float]
"""Hours since the first of January of the year 1 (dates), or minutes since midnight (clock)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One time expression. `possible` are the intervals in which it can lie; empty when nothing resolves it."""

    start: int
    end: int
    kind: str
    """`date`, `clock`, `month` (a month whose year is open) or `weekday` (a day without a publication date)."""
    possible: tuple[Interval, ...]
    bound: str = ""
    """`from`, `to`, `before`, `after`, or empty for the moment itself."""
    zone: float | None = None
    weekday: int | None = None
    """0 for a bare Monday: another bare Monday is taken to be the same day."""

    @property
    def value(self) -> str:
        """The moment made comparable: equal strings are equal times."""
        return "/".join(f"{self.kind}:{_shown(self.kind, low, high)}" for low, high in self.possible)


def _shown(kind: str, low: float, high: float) -> str:
    if kind != "date" or low < 24:
        return f"{low:g}-{high:g}"
    first, last = date.fromordinal(int(low // 24)), date.fromordinal(int((high - 0.01) // 24))
    return first.isoformat() if last <= first else f"{first.isoformat()}..{last.isoformat()}"


def agree(a: Moment, b: Moment) -> bool:
    """Whether both can be the same time: some of their possible intervals meet, or they cannot be compared."""
    if a.kind != b.kind or (a.weekday is not None and a.weekday == b.weekday):
        return True
    if a.kind == "clock" and a.zone != b.zone:
        # Local time says nothing beside Greenwich time unless the text gives both.
        return a.zone is None or b.zone is None or _meet(_shifted(a), _shifted(b))
    return _meet(_opened(a), _opened(b))


def _meet(a: tuple[Interval, ...], b: tuple[Interval, ...]) -> bool:
    return (
        not a or not b or any(low < other_high and other_low < high for low, high in a for other_low, other_high in b)
    )


def _shifted(moment: Moment) -> tuple[Interval, ...]:
    by = 60 * (moment.zone or 0.0)
    return tuple((low - by + day, high - by + day) for low, high in moment.possible for day in (-1440, 0, 1440))


def _opened(moment: Moment) -> tuple[Interval, ...]:
    # "before March 3" is a bound, not a day: every earlier time satisfies it.
    if moment.bound == "before":
        return tuple((-1e9, high) for _, high in moment.possible)
    if moment.bound == "after":
        return tuple((low, 1e9) for low, _ in moment.possible)
    return moment.possible


@lru_cache(maxsize=4096)
def moments(text: str, language: str | None = "en", published: datetime | None = None) -> tuple[Moment, ...]:
    """All times of a text in the order of their places; none for a language without tables."""
    table = patterns(language or "")
    if table is None:
        return ()
    reader = _Reader(text, language or "en", published.date() if published else None, table)
    return reader.read()


class _Reader:
    """Runs the patterns of one language over one text; a stretch that one pattern took is closed to the later ones."""

    def __init__(self, text: str, language: str, today: date | None, table: Patterns) -> None:
        self.text, self.language, self.today, self.table = text, language, today, table
        self.taken: list[tuple[int, int]] = []
        self.found: list[Moment] = []

    def read(self) -> tuple[Moment, ...]:
        steps = (
            ("iso", self._numeric),
            ("day_month", self._day_month),
            ("month_day", self._day_month),
            ("military", self._military),
            ("clock", self._clock),
            ("spoken", self._spoken),
            ("ago", self._ago),
            ("ahead", self._ahead),
            ("period", self._period),
            ("weekday", self._weekday),
            ("relative", self._relative),
            ("month", self._month),
            ("season", self._season),
            ("decade", self._decade),
            ("year", self._year),
        )
        for name, step in steps:
            pattern = self.table.get(name)
            for match in pattern.finditer(self.text) if pattern else ():
                if not any(s < match.end() and match.start() < e for s, e in self.taken):
                    self._keep(match, step(match))
        return tuple(sorted(self.found, key=lambda m: (m.start, m.end)))

    def _keep(self, match: re.Match[str], read: tuple[str, tuple[Interval, ...], float | None] | None) -> None:
        if read is None:
            return
        kind, possible, zone = read
        self.taken.append(match.span())
        lead = match.groupdict().get("lead") or ""
        start = match.start()
        bound = self._bound(start + len(lead))
        weekday = self._bare_weekday(match)
        self.found.append(Moment(start, match.end(), kind, possible, bound, zone, weekday))

    def _bare_weekday(self, match: re.Match[str]) -> int | None:
        groups = match.groupdict()
        bare = (
            "weekday" in groups and not groups.get("shift") and not re.search(r"week|woche", groups.get("after") or "")
        )
        return self._index(match["weekday"], "weekdays") if bare else None

    def _bound(self, start: int) -> str:
        before = self.text[max(0, start - 14) : start].lower().rstrip()
        for word, bound in BOUNDS[self.language].items():
            if re.search(rf"(?:^|\W){re.escape(word)}(?: the)?$", before):
                return bound
        return ""

    # -- calendar -------------------------------------------------------------------------------------------------

    def _numeric(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        return ("date", (_hours(day),), None) if day else None

    def _day_month(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        month = self._index(match["month"], "months")
        day = int(re.sub(r"\D", "", match["d"])) if match["d"][0].isdigit() else 1
        years = [int(match["y"])] if match["y"] else self._years(match, month, day)
        days = [d for year in years if (d := _date(year, month, day))]
        earlier = 24.0 * max(0, day - int(match["d0"] or day))
        spans = tuple((low - earlier, high) for low, high in map(_hours, days))
        return ("date", spans, None) if days or self.today is None else None

    def _years(self, match: re.Match[str], month: int, day: int) -> list[int]:
        if self.today is None:
            return []
        this = self.today.year
        candidates = [y for y in (this - 1, this, this + 1) if (d := _date(y, month, day)) and self._near(d)]
        if tense(self.text, match.start(), match.end(), self.language) == "future":
            return [y for y in candidates if (d := _date(y, month, day)) and d >= self.today][:1] or candidates
        return candidates

    def _near(self, day: date) -> bool:
        return self.today is not None and abs((day - self.today).days) <= 200

    def _month(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None]:
        month = self._index(match["month"], "months")
        low, high = self._edge(match["edge"])
        if match["y"]:
            first, last = date(int(match["y"]), month, 1).toordinal(), _month_end(int(match["y"]), month)
            return "date", (_part(24.0 * first, 24.0 * last, low, high),), None
        if self.today is None:
            return "month", ((month + low, month + high),), None
        years = [y for y in (self.today.year - 1, self.today.year, self.today.year + 1)]
        spans = [(date(y, month, 1).toordinal(), _month_end(y, month)) for y in years]
        near = [s for s in spans if s[0] - 240 <= self.today.toordinal() <= s[1] + 330]
        return "date", tuple(_part(24.0 * a, 24.0 * b, low, high) for a, b in near), None

    def _year(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        if not (match["lead"] or match["edge"]):
            return None
        year = int(match["y"])
        low, high = self._edge(match["edge"])
        first, last = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        return "date", (_part(24.0 * first, 24.0 * last, low, high),), None

    def _season(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        if not (match["shift"] or match["y"]) or (self.today is None and not match["y"]):
            return None
        first = {"spring": 60, "summer": 140, "autumn": 230, "winter": 320}[match["season"]]
        now = self.today.year if self.today else 0
        years = [int(match["y"])] if match["y"] else [now + {"last": -1, "this": 0}.get(match["shift"], 1), now]
        spans = tuple(
            (24.0 * (date(y, 1, 1).toordinal() + first), 24.0 * (date(y, 1, 1).toordinal() + first + 125))
            for y in years
        )
        return "date", spans, None

    def _decade(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None]:
        year = int(match["y"])
        low, high = self._edge(match["edge"])
        first, last = date(year, 1, 1).toordinal(), date(year + 10, 1, 1).toordinal()
        return "date", (_part(24.0 * first, 24.0 * last, low, high),), None

    def _edge(self, words: str | None) -> Interval:
        said = (words or "").lower().strip()
        for names, share in EDGES[self.language].items():
            if said and re.fullmatch(rf"(?:the )?(?:{names})(?: of)?(?: the)?", said):
                return share
        return (0.0, 1.0)

    def _index(self, word: str, kind: str) -> int:
        table = self.table[kind]
        found = table.fullmatch(word)
        return int((found.lastgroup or "_0")[1:]) if found else 1

    # -- relative to the publication ------------------------------------------------------------------------------

    def _weekday(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None]:
        weekday = self._index(match["weekday"], "weekdays")
        part = self._part_of_day(match)
        if self.today is None:
            return "weekday", ((24.0 * weekday + part[0], 24.0 * weekday + part[1]),), None
        days = self._weekday_dates(match, weekday)
        return "date", tuple((24.0 * d + part[0], 24.0 * d + part[1]) for d in days), None

    def _weekday_dates(self, match: re.Match[str], weekday: int) -> list[int]:
        assert self.today is not None
        now = self.today.toordinal()
        past = now - (self.today.weekday() - weekday) % 7
        ahead = past + 7
        shift = (match.groupdict().get("shift") or "").lower()
        if shift in ("last", "vergangenen", "letzten", "pasado", "прошл", "минул"):
            return [past, past - 7]
        if shift in ("next", "nächsten", "kommenden", "próximo"):
            return [ahead, ahead + 7]
        if match["after"] and re.search(r"week|woche", match["after"]):
            return [past, past - 7, ahead, ahead + 7]
        when = tense(self.text, match.start(), match.end(), self.language)
        if when == "future":
            return [ahead] if past != now else [past, ahead]
        return [past] if when == "past" else [past, ahead]

    def _part_of_day(self, match: re.Match[str]) -> Interval:
        said = f"{match['before'] or ''} {match['after'] or ''}".lower()
        low, high = 0.0, 24.0
        for names, hours in PARTS[self.language].items():
            if re.search(rf"\b(?:{names})\b", said):
                low, high = hours
        return low, high

    def _relative(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        if self.today is None:
            return "date", (), None
        day = self.today.toordinal() + DAYS[self.language][" ".join(match["word"].lower().replace("’", "'").split())]
        part = self._part_of_day(match)
        return "date", ((24.0 * day + part[0], 24.0 * day + part[1]),), None

    def _period(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        if self.today is None:
            return "date", (), None
        said = match["shift"].lower()
        shift = next((n for word, n in SHIFTS[self.language].items() if said.startswith(word)), 0)
        period = PERIODS[self.language].get(match["period"].lower(), "")
        return ("date", (_period_hours(self.today, period, shift),), None) if period else None

    def _ago(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        return self._counted(match, -1)

    def _ahead(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        return self._counted(match, 1)

    def _counted(self, match: re.Match[str], sign: int) -> tuple[str, tuple[Interval, ...], None] | None:
        count = small_number(match["n"], self.language)
        unit = next((v for k, v in SPANS[self.language].items() if match["unit"].lower().startswith(k)), None)
        if (
            count is None
            or unit is None
            or (sign > 0 and tense(self.text, match.start(), match.end(), self.language) != "future")
        ):
            return None  # "the biggest in a decade" looks back
        if self.today is None:
            return "date", (), None
        middle = 24.0 * self.today.toordinal() + 12 + sign * count * unit
        # A count of days is exact to the day; longer periods are rounded, so they get a share of their unit.
        slack = 12.0 if unit <= 24 else 0.75 * unit
        return "date", ((middle - slack, middle + slack),), None

    # -- clock ----------------------------------------------------------------------------------------------------

    def _clock(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], float | None] | None:
        hour, minute = int(match["h"]), int(match["min"] or 0)
        half = re.sub(r"\W", "", (match["half"] or "").lower())
        if hour > 24 or minute > 59:
            return None
        minutes = 60 * hour + minute
        options = [minutes]
        if half.startswith("a") or half.startswith("in the morning".replace(" ", "")):
            options = [minutes % 720]
        elif half.startswith("p") or half.startswith(("intheafter", "intheeve")):
            options = [minutes % 720 + 720]
        elif hour <= 12 and self.language == "en" and not match["h"].startswith("0"):
            options = [minutes % 720, minutes % 720 + 720]
        zone = ZONES.get((match["zone"] or "").lower())
        return "clock", tuple(_around(m, match["hedge"], exact=minute % 5 != 0) for m in options), zone

    def _military(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], float | None]:
        minutes = 60 * int(match["h"]) + int(match["min"])
        return (
            "clock",
            (_around(minutes, match["hedge"], exact=minutes % 5 != 0),),
            ZONES.get((match["zone"] or "").lower()),
        )

    def _spoken(self, match: re.Match[str]) -> tuple[str, tuple[Interval, ...], None] | None:
        if match["fixed"]:
            base = 720 if match["fixed"].lower() in ("noon", "midday") else 1440
            return "clock", tuple(_around(m, match["hedge"], exact=False) for m in sorted({base, base % 1440})), None
        past = {"half": 30, "quarter": 15}.get(match["m"].lower()) or small_number(match["m"], self.language)
        hour = small_number(match["h"], self.language)
        if past is None or hour is None or hour > 12:
            return None
        minutes = int(60 * hour + (past if match["way"].lower() in ("past", "after") else -past))
        return "clock", tuple(_around(m % 1440, match["hedge"], exact=False) for m in (minutes, minutes + 720)), None


def _around(minutes: int, hedge: str | None, *, exact: bool) -> Interval:
    """The minutes that a printed clock time can mean: to five minutes when round, half an hour when hedged."""
    said = (hedge or "").lower()
    if re.search(r"after|past|kurz nach|peu après|после|після", said):
        return (minutes - 1.0, minutes + 35.0)
    if re.search(r"before|to|kurz vor|avant|до", said):
        return (minutes - 35.0, minutes + 1.0)
    if said:
        return (minutes - 25.0, minutes + 25.0)
    slack = 1.5 if exact else (3.0 if minutes % 30 else 6.0)
    return (minutes - slack, minutes + slack)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hours(day: date) -> Interval:
    return (24.0 * day.toordinal(), 24.0 * day.toordinal() + 24)


def _month_end(year: int, month: int) -> int:
    return date(year + month // 12, month % 12 + 1, 1).toordinal()


def _part(low: float, high: float, start: float, end: float) -> Interval:
    return (low + (high - low) * start, low + (high - low) * end)


def _period_hours(today: date, period: str, shift: int) -> Interval:
    now = today.toordinal()
    monday = now - today.weekday() + 7 * shift
    if period == "week":
        # Sunday is the first day of the week for some outlets and the last for others.
        return (24.0 * (monday - 1), 24.0 * (monday + 7))
    if period == "weekend":
        return (24.0 * (monday + 4), 24.0 * (monday + 7))
    if period == "month":
        index = today.year * 12 + today.month - 1 + shift
        return (24.0 * date(index // 12, index % 12 + 1, 1).toordinal(), 24.0 * _month_end(index // 12, index % 12 + 1))
    return (24.0 * date(today.year + shift, 1, 1).toordinal(), 24.0 * date(today.year + shift + 1, 1, 1).toordinal())
