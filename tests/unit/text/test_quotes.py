"""Quotations are found between the marks of many languages, and credited to whom the text credits them."""

from __future__ import annotations

import time

import pytest

from storydiff.text.quote_marks import marked
from storydiff.text.quotes import quotations


def said(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    return [(q.text, text[slice(*q.speaker)] if q.speaker else None) for q in quotations(text, language)]


def inside(text: str) -> list[str]:
    return [text[m.start : m.end].strip() for m in marked(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("„Eins“, sagte er. „Zwei”", ["Eins", "Zwei"]),
        ("»Eins«, sagte er. »Zwei«", ["Eins", "Zwei"]),
        ("« Un », dit-il. «Deux»", ["Un", "Deux"]),
        ("«Один», — сказал он.", ["Один"]),
        ("「一」と言った", ["一"]),
        ("‘I can’t,’ the workers’ chief said.", ["I can’t,"]),
        ("'I can't,' the workers' chief said.", ["I can't,"]),
        ("‘She called it “odd” and left,’ he said.", ["She called it “odd” and left,"]),
        ("“She called it ‘odd’ and left,” he said.", ["She called it ‘odd’ and left,"]),
        ('The man, 6\'2" tall, said "no".', ["no"]),
        ('<a class="wide">link</a> and "words"', ["words"]),
        ("It's the '90s, the boys' time.", []),
        ("“”", []),
    ],
)
def test_marks_of_many_typesetters(text: str, expected: list[str]) -> None:
    """Each pair of marks is one stretch; apostrophes, inches and attributes are none, inner marks are part of it."""
    assert inside(text) == expected


def test_a_quotation_over_paragraphs_is_one_stretch_in_each() -> None:
    """The closing mark is missing where the next paragraph opens again; a forgotten one ends with its paragraph."""
    found = marked("“One.\n\n“Two,” he said.\n\n“Three.\n\nFour.")
    assert [(m.goes_on, m.unclosed) for m in found] == [(True, False), (False, False), (False, True)]
    assert inside("“One.\n\n“Two,” he said.\n\n“Three.\n\nFour.") == ["One.", "Two,", "Three."]


def test_a_forgotten_closing_mark_does_not_turn_the_text_inside_out() -> None:
    """A mark that stands like an opening one opens anew."""
    assert inside('"One, he said. "Two," she said.') == ["Two,"]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "“We had minutes, not hours,” fire chief Maret Oskand told reporters outside.", "Maret Oskand"),
        ("en", 'Mayor Jorun Tesdal said: "No child will skate here again."', "Mayor Jorun Tesdal"),
        ("en", "“It was a dark night,” said Tor Esk, 61, who keeps the gate.", "Tor Esk"),
        ("en", "Tor Esk, 61, who keeps the gate, said it had been “a dark night for all of us”.", "Tor Esk"),
        ("en", "“We will pay for it,” she said on Friday.", "she"),
        ("en", "The water was “far too high for the old dam”, according to Ilmi Rosvold.", "Ilmi Rosvold"),
        ("en", "“I heard it twice,” a senior official said.", "a senior official"),
        ("en", "“I heard it twice,” said Hanne Vikdal, the town’s archivist. “Then nothing.”", "Hanne Vikdal"),
        ("de", "„Wir hatten Minuten, keine Stunden“, sagte Maret Oskand, die Chefin der Feuerwehr.", "Maret Oskand"),
        ("de", "Die Bürgermeisterin, Jorun Tesdal, sagte: „Hier läuft kein Kind mehr.“", "Jorun Tesdal"),
        ("fr", "« Nous avons eu quelques minutes », a déclaré la cheffe des pompiers, Maret Oskand.", "Maret Oskand"),
        ("fr", "« Personne ne patinera ici, a prévenu la maire Jorun Tesdal, avant le rapport. »", "Jorun Tesdal"),
        ("es", "«Tuvimos minutos, no horas», dijo la jefa de bomberos, Maret Oskand.", "Maret Oskand"),
        ("es", "“Ningún niño volverá a patinar aquí”, advirtió la alcaldesa Jorun Tesdal.", "Jorun Tesdal"),
        ("ru", "«У нас были минуты, а не часы», — сказала глава пожарной службы Марет Осканд.", "Марет Осканд"),
        ("ru", "Йорун Тесдаль заявила: «Ни один ребёнок не выйдет здесь на лёд до доклада».", "Йорун Тесдаль"),
        ("uk", "«У нас були хвилини, а не години», — сказала керівниця служби Марет Осканд.", "Марет Осканд"),
        ("uk", "Йорун Тесдаль заявила: «Жодна дитина не вийде тут на лід до звіту».", "Йорун Тесдаль"),
    ],
)
def test_speakers_in_six_languages(language: str, text: str, speaker: str) -> None:
    """The speaker stands before or behind the words, apart, as a pronoun, a description, or after "according to"."""
    found = said(text, language)
    assert found
    assert {who for _, who in found} <= {speaker}


