"""The bodies that are sent."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.model import EventType
from storydiff.store import EndpointKind
from storydiff.webhook.payload import TITLES, body, cut, plain
from tests.unit.webhook.builders import event

HOSTILE = "<!channel> @everyone <https://evil.example|click> *bold* [a](https://evil.example) \u202etxt.exe\x07 & `x`"
LINK = "https://storydiff.example/v1/stories/mill"


def sent(kind: EndpointKind, **data: Any) -> Any:
    return json.loads(body(kind, event(data=data)))


def test_every_type_has_a_title() -> None:
    """No event is without words."""
    assert set(TITLES) == set(EventType)


def test_a_webhook_has_type_time_and_data() -> None:
    """The body is that of Standard Webhooks, the same bytes each time."""
    data = json.loads(body(EndpointKind.WEBHOOK, event()))
    assert list(data) == ["data", "timestamp", "type"]
    assert (data["type"], data["timestamp"]) == ("discrepancy.found", "2026-05-05T12:00:00+00:00")
    assert data["data"]["story"] == "mill"
    assert body(EndpointKind.WEBHOOK, event()) == body(EndpointKind.WEBHOOK, event())


def test_slack_takes_no_markup_from_the_web() -> None:
    """Words of an article mention nobody and link nowhere on Slack."""
    said = sent(EndpointKind.SLACK, title=HOSTILE, summary=HOSTILE, links={"story": LINK})
    section = said["blocks"][1]["text"]["text"]
    assert section.count("<") == 1
    assert section.endswith(f"\n<{LINK}|Open in storydiff>")
    assert "&lt;!channel&gt;" in section
    assert "\u202e" not in json.dumps(said, ensure_ascii=False)
    assert "<" not in said["text"]
    assert said["blocks"][0]["text"]["type"] == "plain_text"


def test_discord_mentions_nobody() -> None:
    """Words of an article are shown as they are on Discord, and mentions are off."""
    said = sent(EndpointKind.DISCORD, title=HOSTILE, summary=HOSTILE, links={"story": LINK})
    [embed] = said["embeds"]
    assert said["allowed_mentions"] == {"parse": []}
    assert r"\[a\]\(https\:" in embed["description"]
    assert r"\@everyone" in embed["description"]
    assert embed["url"] == LINK


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x.example/|<!here>", "/v1/stories/mill", ""])
def test_odd_links_are_left_out(link: str) -> None:
    """Only a whole web address is made a link."""
    assert "url" not in sent(EndpointKind.DISCORD, links={"story": link})["embeds"][0]
    assert "Open in" not in json.dumps(sent(EndpointKind.SLACK, links={"story": link}))


@given(st.text(alphabet=st.characters(), max_size=6000), st.text(max_size=400))
def test_limits_hold(summary: str, title: str) -> None:
    """Whatever the words, no part is longer than the receiver takes."""
    slack = sent(EndpointKind.SLACK, title=title, summary=summary * 3, links={"story": LINK})
    assert len(slack["blocks"][0]["text"]["text"]) <= 150
    assert 0 < len(slack["blocks"][1]["text"]["text"]) <= 3000
    assert len(slack["text"]) <= 300
    [embed] = sent(EndpointKind.DISCORD, title=title, summary=summary * 3)["embeds"]
    assert len(embed["title"]) <= 256
    assert 0 < len(embed["description"]) <= 4096


@given(st.text(max_size=300))
def test_plain_text_is_one_line_of_shown_signs(text: str) -> None:
    """No control sign, no line break, no mark that turns the direction of writing."""
    line = plain(text)
    assert line.isprintable()
    assert plain(line) == line


def test_cutting() -> None:
    """A long text ends at a word; an escape is never cut in two."""
    assert cut("a word that is long", 12) == "a word that…"
    assert cut("x" * 8 + "&amp;", 12) == "xxxxxxxx…"
    assert cut("xxxxxxx\\" + "*yy", 9) == "xxxxxxx…"
    assert cut("short", 12) == "short"
