"""Words that make two figures, or two clauses, be about different things however alike they read.

A family lists alternatives that exclude one another: a figure told of the killed is no reading of a figure told of the
injured. An alternative is a set of word patterns; the family speaks only when each side names exactly one of its
alternatives and they differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either

_FAMILIES: dict[str, list[list[str]]] = {
    row["name"]: row["alternatives"] for row in beside(__file__, "contrasts")["family"]
}


_RACK = Rack(
    ((family, i), Sieve(rf"(?<!\w)(?:{either(row)})(?!\w)", re.IGNORECASE))
    for family, rows in _FAMILIES.items()
    for i, row in enumerate(rows)
)


@lru_cache(maxsize=8192)
def _named(text: str) -> Mapping[str, frozenset[int]]:
    """Of each family, the alternatives that a stretch of text names; families of which it names none are left out."""
    found: dict[str, frozenset[int]] = {}
    for (family, i), _ in _RACK.matches(text):
        found[family] = found.get(family, frozenset()) | {i}
    return found


def sides(family: str, text: str) -> frozenset[int]:
    """Which alternatives of a family a stretch of text names."""
    return _named(text).get(family, frozenset())


_ALWAYS = tuple(family for family in _FAMILIES if family != "direction")


def contrast(a: str, b: str, families: tuple[str, ...] = _ALWAYS) -> str | None:
    """The first family in which two stretches name different alternatives; None when they may be about one thing."""
    first, second = _named(a), _named(b)
    apart = {family for family in first.keys() & second.keys() if first[family].isdisjoint(second[family])}
    return next((family for family in families if family in apart), None) if apart else None
