"""A digest as one letter: its blocks in order, and what stands at its head and foot. Text and HTML are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storydiff.digest.compose import Digest
from storydiff.digest.item import Item
from storydiff.digest.lines import Line, heading, line, tally
from storydiff.digest.links import Links
from storydiff.digest.phrases import cut, local
from storydiff.report.phrases import count

Action = tuple[str, str]
"""What a link does, and its target: an address, or a command where there are no web pages."""
SUBJECT = 150
"""Characters of a subject; programs show about half of it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One section."""

    kind: str
    title: str
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What both parts of a mail say."""

    subject: str
    title: str
    when: str
    tally: str
    blocks: tuple[Block, ...]
    foot: tuple[str, ...]
    actions: tuple[Action, ...]
    main: tuple[Action, ...] = ()
    """What the mail asks its reader to do."""


def letter(digest: Digest, links: Links, zone: str, *, foot: tuple[str, ...], actions: tuple[Action, ...]) -> Letter:
    """The digest for a reader in that time zone."""
    several = len(digest.stories) > 1
    blocks = [
        Block(
            part.section.value,
            heading(part.section, digest.ours),
            tuple(line(item, links, zone, with_story=several and first) for item, first in _by_story(part.items)),
            part.more,
        )
        for part in digest.parts
    ]
    since = f"new since {local(digest.since, zone)}" if digest.since else "your first digest"
    return Letter(
        subject=subject(digest),
        title=f"storydiff for {cut(digest.ours, 60)}" if digest.ours else "storydiff digest",
        when=f"{local(digest.now, zone)} · {since}",
        tally=tally(digest),
        blocks=tuple(blocks),
        foot=foot,
        actions=actions,
    )


def _by_story(items: Sequence[Item]) -> Iterator[tuple[Item, bool]]:
    """The items of one story together, that with the most important item first; and whether each begins its story."""
    place = {story: number for number, story in enumerate(dict.fromkeys(item.story for item in items))}
    before = None
    for item in sorted(items, key=lambda each: place[each.story]):
        yield item, item.story != before
        before = item.story


def subject(digest: Digest) -> str:
    """The story's title, always the same so that its mails make a thread; of several stories, the counts."""
    if len(digest.stories) == 1:
        return cut(digest.titles.get(digest.stories[0], digest.stories[0]), SUBJECT)
    if not digest.parts:
        return "storydiff: nothing new"
    found = tally(digest)
    return cut(f"{found}, in {count(len(digest.stories), 'story', 'stories')}" if digest.stories else found, SUBJECT)
