"""Quantities in a text, normalised to values that can be compared: numbers in digits and words, with unit and bound.

A quantity knows the interval in which the true figure lies ("nearly 3,000" is below 3,000, "at least 12" is open above),
how finely it is told (its step: 1,200 is told to the hundred) and its dimension (`count`, `percent`, `points`,
`money:EUR`, `length`, `duration`, `age`, `ordinal`, `score`, `share`, ...). Two quantities of one dimension agree when
their intervals meet, the rounding of the coarser one allowed. Small counts of people are never rounded.

Reads en, de, fr, es, ru and uk; in any other language digits with symbols only. Linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, zip_longest

from storydiff.text import number_words as words
from storydiff.text.tables import either
from storydiff.text.times import moments
from storydiff.text.units import Unit, metres_or_millions, unit_after, unit_before

_INFINITE = 1e18


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity; `low` to `high` is what the words allow, `exact` the figure they name, `step` its precision."""

    start: int
    end: int
    dimension: str
    exact: float
    low: float
    high: float
    step: float
    bound: str = ""
    """`min`, `max`, `above`, `below`, `about`, `range`, or empty for a plain figure."""
    other: float | None = None
    """The second figure of a score or vote."""
    alternative: Quantity | None = None
    """The same quantity in another unit, as printed in brackets after it."""
    number_end: int = 0
    """Where the number itself ends, before the unit."""
    weak: bool = False
    """Too common a word ("one", "first") to be evidence by itself."""
    printed: float = 0.0
    """The figure as printed, in its own unit: 8,000 acres and 8,000 hectares print the same."""

    @property
    def value(self) -> str:
        """The quantity made comparable: equal strings are equal figures."""
        sign = {"min": ">=", "above": ">", "max": "<=", "below": "<", "about": "~"}.get(self.bound, "")
        figure = f"{self.exact:.6g}" if self.exact < 1e6 else f"{self.exact:.0f}"
        tail = f"-{self.other:g}" if self.other is not None else ""
        return f"{sign}{figure}{tail}" + ("" if self.dimension == "count" else f" {self.dimension}")


_BEFORE = {
    language: [
        (name, re.compile(rf"(?:^|[\s(\"“«])(?P<words>{either(table[name])})(?: the| a| an)?\s?$", re.IGNORECASE))
        for name in ("min", "max", "above", "below", "about")
    ]
    for language, table in words.BOUNDS.items()
}
_NOT_BELOW = re.compile(r"\b(?:no|not|nicht|не)\s+$", re.IGNORECASE)
_AFTER = [
    ("min", re.compile(r"\s?(?:or more|or longer|oder mehr|ou plus|o más|plus\b)", re.IGNORECASE)),
    ("max", re.compile(r"\s?(?:or fewer|or less|oder weniger|ou moins|o menos)", re.IGNORECASE)),
    ("about", re.compile(r"\s?(?:or so\b)", re.IGNORECASE)),
]
_DIGITS = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+(?:[.,]\d+)?(?!\d)|(?<![\w.])\d+(?:[.,]\d+)?(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?", re.UNICODE)
_SCORE = re.compile(
    r"(?<![\w.,-])(\d{1,3})(?:[-–:](\d{1,3})(?!\s?-?(?:year|day|week|month|minute|hour|%|percent|km|mile|metre|meter))"
    r"|\s(?:votes?\s|points?\s)?(?:to|against|gegen|contre|contra|голосами против)\s(\d{1,3}))(?![\d\w%]|[.,]\d|\s(?:percent|per cent|%|million))"
)
_RANGE_JOIN = re.compile(r"\s?(?:-|–|to|and|bis|und|à|et|a|y|до|і|и|or|oder)\s?$", re.IGNORECASE)
_RANGE_LEAD = re.compile(r"\b(?:between|zwischen|entre|de|от|від|from|von|between about)\s(?:\w+\s)?$", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:back\w*|for|favou?r\w*|support\w*|stimmten dafür|dafür|pour|a favor|за|approved)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b(?:against|oppos\w*|did not|voted no|dissent\w*|rejected|dagegen|contre|en contra|против|проти)\b",
    re.IGNORECASE,
)
_HALVES = re.compile(
    r"\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s(?P<unit>[a-z]+\s)?and\sa\shalf\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"[-\s]?(?:year|years|Jahre|ans|años)[-\s]?(?:old|alt|of age)?-?(?:olds?)?\b|-jährige[nrs]?\b", re.IGNORECASE
)
_AGE_BEFORE = re.compile(r"\b(?:aged|age|im Alter von|âgée?s? de)\s$", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3})(?:st|nd|rd|th|º|ª|-?й|-?я|-?е|er|e|ème|ème)\b(?!\s(?:century|of [A-Z]))")


