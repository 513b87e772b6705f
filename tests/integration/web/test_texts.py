"""The pages on texts over HTTP: who may read what, what is not there, and hostile words in every place."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.parse
from dataclasses import replace

import pytest
import sqlalchemy as sa

from storydiff.engine import collate
from storydiff.fetch import Fetched
from storydiff.model import Paragraph, Story, Version
from storydiff.store import Store
from storydiff.store.browse import article_name
from storydiff.store.schema_habits import habits
from tests.integration.api.conftest import NOW, fill, versions
from tests.integration.web.conftest import Visitor
from tests.unit.report.hostile import COMMANDS, LONG_WORD, NASTY, hostile

REQUEST = re.compile(r"Request \S+<")


def versions_of(store: Store) -> dict[str, list[str]]:
    """Outlet -> the ids of its versions of the story "mill", oldest first."""
    found: dict[str, list[str]] = {}
    for each in store.versions.lines("mill"):
        found.setdefault(each.outlet, []).append(each.id)
    return found


@pytest.fixture
def ids(visitor: Visitor) -> dict[str, list[str]]:
    return versions_of(visitor.service.desk("left").store)


def test_two_outlets_side_by_side(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """Both texts, what one lacks, and where they conflict."""
    path = f"/stories/mill/compare?a={ids['Harbour Post'][0]}&b={ids['Valley Echo'][1]}"
    reply = visitor.sign_in("read").get(path)
    assert reply.status == 200
    for words in ("Harbour Post</bdi> lacks", "Conflict on point", "<ins>three</ins>", 'aria-label="Difference 1 of'):
        assert words in reply.text


def test_two_versions_of_one_article(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """What came into the text stands only in the later one."""
    earlier, later = ids["Valley Echo"]
    text = visitor.sign_in("read").get(f"/stories/mill/compare?a={earlier}&b={later}").text
    assert "1 difference<" in text
    assert text.count("only here") == 2  # in the count above and at the paragraph


def test_without_a_choice_two_outlets_are_taken(visitor: Visitor) -> None:
    """The latest versions of two outlets; the same one twice is said to be one."""
    text = visitor.sign_in("read").get("/stories/mill/compare").text
    assert text.count("<option") == 6
    assert text.count(" selected>") == 2
    assert 'id="d1"' in text


def test_one_version_beside_itself(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """It is said what to do."""
    one = ids["Valley Echo"][0]
    assert "one and the same version" in visitor.sign_in("read").get(f"/stories/mill/compare?a={one}&b={one}").text


@pytest.mark.parametrize("name", ["v000000000000", "v0", "x", "<script>", "%00", "v" * 3000])
def test_unknown_versions_are_not_there(visitor: Visitor, ids: dict[str, list[str]], name: str) -> None:
    """Whatever stands in the address."""
    reply = visitor.sign_in("read").get(f"/stories/mill/compare?a={name}&b={ids['Valley Echo'][0]}")
    assert (reply.status, "There is no such version" in reply.text) == (404, True)


def test_versions_never_compared_are_compared_now(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """The first version of one outlet with the latest of another, which no collation holds together."""
    store = visitor.service.desk("left").store
    post = store.versions.get("mill", ids["Harbour Post"][0])
    assert post is not None
    later = replace(post, id="", fetched=post.fetched.replace(hour=11), paragraphs=post.paragraphs[:2])  # type: ignore[union-attr]
    new, _ = store.versions.add("mill", later)
    text = visitor.sign_in("read").get(f"/stories/mill/compare?a={new.id}&b={ids['Valley Echo'][0]}").text
    assert "Conflict on point" in text
    assert "Harbour Post</bdi> lacks" in text


def test_an_article_over_time(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """Its versions, the last change with its interval, and what changed marked in the text."""
    path = f"/stories/mill/articles/{article_name('https://valley-echo.example/mill')}"
    reply = visitor.sign_in("read").get(path)
    assert reply.status == 200
    for words in ("2 versions, 1 change seen", "Version 2 of 2", ">added<", "08:01</time>, seen at"):
        assert words in reply.text
    first = visitor.get(f"{path}?version={ids['Valley Echo'][0]}").text
    assert "Version 1 of 2<" in first
    assert "<ins>" not in first.split("told-text")[1]
    backwards = visitor.get(f"{path}?version={ids['Valley Echo'][0]}&from={ids['Valley Echo'][1]}").text
    assert "Version 2 of 2, changes since version 1" in backwards


def test_what_is_no_version_of_the_article_is_not_there(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """Another article's version, and another article's name."""
    visitor.sign_in("read")
    path = f"/stories/mill/articles/{article_name('https://valley-echo.example/mill')}"
    assert visitor.get(f"{path}?version={ids['Harbour Post'][0]}").status == 404
    assert visitor.get(f"{path}?from=x").status == 404
    assert visitor.get(f"/stories/mill/articles/{'0' * 64}").status == 404
    assert visitor.get("/stories/mill/articles/none").status == 404


HOSTILE_PAGE = (
    "<!doctype html><meta http-equiv=refresh content='0;url=https://evil.example'><body onload=alert(1)>"
    "<p>A fire at the Dornfeld paper mill killed <b>two</b> people on Monday.</p></li></ol>"
    "<script>alert(1)</script><img src=x onerror=alert(1)>\u202ereversed\x00\x1b[2J" + "x" * 10_000
).encode()


def archived(visitor: Visitor, body: bytes = HOSTILE_PAGE, newsroom: str = "left", minute: int = 40) -> str:
    """Another version of the article of Harbour Post, read from these bytes; its id."""
    desk = visitor.service.desk(newsroom)
    url, moment = "https://harbour-post.example/mill", NOW.replace(minute=minute)
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "who=us"), ("X-Evil", "<script>"))
    fetched = Fetched(url=url, final_url=url, status=200, fetched=moment, headers=headers, body=body)
    assert desk.archive is not None
    (before, *_) = desk.store.versions.history("mill", url)
    words = Paragraph("A fire at the Dornfeld paper mill killed two people on Monday.")
    later = replace(before, id="", fetched=moment, snapshot=desk.archive.keep(fetched), paragraphs=(words,))
    return desk.store.versions.add("mill", later)[0].id


def test_fetched_bytes_are_shown_as_characters(visitor: Visitor) -> None:
    """No markup of theirs is markup of the page; the version's words are marked; what was meant for us is kept back."""
    text = visitor.sign_in("read").get(f"/stories/mill/versions/{archived(visitor)}/snapshot").text
    source = text.split('class="source"')[1].split("</ol>\n")[0]
    assert "<script" not in source
    assert "<img" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source
    assert COMMANDS.search(text) is None
    assert "killed &lt;b&gt;two&lt;/b&gt; people on Monday.</mark>" in source
    assert "who=us" not in text
    assert hashlib.sha256(HOSTILE_PAGE).hexdigest() in text


