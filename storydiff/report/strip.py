"""The headline strip: what an editor must know before the first row."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from storydiff.report.look import Look, flowed, words, wrapped
from storydiff.report.times import clock
from storydiff.report.view import Tally, View

FILTERS = {
    "conflicts": "only points with conflicts",
    "omissions": "only points that an outlet leaves out",
    "exclusive": "only points of one independent source",
    "changed": "only points that changed later",
}


def headline_strip(shown: View, look: Look) -> Iterator[Text]:
    """Title, when it was compared, the counts, and what the filter hides."""
    story = shown.collation.story
    yield from wrapped(words(story.title or story.slug, "bold"), look.width, look, most=2)
    chunks = [Text(text, style=style) for text, style in counts(shown.tally)]
    yield from flowed(chunks, " · ", look)
    made = shown.collation.made
    said = [f"compared {clock(made)}"] if made else []
    if shown.only:
        said.append(FILTERS[shown.only.value])
    if shown.ours:
        said.append(f"as {words(shown.ours.outlet).plain} reads it")
    if shown.hidden:
        said.append(f"{count(shown.hidden, 'point')} not shown")
    if said:
        yield from flowed([Text(each, style="dim") for each in said], " · ", look)


def counts(tally: Tally) -> Iterator[tuple[str, str]]:
    """The counts worth saying, each with a style when it should catch the eye."""
    yield count(tally.outlets, "outlet"), ""
    yield count(tally.independent, "independent text"), ""
    yield count(tally.points, "point"), ""
    yield count(tally.conflicts, "conflict"), "bold red" if tally.conflicts else "green"
    if tally.drifts:
        yield count(tally.drifts, "overtaken by a later update", "overtaken by later updates"), "cyan"
    if tally.silent:
        yield count(tally.silent, "silent edit"), "magenta"
    if tally.unread:
        yield f"{tally.unread} not fully read", "yellow"
    if tally.apart:
        yield f"{tally.apart} about something else", "yellow"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 point", "2 points"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number} {noun}"
