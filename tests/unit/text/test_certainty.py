"""Markers of certainty and which of them exclude each other."""

from __future__ import annotations

import pytest

from storydiff.text.certainty import exclusive, markers


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("The ministry confirmed it", "confirmed"),
        ("He denied it", "denied"),
        ("It has ordered 30 jets", "done"),
        ("It is in talks to buy them", "pending"),
        ("She ruled out a return", "impossible"),
        ("He was found guilty of fraud", "convicted"),
        ("He is accused of fraud", "accused"),
    ],
)
def test_a_marker_is_graded(text: str, grade: str) -> None:
    """Words and phrases have a grade."""
    assert grade in {m.grade for m in markers(text)}


def test_hedges_of_equal_strength_share_a_grade() -> None:
    """May, might and possibly never exclude one another."""
    grades = [{m.grade for m in markers(t)} for t in ("It may rain", "It might rain", "It will possibly rain")]
    assert all("possible" in g for g in grades)


def test_exclusion_is_symmetric_and_not_reflexive() -> None:
    """Confirmed excludes denied both ways, and nothing excludes itself."""
    assert exclusive("confirmed", "denied")
    assert exclusive("denied", "confirmed")
    assert not exclusive("denied", "denied")


def test_a_month_is_no_modal() -> None:
    """May with a capital is a month."""
    assert markers("in May") == ()