def test_fetched_bytes_are_sent_as_a_file_only(visitor: Visitor) -> None:
    """Exactly as they came; nothing that a browser would open as a page of ours."""
    reply = visitor.sign_in("read").get(f"/stories/mill/versions/{archived(visitor)}/snapshot/bytes")
    assert reply.text.encode() == HOSTILE_PAGE
    assert reply.headers["Content-Type"] == "application/octet-stream"
    assert reply.headers["Content-Disposition"].startswith("attachment;")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_when_others_received_the_same_bytes_is_not_told(visitor: Visitor) -> None:
    """One archive serves several newsrooms: its first record may be another's."""
    archived(visitor, newsroom="right", minute=35)
    text = visitor.sign_in("read").get(f"/stories/mill/versions/{archived(visitor)}/snapshot").text
    assert "08:40" in text
    assert "08:35" not in text
    assert "X-Evil" not in text


def test_a_long_source_comes_in_parts(visitor: Visitor) -> None:
    """The part with the paragraph is opened; there is none behind the last."""
    page = ("<p>" + "y" * 130_000 + "</p>").encode() + HOSTILE_PAGE
    path = f"/stories/mill/versions/{archived(visitor, page)}/snapshot"
    assert "part 1 of 3" in visitor.sign_in("read").get(path).text
    assert "part 3 of 3" in visitor.get(f"{path}?paragraph=1").text
    assert visitor.get(f"{path}?part=4").status == 404
    assert visitor.get(f"{path}?paragraph=2").status == 404


def test_a_paragraph_that_is_not_in_the_source_is_said_to_be_missing(visitor: Visitor) -> None:
    """It may have been put together from pieces, or stand in a script."""
    path = f"/stories/mill/versions/{archived(visitor, b'<p>Nothing of it.</p>')}/snapshot"
    assert "Paragraph 1 does not stand in the source" in visitor.sign_in("read").get(f"{path}?paragraph=1").text


def test_missing_bytes_are_said_to_be_missing(visitor: Visitor, ids: dict[str, list[str]]) -> None:
    """Never archived, or gone from the archive: the page says which, and that the text is there all the same."""
    visitor.sign_in("read")
    never = visitor.get(f"/stories/mill/versions/{ids['Valley Echo'][0]}/snapshot")
    assert (never.status, "No bytes were archived of this version" in never.text) == (404, True)
    name = archived(visitor)
    desk = visitor.service.desk("left")
    assert desk.archive is not None
    desk.archive.drop(hashlib.sha256(HOSTILE_PAGE).hexdigest())
    gone = visitor.get(f"/stories/mill/versions/{name}/snapshot")
    assert (gone.status, "are not in the archive" in gone.text) == (404, True)
    assert visitor.get(f"/stories/mill/versions/{name}/snapshot/bytes").status == 404


