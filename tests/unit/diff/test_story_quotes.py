"""One remark that two versions quote in other words."""

from __future__ import annotations

from storydiff.model import DiscrepancyType
from tests.unit.diff.finding import told

ONE = """The tide was out when they came. {}

A band played, and the mayor went home."""


def quotes(one: str, other: str) -> list[set[str]]:
    """What the discrepancies of quotations set against each other."""
    found = told(ONE.format(one), "Rain fell on the quay.\n\n" + other)
    return [{r.text for r in d.readings} for d in found.discrepancies if d.type is DiscrepancyType.QUOTE]


def test_a_remark_in_other_words_is_in_dispute() -> None:
    """One speaker, one rare thing, half of the words."""
    [sides] = quotes(
        '"We fled with the porridge still cooking," said Tilda Merrow, a baker.',
        '"The porridge was cooking when we ran," said Tilda Merrow, of Aske.',
    )
    assert sides == {"We fled with the porridge still cooking", "The porridge was cooking when we ran"}


def test_remarks_of_two_people_are_not() -> None:
    """Nobody is named beside both."""
    assert not quotes(
        '"We fled with the porridge still cooking," said Tilda Merrow, a baker.',
        '"The porridge was cooking when we ran," said Olaf Brink, of Aske.',
    )


def test_two_remarks_of_one_person_are_not() -> None:
    """Little of the one stands in the other."""
    assert not quotes(
        '"We fled with the porridge still cooking," said Tilda Merrow, a baker.',
        '"My sister wants the porridge recipe back now," said Tilda Merrow, of Aske.',
    )


def test_who_prints_both_renderings_knows_two_remarks() -> None:
    """The second version has the first rendering as well."""
    both = (
        '"The porridge was cooking when we ran," said Tilda Merrow, of Aske. '
        '"We fled with the porridge still cooking," Merrow said again.'
    )
    assert not quotes('"We fled with the porridge still cooking," said Tilda Merrow, a baker.', both)
