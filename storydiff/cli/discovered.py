"""Found stories on a terminal: who has each, since when, and the command that compares them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rich.text import Text

from storydiff.discover.entry import Entry
from storydiff.discover.stories import Discovered, FoundStory
from storydiff.report.look import Look, hanging, heading, printed, words, wrapped
from storydiff.report.safe import shown
from storydiff.report.times import MONTHS, clock

INDENT = 4
TIME, OUTLET = 19, 23
"""Cells of the columns; on a narrow terminal the outlet stands in a line of its own."""
NARROW = 72
LISTED = 12
"""Entries shown of one story; the command has all outlets."""


def to_table(found: Discovered, *, limit: int, look: Look, alone: str = "") -> str:
    """The stories in order, at most `limit`; `alone` is said when there is none."""
    lines = [*heading(_count(found, alone), look)]
    if not found.considered and any(each.entries for each in found.heard):
        lines += wrapped(Text("All entries are older: --since looks further back."), look.width, look)
    for number, story in enumerate(found.stories[:limit], 1):
        lines += [Text(""), *_story(number, story, look)]
    if found.perhaps:
        lines += _perhaps(found.perhaps, look)
    rest = len(found.stories) - limit
    if rest > 0:
        lines += [Text(""), *wrapped(Text(f"{rest} more: --limit {len(found.stories)} shows all."), look.width, look)]
    return printed(lines, look)


def _count(found: Discovered, alone: str) -> str:
    number = len(found.stories)
    alone += " for certain" if alone and found.perhaps else ""
    told = alone if alone and not number else f"{number} {'story' if number == 1 else 'stories'}"
    entries = f"{found.considered} {'entry' if found.considered == 1 else 'entries'}"
    return f"{told} · {entries} of the last {span(found.since)}"


def span(time: timedelta) -> str:
    """ "24 hours", "90 minutes", "3 days"."""
    minutes = round(time.total_seconds() / 60)
    for size, name, from_on in ((1440, "day", 2880), (60, "hour", 60)):
        if minutes >= from_on and minutes % size == 0:
            return f"{minutes // size} {name}s" if minutes > size else name
    return f"{minutes} minutes"


def _story(number: int, story: FoundStory, look: Look) -> Iterator[Text]:
    yield from hanging(
        Text(f"{number}", style="bold"), words(story.headline or "(without headline)", "bold"), look, indent=INDENT
    )
    outlets = f"{len(story.outlets)} outlet{'s' if len(story.outlets) > 1 else ''}"
    yield from _indented(Text(f"{outlets} · {_times(story)}"), look)
    for entry in story.entries[:LISTED]:
        yield from _entry(entry, look)
    if len(story.entries) > LISTED:
        yield from _indented(Text(f"… and {len(story.entries) - LISTED} more"), look)
    yield from _command(story, look)


def _perhaps(entries: Sequence[Entry], look: Look) -> Iterator[Text]:
    yield Text("")
    yield from heading("Perhaps also, for you to decide:", look)
    for entry in entries:
        yield from _entry(entry, look)
        yield Text(f"{' ' * (INDENT + 2)}{shown(entry.url)}", style="green")


def _times(story: FoundStory) -> str:
    if story.first is None or story.first == story.last:
        return clock(story.first)
    return f"{clock(story.first).removesuffix(' UTC')} to {clock(story.last)}"


def _entry(entry: Entry, look: Look) -> Iterator[Text]:
    when = _moment(entry.when, rough=entry.rough)
    if look.width < NARROW:
        yield from _indented(Text.assemble(words(entry.outlet, "cyan"), f" · {when}"), look)
        yield from _indented(words(entry.title or entry.url), look, more=2)
        return
    outlet = words(entry.outlet, "cyan")
    outlet.truncate(OUTLET, overflow="ellipsis", pad=True)
    head = Text.assemble(" " * INDENT, when.ljust(TIME), outlet)
    yield from hanging(head, words(entry.title or entry.url), look, indent=INDENT + TIME + OUTLET + 1, most=2)


def _moment(moment: datetime | None, *, rough: bool) -> str:
    """ "2 Mar, 20:10 UTC"; "about 2 Mar" where the listing gives a day or no zone; "no time"."""
    if moment is None:
        return "no time"
    day = f"{moment.day} {MONTHS[moment.month - 1]}"
    return f"about {day}" if rough else f"{day}, {moment:%H:%M} UTC"


def _indented(text: Text, look: Look, more: int = 0) -> Iterator[Text]:
    indent = INDENT + more
    yield from (Text.assemble(" " * indent, line) for line in wrapped(text, look.width - indent, look))


def _command(story: FoundStory, look: Look) -> Iterator[Text]:
    """The command, to be copied: in one line when it fits, else with an address a line. Never wrapped."""
    urls = [shlex.quote(shown(url)) for url in story.urls]
    line = " ".join(["storydiff compare", *urls])
    if len(line) + INDENT <= look.width:
        yield Text(f"{' ' * INDENT}{line}", style="green")
        return
    yield Text(f"{' ' * INDENT}storydiff compare \\", style="green")
    for url in urls[:-1]:
        yield Text(f"{' ' * INDENT}  {url} \\", style="green")
    yield Text(f"{' ' * INDENT}  {urls[-1]}", style="green")
