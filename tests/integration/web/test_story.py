"""The page of a story, its points, its changes and its files, over HTTP."""

import csv
import http.client
import io
import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

import pytest

from storydiff.model import Status, Story
from storydiff.report.json import from_json
from storydiff.store import Store
from tests.close import CLOSEST, boiler, close_call
from tests.crowd import crowd
from tests.fire import fire
from tests.integration.web.conftest import Visitor
from tests.unit.report.hostile import COMMANDS, LONG_WORD, kept_hostile
from tests.unit.store.test_summaries import harbour

ROW = re.compile(r'<tr id="r(\d+)" data-point="([^"]+)"[^>]*?( hidden)?><th scope="row">')
CELL = re.compile(r"<td class=(\w) id=(p\d+-\w+)( hidden)?>")
LIMIT = 1_500_000
"""Bytes of the page of 60 outlets by 200 points, not packed."""


def store_of(visitor: Visitor) -> Store:
    return visitor.service.desk("left").store


@pytest.fixture
def reader(visitor: Visitor) -> Visitor:
    """Signed in, with the fire stored too."""
    store_of(visitor).collations.save(fire())
    return visitor.sign_in("read")


def shown_rows(text: str) -> list[int]:
    return [int(number) for number, _, hidden in ROW.findall(text) if not hidden]


def test_the_story_is_a_matrix(reader: Visitor) -> None:
    """One row per point and one cell per outlet, each with an address of its own and a link to the words."""
    reply = reader.get("/stories/alder-quay-fire")
    assert reply.status == 200
    points = store_of(reader).collations.latest("alder-quay-fire").points  # type: ignore[union-attr]
    assert sorted(shown_rows(reply.text)) == list(range(1, len(points) + 1))
    cells = CELL.findall(reply.text)
    assert len(cells) == len({anchor for _, anchor, _ in cells}) == len(points) * 9
    link = re.search(r"<td class=c id=p\d+-(\w+)><a href=([^>]+)>", reply.text)
    assert link is not None
    assert link[2] == f"alder-quay-fire/points/{points[0].id}#{link[1]}" or "/points/p" in link[2]
    assert reader.get(f"/stories/{link[2].partition('#')[0]}").status == 200


def test_filters_work_by_address(reader: Visitor) -> None:
    """Kind, mark, type and outlet each hide rows or columns, and the form says what is chosen."""
    base = "/stories/alder-quay-fire"
    every = shown_rows(reader.get(base).text)
    for query, word in (("only=conflicts", "with conflicts"), ("status=omitted", "omits"), ("type=number", "number")):
        text = reader.get(f"{base}?{query}").text
        assert 0 < len(shown_rows(text)) < len(every), query
        assert re.search(f'<option value="[^"]+" selected>{word}</option>', text), query
        assert f"{len(shown_rows(text))} of {len(every)} points shown." in text
    text = reader.get(f"{base}?outlet=Fenmoor+Gazette&status=omitted").text
    assert len({anchor.partition("-")[2] for _, anchor, hidden in CELL.findall(text) if not hidden}) == 1
    assert text.count(" checked>") == 1
    for nonsense in ("only=x", "status=%00", "type=<b>", "outlet=Nobody", "number=x", "since=-1"):
        assert shown_rows(reader.get(f"{base}?{nonsense}").text) == every


def test_the_story_as_ours_reads_it(reader: Visitor) -> None:
    """Only what concerns the outlet; the newsroom's own reads unless nobody is to."""
    base = "/stories/alder-quay-fire"
    every = len(shown_rows(reader.get(base).text))
    text = reader.get(f"{base}?ours=Fenmoor+Gazette").text
    assert 0 < len(shown_rows(text)) < every
    assert re.search(r"\d+ other points? do(es)? not concern", text)
    store_of(reader).newsrooms.change("left", ours="Fenmoor Gazette")
    assert len(shown_rows(reader.get(base).text)) < every
    assert len(shown_rows(reader.get(f"{base}?ours=").text)) == every
    assert reader.get(f"{base}?ours=Nobody+Here").status == 404


def test_first_and_later_answers_are_equal(reader: Visitor) -> None:
    """What is kept of a page is not seen: the bytes, the tag and what changes with the visitor are right."""
    for path in ("/stories/mill", "/stories/mill?only=conflicts", "/stories/mill"):
        first, later = reader.get(path), reader.get(path)
        assert (first.text, first.headers["ETag"]) == (later.text, later.headers["ETag"])
    assert "only=conflicts" not in reader.get("/stories/mill").text
    tokens = [reader.csrf]
    reader.jar.clear()
    text = reader.sign_in("write").get("/stories/mill").text
    assert reader.csrf != tokens[0]
    assert tokens[0] not in text
    assert "/stories/mill/share" in text


