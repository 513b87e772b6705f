"""One utterance that two versions credit to two people in two points."""

from __future__ import annotations

import pytest

from storydiff.model import DiscrepancyType
from tests.unit.diff.finding import told

QUOTED = """The ferry was late.

"A lighthouse without a keeper is a candle in a drawer," {} told reporters on the pier."""
TOLD = """Applause rose from the benches for {}. A lighthouse without a keeper, {} says, is a candle in a drawer.

The session went on until noon."""


def credited(one: str, other: str) -> list[set[str]]:
    """Whom the discrepancies of attribution set against each other."""
    found = told(one, other)
    return [{r.text for r in d.readings} for d in found.discrepancies if d.type is DiscrepancyType.ATTRIBUTION]


def test_an_utterance_with_two_speakers_is_in_dispute() -> None:
    """Quoted here, told there, where the person of a pronoun is the only one named before."""
    assert credited(QUOTED.format("Marta Olde"), TOLD.format("Henrik Vaas", "he")) == [{"Marta Olde", "Henrik Vaas"}]


@pytest.mark.parametrize(
    ("speaker", "who"),
    [
        ("Marta Olde", "she"),
        ("Mayor Marta Olde", "she"),
        ("Henrik Vaas and Ilse Kern", "he"),
    ],
)
def test_one_speaker_or_an_unsure_one_is_none(speaker: str, who: str) -> None:
    """The same person, with a post, or one of two people."""
    assert not credited(QUOTED.format("Marta Olde"), TOLD.format(speaker, who))


def test_a_lawyer_for_somebody_is_not_that_person() -> None:
    """The name in the source is not the speaker's."""
    found = credited(QUOTED.format("Marta Olde"), QUOTED.format("a lawyer for Henrik Vaas"))
    assert not any("Henrik Vaas" in sides for sides in found)


def test_two_people_may_say_like_things() -> None:
    """Utterances that share a word or two."""
    other = 'The fog lifted.\n\n"Every lighthouse needs paint and a good road," Henrik Vaas told reporters later.'
    assert not credited(QUOTED.format("Marta Olde"), other)