@lru_cache(maxsize=4096)
def quantities(text: str, language: str | None = "en") -> tuple[Quantity, ...]:
    """All quantities of a text in the order of their places; times of day, dates and years are not among them."""
    return _Reader(text, language if language in words.ADD else "").read()


def agree(a: Quantity, b: Quantity, *, people: bool = False) -> bool:
    """Whether both can be the same figure. Different dimensions are not compared: they agree.

    `people`: both count people, so that figures under a hundred are taken as exact.
    """
    if a.alternative and _agree(a.alternative, b, people=people):
        return True
    if b.alternative and _agree(a, b.alternative, people=people):
        return True
    return _agree(a, b, people=people)


def _agree(a: Quantity, b: Quantity, *, people: bool) -> bool:
    if a.dimension != b.dimension:
        return True
    if a.other is not None or b.other is not None:
        return _same_score(a, b)
    slack = _slack(a, b, people=people)
    return a.low <= b.high + slack and b.low <= a.high + slack


def _same_score(a: Quantity, b: Quantity) -> bool:
    return {(a.exact, a.other), (a.other, a.exact)} >= {(b.exact, b.other)}


def _slack(a: Quantity, b: Quantity, *, people: bool) -> float:
    """How far two figures may lie apart because the coarser one is rounded."""
    coarse = max(a, b, key=lambda q: q.step)
    size = max(abs(a.exact), abs(b.exact))
    plain = not a.bound and not b.bound
    if a.dimension in ("ordinal", "age", "score"):
        return 0.0
    if a.dimension == "count" and plain and (size < 100 or (people and size < 1000)):
        return 0.0
    converted = 0.0 if a.printed == a.exact and b.printed == b.exact else 0.012 * size
    # A bound that must hold ("more than", "nearly") leaves no room for rounding past it.
    if {a.bound, b.bound} & {"below", "above", "min", "max"}:
        return converted
    return max(coarse.step / 2, converted)


