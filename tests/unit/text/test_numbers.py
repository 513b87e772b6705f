"""Quantities: what is read in a text, and which two of them agree."""

from __future__ import annotations

import pytest

from storydiff.text.number_words import evaluate, german
from storydiff.text.numbers import Quantity, agree, quantities


def one(text: str, language: str = "en") -> Quantity:
    """The only quantity of a text."""
    (found,) = [q for q in quantities(text, language) if not q.weak]
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,140 images", "1140"),
        ("seventeen cows", "17"),
        ("one hundred and thirty-one names", "131"),
        ("two million three hundred thousand", "2300000"),
        ("half a dozen eggs", "6"),
        ("a quarter of a million homes", "250000"),
        ("€1.8 billion", "1800000000 money:EUR"),
        ("$2.7bn", "2700000000 money:USD"),
        ("11 million pounds", "11000000 money:GBP"),
        ("3.75%", "3.75 percent"),
        ("a third of the schools", "33.3333 percent"),
        ("profit halved", "50 percent"),
        ("50 basis points", "0.5 points"),
        ("two percentage points", "2 points"),
        ("43.1 degrees Celsius", "43.1 temperature"),
        ("a 60-year-old", "60 age"),
        ("aged 60", "60 age"),
        ("her third title", "3 ordinal"),
        ("the 21st edition", "21 ordinal"),
        ("beaten 54-31", "54-31 score"),
        ("54 votes to 37", "54-37 score"),
        ("at least 12", ">=12"),
        ("no more than 12", "<=12"),
        ("nearly 3,000", "<3000"),
        ("more than 18,000", ">18000"),
        ("about 90 miles", "~144841 length"),
        ("two hours and 41 minutes", "9660 duration"),
        ("a year and a half", "47336400 duration"),
        ("dozens of cars", "24"),
    ],
)
def test_a_quantity_is_normalised(text: str, value: str) -> None:
    """Digits, words, magnitudes, units and bounds come out as one comparable value."""
    assert one(text).value == value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "dreiundzwanzig Verletzte", "23"),
        ("de", "1.200 Haushalte", "1200"),
        ("de", "1,8 Milliarden Euro", "1800000000 money:EUR"),
        ("fr", "1 200 personnes", "1200"),
        ("fr", "quatre-vingt-dix blessés", "90"),
        ("fr", "vingt et un morts", "21"),
        ("es", "treinta y cinco muertos", "35"),
        ("es", "3,5 millones de euros", "3500000 money:EUR"),
        ("ru", "двадцать пять человек", "25"),
        ("ru", "2,3 млн рублей", "2300000 money:RUB"),
        ("ru", "четыре десятка спасателей", "40"),
        ("uk", "п'ятеро людей", "5"),
        ("uk", "дев'ятьох поранених", "9"),
    ],
)
def test_six_languages_are_read(language: str, text: str, value: str) -> None:
    """Number words, separators and units of each language are known."""
    assert one(text, language).value == value


def test_dates_years_and_clock_times_are_no_quantities() -> None:
    """What tells a time is left to times."""
    assert quantities("on March 12 at 3:07 a.m. in 1987, two days ago") == ()


def test_an_unknown_language_still_gives_digits() -> None:
    """Without word tables only digits and signs are read."""
    assert [q.value for q in quantities("12 % ve yirmi üç", "tr")] == ["12 percent"]


def test_a_conversion_in_brackets_is_the_same_quantity() -> None:
    """90 kilometres (56 miles) agrees with whoever prints either."""
    both = one("90 kilometres (56 miles)")
    assert agree(both, one("56 miles"))
    assert agree(both, one("90 km"))
    assert not agree(both, one("90 miles"))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("7,961,204", "almost eight million"),
        ("1,180", "nearly 1,200"),
        ("at least 12", "14"),
        ("more than 18,000", "18,240"),
        ("up to 300", "270"),
        ("between 10 and 12 km", "11 km"),
        ("18 months", "a year and a half"),
        ("8 inches", "20 centimetres"),
        ("30 degrees Celsius", "86 degrees Fahrenheit"),
        ("52 knots", "almost 60 mph"),
        ("96 km/h", "60 mph"),
        ("lost 1-3", "won 3-1"),
        ("a quarter of members", "25 percent"),
        ("dozens", "60"),
        ("half a million", "500,000"),
    ],
)
def test_these_agree(a: str, b: str) -> None:
    """Rounding, bounds, ranges, units and the other side of a score are no difference."""
    assert agree(one(a), one(b))
    assert agree(one(b), one(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("12", "14"),
        ("nearly 3,000", "3,412"),
        ("at least 40", "fewer than 30"),
        ("more than 60", "about 25"),
        ("8,000 hectares", "8,000 acres"),
        ("43.1 degrees Celsius", "103.6 degrees Fahrenheit"),
        ("54-31", "54-37"),
        ("a third", "43 percent"),
        ("a handful", "a dozen"),
        ("her third title", "her fourth title"),
    ],
)
def test_these_differ(a: str, b: str) -> None:
    """Figures that no rounding brings together differ."""
    assert not agree(one(a), one(b))


def test_small_counts_of_people_are_never_rounded() -> None:
    """200 dead and 197 dead differ though 200 sheep and 197 sheep need not."""
    assert agree(one("200"), one("197"))
    assert not agree(one("200"), one("197"), people=True)


def test_other_dimensions_are_not_compared() -> None:
    """Money in two currencies says nothing against each other without a rate."""
    assert agree(one("€100"), one("$500"))


def test_a_unit_told_once_serves_both_ends() -> None:
    """From 14 to 16 percent are two shares."""
    assert [q.value for q in quantities("from 14 to 16 percent")] == ["14 percent", "16 percent"]


def test_a_vote_told_in_words_is_a_score() -> None:
    """Six backed it and three opposed it: 6-3."""
    assert "6-3 score" in [q.value for q in quantities("Six members backed the move and three opposed it.")]


def test_metres_or_millions_stay_unclear() -> None:
    """200m is a race or a sum."""
    assert one("the 200m").dimension == "unclear"


def test_german_numerals_are_taken_apart() -> None:
    """Compounds of any length, and no word that only looks like one."""
    assert german("zweihundertfünfundzwanzig") == 225
    assert german("siebzehn") == 17
    assert german("hand") is None


def test_numerals_add_and_multiply() -> None:
    """A run of words is evaluated by its grammar."""
    assert evaluate(["one", "hundred", "thirty", "one"], "en") == 131
    assert evaluate(["quatre", "vingt", "dix"], "fr") == 90


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        (
            "en",
            "Seven point four kilometres, two point nine billion marks, nine marks a car",
            ["7400", "2900000000", "9"],
        ),
        ("de", "zwei Komma fünf Prozent", ["2.5"]),
        ("fr", "deux virgule cinq pour cent", ["2.5"]),
        ("es", "dos coma cinco por ciento", ["2.5"]),
        ("en", "at that point nine people had left", ["9"]),
        ("fr", "cinq pour cent", ["5"]),
    ],
)
def test_decimals_in_words(language: str, text: str, values: list[str]) -> None:
    """A point in words joins two numbers into one, and the words of a unit are no number beside it."""
    assert [str(each.value).split()[0] for each in quantities(text, language)] == values
