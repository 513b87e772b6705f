"""Words that make two figures, or two clauses, be about different things however alike they read.

A family lists alternatives that exclude one another: a figure told of the killed is no reading of a figure told of the
injured. An alternative is a set of word patterns; the family speaks only when each side names exactly one of its
alternatives and they differ.
"""

from __future__ import annotations

import re
from functools import lru_cache

from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either

_FAMILIES: dict[str, list[list[str]]] = {
    row["name"]: row["alternatives"] for row in beside(__file__, "contrasts")["family"]
}


@lru_cache(maxsize=64)
def _compiled(family: str) -> tuple[Sieve, ...]:
    return tuple(Sieve(rf"(?<!\w)(?:{either(row)})(?!\w)", re.IGNORECASE) for row in _FAMILIES[family])


@lru_cache(maxsize=16384)
def sides(family: str, text: str) -> frozenset[int]:
    """Which alternatives of a family a stretch of text names."""
    return frozenset(i for i, pattern in enumerate(_compiled(family)) if pattern.search(text))


_ALWAYS = tuple(family for family in _FAMILIES if family != "direction")


def contrast(a: str, b: str, families: tuple[str, ...] = _ALWAYS) -> str | None:
    """The first family in which two stretches name different alternatives; None when they may be about one thing."""
    for family in families:
        first = sides(family, a)
        second = sides(family, b) if first else first
        if second and not first & second:
            return family
    return None
