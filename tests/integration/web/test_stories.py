"""The list of stories, over HTTP."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from storydiff.model import Story
from tests.integration.api.conftest import NOW
from tests.integration.web.conftest import Visitor
from tests.unit.report.hostile import COMMANDS, kept_hostile
from tests.unit.store.test_summaries import harbour

TITLE = re.compile(r'<th scope="row"><a href="([^"]*)"')


def listed(visitor: Visitor, query: str = "") -> list[str]:
    reply = visitor.get(f"/stories{query}")
    assert reply.status == 200
    return [each.removeprefix("/stories/") for each in TITLE.findall(reply.text)]


def test_the_strip_says_what_ours_lacks(visitor: Visitor) -> None:
    """For the outlet that is named the gaps and differences are told; for nobody they are not."""
    visitor.service.desk("left").store.collations.save(harbour())
    text = visitor.sign_in("read").get("/stories?ours=echo.example&q=harbour").text
    assert re.findall(r"<b>(.*?)</b> <span class=\"label\">(.*?)</span>", text) == [
        ("1", "conflicts"),
        ("1", "we lack"),
        ("0", "we lack a detail"),
        ("1", "we differ"),
        ("0", "silent edits"),
        ("3", "points"),
        ("3", "independent"),
        ("3", "outlets"),
    ]
    assert "3 Jun 2026, 08:00 UTC" in text
    assert "we lack" not in re.sub("<form.*?</form>", "", visitor.get("/stories").text, flags=re.DOTALL)


def test_the_newsrooms_outlet_reads_by_itself(visitor: Visitor) -> None:
    """Its gaps are told without asking, and another outlet, or none, can be asked for."""
    visitor.service.desk("left").store.newsrooms.change("left", ours="harbour-post.example")
    visitor.sign_in("read")
    assert "we differ" in visitor.get("/stories").text
    assert listed(visitor, "?gaps=1") == ["mill"]
    assert "we differ" not in visitor.get("/stories?ours=").text


def test_filters_and_empty_states(visitor: Visitor) -> None:
    """Words, conflicts, gaps, since and archived; where nothing fits, the page says what to do."""
    store = visitor.service.desk("left").store
    store.collations.save(replace(harbour("calm", title="Calm sea"), discrepancies=()))
    visitor.sign_in("read")
    assert listed(visitor) == ["calm", "mill"]
    assert listed(visitor, "?q=MILL") == ["mill"]
    assert listed(visitor, "?conflicts=1") == ["mill"]
    assert listed(visitor, "?since=2026-06-01") == ["calm"]
    assert listed(visitor, "?since=2026-06-03T10:00%2B02:00") == ["calm"]
    assert listed(visitor, "?since=nonsense&ours=%00") == ["calm", "mill"]
    store.schedule.archive("mill", now=NOW)
    assert (listed(visitor), listed(visitor, "?archived=1")) == (["calm"], ["mill"])
    assert "Show all stories" in visitor.get("/stories?q=nothing").text
    assert "Read as" in visitor.get("/stories?gaps=1").text


@pytest.mark.parametrize("asked", ["q=nothing", "conflicts=1", "since=2099-01-01", "archived=1", "ours=Nobody&gaps=1"])
def test_a_filter_that_leaves_nothing_says_so(visitor: Visitor, asked: str) -> None:
    """Each of them: it is not said that there is no story yet."""
    visitor.service.desk("left").store.collations.save(replace(harbour("mill"), discrepancies=()))
    text = visitor.sign_in("read").get(f"/stories?{asked}").text
    assert "No story is like that." in text
    assert "No story yet." not in text


def test_a_newsroom_without_stories_is_told_how_to_begin(visitor: Visitor) -> None:
    """The first page that anybody sees."""
    visitor.service.desk("left").store.stories.delete("mill")
    assert "No story yet" in visitor.sign_in("read").get("/stories").text


def test_pages_follow_each_other(visitor: Visitor) -> None:
    """Filters stay from page to page, each story comes once, and a cursor that is none of ours is not there."""
    store = visitor.service.desk("left").store
    for number in range(64):
        made = NOW + timedelta(hours=number // 3)
        store.stories.save(Story(slug=f"tide-{number}", title="Tide", created=made))
    visitor.sign_in("read")
    seen: list[str] = []
    path: str | None = "?q=tide"
    while path:
        seen += listed(visitor, path)
        found = re.search(r'href="/stories(\?[^"]*)" rel="next"', visitor.get(f"/stories{path}").text)
        path = found[1].replace("&amp;", "&") if found else None
    assert sorted(seen) == sorted(f"tide-{number}" for number in range(64))
    for cursor in ("x", "MQ", "ImEi", "IjIwMjYtMDEtMDF8eCI"):
        assert visitor.get(f"/stories?cursor={cursor}").status == 404


def test_other_newsrooms_stories_are_not_listed(visitor: Visitor) -> None:
    """Neither in the list nor by the outlet that reads."""
    visitor.service.desk("right").store.collations.save(harbour("secret", title="Secret"))
    visitor.sign_in("read")
    assert "Secret" not in visitor.get("/stories?ours=echo.example").text


@pytest.mark.parametrize("path", ["/stories", "/stories?q=%3Cscript%3E&ours=%22%3E%3Cimg%20src=x%3E&since=%3Cb%3E"])
def test_hostile_titles_and_fields_stay_text(visitor: Visitor, path: str) -> None:
    """No markup, no control sign and no override comes out of a title, or back from the address."""
    visitor.service.desk("left").store.collations.save(kept_hostile())
    text = visitor.sign_in("read").get(path).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert '<script>"' not in text
    assert not COMMANDS.search(text)