def test_a_quotation_broken_by_its_credit_has_one_speaker() -> None:
    """Both parts are quotations of the person named between them."""
    assert said('"The reef," said Ilmi Rosvold, "is dying. We have to act now."') == [
        ("The reef,", "Ilmi Rosvold"),
        ("is dying. We have to act now.", "Ilmi Rosvold"),
    ]


def test_who_goes_on_speaking_is_remembered() -> None:
    """The next paragraph of a quotation that is not closed has the same speaker."""
    text = "“One thing is clear,” Tesdal told the council. “We failed them all.\n\n“And we failed together.”\n\nHush."
    assert said(text) == [
        ("One thing is clear,", "Tesdal"),
        ("We failed them all.", "Tesdal"),
        ("And we failed together.", "Tesdal"),
    ]


def test_the_speaker_of_the_sentence_before_is_found() -> None:
    """A quotation alone belongs to the person who has just been quoted."""
    text = "“I ran,” said Kim Brack, who sells hot dogs. “My lungs were on fire. I thought that was the end of it.”"
    assert {who for _, who in said(text)} == {"Kim Brack"}


@pytest.mark.parametrize(
    "text",
    [
        "He reads “The Silver Coast” every night.",
        "The so-called “snow tax” was dropped in March.",
        "The film “The Town on the Lake” opens on Friday.",
        "Der Film „Die Stadt am See“ läuft am Freitag.",
        "Газета «Вестник долины» выходит по пятницам.",
    ],
)
def test_titles_and_words_held_at_arms_length_are_no_quotations(text: str) -> None:
    """Words that nobody is credited with are left out."""
    assert said(text) == []


def test_offsets_are_exact() -> None:
    """Start and end give the text, without marks and the spaces of French; the cue is the verb."""
    text = "Selon elle, tout va bien. « Nous avons eu peur pour les enfants », a déclaré Marie Dalvent."
    [found] = quotations(text, "fr")
    assert text[found.start : found.end] == found.text == "Nous avons eu peur pour les enfants"
    assert found.cue is not None
    assert text[slice(*found.cue)] == "déclaré"


@pytest.mark.parametrize(
    "text", ["", "“", "\n\n", "«»", "“a”" * 500, '"' * 1001, "‘" * 50, "“x\n" * 200, "\u202e“abc”"]
)
def test_hostile_text_is_survived(text: str) -> None:
    """Whatever the marks, there is an answer and it lies within the text."""
    for language in ("en", "fr", "xx", None):
        assert all(0 <= q.start < q.end <= len(text) for q in quotations(text, language))


def _seconds(text: str) -> float:
    """Processor time; the best of several texts counts, for a search for garbage may fall into any."""
    start = time.process_time()
    quotations(text)
    return time.process_time() - start


def test_a_paragraph_full_of_marks_takes_linear_time() -> None:
    """Twice the text takes about twice the time, whatever a hostile page puts into one paragraph."""
    for piece in (" 'a", "“a b” said X ", '"', "“x\n", "‘as’ b"):
        seconds = [min(_seconds(piece * times + "." * n) for n in range(3)) for times in (100, 400)]
        assert seconds[1] < 12 * max(seconds[0], 0.01), piece