def test_versions_of_other_newsrooms_are_not_there(visitor: Visitor) -> None:
    """Their names give what unknown names give, on every page."""
    name = archived(visitor, newsroom="right")
    visitor.sign_in("read")
    for page in ("/stories/mill/versions/{}/snapshot", "/stories/mill/versions/{}/snapshot/bytes",
                 "/stories/mill/compare?a={}", "/stories/mill/articles/{}"):  # fmt: skip
        theirs, nobodys = visitor.get(page.format(name)), visitor.get(page.format("v" + "0" * 12))
        assert (theirs.status, nobodys.status) == (404, 404)
        assert REQUEST.sub("", theirs.text).replace(name, "") == REQUEST.sub("", nobodys.text).replace(
            "v" + "0" * 12, ""
        )


def test_outlets_with_their_counts(visitor: Visitor) -> None:
    """Each with what it did; two outlets in one story are too few to say anything of."""
    text = visitor.sign_in("read").get("/outlets").text
    assert text.count('<tr><th scope="row"><a ') == 2
    assert "too few to say" in text
    assert "%</" not in text


def test_an_outlet_by_name_and_domain(visitor: Visitor) -> None:
    """The same page, with the counts and the story behind them one click away."""
    visitor.sign_in("read")
    by_name, by_domain = (visitor.get(f"/outlets/{each}") for each in ("Valley%20Echo", "valley-echo.example"))
    assert by_name.status == 200
    assert by_name.text == by_domain.text
    assert "Too few to say" in by_name.text
    path = "/outlets/Valley%20Echo/stories/mill"
    assert f'href="{path}"' in by_name.text
    assert "Silent edits: 1 of 1" in visitor.get(path).text


def test_counts_of_many_stories_make_a_share(visitor: Visitor) -> None:
    """With its interval; every story is listed."""
    store = visitor.service.desk("left").store
    for number in range(6):
        fill(store, f"mill-{number}")
    with store.habits._database.writing() as connection:
        connection.execute(sa.update(habits).values(told_by_others=10, omitted=2, number=2))
    text = visitor.sign_in("read").get("/outlets/Valley%20Echo").text
    assert "Between 12 and 31 % with 95 % confidence: of 70 points" in text
    assert text.count("2 of 10<") == 7


def test_outlets_as_files(visitor: Visitor) -> None:
    """CSV and JSON, with counts and no share of too few; a name that a spreadsheet would run is only a name."""
    store = visitor.service.desk("left").store
    mine = versions()[0]
    store.versions.add("mill", replace(mine, id="", outlet="=cmd|' /C calc'!A0", url="https://cmd.example/mill"))
    visitor.sign_in("read")
    table, tree = visitor.get("/outlets.csv"), visitor.get("/outlets.json")
    head, first, *rest = table.text.splitlines()
    assert head.startswith("outlet,domain,stories,articles,omits_hits,omits_cases,")
    assert first.startswith("'=cmd|")
    assert [line.split(",")[0] for line in rest] == ["Harbour Post", "Valley Echo"]
    echo = json.loads(tree.text)["outlets"][2]
    assert echo["name"] == "Valley Echo"
    assert echo["figures"]["silent"] == {"hits": 1, "cases": 1, "stories": 1, "share": None, "low": None, "high": None}
    for reply in (table, tree):
        assert reply.headers["Content-Disposition"].startswith("attachment;")
    assert visitor.get("/outlets.md").status == 404


@pytest.mark.parametrize("path", ["/outlets/Nobody", "/outlets/%00", "/outlets/a%2Fb", "/outlets/Nobody/stories/mill"])
def test_unknown_outlets_are_not_there(visitor: Visitor, path: str) -> None:
    """By whatever name."""
    assert visitor.sign_in("read").get(path).status == 404


def test_outlets_of_other_newsrooms_are_not_there(visitor: Visitor) -> None:
    """Their names give what unknown names give; no count of theirs is added."""
    store = visitor.service.desk("right").store
    mine = versions()[0]
    store.versions.add("mill", replace(mine, id="", outlet="Their Own Post", url="https://own.example/mill"))
    visitor.sign_in("read")
    assert visitor.get("/outlets/Their%20Own%20Post").status == 404
    assert "Their Own" not in visitor.get("/outlets").text


