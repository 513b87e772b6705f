"""Details of a passage, and which of them other passages lack."""

from __future__ import annotations

from datetime import UTC, datetime

from storydiff.diff.details import details, missing

FRIDAY = datetime(2024, 3, 15, tzinfo=UTC)
STATEMENT = (
    "At least 14 people died when the ferry Marisol Bay sank off Port Halder on Tuesday, said coastguard chief Ada "
    'Krol: "The hatch was open all night."'
)


def test_every_kind_of_detail_is_listed_in_order() -> None:
    """Number, name, place, time, source and quotation, each with its exact slice."""
    found = details(STATEMENT, "en", FRIDAY)
    assert {d.kind for d in found} == {"number", "name", "place", "time", "quote", "attribution"}
    assert [d.start for d in found] == sorted(d.start for d in found)
    assert all(STATEMENT[d.start : d.end] == d.text for d in found)


def test_equal_values_count_as_present() -> None:
    """Other units, words and dates of equal value are no lack."""
    statement = "The lake lost 2.5 million litres on Monday, 52 knots of wind blew."
    told = "On March 11 some 2,500 cubic metres ran out of the lake while it blew at almost 60 mph."
    assert missing(statement, [told], published=FRIDAY) == ()


def test_what_is_lacking_is_told_in_the_words_of_the_statement() -> None:
    """The figure and the name, as printed in the statement."""
    statement = "Guard Zoe Lindqvist scored 31 points in Tulsa."
    assert missing(statement, ["The guard scored many points in Tulsa."]) == ("Zoe Lindqvist", "31")


def test_details_may_be_spread_over_several_passages() -> None:
    """One passage has the number, another the name."""
    assert missing("Karin Holm won 14 races.", ["She won 14 races.", "Karin Holm is 31."]) == ()


def test_a_quotation_may_be_told_indirectly() -> None:
    """Most of its words are enough."""
    statement = '"The harvest is the worst I have seen," said farmer Gert Molander.'
    told = "Farmer Gert Molander said the harvest was the worst he had seen."
    assert missing(statement, [told]) == ()


def test_other_languages_are_compared_by_what_survives_translation() -> None:
    """Numbers and names count across languages; a quotation is there when any stands there."""
    statement = 'Ines Marlowe said nine people were missing: "We go on."'
    told = "Inés Marlowe dijo: «Seguimos». Nueve personas siguen desaparecidas."
    assert missing(statement, [told], "en", ["es"]) == ()


def test_one_is_no_detail() -> None:
    """Words that count nothing are not demanded of anybody."""
    assert missing("One of the boats sank.", ["A boat sank."]) == ()


def test_empty_texts_are_harmless() -> None:
    """Nothing in, nothing out."""
    assert details("") == ()
    assert missing("", []) == ()
