"""The headline strip: what an editor must know before the first row."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from storydiff.report.look import Look, flowed, words, wrapped
from storydiff.report.phrases import FILTERS, count, counts
from storydiff.report.times import clock
from storydiff.report.view import View


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
