"""Agencies in datelines, bylines, credit lines and sign-offs."""

import pytest

from storydiff.model import Paragraph, Role, Version
from storydiff.text.credits import Credit, credit, dateline_agency, is_known, key, shown


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("TARNMOUTH, May 5 (Norvik) - A fire destroyed", "Norvik"),
        ("TARNMOUTH (AP) — A fire destroyed", "AP"),
        ("(Reuters) - A fire destroyed", "Reuters"),
        ("Tarnmouth (dpa/AFP) - Ein Feuer", "dpa"),
        ("TARNMOUTH, 5 may (EFE).- Un incendio", "EFE"),
        ("(ANSA) - TARNMOUTH, 05 MAG - Un incendio", "ANSA"),
        ("ТАРНМУТ, 5 мая. /ТАСС/. Пожар", "TASS"),
        ("Тарнмут, 5 травня (Укрінформ) — Пожежа", "Ukrinform"),
        ("TARNMOUTH, May 5 (Xinhua) -- A fire", "Xinhua"),
        ("The captain (52) - a veteran - said", None),
        ("He said (and meant it) - that it burned", None),
        ("Council leader Jo Doe (Labour) - who was there", None),
        ("The mill (built 1871) - a landmark", None),
        ("A fire destroyed the mill, a Norvik reporter saw", None),
        ("", None),
    ],
)
def test_dateline(text: str, agency: str | None) -> None:
    """A dateline names its agency; brackets elsewhere do not."""
    assert dateline_agency(text) == agency


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("By The Associated Press", ("AP",)),
        ("Von dpa", ("dpa",)),
        ("AFP/Reuters", ("AFP", "Reuters")),
        ("Lia Tamm, dpa", ("dpa",)),
        ("Mit Material von dpa", ("dpa",)),
        ("avec AFP", ("AFP",)),
        ("Con información de EFE", ("EFE",)),
        ("По материалам ТАСС", ("TASS",)),
        ("Джерело: Укрінформ", ("Ukrinform",)),
        ("With files from The Canadian Press", ("Canadian Press",)),
        ("© 2026 AFP", ("AFP",)),
        ("Jo Doe of Reuters", ("Reuters",)),
    ],
)
def test_known_agencies(line: str, named: tuple[str, ...]) -> None:
    """Known agencies are found in credit lines of several languages and shown under one name."""
    assert credit(Version(id="v", outlet="Post", credit=line)).named == named
    assert credit(Version(id="v", outlet="Post", byline=line)).named == named


def test_unknown_names_are_possible() -> None:
    """A name that may be a person's or an agency's is only possible."""
    assert credit(Version(id="v", outlet="Post", byline="Norvik Press")) == Credit(possible=("Norvik Press",))
    assert credit(Version(id="v", outlet="Post", credit="With reporting by Norvik")) == Credit(possible=("Norvik",))
    assert credit(Version(id="v", outlet="Post", credit="Norvik (own service)")) == Credit(possible=("Norvik",))


def test_agencies_without_a_name() -> None:
    """Unnamed agencies are told apart from named ones."""
    found = credit(Version(id="v", outlet="Post", byline="Priya Moss and agencies"))
    assert found == Credit(possible=("Priya Moss",), several=True)


def test_sign_off_in_the_body() -> None:
    """A sign-off at the end credits; a long paragraph that talks about an agency does not."""
    text = Paragraph("The fire was out by noon.")
    signed = (text, Paragraph("Associated Press writer Jo Doe contributed to this report."))
    assert credit(Version(id="v", outlet="Post", paragraphs=signed)).named == ("AP",)
    role = (text, Paragraph("Quelle: dpa", Role.CREDIT))
    assert credit(Version(id="v", outlet="Post", paragraphs=role)).named == ("dpa",)
    told = (text, Paragraph("A man who had lost his boat told Reuters that " + "he would build it again " * 4))
    assert credit(Version(id="v", outlet="Post", paragraphs=told)) == Credit()


def test_dateline_below_a_summary() -> None:
    """A summary line above the dateline does not hide it."""
    body = (Paragraph("Mill burns down."), Paragraph("TARNMOUTH (Reuters) - A fire destroyed the mill."))
    assert credit(Version(id="v", outlet="Post", paragraphs=body)).named == ("Reuters",)
    assert credit(Version(id="v", outlet="Post", dateline="TARNMOUTH, May 5 (Norvik)")).named == ("Norvik",)


def test_names() -> None:
    """Forms of a name are one agency; initials count only as the agency prints them."""
    assert key("The Parallax Press Agency") == key("Parallax")
    assert key("The Press Agency") == ""
    assert key("Online-Redaktion") == key("La Redacción") == key("Staff reporter") == ""
    assert shown("Associated Press") == shown("The Associated Press") == "AP"
    assert shown("Norvik") == "Norvik"
    assert is_known("STA")
    assert is_known("AP News")
    assert not is_known("sta")
    assert not is_known("Tribune")
    assert not is_known("The Press")
    assert not is_known("Odile Harrow")


def test_hostile_lines() -> None:
    """Endless lines are cut, and cost nothing."""
    junk = "by " * 50_000 + "(" * 50_000
    assert credit(Version(id="v", outlet="Post", byline=junk, credit=junk, dateline=junk)).named == ()
