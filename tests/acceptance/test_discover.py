"""`storydiff discover` from real feeds over HTTP to stories, and to a comparison."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import jsonschema
import pytest

from storydiff.discover.written import schema
from storydiff.testing import Announcement, Fault, Newsroom
from tests.acceptance.conftest import CAUSE, LEDE, OWNER, STREET, Cli, urls

PAPERS = ("harbour-post.example", "coast-daily.example", "valley-echo.example")
HEADLINES = ("Mill fire kills two in Dornfeld", "Two dead in mill fire at Dornfeld", "Three die as Dornfeld mill burns")
TOLD = (OWNER, STREET, CAUSE)
OWN = {
    "harbour-post.example": "Garden fair opens with a pumpkin of 412 kilograms",
    "coast-daily.example": "Ferry to Torsund gets a second crew",
    "valley-echo.example": "Chess club of Obersee elects Mira Anders",
}


@pytest.fixture
def feeds(newsroom: Newsroom) -> list[str]:
    """The three outlets' home pages; each announces its page on the mill, and something that it alone has."""
    now = datetime.now(UTC)
    for domain, title, more, form in zip(PAPERS, HEADLINES, TOLD, ("rss", "atom", "sitemap"), strict=True):
        dead = "three" if "Three" in title else "two"
        mill = Announcement(
            url=newsroom.url(domain, "/mill"),
            title=title,
            summary=f"{LEDE.format(dead=dead)} {more}",
            published=now - timedelta(hours=2),
        )
        own = Announcement(url=newsroom.url(domain, "/own"), title=OWN[domain], published=now - timedelta(hours=3))
        newsroom.announce(domain, [mill, own], form=form)
    return [newsroom.url(domain) for domain in PAPERS]


def test_says_who_has_which_story_and_how_to_compare(cli: Cli, feeds: list[str], newsroom: Newsroom) -> None:
    """Headline, outlets, times with their zone and the command; nothing steers a pipe."""
    ran = cli("discover", *feeds)
    assert ran.returncode == 0, ran.stderr
    assert "1 story" in ran.stdout
    for expected in (*HEADLINES, "3 outlets", "UTC", "storydiff compare", *urls(newsroom)):
        assert expected in ran.stdout
    assert "Garden" not in ran.stdout
    assert "\x1b" not in ran.stdout + ran.stderr
    assert ran.stderr == ""


def test_the_command_printed_runs(cli: Cli, feeds: list[str]) -> None:
    """What is printed can be pasted."""
    text = cli("discover", *feeds).stdout
    words = text[text.index("storydiff compare") :].replace("\\\n", " ").split()
    ran = cli(*words[1:])
    assert ran.returncode == 0, ran.stderr
    assert "Valley Echo" in ran.stdout


def test_json_and_csv_are_for_programs(cli: Cli, feeds: list[str], tmp_path: Path) -> None:
    """The JSON is as its schema says; the CSV has a row an entry; both go to files too."""
    values = json.loads(cli("discover", *feeds, "--format", "json").stdout)
    jsonschema.Draft202012Validator(schema()).validate(values)
    assert [len(story["outlets"]) for story in values["stories"]] == [3]
    target = tmp_path / "found.csv"
    assert cli("discover", *feeds, "--format", "csv", "-o", str(target)).stdout == ""
    rows = list(csv.DictReader(StringIO(target.read_text(encoding="utf8"))))
    assert len(rows) == 3
    assert {row["compare"] for row in rows} == {"yes"}


def test_compares_a_story_at_once(cli: Cli, feeds: list[str], tmp_path: Path) -> None:
    """--compare runs what `storydiff compare` runs: table, page and kept story."""
    page = tmp_path / "report.html"
    ran = cli("discover", *feeds, "--compare", "1", "--story", "mill", "--html", str(page))
    assert ran.returncode == 0, ran.stderr
    assert "1 conflict" in ran.stdout
    assert "Comparing: " in ran.stderr
    assert page.read_text(encoding="utf8").startswith("<!doctype html>")
    assert "mill" in cli("story", "list").stdout