class _Reader:
    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self.closed = [(m.start, m.end) for m in moments(text, language)] if language else []
        self.found: list[Quantity] = []

    def read(self) -> tuple[Quantity, ...]:
        for match in _SCORE.finditer(self.text):
            self._score(match)
        for match in _ORDINAL.finditer(self.text):
            self._take(match.start(), match.end(), float(match[1]), 1.0, dimension="ordinal")
        if self.language == "en":
            for match in _HALVES.finditer(self.text):
                self._and_a_half(match)
        for match in _DIGITS.finditer(self.text):
            self._digits(match)
        if self.language:
            self._words()
        self.found.sort(key=lambda q: (q.start, q.end))
        self._votes()
        return tuple(_merged(sorted(self.found, key=lambda q: (q.start, q.end)), self.text))

    def _and_a_half(self, match: re.Match[str]) -> None:
        """Two and a half hours, a year and a half."""
        word = match["n"].lower()
        whole = float(word) if word.isdigit() else words.additive(word, "en") or 1.0
        unit = match["unit"] and unit_after(self.text, match.start("unit"))
        if unit:
            self._plain(match.start(), match.end(), whole + 0.5, unit[0], 0.5)
        elif not match["unit"]:
            self._take(match.start(), match.end(), whole + 0.5, 0.5)

    def _votes(self) -> None:
        """ "Six members backed the move and three opposed it": a vote of 6-3 told in words, beside its two figures."""
        plain = [q for q in self.found if q.dimension == "count"]
        for a, b in combinations(plain, 2):
            between, after = self.text[a.end : b.start], self.text[b.end : b.end + 45]
            if (
                len(between) < 70
                and _FOR.search(between)
                and _AGAINST.search(re.split(r"[.;]", after)[0])
                and a.exact + b.exact > 2
            ):
                score = Quantity(
                    a.start,
                    b.end,
                    "score",
                    a.exact,
                    a.exact,
                    a.exact,
                    1.0,
                    other=b.exact,
                    number_end=b.end,
                    printed=a.exact,
                )
                self.found.append(score)
                return

    def _free(self, start: int, end: int) -> bool:
        return not any(s < end and start < e for s, e in self.closed)

    def _score(self, match: re.Match[str]) -> None:
        if self._free(*match.span()):
            first, second = float(match[1]), float(match[2] or match[3])
            if re.search(r"\bfrom\s$", self.text[: match.start()]) or not _RANGE_LEAD.search(
                self.text[: match.start()]
            ):
                self._score_or_range(match, first, second)

    def _score_or_range(self, match: re.Match[str], first: float, second: float) -> None:
        following = unit_after(self.text, match.end())
        if following or (
            match[2] and re.match(r"\s[a-z]{4,}", self.text[match.end() :]) and first < second and second > 9
        ):
            return
        self.closed.append(match.span())
        self.found.append(
            Quantity(
                *match.span(), "score", first, first, first, 1.0, other=second, number_end=match.end(), printed=first
            )
        )

    def _digits(self, match: re.Match[str]) -> None:
        if not self._free(*match.span()):
            return
        value, step = _figure(match.group(), self.language)
        end = match.end()
        scaled = re.match(r"[\s\u00a0\u202f-]?([^\W\d_]+)\.?", self.text[end:])
        factor = words.SCALE.get(self.language, {}).get(scaled[1].lower()) if scaled else None
        if scaled and factor and (factor > 99 or factor == 12):
            end += scaled.end(1)
            value, step = value * factor, step * factor
        elif short := re.match(r"(m|bn|tn|k)\b", self.text[end:]):
            if short[1] != "m" or unit_before(self.text, match.start()):
                end += short.end()
                factor = {"m": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3}[short[1]]
                value, step = value * factor, step * factor
        self._take(match.start(), end, value, step)

    def _take(
        self, start: int, end: int, value: float, step: float, dimension: str = "", *, weak: bool = False
    ) -> None:
        """Adds a figure that stands at start..end, with the bound before it and the unit around it."""
        if not self._free(start, end):
            return
        self.closed.append((start, end))
        unit, begin, finish = self._unit(start, end) if not dimension else (Unit(dimension), start, end)
        bound, begin = self._bound(begin)
        late = next(((n, m) for n, p in _AFTER if (m := p.match(self.text, finish))), None)
        if late and not bound:
            bound, finish = late[0], late[1].end()
        self.found.append(_quantity(begin, finish, end, value, step, unit, bound, weak=weak))

    def _unit(self, start: int, end: int) -> tuple[Unit, int, int]:
        if before := unit_before(self.text, start):
            return before[0], before[1], end
        if _AGE_BEFORE.search(self.text[:start]):
            return Unit("age"), start, end
        age = _AGE.match(self.text, end)
        if age and re.search(r"old|alt|age|jährig", age.group()):
            return Unit("age"), start, age.end()
        if re.match(r",", self.text[end:]) and re.search(r"[A-ZÀ-Ý]\w+,\s$", self.text[:start]):
            return Unit("age"), start, end
        if after := unit_after(self.text, end):
            return after[0], start, after[1]
        if (points := re.match(r"[\s-]points?\b", self.text[end:])) and re.search(r"\d\s?%|per ?cent\b", self.text):
            return Unit("points"), start, end + points.end()
        if open_metres := metres_or_millions(self.text, end):
            return Unit("unclear"), start, open_metres
        return Unit("count"), start, end

    def _bound(self, start: int) -> tuple[str, int]:
        head = self.text[max(0, start - 28) : start]
        for name, pattern in _BEFORE.get(self.language, ()):
            if found := pattern.search(head):
                begin = start - len(head) + found.start("words")
                if name in ("above", "below", "max") and _NOT_BELOW.search(self.text[:begin]):
                    return {"above": "max", "below": "min", "max": "max"}[name], begin
                return name, begin
        return "", start

    # -- words ----------------------------------------------------------------------------------------------------

    def _words(self) -> None:
        tokens = [
            (m.group().lower().replace("’", "'").replace("ʼ", "'"), m.start(), m.end())
            for m in _WORD.finditer(self.text)
        ]
        i = 0
        while i < len(tokens):
            i = self._special(tokens, i) or self._run(tokens, i) or i + 1

    def _run(self, tokens: list[tuple[str, int, int]], i: int) -> int:
        """Reads a run of number words from token i; the index after it, or 0 when none starts here."""
        language, run, j = self.language, [], i
        while j < len(tokens) and self._continues(tokens, i, j):
            if tokens[j][0] not in words.JOIN[language] or self._is_number(tokens[j][0]):
                run.append(tokens[j][0])
            j += 1
        while j > i and not self._is_number(tokens[j - 1][0]):
            j -= 1
        if not run or j == i or (len(run) == 1 and not self._alone(run[0], tokens[i])):
            return 0
        value = words.evaluate(run, language)
        start = self._article(tokens, i)
        weak = len(run) == 1 and value in (0.0, 1.0)
        self._take(start, tokens[j - 1][2], value, _word_step(value, run, language), weak=weak)
        return j

    def _is_number(self, word: str) -> bool:
        return words.additive(word, self.language) is not None or word in words.SCALE[self.language]

    def _continues(self, tokens: list[tuple[str, int, int]], i: int, j: int) -> bool:
        word, start, _ = tokens[j]
        if j > i and not re.fullmatch(r"[\s\u00a0-]{1,2}", self.text[tokens[j - 1][2] : start]):
            return False
        if self._is_number(word):
            return j == i or self._may_follow(tokens[j - 1][0], word)
        if j == i or word not in words.JOIN[self.language] or j + 1 >= len(tokens):
            return False
        follows, before = tokens[j + 1][0], tokens[j - 1][0]
        added = words.additive(follows, self.language)
        big = before in words.SCALE[self.language] or self.language in ("es", "fr")
        return added is not None and added < 100 and big

    def _may_follow(self, before: str, word: str) -> bool:
        if (
            word in words.SCALE[self.language]
            or before in words.SCALE[self.language]
            or before in words.JOIN[self.language]
        ):
            return True
        head, tail = words.additive(before, self.language) or 0.0, words.additive(word, self.language) or 0.0
        french = self.language == "fr" and (head in (4.0, 60.0) or head == 20.0)
        return (head >= 20 and tail < 10) or (head >= 100 and tail < 100) or french

    def _alone(self, word: str, token: tuple[str, int, int]) -> bool:
        """Whether a single word is a count here: "million" needs a number, "one" often is a pronoun."""
        if word in words.ARTICLES:
            return False
        if word in words.SCALE[self.language]:
            head = self.text[: token[1]].lower()
            return bool(re.search(r"\b(?:a|an|one|un|une|eine|einer|half a|per)\s$", head)) or self.language in (
                "fr",
                "es",
                "ru",
                "uk",
                "de",
            )
        return True

    def _article(self, tokens: list[tuple[str, int, int]], i: int) -> int:
        if i and tokens[i][0] in words.SCALE[self.language] and tokens[i - 1][0] in ("a", "an"):
            return tokens[i - 1][1]
        return tokens[i][1]

    def _special(self, tokens: list[tuple[str, int, int]], i: int) -> int:
        """Fractions, vague counts and ordinals; the index after what was read, or 0."""
        word, start, end = tokens[i]
        if word in words.VAGUE.get(self.language, {}):
            low, high = words.VAGUE[self.language][word]
            self._vague(start, end, low, high)
            return i + 1
        if word in words.PAIR.get(self.language, {}) and i and tokens[i - 1][0] == "a":
            self._take(start, end + (3 if self.text[end : end + 3] == " of" else 0), 2.0, 1.0, weak=True)
            return i + 1
        if change := words.CHANGES.get(self.language, {}).get(word):
            self._plain(start, end, change[1], Unit(change[0]), 4.0 if change[0] == "percent" else 0.0)
            return i + 1
        return self._fraction(tokens, i) or self._ordinal(tokens, i)

    def _vague(self, start: int, end: int, low: float, high: float) -> None:
        if self._free(start, end):
            self.closed.append((start, end))
            self.found.append(Quantity(start, end, "count", low, low, high, low, "range", number_end=end, printed=low))

    def _ordinal(self, tokens: list[tuple[str, int, int]], i: int) -> int:
        word, start, end = tokens[i]
        value = words.ORDINAL.get(self.language, {}).get(word)
        if value is None or self._is_number(word):
            return 0
        if re.match(r"\s(?:half|quarter|floor|time\b)", self.text[end:]) and value < 5:
            return i + 1
        self._take(start, end, value, 1.0, "ordinal", weak=value == 1)
        return i + 1

    def _fraction(self, tokens: list[tuple[str, int, int]], i: int) -> int:
        table = words.FRACTION.get(self.language, {})
        count, j = 1.0, i
        if i + 1 < len(tokens) and tokens[i + 1][0] in table:
            count = words.additive(tokens[i][0], self.language) or (1.0 if self._is_article(tokens[i][0]) else 0.0)
            j = i + 1
        word, _, end = tokens[j]
        if word not in table or not count or not self._is_share(tokens, i, j):
            return 0
        return self._share(tokens, i, j, count * table[word], end)

    def _is_article(self, word: str) -> bool:
        return word in ("a", "an", "one", "the", "ein", "eine", "einen", "einem", "un", "une", "la", "le", "el", "des")

    def _is_share(self, tokens: list[tuple[str, int, int]], i: int, j: int) -> bool:
        word, end = tokens[j][0], tokens[j][2]
        tail = self.text[end : end + 14].lower()
        if self.language != "en":
            return word not in words.ORDINAL.get(self.language, {}) or i != j
        if word in ("quarter", "half") and re.match(r"\s(?:past|to)\s(?!\w+ (?:million|percent))", tail):
            return False
        if word in ("half", "halves"):
            return not re.search(r"\b(?:first|second|other|better)\s$", self.text[: tokens[i][1]].lower())
        return i != j and (tokens[i][0] != "the") and not re.match(r"[\s-](?:time|goal|title|finals?)", tail)

    def _share(self, tokens: list[tuple[str, int, int]], i: int, j: int, value: float, end: int) -> int:
        """A fraction of a number ("half a million"), of a unit ("a quarter of an hour", "quarter point"), or a share."""
        start = tokens[i][1]
        step = 0.02 if value != 0.5 else 0.04
        scaled = re.match(r"(?:\sof)?[\s-](?:an?|one)\s(million|billion|thousand|dozen|hundred)\b", self.text[end:])
        if scaled and self.language == "en":
            factor = words.SCALE["en"][scaled[1]]
            self._take(start, end + scaled.end(), value * factor, 1.0 if factor == 12 else 0.05 * factor)
            return self._index_after(tokens, j, end + scaled.end())
        point = re.match(r"[\s-]?(?:of\s)?(?:an?\s|one\s)?(?:percentage[\s-])?point\b", self.text[end:])
        if point and self.language == "en":
            self._plain(start, end + point.end(), value, Unit("points"))
            return self._index_after(tokens, j, end + point.end())
        unit = re.match(r"(?:\sof)?[\s-](?:an?\s|one\s)?", self.text[end:])
        measured = unit_after(self.text, end + unit.end()) if unit else None
        if measured and measured[0].dimension not in ("percent",) and self.language == "en":
            self._plain(start, measured[1], value, measured[0])
            return self._index_after(tokens, j, measured[1])
        self._plain(start, end, value * 100, Unit("percent"), step * 100)
        return j + 1

    def _plain(self, start: int, end: int, value: float, unit: Unit, step: float = 0.01) -> None:
        if self._free(start, end):
            self.closed.append((start, end))
            bound, begin = self._bound(start)
            self.found.append(_quantity(begin, end, end, value, step, unit, bound))

    def _index_after(self, tokens: list[tuple[str, int, int]], j: int, position: int) -> int:
        while j < len(tokens) and tokens[j][1] < position:
            j += 1
        return j


