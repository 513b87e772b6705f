"""From entries to stories."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO

import jsonschema

from storydiff.cli.discovered import span, to_table
from storydiff.discover.concepts import Article
from storydiff.discover.entry import Heard, Shape, silent
from storydiff.discover.stories import Discovered, article_of, found_stories, recent, story_of
from storydiff.discover.written import schema, to_csv, to_json
from storydiff.errors import NoFeed, TimedOut
from storydiff.report.look import Look
from tests.announced import NOON, entries, entry

DAY = timedelta(hours=24)


def discovered(**fields: object) -> Discovered:
    given: dict[str, object] = {
        "stories": found_stories(entries()),
        "heard": (),
        "considered": 8,
        "since": DAY,
        "made": NOON,
    }
    return Discovered(**(given | fields))  # type: ignore[arg-type]


def test_stories_with_enough_outlets_come_most_outlets_first() -> None:
    """Three outlets before two; what one alone has is left out."""
    found = found_stories(entries())
    assert [len(story.outlets) for story in found] == [3, 2, 2]
    assert found[0].outlets == ("valley-echo", "coast-daily", "harbour-post")
    assert found_stories(entries(), outlets=3) == found[:1]
    assert len(found_stories(entries(), outlets=1)) == 4


def test_an_outlet_counts_once_and_gives_its_most_typical_page() -> None:
    """Two pages of one site are one outlet, also below another sub-domain."""
    again = entry("mill", 0, url="https://live.harbour-post.example/mill-2", title="Dornfeld mill: what we know")
    (story,) = found_stories([entry("mill", 0), again, entry("mill", 1)])
    assert len(story.entries) == 3
    assert len(story.chosen) == 2
    assert found_stories([entry("mill", 0), again]) == ()


def test_the_story_of_an_article_is_found() -> None:
    """`like` leads to its own story only; of an event that nobody else has to none."""
    story, perhaps = story_of(article_of(entry("ship", 0)), entries())
    assert story is not None
    assert story.asked
    assert perhaps == ()
    assert {each.url.rpartition("/")[2] for each in story.entries} == {"ship"}
    assert story_of(Article(id="x", title="Chess club elects new chair in Obersee"), entries()) == (None, ())


def test_what_comes_close_is_left_to_people() -> None:
    """Of a story that was asked about, a near miss is named but not counted; other events are not."""
    shares = (
        "Shares in Estmark lost two percent on Tuesday; Halden Paper fell most after its fire, while banks and airlines held "
        "their ground before the rate decision."
    )
    near = entry("mill", 2, title="Stocks fall as paper makers slide", summary=shares)
    far = entry("rates", 1)
    story, perhaps = story_of(article_of(entry("mill", 1)), [entry("mill", 0), near, far], outlets=1)
    assert story is not None
    assert not {near, far} & set(story.entries)
    assert perhaps == (near,)


def test_what_comes_close_is_told_also_when_nobody_has_the_story() -> None:
    """A near miss alone is still an answer, in the table and in JSON."""
    found = discovered(stories=(), perhaps=(entry("mill", 2),))
    text = to_table(found, limit=1, look=Look(), alone="Nobody else has this story")
    assert "Nobody else has this story for certain" in text
    assert "Perhaps also" in text
    assert entry("mill", 2).url in text
    assert json.loads(to_json(found))["perhaps"][0]["url"] == entry("mill", 2).url


def test_a_headline_alone_finds_its_story() -> None:
    """A few words of an article are enough."""
    story, _ = story_of(Article(id="x", title="Freighter Marenka aground off Alder Quay"), entries())
    assert story is not None
    assert "ship" in story.urls[0]


def test_the_window_is_kept() -> None:
    """Older entries go, later changes and unknown times stay, times of the future are no times."""
    given = [
        entry("mill", 0, hours=30),
        entry("mill", 1, hours=30, updated=NOON),
        entry("ship", 0, published=None),
        entry("ship", 1, hours=-48),
        entry("rates", 0, hours=30, rough=True),
        entry("rates", 1, hours=80, rough=True),
    ]
    found = {each.url: each for each in recent(given, NOON, DAY)}
    assert set(found) == {given[i].url for i in (1, 2, 3, 4)}
    assert found[given[3].url].published is None


def test_one_article_in_two_feeds_is_one_entry() -> None:
    """The same page through another feed, with counting parameters left out already, is no second outlet."""
    twice = [entry("mill", 0), entry("mill", 0, url="http://www.harbour-post.example/mill/", summary="")]
    assert len(recent(twice, NOON, DAY)) == 1


def test_sources_that_led_to_nothing_are_silent() -> None:
    """A source with one feed that works is heard, whatever else failed."""
    wrong = NoFeed()
    heard = [
        Heard(source="a", url="a", shape=Shape.PAGE),
        Heard(source="a", url="a/1", error=TimedOut()),
        Heard(source="a", url="a/2", shape=Shape.FEED, entries=3),
        Heard(source="b", url="b", error=wrong),
    ]
    assert silent(heard) == {"b": wrong}


def test_json_is_valid_and_holds_everything() -> None:
    """As its schema says; the same findings give the same bytes."""
    heard = (Heard(source="b", url="b", error=NoFeed()), Heard(source="a", url="a", shape=Shape.FEED, entries=8))
    text = to_json(discovered(heard=heard))
    values = json.loads(text)
    jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker()).validate(values)
    assert text == to_json(discovered(heard=heard))
    assert values["stories"][0]["compare"] == list(found_stories(entries())[0].urls)
    assert values["sources"][0]["error"]["code"] == "no_feed"


def test_hostile_words_command_no_terminal_and_no_spreadsheet() -> None:
    """Escape sequences, bidi overrides and formulas are shown, not obeyed."""
    hostile = "=HYPERLINK(1) \x1b[31mDornfeld\x07 \u202eMill fire kills two in Dornfeld"
    told = [entry("mill", 0, title=hostile), entry("mill", 1), entry("mill", 2)]
    found = discovered(stories=found_stories(told))
    for text in (to_table(found, limit=5, look=Look()), to_json(found)):
        assert not set(text) & {"\x1b", "\x07", "\u202e"}
    rows = list(csv.reader(StringIO(to_csv(found))))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_the_command_is_safe_to_paste() -> None:
    """An address cannot leave its quotes."""
    evil = entry("mill", 0, url="https://x.example/a;rm%20-rf'$(id)")
    text = to_table(discovered(stories=found_stories([evil, entry("mill", 1)])), limit=1, look=Look())
    assert "'https://x.example/a;rm%20-rf'\"'\"'$(id)'" in text


def test_the_table_fits_its_terminal() -> None:
    """No line but those of the command is wider, on a narrow terminal too."""
    for width in (40, 60, 80, 120):
        text = to_table(discovered(), limit=5, look=Look(width=width))
        assert all(len(line) <= width for line in text.splitlines() if "https://" not in line)
        assert "storydiff compare" in text


def test_the_table_says_what_it_leaves_out() -> None:
    """Stories beyond the limit are counted."""
    assert "2 more" in to_table(discovered(), limit=1, look=Look())
    assert "Nobody else" in to_table(discovered(stories=()), limit=1, look=Look(), alone="Nobody else has this story")


def test_old_feeds_are_told_from_empty_ones() -> None:
    """Where entries are only too old, the way out is named."""
    heard = (Heard(source="a", url="a", shape=Shape.FEED, entries=8),)
    assert "--since" in to_table(discovered(stories=(), considered=0, heard=heard), limit=5, look=Look())
    assert "--since" not in to_table(discovered(stories=(), considered=0), limit=5, look=Look())


def test_lengths_of_time_are_words() -> None:
    """As people say them."""
    said = {span(timedelta(minutes=m)) for m in (90, 60, 1440, 4320)}
    assert said == {"90 minutes", "hour", "24 hours", "3 days"}
