"""The demo's pages are whole, say what they should, and the expected answer fits them."""

from __future__ import annotations

import http.client
import json
import re
import tomllib
from html import unescape
from typing import Any

import pytest

from storydiff import demo
from storydiff.demo.article import Article, Block, read_article
from storydiff.testing import Newsroom

EXPECTED = tomllib.loads(demo.EXPECTED.read_text(encoding="utf8"))
OUTLETS = {o["domain"].partition(".")[0]: o for o in demo.outlets()}


def plain(text: str) -> str:
    return text.translate(str.maketrans("’‘“”", "''\"\""))


def latest(outlet: str) -> Article:
    return list(demo.articles(OUTLETS[outlet]["domain"]).values())[-1]


def told(outlet: str) -> str:
    return plain("\n".join(latest(outlet).body))


def page_of(room: Newsroom, outlet: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=5)
    try:
        connection.request("GET", OUTLETS[outlet]["path"], headers={"Host": OUTLETS[outlet]["domain"]})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_reads_the_plain_format() -> None:
    """Header fields, paragraphs, sub-headings, items, marked blocks and posts are told apart."""
    article = read_article(
        "headline: A: b\nstandfirst: s\nbyline: me\nmodified: 2026-05-15T09:15Z\n\nOne.\n\n## Two\n\n- a\n- b\n\n"
        "[caption] C.\n\n[post 2026-05-15T08:00Z] Title\n\nIn the post."
    )
    assert article.headline == "A: b"
    assert [(b.kind, b.text) for b in article.blocks] == [
        ("text", "One."),
        ("subhead", "Two"),
        ("item", "a"),
        ("item", "b"),
        ("caption", "C."),
        ("post", "Title"),
        ("text", "In the post."),
    ]
    assert article.body == ["One.", "a", "b", "In the post."]
    [(post, texts)] = article.posts
    assert isinstance(post, Block)
    assert post.time is not None
    assert (post.time.hour, texts) == (8, ["In the post."])


@pytest.mark.parametrize("outlet", OUTLETS)
def test_each_page_shows_its_article(outlet: str) -> None:
    """Every state is served as the outlet serves it, with headline and every paragraph, in its own charset."""
    row = OUTLETS[outlet]
    with demo.newsroom() as room:
        for at, article in demo.articles(row["domain"]).items():
            room.clock.set(at)
            status, headers, body = page_of(room, outlet)
            text = unescape(body.decode(row.get("charset", "utf-8")))
            assert status == row.get("status", 200)
            assert ("charset" in headers["Content-Type"]) == ("charset" not in row)
            assert [p for p in (article.headline, *article.body) if p not in text] == []


@pytest.mark.parametrize("outlet", OUTLETS)
def test_structured_data_is_valid_json(outlet: str) -> None:
    """JSON-LD and embedded state can be parsed."""
    with demo.newsroom() as room:
        text = page_of(room, outlet)[2].decode(OUTLETS[outlet].get("charset", "utf-8"))
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
        assert "headline" in json.dumps(json.loads(block))


def test_times_decide_what_is_out() -> None:
    """Before an outlet has published, its page is not among the sources; at the first moment all are."""
    assert len(demo.sources(demo.newsroom("2026-05-14T18:00Z"))) == 1
    for at in demo.MOMENTS:
        assert len(demo.sources(demo.newsroom(at))) == len(OUTLETS) == 14


def test_states_differ_as_planned() -> None:
    """The broadcaster changes one figure and no time, the tabloid comes back to its first page byte for byte."""
    npb = list(demo.articles("npb.example").values())
    whistle = list(demo.articles("daily-whistle.example").values())
    changed = [(a, b) for a, b in zip(npb[0].body, npb[1].body, strict=True) if a != b]
    assert len(changed) == 1
    assert "41" in changed[0][0]
    assert npb[0].modified == npb[1].modified
    assert whistle[0] == whistle[2] != whistle[1]
    with demo.newsroom() as room:
        looks = []
        for at in demo.MOMENTS:
            room.clock.set(at)
            looks.append(page_of(room, "daily-whistle")[2])
    assert looks[0] == looks[2] != looks[1]


def test_wire_copies_are_copies() -> None:
    """The verbatim copy has the agency's paragraphs but for the dateline; the trimmed one has an older state's."""
    wire, copy = (told(o).splitlines() for o in ("tna", "aldmere-herald"))
    assert wire[1:] == [line.replace(" - ", " – ") for line in copy[1:]]
    older = plain("\n".join(list(demo.articles("tna.example").values())[1].body)).splitlines()
    assert {line.replace("'", '"') for line in told("lowland-today").splitlines()[3:]} <= {
        line.replace("'", '"') for line in older
    }


@pytest.mark.parametrize("point", EXPECTED["points"], ids=lambda p: p["id"])
def test_expected_words_stand_in_the_articles(point: dict[str, Any]) -> None:
    """The evidence of each expected point is in the body of the outlet's latest state."""
    assert [o for o, words in point["words"].items() if plain(words) not in told(o)] == []
    assert {*point.get("partial", ()), *point.get("conflicts", ())} <= set(point["words"])


def test_expected_discrepancies_and_traps_stand_in_the_articles() -> None:
    """The words of both sides of each conflict and of each trap are printed somewhere."""
    everything = "\n".join(
        plain("\n".join(a.body)) for o in demo.outlets() for a in demo.articles(o["domain"]).values()
    )
    for row in EXPECTED["discrepancies"]:
        assert [w for w in row["words"] if plain(w) not in everything] == []
    for row in EXPECTED["compatible"]:
        assert [o for o, words in row["words"].items() if plain(words) not in told(o)] == []


def test_exclusive_words_are_in_one_outlet_only() -> None:
    """What is expected of one outlet only is printed by no other."""
    for outlet, texts in EXPECTED["exclusive"].items():
        for words in texts:
            assert [o for o in OUTLETS if plain(words) in told(o)] == [outlet]


def test_no_word_of_the_real_world() -> None:
    """All domains are reserved ones, and every link in the pages stays within them."""
    assert all(o["domain"].endswith(".example") for o in demo.outlets())
    with demo.newsroom() as room:
        for outlet, row in OUTLETS.items():
            text = page_of(room, outlet)[2].decode(row.get("charset", "utf-8"))
            hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"schema.org", "ogp.me"}
            assert all(host.endswith(".example") for host in hosts), (outlet, hosts)