def test_a_new_collation_is_shown_at_once(reader: Visitor) -> None:
    """What was kept of the story does not hide it, and an earlier one can still be had."""
    assert "Comparison 1 of 1" in reader.get("/stories/alder-quay-fire").text
    now = fire()
    store_of(reader).collations.save(replace(now, points=now.points[:-1], engine="test-2"))
    text = reader.get("/stories/alder-quay-fire").text
    assert "Comparison 2 of 2" in text
    assert "1 point gone" in text
    earlier = reader.get("/stories/alder-quay-fire?number=1").text
    assert "Comparison 1 of 2" in earlier
    assert "Show the latest" in earlier
    assert "?number=1#" in earlier
    assert reader.get("/stories/alder-quay-fire?number=3").status == 404


def test_what_came_since_another_collation(reader: Visitor) -> None:
    """The one before is compared with unless another is named."""
    now = fire()
    for kept in (3, len(now.points)):
        store_of(reader).collations.save(replace(now, points=now.points[:kept], discrepancies=(), engine=f"e{kept}"))
    assert "Since comparison 2" in reader.get("/stories/alder-quay-fire").text
    assert f"{len(now.points) - 3} new points" in reader.get("/stories/alder-quay-fire").text
    assert "Since comparison 1" in reader.get("/stories/alder-quay-fire?since=1").text


def test_a_story_that_is_not_compared_yet(visitor: Visitor) -> None:
    """It says what is missing."""
    store_of(visitor).stories.save(Story(slug="early", title="Early"))
    text = visitor.sign_in("read").get("/stories/early").text
    assert "Not compared yet" in text
    assert "/new" in text


def test_the_closest_words_of_an_unknown_cell(reader: Visitor) -> None:
    """The cell is unknown and leads to the words that come close; the point's page shows them with the reason."""
    store_of(reader).collations.save(close_call())
    made = store_of(reader).collations.latest("baths")
    assert made is not None
    _, point, _, cell = boiler(made)
    assert (
        f"<td class=u id=p{boiler(made)[0]}-ec><a href=baths/points/{point.id}#ec>unknown"
        in reader.get("/stories/baths").text
    )
    text = reader.get(f"/stories/baths/points/{point.id}?cell=ec").text
    silent = re.search(r'<li class="silent unknown" id="ec">.*', text)
    assert silent is not None
    assert cell.reason in silent[0]
    assert f"<mark>{CLOSEST}</mark>" in text
    assert "<h2>Undecided</h2>" in text
    assert "<h2>Not told</h2>" not in text


def test_a_point_survives_new_collations(reader: Visitor) -> None:
    """Its page tells each collation; when it is gone it is shown as it was last, with what it became part of."""
    now = fire()
    first = now.points[0]
    path = f"/stories/alder-quay-fire/points/{first.id}"
    assert "not in the latest comparison" not in reader.get(path).text
    merged = replace(now.points[1], formerly=(first.id,))
    later = [each for each in now.discrepancies if each.point != first.id]
    store_of(reader).collations.save(
        replace(now, points=(merged, *now.points[2:]), discrepancies=tuple(later), engine="test-2")
    )
    text = reader.get(path).text
    assert "not in the latest comparison (2)" in text
    assert f"/points/{merged.id}" in text
    assert reader.get(f"{path}?number=2").status == 404
    assert reader.get("/stories/alder-quay-fire/points/nothing").status == 404


def test_the_history_of_a_point_accuses_nobody_of_being_earlier(visitor: Visitor) -> None:
    """A conflict that a later update explains is told as overtaken there too."""
    now = fire()
    drift = next(each for each in now.discrepancies if each.drift)
    point = next(each for each in now.points if each.id == drift.point)
    calm = {
        version: replace(cell, status=Status.REPORTED) if cell.status is Status.CONFLICTS else cell
        for version, cell in point.coverage.items()
    }
    points = tuple(replace(each, coverage=calm) if each is point else each for each in now.points)
    for each in (replace(now, points=points, discrepancies=()), now):
        store_of(visitor).collations.save(each)
    text = visitor.sign_in("read").get(f"/stories/alder-quay-fire/points/{point.id}").text
    history = text[text.index('id="history"') :]
    moves = dict(re.findall(r"<li><bdi>([^<]+)</bdi>: .*?→ <span class=\"mark m-(\w+)\"", history))
    assert moves == {"Northgate Times": "conflicts", "Coast Radio": "overtaken"}


def test_a_cell_is_opened_first(reader: Visitor) -> None:
    """With a cell the words of that outlet stand first; where it has none, why."""
    text = reader.get("/stories/mill").text
    told = re.search(r"<td class=[rpc] id=p\d+-(\w+)><a href=([^#>]+)#", text)
    assert told is not None
    page = reader.get(f"/stories/{told[2]}?cell={told[1]}").text
    assert re.search(r'<ol class="readings">\s*<li class="reading \w" id="(\w+)"', page)[1] == told[1]  # type: ignore[index]
    assert "<mark>" in page
    silent = re.search(r"<td class=o id=p\d+-(\w+)><a href=([^#>]+)#", text)
    assert silent is not None
    page = reader.get(f"/stories/{silent[2]}?cell={silent[1]}").text
    assert "Not told" in page
    assert "nothing of it stands there" in page
    assert "Not told" not in reader.get(f"/stories/{silent[2]}?cell=zz").text