def test_outlets_come_in_pages(visitor: Visitor) -> None:
    """Fifty on a page, and a link to the next."""
    store = visitor.service.desk("left").store
    mine = versions()[0]
    for number in range(55):
        store.versions.add(
            "mill", replace(mine, id="", outlet=f"Post {number:02}", url=f"https://p{number}.example/mill")
        )
    visitor.sign_in("read")
    first = visitor.get("/outlets").text
    following = re.search(r'href="(/outlets\?after=[^"]+)"', first)
    assert following is not None
    second = visitor.get(following[1]).text
    names = [re.findall(r"<bdi>((?:Post|Harbour|Valley)[^<]*)</bdi>", each) for each in (first, second)]
    assert [len(each) for each in names] == [50, 7]
    assert len({*names[0], *names[1]}) == 57
    assert visitor.get("/outlets?after=nonsense").status == 404


def test_words_are_found_and_marked(visitor: Visitor) -> None:
    """In the texts of the newsroom; each result leads to the version that holds them."""
    text = visitor.sign_in("read").get("/search?q=Mill+LANE+noon").text
    assert text.count("<li>\n<h2>") == 2
    assert "<mark>Lane</mark>" in text
    assert "Mill fire" in text
    target = re.search(r'<h2><a href="(/stories/mill/articles/[^"]+)"', text)
    assert target is not None
    assert visitor.get(target[1].replace("&amp;", "&")).status == 200


def test_searches_come_in_pages(visitor: Visitor) -> None:
    """The link to older texts keeps what was asked."""
    store = visitor.service.desk("left").store
    mine = versions()[0]
    for number in range(25):
        url = f"https://p{number}.example/mill?a&b"
        store.versions.add("mill", replace(mine, id="", outlet="Late & Post", url=url))
    first = visitor.sign_in("read").get("/search?q=burns&outlet=Late+%26+Post").text
    following = re.search(r'href="(/search[^"]+)">Older', first)
    assert following is not None
    second = visitor.get(following[1].replace("&amp;", "&")).text
    assert [each.count("<li>\n<h2>") for each in (first, second)] == [20, 5]


@pytest.mark.parametrize(
    "asked",
    ['"', "*", "a OR b", "NEAR(", "%00", "%ED%A0%80", "<script>", "x" * 3000, "a " * 400, "%F0%9F%92%A5", "{}", "%"],
)
def test_no_question_breaks_the_search(visitor: Visitor, asked: str) -> None:
    """Query languages of the databases, signs that no database takes, and very long questions."""
    reply = visitor.sign_in("read").get(f"/search?q={asked.replace(' ', '+')}&story={asked.replace(' ', '+')}")
    assert reply.status == 200
    assert "<script>" not in reply.text
    assert "No stored text" in reply.text


def test_an_empty_newsroom_is_told_what_to_do(visitor: Visitor) -> None:
    """No outlet, no question asked yet."""
    store = visitor.service.desk("left").store
    store.stories.delete("mill")
    visitor.sign_in("read")
    assert "/new" in visitor.get("/outlets").text.split("<main")[1]
    assert "Type words" in visitor.get("/search").text


def nasty_story(store: Store) -> tuple[str, list[Version]]:
    """A story in which every string from outside is hostile, compared; its versions, the first article's twice."""
    store.stories.save(Story(slug="nasty", title=NASTY))
    kept = []
    for number, each in enumerate((*hostile().versions, hostile().versions[0])):
        words = (*each.paragraphs, Paragraph(f"{NASTY} {number}"), Paragraph("Two men died in Dornfeld on Monday."))
        url = f"https://n{number % 3}.example/{LONG_WORD}"
        later = replace(each, id="", url=url, fetched=NOW.replace(minute=number), paragraphs=words, snapshot=None)
        kept.append(store.versions.add("nasty", later)[0])
    store.collations.save(collate(store.versions.all("nasty"), story=store.stories.get("nasty"), made=NOW))
    return article_name(kept[0].article), kept


def test_hostile_words_stay_words_everywhere(visitor: Visitor) -> None:
    """On every page on texts: no markup, no control character, no bidi override, no link that runs."""
    article, (a, b, _, again) = nasty_story(visitor.service.desk("left").store)
    visitor.sign_in("read")
    paths = [
        f"/stories/nasty/compare?a={a.id}&b={b.id}",
        f"/stories/nasty/compare?a={a.id}&b={again.id}",
        f"/stories/nasty/articles/{article}",
        f"/stories/nasty/versions/{a.id}/snapshot",
        "/outlets",
        f"/outlets/{urllib.parse.quote(b.outlet, safe='')}",
        "/outlets/n1.example/stories/nasty",
        "/search?q=owned+dornfeld",
    ]
    for path in paths:
        reply = visitor.get(path)
        assert reply.status == (404 if "snapshot" in path else 200), path
        assert "evil" in reply.text, path
        assert COMMANDS.search(reply.text) is None, path
        assert "<script>" not in reply.text, path
        assert "<img" not in reply.text, path
        assert "javascript:" not in re.findall(r'(?:href|src)="([^"]*)"', reply.text), path
