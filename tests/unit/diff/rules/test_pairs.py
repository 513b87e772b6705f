"""Invented pairs of readings: every conflict is found in its type and place, and every trap is left alone."""

from __future__ import annotations

import pytest

from storydiff.diff.discrepancies import Telling, conflicts
from tests.unit.diff.rules.pair_file import Pair, pairs

ALL = tuple(pairs())
MISSED = pytest.mark.xfail(strict=True, reason="a known miss: the rules prefer silence here")
CONFLICTS = [pytest.param(p, id=p.name, marks=[MISSED] if p.known_miss else []) for p in ALL if p.type]
TRAPS = [pytest.param(p, id=p.name) for p in ALL if not p.type]


def _overlap(x: tuple[int, int], y: tuple[int, int]) -> bool:
    return x[0] < y[1] and y[0] < x[1]


@pytest.mark.parametrize("pair", CONFLICTS)
def test_a_conflict_is_found_on_its_words(pair: Pair) -> None:
    """A conflict is reported with its type on spans that share the disputed words of both readings."""
    found = conflicts(pair.a, pair.b)
    assert any(c.type == pair.type and _overlap(c.a, pair.a_span) and _overlap(c.b, pair.b_span) for c in found)


@pytest.mark.parametrize("pair", TRAPS)
def test_a_trap_is_left_alone(pair: Pair) -> None:
    """Rounding, units, selection, translation and the like are no conflict."""
    assert conflicts(pair.a, pair.b) == ()


@pytest.mark.parametrize("pair", [pytest.param(p, id=p.name) for p in ALL])
def test_swapping_the_readings_swaps_the_spans(pair: Pair) -> None:
    """The order of the two readings does not matter."""
    forth = {(c.type, c.a, c.b, c.a_value, c.b_value) for c in conflicts(pair.a, pair.b)}
    back = {(c.type, c.b, c.a, c.b_value, c.a_value) for c in conflicts(pair.b, pair.a)}
    assert forth == back


def test_the_set_covers_all_types_and_six_languages() -> None:
    """Every type and every language with tables is among the pairs."""
    assert {p.type for p in ALL if p.type} == {
        "number", "quote", "attribution", "name", "time", "place", "certainty", "role",
    }  # fmt: skip
    assert {p.a.language for p in ALL} == {"en", "de", "fr", "es", "ru", "uk"}


def test_a_hostile_stamp_takes_no_time() -> None:
    """Whether a text is a page's stamp is found word by word, however often it begins like one."""
    stamp, tale = (Telling(text="last updated on " * 300 + end) for end in ("May 3rd, 7:05 pm ET", "a bridge fell"))
    assert conflicts(stamp, tale) == ()
