"""What one version says somebody will do and another that he only considers."""

from __future__ import annotations

import pytest

from storydiff.model import DiscrepancyType
from tests.unit.diff.finding import told

FIRM = """Rain fell.

The guild of ferrymen, led by Oda Quist, said it would sue the harbour board over the toll.

The quay was empty."""


def graded(other: str, language: str = "en") -> list[set[str]]:
    """The values of the discrepancies of certainty."""
    found = told(FIRM, f"A band played.\n\n{other}", languages=("en", language))
    return [{r.value for r in d.readings} for d in found.discrepancies if d.type is DiscrepancyType.CERTAINTY]


@pytest.mark.parametrize(
    ("other", "language"),
    [
        ("Oda Quist, who leads the ferrymen, is considering whether to sue the harbour board.", "en"),
        ("Die Fährleute um Oda Quist sagen, man prüfe, ob man die Hafenbehörde wegen der Maut verklagt.", "de"),
    ],
)
def test_a_plan_and_a_thought_are_in_dispute(other: str, language: str) -> None:
    """In one language and in two."""
    assert graded(other, language) == [{"will", "considering"}]


@pytest.mark.parametrize(
    "other",
    [
        "Oda Quist, who leads the ferrymen, will sue the harbour board over its toll.",
        "Oda Quist, who leads the ferrymen, is considering a visit to the harbour board about its toll.",
        "Oda Quist, who leads the ferrymen, is reviewing the toll of the harbour board.",
        "Oda Quist was considering whether to sue the harbour board. Now Oda Quist will sue the harbour board.",
    ],
)
def test_another_act_or_the_same_plan_is_none(other: str) -> None:
    """The same plan, another act, a look at a paper, and a version that tells both."""
    assert not graded(other)
