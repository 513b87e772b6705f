"""Another date, day, hour, start or end of the same event."""

from __future__ import annotations

import re
from functools import lru_cache

from storydiff.diff.rules.contrasts import contrast
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.pairing import pairs
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.slots import likeness, overlap, slot
from storydiff.model import DiscrepancyType
from storydiff.text.names import Names
from storydiff.text.numbers import Quantity
from storydiff.text.numbers import agree as same_figure
from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve
from storydiff.text.times import Moment, agree

# Development pairs: true conflicts .30 to .97, two stages of one story told by weekday .30 and less (see _EVENTS).
_ALIKE = 0.29
_ALIKE_LOOSE, _CLOSE = 0.41, 0.7
"""Needed unless the readings share so much. In 50 real stories seven pairs of times of two acts (a bill is passed last
week and sent on Monday) had slots of .30 to .40 in readings that share .36 to .71; true ones there .43 to .97."""
_SHARED = 0.36
"""Share of the shorter reading's words that the other must have; two points of one story seldom share so much."""
_ALIKE_YEAR = 0.45
"""For years: reports tell several of one affair (.38 between two peaks of a series in aligned real sentences)."""
_YEAR = 24.0 * 180
_ALIKE_TURNED = 0.2
"""Enough when two years have the same digits in another order: 1867 and 1876."""
_ALIKE_CLOCK = 0.15
"""For the only clock time on either side; the hours of two events are rarely told of one point."""
_ALIKE_HOUR = 0.25
"""For hours of two points: true ones .25 to .46 in eleven stories by other hands, none in real ones."""
_SAME_WORDS, _FEW, _DAY = 0.8, 3, 24.0
"""For days of two points: the share and number of words before them that are the same."""
KINDS = frozenset({"clock", "date", "weekday"})
_ZONE = 0.5
"""Hours between two time zones, or a multiple of it."""
_PERIOD = 24.0 * 6
"""Hours from which a time is a period that one can count over."""
_SAID_AT = 28
"""Characters behind a verb of saying in which its own time stands."""
_SAYING = r"(?:said|says|saying|told|tweeted|wrote|writes|posted)"
_SAID_BEFORE = re.compile(rf"\b{_SAYING}(?:\s(?:on|in|early|late|reporters|journalists)){{0,3}}\s$")
_SAID_BEHIND = re.compile(rf"\s{_SAYING}\b")
_OWNED = re.compile(r"['’]s\s")
_AWAY = re.compile(r"\bthat\b|[,;:\"“]")
_EVENTS = (
    r"died|death|dies|killed|found dead|passed away",
    r"announced|announcement|statement",
    r"arrest\w*|detained",
    r"charged|indicted",
    r"opened fire|shot|shooting|stabbed|attacked",
    r"court|trial|sentenc\w+|convicted|verdict|hearing|appear(?:ed|s)?|magistrates?|bail|remanded",
    r"opened?|opens|opening|begins?|began|starts?|started|launched",
    r"clos\w+|ends?|ended|ending|finish\w*|expires?|until",
    r"born",
    r"signed|agreed",
    r"passed|passes|adopted|approved",
    r"sent|sends",
    r"dismiss\w*|sacked|fired|resign\w*|stepped down|quit|left (?:the|his|her|their)",
    r"joined|hired|recruited",
    r"blasted|slammed|criticis\w+|criticiz\w+|condemned|denounced|praised|hailed|mocked",
    r"named?|appoint\w*|chosen|successor",
    r"found|discovered",
    r"bought|sold",
    r"takes effect|comes into force|took effect|effective",
)
_STAGES = Rack((i, Sieve(rf"\b(?:{row})\b", re.IGNORECASE)) for i, row in enumerate(_EVENTS))


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The conflicting times of two readings."""
    del names
    if a.language == b.language and overlap(a, b) < _SHARED:
        return []
    left = _odd(a, b)
    right = _odd(b, a) if left else []
    if not right:
        return []
    close = overlap(a, b) >= _CLOSE or a.language != b.language
    return [
        _conflict(m, n, score)
        for score, m, n in pairs(a, left, b, right, _comparable)
        if score >= _needed(m, n, only=len(left) == len(right) == 1, close=close)
        and _of_one_thing(a, m, b, n)
        and not _two_events(a, m, b, n)
        and not _two_counts(a, m, b, n)
        and not _two_zones(a, m, b, n)
    ][:2]


def of_one_act(a: Passage, b: Passage) -> list[Conflict]:
    """The conflicting hours and days of two sentences that share rare words, wherever in the story they stand."""
    left, right = _odd(a, b), _odd(b, a)
    return [
        _conflict(m, n, 1.0)
        for m in left
        for n in right
        if m.kind == n.kind and m.kind in KINDS and _comparable(m, n) and _of_one_thing(a, m, b, n)
        if not (_two_events(a, m, b, n) or _two_zones(a, m, b, n))
        if (_alike_hours(a, m, b, n) if m.kind == "clock" else _alike_days(a, m, b, n))
    ][:1]


def _alike_hours(a: Passage, m: Moment, b: Passage, n: Moment) -> bool:
    return likeness(slot(a, m.start, m.end), slot(b, n.start, n.end)) >= _ALIKE_HOUR


def _alike_days(a: Passage, m: Moment, b: Passage, n: Moment) -> bool:
    """Whether both are single days, told behind the same words."""
    if max(high - low for moment in (m, n) for low, high in moment.possible) > _DAY:
        return False
    first, second = _before(a, m), _before(b, n)
    return len(first & second) >= _FEW and len(first & second) >= _SAME_WORDS * len(first | second)


def _before(a: Passage, m: Moment) -> frozenset[str]:
    """The words of its sentence before a time, other times and figures left out."""
    details = [*((x.start, x.end) for x in a.moments), *((q.start, q.end) for q in a.quantities)]
    before = (t for t in a.sentence(m.start) if t.content and t.end <= m.start)
    return frozenset(t.key for t in before if not any(start <= t.start < end for start, end in details))


def _two_zones(a: Passage, m: Moment, b: Passage, n: Moment) -> bool:
    """Whether two hours may be one hour in two countries: 17.00 in Tervik is 16.00 in Greenwich."""
    if a.language == b.language or m.kind != "clock":
        return False
    return any((low - start) % _ZONE == 0 for low, _ in m.possible for start, _ in n.possible)


def _needed(m: Moment, n: Moment, *, only: bool, close: bool) -> float:
    if m.kind == "clock" and only:
        return _ALIKE_CLOCK
    if _turned(m, n):
        return _ALIKE_TURNED
    wide = max(high - low for moment in (m, n) for low, high in moment.possible)
    if m.kind == "date" and wide > _YEAR:
        return _ALIKE_YEAR
    return _ALIKE if close else _ALIKE_LOOSE


def _turned(m: Moment, n: Moment) -> bool:
    years = (_years(m), _years(n))
    return years[0] != years[1] and bool(years[0]) and sorted(years[0]) == sorted(years[1])


def _years(m: Moment) -> str:
    """The digits of a moment that is one whole year; empty for any other."""
    found = re.fullmatch(r"date:(\d{4})-01-01\.\.\1-12-31", m.value)
    return found[1] if found else ""


def _odd(a: Passage, b: Passage) -> list[Moment]:
    """Times that no time of the other reading can be, times of saying aside."""
    theirs = _happening(b) or b.moments
    return [
        m
        for m in _happening(a)
        if m.possible
        and not any(m.kind == n.kind and n.possible and agree(m, n) for n in theirs)
        and not any(q.start <= m.start < q.end for q in a.quotations)
    ]


@lru_cache(maxsize=4096)
def _happening(a: Passage) -> tuple[Moment, ...]:
    """The times of a reading at which something happened."""
    return tuple(m for m in a.moments if not _reporting(a, m))


def _reporting(a: Passage, m: Moment) -> bool:
    """Whether it is the time at which somebody said it, not at which it happened."""
    if _SAID_BEFORE.search(a.text[: m.start]) or _SAID_BEHIND.match(a.text[m.end :]):
        return True
    behind = [a.text[s.verb[1] : m.start] for s in a.sources if s.strict and 0 <= m.start - s.verb[1] < _SAID_AT]
    return not all(_AWAY.search(between) for between in behind)


def _comparable(m: Moment, n: Moment) -> bool:
    return m.kind == n.kind and {m.bound, n.bound} not in ({"from", "to"}, {"before", "after"}, {"from", "before"})


def _of_one_thing(a: Passage, m: Moment, b: Passage, n: Moment) -> bool:
    """Whether neither names a thing ("Sunday's final") of which the other does not speak."""
    first, second = (_OWNED.match(p.text, x.end) or _OWNED.match(p.text, x.end - 2) for p, x in ((a, m), (b, n)))
    return bool(first) == bool(second)


def _two_events(a: Passage, m: Moment, b: Passage, n: Moment) -> bool:
    """Whether the clauses speak of two stages of one story: an arrest and a court date, the first and the last out."""
    first, second = _events(a, m), _events(b, n)
    if first and second and not first & second:
        return True
    return contrast(_sentence(a, m), _sentence(b, n), ("ends",)) is not None


def _sentence(a: Passage, m: Moment) -> str:
    tokens = a.sentence(m.start)
    return a.text[tokens[0].start : tokens[-1].end] if tokens else ""


def _two_counts(a: Passage, m: Moment, b: Passage, n: Moment) -> bool:
    """Whether two periods come with two figures: shipped 410 tonnes in January, 630 in the last quarter."""
    if min(max(high - low for low, high in moment.possible) for moment in (m, n)) < _PERIOD:
        return False
    first, second = _figures(a, m), _figures(b, n)
    same = [(q, r) for q in first for r in second if q.dimension == r.dimension and q.dimension != "duration"]
    return bool(same) and not any(same_figure(q, r) for q, r in same)


def _figures(a: Passage, m: Moment) -> list[Quantity]:
    tokens = a.sentence(m.start)
    return [q for q in a.quantities if not q.weak and tokens[0].start <= q.start < tokens[-1].end]


def _events(a: Passage, m: Moment) -> set[int]:
    clause = a.clause(m.start)
    text = a.text[clause[0].start : clause[-1].end] if clause else ""
    return {i for i, _ in _STAGES.matches(text)}


def _conflict(m: Moment, n: Moment, score: float) -> Conflict:
    return Conflict(
        type=DiscrepancyType.TIME, a=(m.start, m.end), b=(n.start, n.end), a_value=m.value, b_value=n.value, score=score
    )
