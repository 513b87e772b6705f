"""The sheet on which the quantities of one text are noted while it is read; what was read is closed to the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from storydiff.text import number_words as words
from storydiff.text.numbers_quantity import Quantity, interval
from storydiff.text.tables import either
from storydiff.text.units import Unit, metres_or_millions, unit_after, unit_before

_NOT = re.compile(r"\b(?:no|not|nicht|не)\s+$", re.IGNORECASE)
_TURNED = {"above": "max", "below": "min", "max": "max"}
_AFTER = (
    ("min", re.compile(r"\s?(?:or more|or longer|oder mehr|ou plus|o más|plus\b)", re.IGNORECASE)),
    ("max", re.compile(r"\s?(?:or fewer|or less|oder weniger|ou moins|o menos)", re.IGNORECASE)),
    ("about", re.compile(r"\s?(?:or so\b)", re.IGNORECASE)),
)
_LONGEST_BOUND = 28
_AGE = re.compile(
    r"[-\s]?(?:years?|Jahre|ans|años)[-\s]?(?:old|alt|of age)-?(?:olds?)?\b|-?jährige[nrs]?\b", re.IGNORECASE
)
_AGE_BEFORE = re.compile(r"\b(?:aged|age|im Alter von|âgée?s? de)\s$", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"[A-ZÀ-Ý]\w+,\s$")
_POINTS = re.compile(r"[\s-]points?\b")
_SHARES = re.compile(r"\d\s?%|per ?cent\b")


class Sheet:
    """The text, its language (empty when unknown) and the quantities found so far; `closed` was read by others."""

    def __init__(self, text: str, language: str, closed: list[tuple[int, int]]) -> None:
        self.text, self.language = text, language
        self.found: list[Quantity] = []
        self._closed = bytearray(len(text))
        for start, end in closed:
            self._close(start, end)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing was read in start..end yet."""
        return not any(self._closed[start:end])

    def _close(self, start: int, end: int) -> None:
        self._closed[start:end] = b"\1" * (end - start)

    def keep(self, quantity: Quantity) -> None:
        """Notes a quantity and closes its stretch."""
        self._close(quantity.start, quantity.end)
        self.found.append(quantity)

    def take(self, start: int, end: int, value: float, step: float, *, dimension: str = "", weak: bool = False) -> None:
        """Notes a figure at start..end with the bound before it and the unit around it."""
        if not self.free(start, end):
            return
        unit, begin, finish = (Unit(dimension), start, end) if dimension else self._unit(start, end)
        bound, begin = self._bound(begin)
        late = next(((name, m) for name, p in _AFTER if (m := p.match(self.text, finish))), None)
        if late and not bound:
            bound, finish = late[0], late[1].end()
        self._close(start, finish)
        quantity = made(begin, finish, value, step, unit, bound)
        self.found.append(replace(quantity, weak=True) if weak else quantity)

    def measure(self, start: int, end: int, value: float, unit: Unit, step: float = 0.01) -> None:
        """Notes a figure whose unit is known."""
        if self.free(start, end):
            bound, begin = self._bound(start)
            self._close(start, end)
            self.found.append(made(begin, end, value, step, unit, bound))

    def _unit(self, start: int, end: int) -> tuple[Unit, int, int]:
        """The unit of a figure and where the whole then starts and ends."""
        if before := unit_before(self.text, start):
            return before[0], before[1], end
        if age := self._age(start, end):
            return Unit("age"), start, age
        if after := unit_after(self.text, end):
            return after[0], start, after[1]
        if (points := _POINTS.match(self.text, end)) and _SHARES.search(self.text):
            return Unit("points"), start, points.end()
        if open_metres := metres_or_millions(self.text, end):
            return Unit("unclear"), start, open_metres
        return Unit("count"), start, end

    def _age(self, start: int, end: int) -> int | None:
        """Where an age ends: "aged 60", "60-year-old", "Falconi, 71,"; None for another figure."""
        if old := _AGE.match(self.text, end):
            return old.end()
        named = self.text.startswith(",", end) and _NAMED_BEFORE.search(self.text[max(0, start - 40) : start])
        return end if named or _AGE_BEFORE.search(self.text[max(0, start - 20) : start]) else None

    def _bound(self, start: int) -> tuple[str, int]:
        """The bound printed before a position, and where it starts."""
        head = self.text[max(0, start - _LONGEST_BOUND) : start]
        for name, pattern in _before(self.language) if _any_before(self.language).search(head) else ():
            if found := pattern.search(head):
                begin = start - len(head) + found.start("words")
                turned = name in _TURNED and _NOT.search(self.text[max(0, begin - 8) : begin])
                return _TURNED[name] if turned else name, begin
        return "", start


@lru_cache(maxsize=16)
def _before(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """The bounds of a language with the patterns of what is printed before a figure."""
    table = words.BOUNDS.get(language, {})
    return [(name, _printed_before(table[name])) for name in ("min", "max", "above", "below", "about") if table]


@lru_cache(maxsize=16)
def _any_before(language: str) -> re.Pattern[str]:
    """All of them at once: before most figures stands none."""
    return _printed_before(row for rows in words.BOUNDS.get(language, {}).values() for row in rows)


def _printed_before(rows: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s(\"“«])(?P<words>{either(rows)})(?: the| a| an)?\s?$", re.IGNORECASE)


def made(start: int, end: int, value: float, step: float, unit: Unit, bound: str) -> Quantity:
    """A quantity from a figure as printed and its unit."""
    exact, width = value * unit.factor + unit.offset, step * unit.factor
    low, high = interval(exact, width, bound, unit.dimension)
    return Quantity(start, end, unit.dimension, exact, low, high, width, bound, printed=value)


def scored(start: int, end: int, first: float, second: float) -> Quantity:
    """A score or a vote."""
    return Quantity(start, end, "score", first, first, first, 1.0, other=second, printed=first)


def step_of(value: float) -> float:
    """A whole number is told as finely as its last digit that is not zero."""
    step = 1.0
    while value and value % (step * 10) == 0:
        step *= 10
    return step
