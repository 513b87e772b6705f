"""Places: former and foreign names of one place, what lies in what, and where a compass points.

The tables hold real countries, capitals and much-reported cities; for any other name nothing is assumed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from storydiff.text.normalize import fold
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside

_TABLE = beside(__file__, "places")
_GROUP = {name: number for number, line in enumerate(_TABLE["same"]) for name in line.split()}
CAPITALS: dict[str, str] = _TABLE["capitals"]
"""A capital or a seat of government -> the state it stands for."""


def _containers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in _TABLE["inside"]:
        inner, _, outer = line.partition(" < ")
        for name in inner.split():
            found.setdefault(name, set()).add(outer.strip())
    return found


_CONTAINERS = _containers()
_REGIONS = frozenset(outer for outers in _CONTAINERS.values() for outer in outers)
_KNOWN = _REGIONS | frozenset(_CONTAINERS) | frozenset(_GROUP)
COMPASS = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}
_DIRECTION = Sieve(
    r"\b(?P<a>north|south|east|west)(?:[- ]?(?P<b>east|west))?(?:ern|wards?|erly)?\b"
    r"(?! Korea| Africa| Sudan| Macedonia)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", fold(name).removeprefix("the ").replace("'", "")).strip("-")


def same_place(a: str, b: str) -> bool:
    """Whether two names are known as old, foreign or local names of one place."""
    first, second = _key(a), _key(b)
    return first == second or (first in _GROUP and _GROUP.get(first) == _GROUP.get(second))


def known(name: str) -> bool:
    """Whether the tables know the place."""
    return _key(name) in _KNOWN


def is_region(name: str) -> bool:
    """Whether the name is known as a country or region that holds other places."""
    return _representative(_key(name)) in _REGIONS


def nested(a: str, b: str) -> bool:
    """Whether one of two places is known to lie in the other."""
    first, second = _representative(_key(a)), _representative(_key(b))
    return second in _outer(first) or first in _outer(second)


@lru_cache(maxsize=4096)
def _representative(key: str) -> str:
    """The name of a place under which the table of containers has it."""
    group = _GROUP.get(key)
    members = [n for n, g in _GROUP.items() if g == group] if group is not None else [key]
    return next((n for n in members if n in _CONTAINERS or n in _REGIONS), key)


def _outer(key: str) -> set[str]:
    direct = _CONTAINERS.get(key, set())
    return direct | {outer for middle in direct for outer in _CONTAINERS.get(middle, set())}


@lru_cache(maxsize=4096)
def directions(text: str) -> tuple[tuple[int, int, tuple[int, int]], ...]:
    """Compass directions in a text: start, end and the vector they point along."""
    out = []
    for match in _DIRECTION.finditer(text):
        if match.group()[0].isupper() and not match["b"] and re.match(r"\s[A-Z]", text[match.end() :]):
            continue
        first, second = COMPASS[match["a"].lower()], COMPASS.get((match["b"] or "").lower(), (0, 0))
        out.append((match.start(), match.end(), (first[0] + second[0], first[1] + second[1])))
    return tuple(out)


def opposite(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two directions exclude each other: one axis at least points the other way, none agrees."""
    product = (a[0] * b[0], a[1] * b[1])
    return min(product) < 0 and max(product) <= 0
