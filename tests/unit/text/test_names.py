"""Names: where they stand, and whether two of them are one."""

from __future__ import annotations

import pytest

from storydiff.text.names import Names, mentions, relation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Transport Minister Orla Feeny resigned", [("Orla Feeny", "person", "transport minister")]),
        ("The bank Halm said", [("Halm", "other", "")]),
        ("the Green Alliance won", [("Green Alliance", "organisation", "")]),
        ("a meeting in Geneva", [("Geneva", "place", "")]),
        ("The cargo ship Marisol Bay sank", [("Marisol Bay", "other", "")]),
        ("by the Sons of the Plateau", [("Sons of the Plateau", "person", "")]),
        ("On Monday it rained in March", []),
        ("Rescuers searched all night", []),
        ("Brightline sued nobody", [("Brightline", "other", "")]),
        ("ahead of Jamaica's Devon Allardyce", [("Jamaica", "other", ""), ("Devon Allardyce", "person", "")]),
    ],
)
def test_names_are_found_with_kind_and_title(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Posts are cut off, common words at the start of a sentence are no names."""
    assert [(n.text, n.kind, n.title) for n in mentions(text)] == expected


def test_offsets_are_exact() -> None:
    """A mention is a slice of the text."""
    text = "„Nein“, sagte Ministerin Heike Sommerfeld in Köln."
    assert all(text[n.start : n.end] == n.text for n in mentions(text, "de"))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ingeborg Quast", "Quast", "same"),
        ("Jorge Muñiz-Çelik", "Jorge Muniz-Celik", "same"),
        ("Serhii Dovhopol", "Sergey Dovgopol", "same"),
        ("Zelensky", "Zelenskiy", "same"),
        ("Владимир Петров", "Vladimir Petrov", "same"),
        ("Bill Strake", "William Strake", "same"),
        ("ISMU", "International Seabed Mining Union", "same"),
        ("Lwów", "Lviv", "same"),
        ("Mohammed Ali", "Muhammad Ali", "same"),
        ("Leora Kesten", "Laura Kesten", "near"),
        ("Mirja Holt", "Mirja Holm", "near"),
        ("Joanne Pettifer", "Joanne Pettigrew", "near"),
        ("Muntader al-Zaidi", "Muntazer al-Zaidi", "related"),
        ("Anna Weiss", "Anna Koller", "related"),
        ("Astra Selene", "Marisol Bay", "different"),
        ("Tamsin Okoro-Bell", "Raymond Filey", "different"),
    ],
)
def test_two_names_are_related(a: str, b: str, expected: str) -> None:
    """Parts, accents, scripts, nicknames and acronyms are one name; a letter off is a suspicion; the rest differs."""
    assert relation(a, b) == expected
    assert relation(b, a) == expected


def test_a_story_teaches_its_aliases() -> None:
    """What the texts call the same is the same in this story."""
    names = Names.of(["Baltic Wire, formerly Nordkabel, moved.", "The Seabed Union (SBU) met."])
    assert names.same("Nordkabel", "Baltic Wire")
    assert not Names().same("Nordkabel", "Baltic Wire")
