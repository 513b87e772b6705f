"""A quantity as a value, and when two of them can be the same figure."""

from __future__ import annotations

from dataclasses import dataclass

INFINITE = 1e18


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


def agree(a: Quantity, b: Quantity, *, people: bool = False) -> bool:
    """Whether both can be the same figure. Different dimensions are not compared: they agree.

    `people`: both count people, so that figures under a thousand are taken as exact.
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
        return (b.exact, b.other) in ((a.exact, a.other), (a.other, a.exact))
    slack = _slack(a, b, people=people)
    return a.low <= b.high + slack and b.low <= a.high + slack


# Half a step is rounding; 1.2 % covers factors that are rounded themselves (1.6 km a mile, 30 days a month). Counts
# under a hundred are told to the unit in news, and counts of people under a thousand: 12 dead and 14 dead differ.
_CONVERSION = 0.012
_SMALL, _FEW_PEOPLE = 100, 1000


def _slack(a: Quantity, b: Quantity, *, people: bool) -> float:
    """How far two figures may lie apart because the coarser one is rounded."""
    size = max(abs(a.exact), abs(b.exact))
    if a.dimension in ("ordinal", "age", "score"):
        return 0.0
    plain = not a.bound and not b.bound
    if a.dimension == "count" and plain and size < (_FEW_PEOPLE if people else _SMALL):
        return 0.0
    converted = 0.0 if a.printed == a.exact and b.printed == b.exact else _CONVERSION * size
    # A bound that must hold ("more than", "nearly") leaves no room for rounding past it.
    if {a.bound, b.bound} & {"below", "above", "min", "max"}:
        return converted
    return max(a.step / 2, b.step / 2, converted)


def interval(exact: float, step: float, bound: str, dimension: str) -> tuple[float, float]:
    """What a bound allows. Nearly: within a step or a tenth below; about: within half a step or 6 %."""
    if bound in ("min", "above"):
        return exact, INFINITE
    if bound == "max":
        return -INFINITE, exact
    if bound == "below":
        return exact - max(step, 0.1 * abs(exact)), exact
    if bound == "about":
        half = step if dimension == "age" else max(step / 2, 0.06 * abs(exact))
        return exact - half, exact + half
    return exact, exact
