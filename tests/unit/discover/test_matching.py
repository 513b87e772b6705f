"""Which story an announcement belongs to, and when that is sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storydiff.discover.concepts import Article, concepts
from storydiff.discover.matching import Likely, Matcher, Text
from tests.announced import MILL, NOON, RATES, SHIP, STORIES

HOUR = timedelta(hours=1)
OWN = {name: [" ".join(summary for _, summary in told)] for name, told in STORIES.items()}


def text(title: str, body: str, *, language: str = "en", hours: float = 1.0) -> Text:
    return Text(concepts(Article(id="", title=title, text=body, language=language)), NOON - hours * HOUR)


def matcher(*names: str) -> Matcher:
    """Stories as a newsroom has them, one whole text each."""
    return Matcher({name: [text(STORIES[name][0][0], whole) for whole in OWN[name]] for name in names})


def sure(found: tuple[Likely, ...]) -> list[str]:
    return [each.story for each in found if each.is_sure]


@pytest.mark.parametrize(("told", "story"), [(MILL[1], "mill"), (SHIP[1], "ship"), (RATES[1], "rates")])
def test_a_report_of_an_open_story_is_surely_of_it(told: tuple[str, str], story: str) -> None:
    """The story is found among others, and one only."""
    assert sure(matcher("mill", "ship", "rates").match(text(*told))) == [story]


def test_what_belongs_to_no_open_story_is_like_none() -> None:
    """Other events of the day are neither added nor suggested."""
    found = matcher("mill", "ship")
    assert found.match(text(*RATES[0])) == ()
    assert found.match(text(*STORIES["pumpkin"][0])) == ()
    assert found.match(text("", "")) == ()
    assert Matcher({}).match(text(*MILL[0])) == ()


@pytest.mark.parametrize("hours", [24 * 400, 24 * 3, -24 * 4])
def test_another_time_is_not_sure(hours: float) -> None:
    """A look-alike of another year, or of days before and after, is at most suggested."""
    assert sure(matcher("mill").match(text(*MILL[1], hours=hours))) == []


def test_without_a_time_nothing_is_sure() -> None:
    """Neither the announcement's nor the story's may be missing."""
    told = replace(text(*MILL[1]), published=None)
    found = matcher("mill").match(told)
    assert [(each.story, each.is_sure) for each in found] == [("mill", False)]
    timeless = Matcher({"mill": [replace(text(MILL[0][0], OWN["mill"][0]), published=None)]})
    assert sure(timeless.match(text(*MILL[1]))) == []


def test_between_two_stories_of_one_event_nobody_is_sure() -> None:
    """People decide: both are named."""
    twice = Matcher({name: [text(MILL[0][0], OWN["mill"][0])] for name in ("mill", "mill-2")})
    found = twice.match(text(*MILL[1]))
    assert {each.story for each in found} == {"mill", "mill-2"}
    assert sure(found) == []


def test_a_language_whose_words_are_not_known_is_never_sure() -> None:
    """Where common words are not known as such, all texts seem alike."""
    own = Matcher({"mill": [text(MILL[0][0], OWN["mill"][0], language="xx")]})
    found = own.match(text(MILL[1][0], OWN["mill"][0], language="xx"))
    assert [(each.story, each.is_sure) for each in found] == [("mill", False)]


def test_another_language_is_suggested_by_names_and_figures() -> None:
    """Four of them agree."""
    body = "Deux ouvriers sont morts lundi soir chez Halden à Dornfeld; les blessés sont à St Agnes, à Brackwater."
    found = matcher("mill", "ship").match(text("Incendie chez Halden à Dornfeld", body, language="fr"))
    assert [(each.story, each.is_sure) for each in found] == [("mill", False)]


def test_the_order_of_stories_changes_nothing() -> None:
    """The same answers, whichever story stands first."""
    names = ("mill", "ship", "rates", "pumpkin")
    for told in (*MILL, *SHIP, *RATES):
        assert matcher(*names).match(text(*told)) == matcher(*reversed(names)).match(text(*told))
