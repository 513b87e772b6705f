"""People whom the versions of a story spell in two ways."""

from __future__ import annotations

import pytest

from storydiff.diff.story_names import misspelt
from storydiff.model import DiscrepancyType
from tests.builders import version

ROUND = "The weavers' guild wants its looms back, said {}, who leads it, and it will not sign before Friday."
SQUARE = "{} speaks for the weavers: without the looms there will be no signature, the guild's leader repeated."


def against(
    one: str, other: str, *, more: str = "", languages: tuple[str, str] = ("en", "en")
) -> list[tuple[str, str]]:
    """The names set against each other when two versions name the guild's leader so."""
    a = version("Harbour Post", ROUND.format(one), more, language=languages[0])
    b = version("Coast Daily", SQUARE.format(other), language=languages[1])
    return [(e.a.text, e.b.text) for edges in misspelt([a, b]) for e in edges]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Halvard Rostvik", "Halvard Rustvik"),
        ("Nella Crook", "Nella Crock"),
        ("Tomas Abbot", "Tomas Abbey"),
        ("Greta Holm", "Greta Holt"),
        ("Moira Penfold", "Maura Penfold"),
        ("Elsbet Sallvang", "Elsbet Sellvang"),
        ("Anton van Brekel", "Anton van Bremel"),
    ],
)
def test_a_slip_in_one_word_of_a_name_is_found(one: str, other: str) -> None:
    """The other word is the same, nobody knows both, and the two are told of one thing."""
    assert [set(pair) for pair in against(one, other)] == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Halvard Rostvik", "Halvard Rostvik"),
        ("Halvard Rostvik", "Halvard Lindqvist"),
        ("Halvard Rostvik", "Bodil Rostvik"),
        ("Giannis Karras", "Yiannis Karras"),
        ("Karolos Demas", "Carolos Demas"),
        ("Elias Vretos", "Ilias Vretos"),
        ("Amira Hussain", "Amira Hussein"),
        ("Petra Smith", "Petra Smyth"),
        ("Ivan Kozlov", "Ivan Kozlow"),
        ("José Marín", "Jose Marin"),
        ("Serhiy Bondar", "Sergey Bondar"),
        ("Senior Advisers", "Senior Advisors"),
    ],
)
def test_other_spellings_and_other_people_are_left_alone(one: str, other: str) -> None:
    """Accents, transliterations, house styles, and two people who share a word of their names."""
    assert against(one, other) == []


def test_two_people_whom_a_version_knows_are_two() -> None:
    """A version that has the other's surname somewhere does not take one for the other."""
    assert against("Greta Holm", "Greta Holt", more="Her deputy Lars Holt was not at the table.") == []


def test_names_beside_other_things_are_two_people() -> None:
    """A witness of one thing and a player in another share letters by chance."""
    a = version("Harbour Post", ROUND.format("Greta Holm"))
    b = version("Coast Daily", "In the evening Greta Holt scored twice for the visitors in front of nine thousand.")
    assert list(misspelt([a, b])) == []


def test_a_place_is_no_person() -> None:
    """Two streets that are nearly called alike."""
    a = version("Harbour Post", "The looms stand in the mill in North Quay Street, where the guild met.")
    b = version("Coast Daily", "The guild met at the mill in South Quay Street among its looms.")
    assert list(misspelt([a, b])) == []


def test_another_language_alone_sets_nothing_against_anything() -> None:
    """Newspapers of one language must differ; one in another language that has either name is then a reading too."""
    assert against("Greta Halm", "Greta Holm", languages=("en", "de")) == []
    assert against("Greta Vabian", "Greta Fabian", languages=("en", "de")) == []
    a = version("Harbour Post", ROUND.format("Greta Holm"))
    b = version("Coast Daily", SQUARE.format("Greta Holt"))
    c = version("Küstenblatt", "Greta Holm sprach für die Weberinnen und ihre Gilde.", language="de")
    [edges] = misspelt([a, b, c])
    assert {edge.type for edge in edges} == {DiscrepancyType.NAME}
    assert {edge.a.version for edge in edges} | {edge.b.version for edge in edges} == {a.id, b.id, c.id}


def test_names_that_begin_alike_are_one_persons() -> None:
    """Casimir and Caspar beside one office and one act; not Rob and Robert, nor Martin and Conrad."""
    assert [set(pair) for pair in against("Casimir Thorn", "Caspar Thorn")] == [{"Casimir Thorn", "Caspar Thorn"}]
    assert not against("Robert Thorn", "Rob Thorn")
    assert not against("Martin Thorn", "Conrad Thorn")


def test_a_consonant_that_no_language_writes_for_another_is_a_slip_abroad_too() -> None:
    """Holm here, Holt in a newspaper of another country."""
    assert [set(pair) for pair in against("Greta Holm", "Greta Holt", languages=("en", "de"))] == [
        {"Greta Holm", "Greta Holt"}
    ]


def test_a_name_behind_a_word_with_a_capital_is_read() -> None:
    """A trade at the beginning of a sentence is no given name."""
    b = version("Coast Daily", "Weaver Greta Holt speaks for the guild: without the looms there is no signature.")
    found = misspelt([version("Harbour Post", ROUND.format("Greta Holm")), b])
    assert [(e.a.text, e.b.text) for edges in found for e in edges] == [("Greta Holm", "Greta Holt")]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Anders Holm, 51,", "Arne Holm, 51,", True),
        ("Anders Holm (51)", "Arne Holm, 51,", True),
        ("Anders Holm, 51,", "Arne Holm, 48,", False),
        ("Thomas Holm, 51,", "Tom Holm, 51,", False),
        ("Anders Holm", "Arne Holm", False),
    ],
)
def test_one_surname_and_one_age_are_one_person(one: str, other: str, found: bool) -> None:
    """Anders here and Arne there; not a short form, nor another age."""
    assert bool(against(one, other)) is found