def test_changes_word_by_word(reader: Visitor) -> None:
    """Silent ones are marked, and can be had alone, or of one outlet."""
    text = reader.get("/stories/alder-quay-fire/changes").text
    assert "silent" in text
    assert "<ins>" in text or "<del>" in text
    outlet = re.search(r"<option>([^<]+)</option>", text)
    assert outlet is not None
    assert (
        unescape(outlet[1]) in reader.get(f"/stories/alder-quay-fire/changes?outlet={outlet[1].replace(' ', '+')}").text
    )
    assert "Show all" in reader.get("/stories/alder-quay-fire/changes?outlet=Nobody").text
    store_of(reader).collations.save(harbour())
    assert "No article of this story was seen to change" in reader.get("/stories/harbour/changes").text


def test_files_have_the_filters_of_the_page(reader: Visitor) -> None:
    """Each format, saved under the story's name, narrowed like the page whose links lead there."""
    base = "/stories/alder-quay-fire"
    for query in ("", "?only=conflicts", "?ours=Fenmoor+Gazette", "?status=omitted&outlet=Fenmoor+Gazette"):
        page = reader.get(base + query).text
        links = {unescape(each) for each in re.findall(rf'href="({base}/export[^"]+)"', page)}
        assert {urlsplit(each).path.rpartition(".")[2] for each in links} == {"csv", "json", "md", "html"}
        replies = {urlsplit(each).path.rpartition(".")[2]: reader.get(each) for each in links}
        for ending, reply in replies.items():
            assert reply.headers["Content-Disposition"] == f'attachment; filename="alder-quay-fire-1.{ending}"'
        rows = list(csv.DictReader(io.StringIO(replies["csv"].text)))
        assert {int(each["point"]) for each in rows} == set(shown_rows(page))
        values = json.loads(replies["json"].text)
        assert len(values["points"]) == len(shown_rows(page))
        assert from_json(values).story.slug == "alder-quay-fire"
        assert replies["html"].text.count('<tr id="r') == len(shown_rows(page))
        assert all(f"| {number} |" in replies["md"].text for number in shown_rows(page))
    assert {each["outlet"] for each in rows} == {"Fenmoor Gazette"}
    assert reader.get(f"{base}/export.exe").status == 404


def test_an_open_page_is_told_of_a_new_collation(reader: Visitor) -> None:
    """One event at once, and one with what is new after the next collation."""
    (cookie,) = reader.jar
    host = urlsplit(reader.base).netloc
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.request(
        "GET", "/stories/alder-quay-fire/events?since=1", headers={"Cookie": f"storydiff={cookie.value}"}
    )
    answer = connection.getresponse()

    def heard() -> dict[str, object]:
        line = answer.readline()
        while not line.startswith(b"data: "):
            line = answer.readline()
        found: dict[str, object] = json.loads(line[6:])
        return found

    assert heard() == {"number": 1, "said": ""}
    now = fire()
    store_of(reader).collations.save(replace(now, points=now.points[1:], discrepancies=(), engine="test-2"))
    told = heard()
    assert told["number"] == 2
    assert str(told["said"]).startswith("Comparison 2 is in: ")
    connection.close()
    assert reader.get("/stories/nothing/events").status == 404


@pytest.mark.parametrize("path", ["", "/points/{point}", "/changes", "/events", "/export.json"])
def test_anothers_story_is_not_there(visitor: Visitor, path: str) -> None:
    """Word for word what an unknown story gives."""
    visitor.service.desk("right").store.collations.save(harbour("secret"))
    visitor.sign_in("read")
    numbered = re.compile(r"Request \w+|secret|nobody")
    replies = [visitor.get(f"/stories/{slug}{path.format(point='p1')}") for slug in ("secret", "nobody")]
    assert {each.status for each in replies} == {404}
    assert numbered.sub("", replies[0].text) == numbered.sub("", replies[1].text)


@pytest.mark.parametrize(
    "path", ["", "?ours=Plain+Post", "/points/p1", "/points/p1?cell=pp", "/changes", "/changes?outlet=%3Cb%3E"]
)
def test_hostile_words_stay_words(visitor: Visitor, path: str) -> None:
    """No markup, no control sign and no override comes out, and long words are whole."""
    store_of(visitor).collations.save(kept_hostile())
    text = visitor.sign_in("read").get(f"/stories/nasty{path}").text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'href="javascript:' not in text
    assert not COMMANDS.search(text)
    assert "&lt;script&gt;alert(1)" in text
    assert path.startswith("/changes?") or LONG_WORD in text


def test_sixty_outlets_by_two_hundred_points(visitor: Visitor) -> None:
    """The whole page, not packed, stays under its limit, and so does the page of a point."""
    store_of(visitor).collations.save(replace(crowd(), story=Story(slug="crowd", title="Valley")))
    visitor.sign_in("read")
    text = visitor.get("/stories/crowd").text
    assert len(CELL.findall(text)) == 12_000
    assert len(text.encode()) < LIMIT
    assert len(visitor.get("/stories/crowd/points/p1").text.encode()) < LIMIT / 5
