"""What a version does with a point."""

import pytest

from storydiff.align.points_concepts import bag
from storydiff.diff.coverage import BLOCKED, CLOSE, FOREIGN, TRUNCATED, Told, against, cell
from storydiff.diff.coverage_missing import concepts_of, lacking
from storydiff.model import Discrepancy, DiscrepancyType, Extent, Problem, Reading, Span, Status, Version
from tests.builders import span, version

TEXT = "The board hired four divers in Tarnby."
HERE = version("Post", TEXT)
TOLD = Told(evidence=(span(HERE, TEXT),), support=0.9)
SILENT = Told(support=0.1)
NEAR = Told(closest=(span(HERE, "The board hired four"),))


@pytest.mark.parametrize(
    ("reader", "told", "apart", "against_it", "status", "reason"),
    [
        (HERE, TOLD, None, False, Status.REPORTED, None),
        (HERE, Told(evidence=TOLD.evidence, missing=("four",)), None, False, Status.PARTIAL, None),
        (HERE, Told(evidence=TOLD.evidence, missing=("four",)), None, True, Status.CONFLICTS, None),
        (HERE, SILENT, None, False, Status.OMITTED, None),
        (HERE, Told(surely_absent=False), None, False, Status.UNKNOWN, FOREIGN),
        (HERE, NEAR, None, False, Status.UNKNOWN, CLOSE),
        (version("Post", TEXT, extent=Extent.TRUNCATED), SILENT, None, False, Status.UNKNOWN, TRUNCATED),
        (version("Post", TEXT, extent=Extent.TRUNCATED), TOLD, None, False, Status.REPORTED, None),
        (version("Post", extent=Extent.BLOCKED), SILENT, None, False, Status.UNKNOWN, BLOCKED),
        (version("Post"), SILENT, None, False, Status.UNKNOWN, BLOCKED),
        (HERE, TOLD, "another event", False, Status.UNKNOWN, "another event"),
    ],
)  # fmt: skip
def test_cell(
    reader: Version, told: Told, apart: str | None, against_it: bool, status: Status, reason: str | None
) -> None:
    """Silence is an omission only in a whole text, of this story, in a language that can be compared."""
    found = cell(reader, told, apart=apart, against=against_it)
    assert (found.status, found.reason) == (status, reason)
    assert bool(found.missing) == (status is Status.PARTIAL)
    assert bool(found.told) == (status in {Status.REPORTED, Status.PARTIAL, Status.CONFLICTS})


def test_closest_words_are_kept() -> None:
    """What is unknown because it is close, or cut off, keeps the closest words; what is told has only its own."""
    cut = version("Post", TEXT, extent=Extent.TRUNCATED)
    for reader in (HERE, cut):
        found = cell(reader, NEAR, apart=None, against=False)
        assert (found.closest, found.told) == (NEAR.closest, ())
    assert cell(HERE, TOLD, apart=None, against=False).closest == ()
    assert cell(HERE, NEAR, apart="another event", against=False).evidence == ()


def test_a_blocked_page_says_why() -> None:
    """The problem found while fetching is the reason of the cell."""
    wall = version("Post", extent=Extent.BLOCKED, problems=(Problem("consent", "The page asks for consent first."),))
    assert cell(wall, SILENT, apart=None, against=False).reason == "The page asks for consent first."


def dispute(kind: DiscrepancyType, **values: str) -> Discrepancy:
    readings = tuple(Reading(v, 0, 0, 1, "x", value) for v, value in values.items())
    return Discrepancy(id="d", type=kind, point="p", readings=readings)


@pytest.mark.parametrize(
    ("disputes", "expected"),
    [
        ([dispute(DiscrepancyType.NUMBER, a="12", b="14", c="12")], {"b"}),
        ([dispute(DiscrepancyType.QUOTE, a="one", b="two")], set()),
        ([dispute(DiscrepancyType.NUMBER, b="12", c="14")], set()),
        ([dispute(DiscrepancyType.NAME, a="Holt", b="Holm"), dispute(DiscrepancyType.TIME, a="8", c="9")], {"b", "c"}),
    ],
    ids=["number", "wording of a quote", "not about the statement", "two disputes"],
)
def test_against(disputes: list[Discrepancy], expected: set[str]) -> None:
    """Whoever differs from the statement in a detail conflicts; other words in a quotation do not."""
    assert against("a", disputes) == expected


