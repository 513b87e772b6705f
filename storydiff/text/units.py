"""Units of measure and of money, as printed in six languages, with what they are worth in one base unit.

A dimension is what two quantities must share to be compared ("length", "duration", "money:EUR"); a factor turns the
printed unit into the dimension's base (metre, second, square metre, kilogram, litre, metre per second, kelvin-sized
degree, watt). Currencies are dimensions of their own: without a rate nobody can say that two of them disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from storydiff.text.sieve import caseless
from storydiff.text.tables import beside


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: the dimension, and value_in_base = value * factor + offset."""

    dimension: str
    factor: float = 1.0
    offset: float = 0.0


_DEGREES = {
    "celsius": Unit("temperature"),
    "c": Unit("temperature"),
    "fahrenheit": Unit("temperature", 5 / 9, -160 / 9),
    "f": Unit("temperature", 5 / 9, -160 / 9),
}

UNITS: dict[str, Unit] = {
    name: Unit(row["dimension"], float(row["factor"]))
    for row in beside(__file__, "units")["unit"]
    for name in row["names"]
}
"""Printed unit, lower case -> what it is."""
_SYMBOLS = "$€£¥₹₽₴"
PREFIX = re.compile(rf"(?:US|A|C|NZ|HK)?[{_SYMBOLS}]\s?$|\b(?:EUR|USD|GBP|CHF)\s$")
_DEGREE = re.compile(r"\s?(?:°|-?(?:degrees?|grad|degrés|grados|градус\w*))\s?(celsius|fahrenheit|[cf])?\b")
_NAMES = "|".join(re.escape(w).replace(r"\ ", r"[ \u00a0]") for w in sorted(UNITS, key=len, reverse=True))
_UNIT = re.compile(
    r"[-\s\u00a0\u202f]{0,2}(?:d['’]|de\s|of\s)?(?:(?:long|full|whole|consecutive|more|other)\s)?"
    rf"({_NAMES})(?![\w²])"
)
_METRES = re.compile(r"\s?m(?![\w²])")


def unit_after(text: str, position: int) -> tuple[Unit, int] | None:
    """The unit printed at `position` (after a number), and where it ends; None when none stands there."""
    small = caseless(text)
    if degree := _DEGREE.match(small, position):
        return _DEGREES[degree.group(1) or "c"], degree.end()
    if (found := _UNIT.match(small, position)) and found.group(1):
        return UNITS[" ".join(found.group(1).split())], found.end()
    return None


def unit_before(text: str, position: int) -> tuple[Unit, int] | None:
    """The currency printed before a number that starts at `position`, and where the currency starts."""
    found = PREFIX.search(text, max(0, position - 5), position)
    if not found:
        return None
    sign = found.group().strip().lower()
    dollar = sign.endswith("$") and sign not in ("$", "us$")
    return (Unit(f"money:{sign}") if dollar else UNITS[sign.removeprefix("us") or sign], found.start())


def metres_or_millions(text: str, position: int) -> int | None:
    """Where a bare `m` after a number ends: "200m" is a race or a sum, which only its neighbours can tell."""
    found = _METRES.match(text, position)
    return found.end() if found else None