def _figure(printed: str, language: str) -> tuple[float, float]:
    """Value and step of a figure in digits, with the separators of its language."""
    plain = re.sub(r"[\u00a0\u202f' ]", "", printed)
    point, comma = (".", ",") if language in ("en", "") else (",", ".")
    groups = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(comma)}\d{{3}})+(?:{re.escape(point)}\d+)?", plain)
    if groups:
        plain = plain.replace(comma, "")
    plain = plain.replace(point, ".").replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    value = float(plain)
    if "." in plain:
        return value, 10.0 ** -len(plain.partition(".")[2])
    return value, _step(value)


def _step(value: float) -> float:
    """A whole number is told as finely as its last digit that is not zero."""
    if value == 0:
        return 1.0
    step = 1.0
    while value % (step * 10) == 0:
        step *= 10
    return step


def _word_step(value: float, run: list[str], language: str) -> float:
    if run[-1] == "dozen" and len(run) > 1:
        return 12.0
    return _step(value)


def _quantity(
    start: int, end: int, number_end: int, value: float, step: float, unit: Unit, bound: str, *, weak: bool = False
) -> Quantity:
    exact, width = value * unit.factor + unit.offset, step * unit.factor
    low, high = _interval(exact, width, bound, unit.dimension)
    return Quantity(
        start, end, unit.dimension, exact, low, high, width, bound, number_end=number_end, weak=weak, printed=value
    )


