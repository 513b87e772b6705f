"""A new comparison from pasted addresses to the comparison, with real pages on loopback."""

from __future__ import annotations

import html
import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storydiff.pipeline.watch import Claim, check_story
from storydiff.pipeline.watch_collate import settle_story
from storydiff.testing import Newsroom
from tests.acceptance.conftest import newsroom, urls  # noqa: F401
from tests.integration.web.conftest import Reply, Visitor, visiting

CLAIM = Claim(owner="test", lease=timedelta(minutes=5))
ONCE = re.compile(r'name="once" value="([^"]+)"')


@pytest.fixture
def desk_visitor(web_store: tuple[Path, dict[str, str]], tmp_path: Path, newsroom: Newsroom) -> Iterator[Visitor]:  # noqa: F811
    """Signed in, where the newsroom's pages can be fetched."""
    known = newsroom.settings(host_delay=0.0)
    with visiting(web_store, tmp_path, allow_hosts=known.allow_hosts, resolve=known.resolve, host_delay=0.0) as made:
        yield made.sign_in("write")


def asked(visitor: Visitor, text: str, **fields: Any) -> Reply:
    form = visitor.get(f"/new?story={fields['story']}" if "story" in fields else "/new").text
    once = ONCE.search(form)
    assert once is not None
    return visitor.post("/new", addresses=text, once=once[1], **fields)


def work(visitor: Visitor, slug: str) -> None:
    """What the workers do."""
    desk = visitor.service.desk("left")
    check_story(desk, slug, CLAIM)
    settle_story(desk, slug, CLAIM)


def story_of(page: Reply) -> str:
    found = re.search(r'href="/stories/([a-z0-9-]+)"', page.text)
    assert found is not None
    return found[1]


def test_from_addresses_to_the_comparison(desk_visitor: Visitor, newsroom: Newsroom) -> None:  # noqa: F811
    """The form leads to the progress, the progress to the comparison; each outlet stands there by name."""
    reply = asked(desk_visitor, "Look:\n" + "\n".join(urls(newsroom)), title="Mill in flames", ours="Harbour Post")
    assert reply.status == 303
    path = reply.headers["Location"]
    page = desk_visitor.get(path)
    slug = story_of(page)
    assert slug == "mill-in-flames"
    assert "0 of 3 pages tried" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    work(desk_visitor, slug)
    page = desk_visitor.get(path)
    assert "3 of 3 pages tried, 3 readable" in page.text
    assert "Valley Echo" in page.text
    assert f'href="/stories/{slug}?ours=Harbour+Post"' in html.unescape(page.text).replace("%20", "+")
    assert "refresh" not in page.text
    assert desk_visitor.service.desk("left").store.collations.latest(slug) is not None


def test_what_could_not_be_read_is_named_with_its_reason(desk_visitor: Visitor, newsroom: Newsroom) -> None:  # noqa: F811
    """One page that is not there spoils nothing; with too few the page says what to do."""
    missing = newsroom.url("coast-daily.example", "/nowhere")
    path = asked(desk_visitor, f"{urls(newsroom)[0]}\n{missing}").headers["Location"]
    slug = story_of(desk_visitor.get(path))
    work(desk_visitor, slug)
    page = desk_visitor.get(path)
    assert "2 of 2 pages tried, 1 readable" in page.text
    assert "404" in page.text or "no page" in page.text.lower()
    assert f'href="/new?story={slug}"' in page.text


def test_articles_are_added_to_a_story(desk_visitor: Visitor, newsroom: Newsroom) -> None:  # noqa: F811
    """The same form, about a story that exists; one address is enough, and the progress is about it alone."""
    first = asked(desk_visitor, "\n".join(urls(newsroom)[:2])).headers["Location"]
    slug = story_of(desk_visitor.get(first))
    work(desk_visitor, slug)
    assert "Add and compare" in desk_visitor.get(f"/new?story={slug}").text
    path = asked(desk_visitor, urls(newsroom)[2], story=slug).headers["Location"]
    assert "0 of 1 page tried" in desk_visitor.get(path).text
    assert len(desk_visitor.service.desk("left").store.schedule.checks(slug)) == 3


