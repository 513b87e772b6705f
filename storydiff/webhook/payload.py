"""The bodies that are sent: one event as JSON, or as a message for Slack or Discord.

A body is made of the event alone, so that every attempt sends the same bytes. Words from the web are made harmless:
no control signs, no signs that turn the direction of writing, nothing that the receiver takes for markup or a mention.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from storydiff.model import Event, EventType, Severity
from storydiff.store import EndpointKind

SLACK_HEADER, SLACK_SECTION = 150, 3000
"""Characters that Slack takes in a header and in a section; a message with more is refused whole."""
DISCORD_TITLE, DISCORD_TEXT = 256, 4096
TOP_LINE = 300
"""Characters of a line that is shown in a notification."""
COLOURS = {Severity.LOW: 0x6B7280, Severity.NORMAL: 0x2563EB, Severity.HIGH: 0xB91C1C}
"""Of the bar beside a message on Discord."""
TITLES: dict[EventType, str] = {
    EventType.STORY_COLLATED: "Story compared",
    EventType.POINT_REPORTED: "New point reported",
    EventType.POINT_MISSING: "We lack a point",
    EventType.DISCREPANCY_FOUND: "Reports conflict",
    EventType.DISCREPANCY_RESOLVED: "Reports agree again",
    EventType.ARTICLE_FOUND: "Article found",
    EventType.ARTICLE_REVISED: "Article changed",
    EventType.ARTICLE_GONE: "Article gone",
    EventType.ARTICLE_MOVED: "Article moved",
    EventType.WATCH_FAILING: "An outlet cannot be read",
    EventType.ENDPOINT_TEST: "Test",
}
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~@:])")


def body(kind: EndpointKind, event: Event) -> bytes:
    """What is sent to an endpoint of that kind."""
    return json.dumps(_SHAPES[kind](event), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _webhook(event: Event) -> dict[str, Any]:
    story = {"story": event.story} if event.story is not None else {}
    return {"type": event.type.value, "timestamp": event.at.isoformat(), "data": {**event.data, **story}}


def _slack(event: Event) -> dict[str, Any]:
    """Block Kit with a plain text for notifications. Header blocks show plain text only."""
    title, text = _title(event), escaped(_text(event))
    link = _link(event)
    section = f"{cut(text, SLACK_SECTION - TOP_LINE)}\n<{link}|Open in storydiff>" if link else cut(text, SLACK_SECTION)
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": cut(title, SLACK_HEADER), "emoji": False}},
        {"type": "section", "text": {"type": "mrkdwn", "text": section, "verbatim": True}},
    ]
    return {"text": cut(f"{escaped(title)}: {text}", TOP_LINE), "blocks": blocks, "unfurl_links": False}


def _discord(event: Event) -> dict[str, Any]:
    """One embed; nobody is ever mentioned, whatever the words are."""
    text = cut(MARKDOWN.sub(r"\\\1", _text(event)), DISCORD_TEXT)
    embed: dict[str, Any] = {"title": cut(_title(event), DISCORD_TITLE), "description": text}
    embed |= {"timestamp": event.at.isoformat(), "color": COLOURS[event.severity]}
    if _link(event):
        embed["url"] = _link(event)
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


_SHAPES: dict[EndpointKind, Callable[[Event], dict[str, Any]]] = {
    EndpointKind.WEBHOOK: _webhook,
    EndpointKind.SLACK: _slack,
    EndpointKind.DISCORD: _discord,
}


def _title(event: Event) -> str:
    story = plain(str(event.data.get("title") or event.story or ""))
    return f"{TITLES[event.type]}: {story}" if story else TITLES[event.type]


def _text(event: Event) -> str:
    return plain(str(event.data.get("summary", ""))) or TITLES[event.type]


def _link(event: Event) -> str | None:
    """The first link, when it is one that can stand in a message: absolute, and without signs that end it."""
    link = str(event.data.get("links", {}).get("story", ""))
    return link if re.fullmatch(r"https?://[^\s<>|]+", link) else None


def plain(text: str) -> str:
    """The text as one line without signs that are not shown."""
    shown = (c if unicodedata.category(c)[0] not in "CZ" else " " if c.isspace() else "" for c in text)
    return " ".join("".join(shown).split())


def escaped(text: str) -> str:
    """The three signs by which Slack knows links, mentions and entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, length: int) -> str:
    """The text at no more than that length, cut at a word where there is one, and never inside an escape."""
    if len(text) <= length:
        return text
    short = text[: length - 1]
    short = short[: short.rfind(" ")] if short.rfind(" ") > length // 2 else re.sub(r"(&[a-z]{0,4}|\\)$", "", short)
    return short + "…"