def _interval(exact: float, step: float, bound: str, dimension: str) -> tuple[float, float]:
    """What a bound allows. Nearly: within a step or a tenth below; about: within half a step or a twentieth."""
    room = max(step, 0.1 * abs(exact))
    if bound in ("min", "above"):
        return exact, _INFINITE
    if bound == "max":
        return -_INFINITE, exact
    if bound == "below":
        return exact - room, exact
    if bound == "about":
        half = max(step / 2, 0.06 * abs(exact)) if dimension != "age" else step
        return exact - half, exact + half
    return exact, exact


def _merged(found: list[Quantity], text: str) -> list[Quantity]:
    """Joins a figure with its conversion in brackets, and the two ends of a range; a unit told once serves both ends."""
    out: list[Quantity] = []
    found = [_with_shared_unit(q, after, text) for q, after in zip_longest(found, found[1:]) if q]
    for quantity in found:
        if out and (
            joined := _compound(out[-1], quantity, text)
            or _converted(out[-1], quantity, text)
            or _range(out[-1], quantity, text)
        ):
            out[-1] = joined
        else:
            out.append(quantity)
    return out


def _with_shared_unit(a: Quantity, b: Quantity | None, text: str) -> Quantity:
    """ "from 14 to 16 percent": 14 percent."""
    if b is None or a.dimension != "count" or b.dimension in ("count", "ordinal", "age", "score") or not b.printed:
        return a
    if not re.fullmatch(r"\s(?:to|and|or|bis|auf|à|a|до|y|et|und)\s", text[a.end : b.start]) or not re.search(
        r"\b(?:from|between|von|zwischen|de|entre|с|від|з)\s$", text[: a.start]
    ):
        return a
    unit = b.exact / b.printed
    exact, step = a.printed * unit, a.step * unit
    return replace(a, dimension=b.dimension, exact=exact, low=exact, high=exact, step=step)