def test_mistakes_are_named_by_line_before_anything_is_fetched(desk_visitor: Visitor, newsroom: Newsroom) -> None:  # noqa: F811
    """What was typed stays in the form, no story is made, and no page asked for."""
    stories = len(desk_visitor.service.desk("left").store.stories.list())
    for text, said in (
        (f"{urls(newsroom)[0]}\nhttp://10.0.0.7/secret", "Line 2: <bdi>“http://10.0.0.7/secret” may not be fetched"),
        (f"nonsense\n{urls(newsroom)[0]}", "Line 1: <bdi>“nonsense” is no address"),
        (urls(newsroom)[0], "to compare takes two articles"),
        ("Good morning, everybody", "There is no address in it"),
        ("", "There is no address in it"),
    ):
        reply = asked(desk_visitor, text, title="My <title>")
        assert reply.status == 422
        assert said in reply.text
        assert html.escape(text).replace("&#x27;", "'") in reply.text
        assert 'value="My &lt;title&gt;"' in reply.text
    assert len(desk_visitor.service.desk("left").store.stories.list()) == stories
    assert newsroom.requests == ()


def test_a_form_that_is_sent_twice_makes_one_story(desk_visitor: Visitor, newsroom: Newsroom) -> None:  # noqa: F811
    """The second click leads to the same progress; the same form with other addresses is refused."""
    once, text = "a" * 22, "\n".join(urls(newsroom))
    paths = {desk_visitor.post("/new", addresses=text, once=once).headers["Location"] for _ in range(3)}
    assert len(paths) == 1
    assert desk_visitor.post("/new", addresses="\n".join(urls(newsroom)[:2]), once=once).status == 409
    assert desk_visitor.post("/new", addresses=text, once="").headers["Location"] not in paths


def test_the_progress_is_told_live(desk_visitor: Visitor, newsroom: Newsroom) -> None:  # noqa: F811
    """One event at once, one after each change, and the stream ends with the job."""
    path = asked(desk_visitor, "\n".join(urls(newsroom))).headers["Location"]
    slug = story_of(desk_visitor.get(path))
    cookie = "; ".join(f"{each.name}={each.value}" for each in desk_visitor.jar)
    request = urllib.request.Request(f"{desk_visitor.base}{path}/events", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.readline() == b"event: progress\n"
        assert json.loads(answer.readline().removeprefix(b"data: "))["ended"] is False
        work(desk_visitor, slug)
        rest = answer.read().decode()
    last = json.loads(rest.strip().rpartition("data: ")[2])
    assert last == {"ended": True, "story": f"/stories/{slug}", "whole": True}


def test_progress_of_another_newsroom_is_not_there(desk_visitor: Visitor, newsroom: Newsroom) -> None:  # noqa: F811
    """Neither the page nor the stream; and a story of theirs takes no articles."""
    path = asked(desk_visitor, "\n".join(urls(newsroom))).headers["Location"]
    other = Visitor(desk_visitor.base, desk_visitor.service, desk_visitor.keys).sign_in("other write")
    assert other.get(path).status == 404
    assert other.get(f"{path}/events").status == 404
    slug = story_of(desk_visitor.get(path))
    assert other.get(f"/new?story={slug}").status == 404
    assert other.post("/new", addresses=urls(newsroom)[0], story=slug).status == 404


def test_who_may_only_read_begins_nothing(visitor: Visitor) -> None:
    """The page says so, and offers no button."""
    visitor.sign_in("read")
    assert visitor.get("/new").status == 403
    assert visitor.post("/new", addresses="https://a.example").status == 403


def test_it_is_said_when_no_worker_seems_to_run(visitor: Visitor) -> None:
    """After half a minute without any page fetched, with what to do; not before."""
    store, now = visitor.sign_in("read").service.desk("left").store, visitor.service.clock()
    for ago, said in ((60, True), (5, False)):
        job = store.jobs.create("fetch", "mill", now=now - timedelta(seconds=ago), total=1)
        store.schedule.watch("mill", ["https://harbour-post.example/mill"], now=now - timedelta(seconds=ago))
        text = visitor.get(f"/jobs/{job.id}").text
        assert ("none seems to run" in text) is said
        assert ("storydiff serve worker" in text) is said


def test_the_story_leads_to_more_articles_its_feed_and_sharing(visitor: Visitor) -> None:
    """For who may write; a reader is offered the feed alone."""
    page = visitor.sign_in("write").get("/stories/mill").text
    assert 'href="/new?story=mill"' in page
    assert 'href="/stories/mill/share"' in page
    assert visitor.get("/feeds/stories/mill.atom").status == 200
    page = Visitor(visitor.base, visitor.service, visitor.keys).sign_in("read").get("/stories/mill").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/feeds/stories/mill.atom"' in page
    assert "/new?story=mill" not in page
