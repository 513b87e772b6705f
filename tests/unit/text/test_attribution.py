"""Sources: who is credited with what a text says."""

from __future__ import annotations

import pytest

from storydiff.text.attribution import sources


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The roof leaked, the fire chief said.", ["the fire chief"]),
        ("en", '"No," the chairman of Corvane, Neil Ashdown, told them.', ["the chairman of Corvane, Neil Ashdown"]),
        ("en", '"No," said Treasury Secretary Imogen Drake as she left.', ["Treasury Secretary Imogen Drake"]),
        ("en", "Wolves killed them, according to a vet from the park.", ["a vet"]),
        ("en", "It was so, a study by the University of Ennis found.", ["a study by the University of Ennis"]),
        ("en", "An official who asked not to be named told the paper.", ["An official"]),
        ("es", "Habrá cortes, anunció la alcaldesa, Rosario Limán.", ["la alcaldesa, Rosario Limán"]),
        ("de", "Die Straße ist gesperrt, sagte eine Sprecherin in Wien.", ["eine Sprecherin"]),
        ("xx", "He said so.", []),
    ],
)
def test_the_source_of_an_utterance_is_found(language: str, text: str, expected: list[str]) -> None:
    """Before its verb, after it, with its apposition, behind a relative clause."""
    assert [s.text for s in sources(text, language)] == expected


def test_claiming_a_thing_is_no_utterance() -> None:
    """Who claims responsibility is no mere source."""
    (found,) = sources("The group claimed responsibility for it.")
    assert not found.strict