def _compound(a: Quantity, b: Quantity, text: str) -> Quantity | None:
    """ "two hours and 41 minutes": one duration."""
    if a.dimension != "duration" or b.dimension != "duration" or not a.printed or not b.printed or b.bound:
        return None
    smaller = b.exact / b.printed < a.exact / a.printed
    if not smaller or not re.fullmatch(r"\s(?:and\s)?|,\s", text[a.end : b.start]):
        return None
    value = a.exact + b.exact
    low, high = _interval(value, b.step, a.bound, a.dimension)
    return replace(a, end=b.end, exact=value, low=low, high=high, step=b.step, number_end=b.end)


def _converted(a: Quantity, b: Quantity, text: str) -> Quantity | None:
    between, after = text[a.end : b.start], text[b.end : b.end + 1]
    if re.fullmatch(r"\s?[(\[]", between) and after in ")]" and b.dimension not in ("count", "ordinal", "age"):
        return replace(a, end=b.end + 1, alternative=b)
    return None


def _range(a: Quantity, b: Quantity, text: str) -> Quantity | None:
    """ "between 10 and 12 km", "10-12 weeks", "three to five days": one quantity from the first to the second."""
    between, head = text[a.end : b.start], text[: a.start]
    if (
        a.dimension not in ("count", b.dimension)
        or a.bound
        or b.bound
        or b.exact <= a.exact
        or not _RANGE_JOIN.fullmatch(between)
    ):
        return None
    lead = _RANGE_LEAD.search(head)
    joined = re.fullmatch(r"\s?(?:-|–|to|bis|à|a|до)\s?", between)
    if not lead and not (joined and b.printed <= 3 * a.printed) or re.search(r"\bfrom\s$|\bvon\s$|\bс\s$|\bз\s$", head):
        return None
    factor = b.exact / b.printed if b.printed else 1.0
    low = a.exact if a.dimension == b.dimension else a.exact * factor
    start = a.start - len(lead.group()) if lead else a.start
    return replace(b, start=start, low=low, high=b.exact, step=min(a.step * factor, b.step), bound="range")