def test_who_else_has_this_story(cli: Cli, feeds: list[str], newsroom: Newsroom) -> None:
    """--like takes a page, or a headline; of what nobody else has it says so."""
    ran = cli("discover", *feeds[1:], "--like", urls(newsroom)[0])
    assert ran.returncode == 0, ran.stderr
    assert "3 outlets" in ran.stdout
    assert "3 outlets" in cli("discover", *feeds, "--like", "Fire at Dornfeld paper mill kills two").stdout
    ran = cli("discover", *feeds, "--like", "Airline orders forty new planes for Estmark")
    assert ran.returncode == 0
    assert "Nobody else has this story" in ran.stdout


def test_what_fails_is_told_and_stops_nothing(cli: Cli, feeds: list[str], newsroom: Newsroom) -> None:
    """The other outlets' stories are found; standard error says whom we could not read."""
    newsroom.fail(PAPERS[0], Fault.GONE)
    ran = cli("discover", *feeds)
    assert ran.returncode == 0
    assert "2 outlets" in ran.stdout
    assert feeds[0] in ran.stderr


def test_sources_can_stand_in_a_file(cli: Cli, feeds: list[str], tmp_path: Path) -> None:
    """A list of addresses and an export of a feed reader."""
    plain, opml = tmp_path / "rivals.txt", tmp_path / "rivals.opml"
    plain.write_text(f"# our rivals\n{feeds[0]}\n\n{feeds[1]}  second\n", encoding="utf8")
    outlines = "".join(f'<outline text="x" type="rss" xmlUrl="{feed}"/>' for feed in feeds[1:])
    opml.write_text(
        f'<?xml version="1.0"?><opml><body><outline text="N">{outlines}</outline></body></opml>', encoding="utf8"
    )
    ran = cli("discover", str(plain), str(opml))
    assert ran.returncode == 0, ran.stderr
    assert "3 outlets" in ran.stdout
    plain.write_text("# nothing\n", encoding="utf8")
    assert cli("discover", str(plain)).returncode == 2


def test_nothing_readable_is_exit_3(cli: Cli, feeds: list[str], newsroom: Newsroom) -> None:
    """With a reason for each source."""
    for domain in PAPERS:
        newsroom.fail(domain, Fault.GONE)
    ran = cli("discover", *feeds)
    assert ran.returncode == 3
    assert all(feed in ran.stderr for feed in feeds)
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["/etc/passwd"], ["https://a.example", "--since", "soon"], ["https://a.example", "--since", "0h"],
     ["https://a.example", "--outlets", "0"], ["https://a.example", "--html", "x.html"], ["https://a.example", "--story", "x"]],
)  # fmt: skip
def test_what_cannot_be_served_is_exit_2(cli: Cli, arguments: list[str]) -> None:
    """Said before anything is fetched."""
    ran = cli("discover", *arguments)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr


def test_a_story_that_is_not_listed_is_exit_2(cli: Cli, feeds: list[str]) -> None:
    """--compare says how many there are."""
    ran = cli("discover", *feeds, "--compare", "7")
    assert ran.returncode == 2
    assert "1 was found" in ran.stderr


def test_hostile_feeds_command_nothing(cli: Cli, newsroom: Newsroom) -> None:
    """Escape sequences and bidi overrides in a feed do not reach the terminal."""
    now = datetime.now(UTC) - timedelta(hours=1)
    for domain in PAPERS[:2]:
        title = "Mill \x1b]0;gone\x07fire \u202ekills two in Dornfeld &#27;[2J"
        newsroom.announce(
            domain, [Announcement(url=newsroom.url(domain, "/mill"), title=title, summary=OWNER, published=now)]
        )
    ran = cli("discover", *[newsroom.url(domain) for domain in PAPERS[:2]])
    assert "2 outlets" in ran.stdout
    assert not set(ran.stdout + ran.stderr) & {"\x1b", "\x07", "\u202e"}