class TestLacking:
    """The details that a partial reading lacks."""

    def lacks(self, statement: str, *texts: str, language: str = "en") -> tuple[str, ...]:
        source, reader = version("Source", statement), version("Reader", *texts, language=language)
        evidence = (Span(reader.id, 0, 0, len(texts[0]), texts[0]),)
        return lacking(span(source, statement), source, reader, evidence, concepts_of(reader))

    def test_a_figure(self) -> None:
        """A figure in the main clause is what the statement turns on."""
        assert self.lacks("The board hired four divers in Tarnby.", "The board has hired a crew in Tarnby.") == (
            "four",
        )

    @pytest.mark.parametrize(
        ("agreed", "expected"),
        [(None, ("four",)), ("Divers were hired in Tarnby.", ()), ("Four divers were hired.", ("four",))],
    )
    def test_what_no_other_reading_has_is_no_part_of_the_point(
        self, agreed: str | None, expected: tuple[str, ...]
    ) -> None:
        """A figure that the statement alone gives, though others tell the point too, is not missing elsewhere."""
        source, reader = version("Source", "The board hired four divers."), version("Reader", "A crew was hired.")
        evidence = (span(reader, "A crew was hired."),)
        held = None if agreed is None else bag(agreed, "en")
        stated = span(source, "The board hired four divers.")
        assert lacking(stated, source, reader, evidence, concepts_of(reader), held) == expected

    def test_a_name_that_no_other_reading_has(self) -> None:
        """The minister whom the statement alone quotes is no part of what the others tell."""
        stated, told = "It costs nine crowns a barrel, says the minister, Yrsa Holm.", "A barrel costs nine crowns."
        source, reader = version("Source", stated), version("Reader", told)
        evidence, found = (span(reader, told),), concepts_of(reader)
        for others, expected in (("They charge nine crowns a barrel.", ()), ("Holm speaks of nine.", ("Yrsa Holm",))):
            held = bag(others, "en")
            assert lacking(span(source, stated), source, reader, evidence, found, held) == expected

    @pytest.mark.parametrize(
        ("statement", "day"),
        [
            ("The council must decide by 15 December.", "by 15 December"),
            ("The harbour stays closed until Friday.", "until Friday"),
            ("The reasons will be out before the end of June.", "before the end of June"),
        ],
    )
    def test_a_deadline(self, statement: str, day: str) -> None:
        """Who leaves out by when it is due tells a part; who names that day nearby, or another one, does not."""
        core = statement.removesuffix(f" {day}.") + "."
        assert self.lacks(statement, core) == (day,)
        assert self.lacks(statement, f"{core} Nobody knows what comes after {day.split(' ', 1)[1]}.") == ()
        assert self.lacks(statement, core.replace(".", " until August.")) == ()

    def test_a_day_of_the_past(self) -> None:
        """The day on which something happened is no deadline."""
        assert self.lacks("The mill burned on Friday.", "The mill burned.") == ()

    def test_an_aside(self) -> None:
        """An age or a delay in an aside is not."""
        assert self.lacks("The pilot, Ada Holm, 47, survived the crash.", "The pilot, Ada Holm, survived.") == ()
        assert self.lacks("The ferry left Kelm at noon, ten minutes early.", "The ferry left Kelm at noon.") == ()

    def test_a_figure_in_other_words(self) -> None:
        """Equal values in other forms, units and places nearby are there."""
        assert self.lacks("The wage was raised by half of a crown.", "The half-crown rise came at noon.") == ()
        assert self.lacks("Squalls of 40 knots hit the quay.", "Wind of 74 km/h hit the quay.") == ()
        assert self.lacks("The board hired 24 divers.", "The board hired a crew.", "All 24 know the port.") == ()

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ("more than 400 members", ("412",)),
            ("between 400 and 450 members", ("412",)),
            ("about 410 members", ()),
            ("412 members", ()),
        ],
    )
    def test_a_bound_for_an_exact_figure(self, told: str, expected: tuple[str, ...]) -> None:
        """Who says "more than 400" of 412 tells it in part; a rounding tells it."""
        assert self.lacks("The guild has 412 members.", f"The guild has {told}.") == expected

    def test_a_statement_in_the_present_tense(self) -> None:
        """A part of a sentence with a verb of the present turns on its figure too."""
        stated = "Tova Lind, the treasurer, puts the loss at 190 million crowns."
        assert self.lacks(stated, "Tova Lind, the treasurer, deplores the loss.") == ("190 million crowns",)

    def test_a_name(self) -> None:
        """A person named nowhere is missing; one named elsewhere in the text is not."""
        statement = "Premier Lucia Brandt promised a relief fund."
        assert self.lacks(statement, "The government promised a relief fund.") == ("Lucia Brandt",)
        assert self.lacks(statement, "The premier promised a fund.", "Brandt spoke for an hour.") == ()

    def test_what_goes_without_saying(self) -> None:
        """Abbreviations, countries, peoples and the dateline can be put otherwise; a part of a date is no figure."""
        statement = "TARNBY - The U.S. coast guard searched for the crew of the 9/11 memorial ship."
        assert self.lacks(statement, "Coast guards searched for the crew of the memorial ship.") == ()

    def test_a_count_of_names(self) -> None:
        """Who names both mills has told that they are two; who names one has not."""
        statement = "The flood closed two mills, Tarnmoor and Oskvale."
        assert self.lacks(statement, "Tarnmoor and Oskvale were closed by the flood.") == ()
        assert self.lacks(statement, "The mill at Tarnmoor was closed by the flood.", "Oskvale burned.") == ("two",)

    def test_an_outlet_that_names_itself(self) -> None:
        """That others do not name the outlet they are not is no gap."""
        assert (
            self.lacks("It sang before it burst, Aldous told the Source.", "It sang before it burst, Aldous said.")
            == ()
        )
