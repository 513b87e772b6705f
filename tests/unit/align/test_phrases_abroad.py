"""Figures that other languages say in a phrase or in one word."""

import pytest

from storydiff.align.phrases_abroad import in_digits
from storydiff.align.points_concepts import bag


@pytest.mark.parametrize(
    ("english", "foreign", "language"),
    [
        ("#15 @minute", "eine Viertelstunde", "de"),
        ("#30 @minute", "nach einer halben Stunde", "de"),
        ("#7 @year", "die siebenjährige Ada", "de"),
        ("#2900000000 @billion", "2,9 Milliarden Mark", "de"),
        ("#clock21:30", "um halb 22 Uhr", "de"),
        ("#67", "zwei Drittel der Aktien", "de"),
        ("#45 @minute", "trois quarts d’heure", "fr"),
        ("#30 @year", "pendant trois décennies", "fr"),
        ("#92", "quatre-vingt-douze maisons", "fr"),
        ("#61412", "61 412 spectateurs", "fr"),
        ("#clock14:30", "à 14 heures 30", "fr"),
        ("#2900000000 @billion", "2.900 millones de marcos", "es"),
        ("#1200", "mil doscientas personas", "es"),
        ("#clock20:00", "a las ocho de la tarde", "es"),
        ("#6200000000 @billion", "6,2 млрд крон", "ru"),
        ("#1200", "тысячу двести человек", "ru"),
        ("#30 day", "тридцатидневный срок", "ru"),
        ("#48 @hour", "за двое суток", "ru"),
        ("#clock21:00", "в девять вечера", "ru"),
        ("#7 @year", "семирічна дівчинка", "uk"),
        ("#6", "шестеро працівників", "uk"),
        ("#48 @hour", "за дві доби", "uk"),
        ("#clock21:00", "о девʼятій вечора", "uk"),
    ],
)
def test_a_figure_in_words_is_the_figure(english: str, foreign: str, language: str) -> None:
    """What a language says in its own phrase is the concept that English has for it."""
    assert set(english.split()) <= bag(foreign, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Motor war halb so schwer.", "de"),
        ("um 15.10 Uhr", "de"),
        ("à deux heures de route", "fr"),
        ("el segundo día", "es"),
        ("прошло два дня", "ru"),
        ("минув один день", "uk"),
        ("om kwart over drie", "nl"),
    ],
)
def test_other_words_are_left(text: str, language: str) -> None:
    """What only looks like a phrase, and any language without a table, stays as it is printed."""
    assert in_digits(text, language) == text
