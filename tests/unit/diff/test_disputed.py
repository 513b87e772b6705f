"""Which readings are set against each other."""

from storydiff.diff.disputed import ALL, disputes, once
from storydiff.model import Discrepancy, DiscrepancyType, Reading, Span, Version
from storydiff.text.names import Names
from tests.builders import at, version


def found(*texts: str) -> tuple[Discrepancy, ...]:
    """The disputes among one-paragraph versions, the first one's text being the statement."""
    told = [version(f"Outlet {i:02}", text, published=at(1, "08:00")) for i, text in enumerate(texts)]
    readings = {v.id: (Span(v.id, 0, 0, len(v.text), v.text),) for v in told}
    by_id: dict[str, Version] = {v.id: v for v in told}
    return disputes(readings[told[0].id][0], readings, by_id, Names.of(texts))


TWELVE, FOURTEEN = "Twelve people died in the Tarnby fire.", "Fourteen people died in the Tarnby fire."


def test_equal_texts_have_nothing_in_dispute() -> None:
    """One text in many prints is not compared with itself."""
    assert found(TWELVE, TWELVE, TWELVE) == ()


def test_every_print_is_in_the_discrepancy() -> None:
    """Readings are spread to all versions that print the same words, as exact slices."""
    [dispute] = found(TWELVE, FOURTEEN, FOURTEEN, TWELVE, FOURTEEN)
    values: dict[str, set[str]] = {}
    for reading in dispute.readings:
        values.setdefault(reading.value, set()).add(reading.version)
        assert reading.text in {"Twelve", "Twelve people", "Fourteen", "Fourteen people"}
    assert sorted(map(len, values.values())) == [2, 3]


def test_other_quotation_marks_are_no_other_text() -> None:
    """Straight and curly quotation marks do not make a copy a text of its own."""
    assert found("“We saw 12 boats,” said Holm.", '"We saw 12 boats," said Holm.') == ()


def test_many_texts_are_compared_with_references() -> None:
    """Among more texts than are compared each with each, the odd one is still found."""
    texts = [
        f"Twelve people died in the Tarnby fire, {who} said."
        for who in ("Holm", "Rask", "Weil", "Lind", "Oyen", "Aldous", "Brandis")
    ]
    assert len(texts) > ALL
    disputed = found(*texts, FOURTEEN)
    assert any(reading.version == "outlet-07" for dispute in disputed for reading in dispute.readings)


def test_one_difference_is_said_once() -> None:
    """Of two points whose readings share the disputed words, the one with more voices keeps the discrepancy."""

    def dispute(point: str, *places: tuple[str, int, int]) -> Discrepancy:
        readings = tuple(Reading(v, 0, start, end, "x" * (end - start), v) for v, start, end in places)
        return Discrepancy(id=point, type=DiscrepancyType.NUMBER, point=point, readings=readings)

    few = dispute("few", ("a", 5, 9), ("b", 0, 4))
    many = dispute("many", ("a", 4, 8), ("b", 2, 6), ("c", 0, 3))
    other = dispute("other", ("a", 20, 24), ("b", 0, 4))
    assert once([(few,), (many, other)]) == [(), (many, other)]
