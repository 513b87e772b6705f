"""Figures that English says in a phrase, with a scale or with a unit: one concept however they are written."""

import pytest

from storydiff.align.points_concepts import bag


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("6.2bn crowns", "6.2 billion crowns"),
        ("three million people", "3 million people"),
        ("3m people", "3,000,000 people"),
        ("£1.5m for the roof", "1.5 million for the roof"),
        ("$900k for the roof", "900,000 for the roof"),
        ("190m crowns", "190 million crowns"),
        ("at thirteen minutes to midnight", "at 11.47 p.m."),
        ("ten past noon", "12:10"),
        ("20 minutes after midnight", "0:20"),
    ],
)
def test_two_ways_to_say_a_figure(one: str, other: str) -> None:
    """Both have the same figures."""
    assert figures(one) == figures(other) != frozenset()


@pytest.mark.parametrize("metres", ["a 3m wall", "the 200m finals", "a 60m wave", "a 5k run"])
def test_metres_are_no_millions(metres: str) -> None:
    """A bare m behind a figure is a million only beside money, or before what is counted."""
    assert not any(len(figure) > len("#1000") and figure[1:].isdecimal() for figure in figures(metres))


def test_a_million_is_no_height() -> None:
    """A sum of money is not measured in metres."""
    assert not any("~" in figure for figure in figures("£1.5m for repairs"))


def test_midnight_itself() -> None:
    """What is told by its distance from midnight is not at midnight."""
    assert "#clock0:00" in figures("at midnight")
    assert "#clock0:00" not in figures("at five minutes to midnight")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("870 hectares", "en"),
        ("870 Hektar", "de"),
        ("870 hectáreas", "es"),
        ("870 гектаров", "ru"),
        ("870 гектарів", "uk"),
        ("8.7 square kilometres", "en"),
        ("2,150 acres", "en"),
    ],
)
def test_a_measure_in_every_language(text: str, language: str) -> None:
    """The unit is read as it is printed there."""
    assert {"#area~327", "#area~328"} <= bag(text, language)


@pytest.mark.parametrize(
    ("text", "language"), [("65 km/h", "fr"), ("65 kilómetros por hora", "es"), ("65 км/ч", "ru"), ("40 mph", "en")]
)
def test_a_speed_is_no_length(text: str, language: str) -> None:
    """Kilometres in an hour are a speed."""
    measured = {figure.partition("~")[0] for figure in bag(text, language) if "~" in figure}
    assert measured == {"#speed"}


def figures(text: str) -> frozenset[str]:
    """The concepts of an English text that are figures."""
    return frozenset(concept for concept in bag(text, "en") if concept[0] == "#")
