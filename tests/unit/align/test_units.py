"""Cutting paragraphs into units."""

import pytest

from storydiff.align.units import after_dateline, cut, units
from storydiff.model import Paragraph, Role, Version


def pieces(text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end, _ in cut(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mill burned down. Nobody was hurt in the blaze.",
            ["The mill burned down.", "Nobody was hurt in the blaze."],
        ),
        (
            "Forty workers were sent home and two boilers were shut down after a barge struck the pier.",
            ["Forty workers were sent home", "and two boilers were shut down", "after a barge struck the pier."],
        ),
        (
            "The hall was built in 1901; the tower followed ten years later.",
            ["The hall was built in 1901;", "the tower followed ten years later."],
        ),
        (
            "The skipper survived and was questioned by the harbour police on Monday.",
            ["The skipper survived and was questioned by the harbour police on Monday."],
        ),
        (
            "She met engineers and teachers from the valley before the vote.",
            ["She met engineers and teachers from the valley before the vote."],
        ),
        (
            "The brewery will close in spring, with the loss of forty jobs, in the town where it began.",
            ["The brewery will close in spring,", "with the loss of forty jobs,", "in the town where it began."],
        ),
        (
            "The skipper rang the harbour office twice, waved a lantern from the bow, and swam to the pier.",
            ["The skipper rang the harbour office twice,", "waved a lantern from the bow,", "and swam to the pier."],
        ),
        (
            "Flour came by ship, by rail, by road and mule.",
            ["Flour came by ship, by rail, by road and mule."],
        ),
    ],
    ids=["sentences", "clauses", "semicolon", "one subject", "list of nouns", "commas", "deeds", "short pieces"],
)
def test_english(text: str, expected: list[str]) -> None:
    """Sentences are cut where a clause with its own subject and verb begins, and nowhere else."""
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", ["Seis vecinos murieron anoche", "y once siguen atrapados en la mina."]),
        ("de", ["Das Werk wurde am Montag geräumt,", "während der Kran langsam umstürzte."]),
        ("fr", ["Le pont a cédé dans la nuit,", "alors que deux camions le traversaient."]),
        ("ru", ["Завод закрыли в понедельник утром,", "хотя комиссия ещё не закончила работу."]),
        ("de", ["Vier Arbeiter starben, während der Kran umstürzte."]),
        ("es", ["Llegaron cinco médicos y dos enfermeras."]),
    ],
)
def test_other_languages(language: str, expected: list[str]) -> None:
    """Elsewhere a second count, or a subordinating connective with enough words around it, starts a unit."""
    assert pieces(" ".join(expected), language) == expected


def test_quotations_stay_whole() -> None:
    """Sentences inside one quotation are one unit with its attribution."""
    text = '"This is a start. It is not the end of the line," Minister Ada Holm told reporters. She left at once.'
    assert pieces(text) == [text[: text.index(" She left")], "She left at once."]


def test_a_long_speech_is_cut() -> None:
    """A quotation of many sentences holds several points."""
    sentence = "We counted every single rivet on that bridge before the winter came. "
    assert len(pieces(f"“{sentence * 8}”")) > 2


def test_a_long_speech_is_cut_at_no_title() -> None:
    """A full stop behind a title or a name's initials ends nothing, however long the sentence."""
    speech = (
        "“"
        + "We asked for more boats and more pumps and more men. " * 5
        + "So we wrote to Mr. Harl and to Gov. Brandt.”"
    )
    assert all(not text.endswith(("Mr.", "Gov.")) for text in pieces(speech))


def test_sentences_without_content_stay_with_the_one_before() -> None:
    """ "None," she said. belongs to the question."""
    text = "Asked whether the vote had played a role, Holm shook her head. “None,” she said."
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("PORT VELL, May 3 (Nordic) - Six people died.", "Six people died."),
        ("TARNBY (Nordic Wire) – Six people died.", "Six people died."),
        ("KELM — Six people died.", "Six people died."),
        ("МОСКВА, 3 мая /ТАСС/. Шесть человек погибли.", "Шесть человек погибли."),
        ("Six people (all of them crew) - the eldest was 70 - died.", None),
        ("The two-year-old - a boy - was found.", None),
    ],
)
def test_datelines(text: str, rest: str | None) -> None:
    """A dateline belongs to no unit; dashes and brackets in a sentence are no dateline."""
    assert text[after_dateline(text) :] == (text if rest is None else rest)


def test_only_the_body_is_cut() -> None:
    """Captions and the like are no units; spans are exact slices with the paragraph's index."""
    version = Version(
        id="v",
        outlet="Tarnby Post",
        paragraphs=(
            Paragraph("A caption under a picture.", Role.CAPTION),
            Paragraph("The mill burned down. Nobody was hurt in the blaze."),
            Paragraph("Ferries will run again on Friday.", Role.LIST_ITEM),
        ),
    )
    spans = [unit.span for unit in units(version)]
    assert [span.paragraph for span in spans] == [1, 1, 2]
    assert all(version.paragraphs[s.paragraph].text[s.start : s.end] == s.text for s in spans)


@pytest.mark.parametrize("text", ["", "   ", "…", "\u200b", "“”", "no full stop"])
def test_odd_paragraphs(text: str) -> None:
    """Empty and strange paragraphs give at most one unit."""
    assert len(pieces(text)) <= 1
