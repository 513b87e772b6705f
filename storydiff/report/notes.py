"""What stands under the matrix: conflicts with both wordings and times, updates, changes, problems."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from storydiff.model import Discrepancy, Reading, Revision
from storydiff.report.columns import Column
from storydiff.report.history import change_words
from storydiff.report.look import Look, hanging, heading, words
from storydiff.report.phrases import came_back, count, summary
from storydiff.report.readings import excerpt
from storydiff.report.sides import by_value, code_of, figure, texts
from storydiff.report.times import between, told_when
from storydiff.report.view import View

AROUND = 60
"""Characters of the paragraph shown on each side of a disputed detail."""

CHANGES = 3
"""Changes of a silent edit whose words are shown; the history of the story has all."""


def notes(shown: View, look: Look) -> Iterator[Iterator[Text]]:
    """The sections under the matrix; empty ones give no line."""
    open_ = [each for each in shown.discrepancies if not each.drift]
    drift = [each for each in shown.discrepancies if each.drift]
    yield _disputes("Conflicts", open_, shown, look)
    yield _disputes("Overtaken by a later update (no conflict)", drift, shown, look)
    yield _revisions(shown, look)
    yield _problems(shown, look)
    yield _apart(shown, look)


def _disputes(title: str, found: list[Discrepancy], shown: View, look: Look) -> Iterator[Text]:
    if not found:
        return
    yield from heading(title, look)
    numbers = shown.numbers
    for each in found:
        head = Text(f"{numbers[each.point]:>3}", style="bold")
        said = words(each.explanation or f"The readings differ in the {each.type.value}.")
        yield from hanging(head, Text.assemble((f"{each.type.value}: ", "dim"), said), look, indent=5)
        for value, readings in by_value(each, shown).items():
            said = words(figure(each.type, value), "cyan" if each.drift else "bold red")
            yield from _value(said, readings, shown, look)


def _value(value: Text, readings: list[Reading], shown: View, look: Look) -> Iterator[Text]:
    """Who has the value, when, and one of them word for word; the value in front when it is as short as a number."""
    version = shown.collation.version(readings[0].version)
    said, *others = dict.fromkeys(code_of(shown, each.version) for each in readings)
    head = Text.assemble((said, "bold"), f", {told_when(version)}", f"; also {' '.join(others)}" if others else "")
    if others:
        head.append(f" ({count(texts(readings, shown), 'independent text')})", style="dim")
    is_short = 0 < cell_len(value.plain) <= 4
    front, indent = (value, 10) if is_short else (Text(""), 5)
    yield from hanging(Text.assemble("     ", front) if is_short else front, head, look, indent=indent)
    quote = quoted(version.paragraphs[readings[0].paragraph].text, readings[0].start, readings[0].end)
    yield from hanging(Text(""), quote, look, indent=10, most=4)


def quoted(paragraph: str, start: int, end: int) -> Text:
    """The words in ⟦brackets⟧ with what stands around them."""
    before, said, behind = excerpt(paragraph, start, end, AROUND)
    return Text.assemble(words(before), ("⟦", "bold"), words(said, "bold"), ("⟧", "bold"), words(behind))


def _revisions(shown: View, look: Look) -> Iterator[Text]:
    if not shown.revisions:
        return
    yield from heading("Changed since first seen", look)
    for each in shown.revisions:
        yield from hanging(Text(""), _revision(each, shown), look, indent=5)
        if each.silent:
            yield from _silently(each, look)


def _silently(revision: Revision, look: Look) -> Iterator[Text]:
    """What was changed without a word about it, in its own words."""
    for change in revision.changes[:CHANGES]:
        yield from hanging(Text(""), change_words(change, short=True), look, indent=10, most=2)
    if len(revision.changes) > CHANGES:
        more = count(len(revision.changes) - CHANGES, "more change")
        yield from hanging(Text(""), Text(f"and {more}", style="dim"), look, indent=10)


def _revision(revision: Revision, shown: View) -> Text:
    text = words(revision.outlet, "bold")
    text.append(", silently" if revision.silent else "", style="magenta")
    text.append(f" {between(*revision.seen)}: {', '.join(summary(revision.changes)) or 'no visible change'}")
    if revision.reverts_to:
        text.append(f"; {came_back(revision, shown.revisions)}", style="cyan")
    return text


def _problems(shown: View, look: Look) -> Iterator[Text]:
    if not shown.unread:
        return
    yield from heading("Not fully read: absence proves nothing there", look)
    for column in shown.unread:
        yield from hanging(Text.assemble("     ", (column.code, "bold")), _problem(column), look, indent=10)


def _problem(column: Column) -> Text:
    version = column.version
    why = " ".join(each.message for each in version.problems) or f"The text is {version.extent.value}."
    return Text.assemble(words(version.outlet), " ", (f"({version.extent.value})", "yellow"), ": ", words(why))


def _apart(shown: View, look: Look) -> Iterator[Text]:
    if not shown.apart:
        return
    yield from heading("Not taken as this story", look)
    for version, reason in shown.apart:
        yield from hanging(Text(""), Text.assemble(words(version.outlet), ": ", words(reason)), look, indent=5)
