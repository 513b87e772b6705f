"""What stands under the matrix: conflicts with both wordings and times, updates, changes, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from rich.cells import cell_len
from rich.text import Text

from storydiff.model import Change, ChangeKind, Discrepancy, DiscrepancyType, Reading, Revision
from storydiff.report.columns import Column
from storydiff.report.look import Look, hanging, heading, words
from storydiff.report.readings import excerpt
from storydiff.report.strip import count
from storydiff.report.times import between, clock, told_when
from storydiff.report.view import View

AROUND = 60
"""Characters of the paragraph shown on each side of a disputed detail."""
FIGURES = frozenset({DiscrepancyType.NUMBER, DiscrepancyType.TIME})
"""Types whose values read well; the others' are keys for comparing."""
KINDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.CHANGED: "reworded",
    ChangeKind.MOVED: "moved",
}


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
            figure = words(value if each.type in FIGURES else "", "cyan" if each.drift else "bold red")
            yield from _value(figure, readings, shown, look)


def by_value(found: Discrepancy, shown: View) -> dict[str, list[Reading]]:
    """The readings that agree, together; within a value in the order of the columns, so that an agency leads its
    copies."""
    values: dict[str, list[Reading]] = {}
    for each in found.readings:
        values.setdefault(each.value, []).append(each)
    place = {column.version.id: number for number, column in enumerate(shown.columns)}
    return {value: sorted(its, key=lambda each: place.get(each.version, -1)) for value, its in values.items()}


def _value(figure: Text, readings: list[Reading], shown: View, look: Look) -> Iterator[Text]:
    """Who has the value, when, and one of them word for word; the value in front when it is as short as a number."""
    version = shown.collation.version(readings[0].version)
    said, *others = dict.fromkeys(code_of(shown, each.version) for each in readings)
    head = Text.assemble((said, "bold"), f" also {' '.join(others)}" if others else "", f", {told_when(version)}")
    yield from hanging(
        Text.assemble("     ", figure if 0 < cell_len(figure.plain) <= 4 else "–"), head, look, indent=10
    )
    quote = quoted(version.paragraphs[readings[0].paragraph].text, readings[0].start, readings[0].end)
    yield from hanging(Text(""), quote, look, indent=10, most=4)


def code_of(shown: View, version: str) -> str:
    """The short code of a version; "?" for one without a column."""
    return next((each.code for each in shown.columns if each.version.id == version), "?")


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


def returned(revision: Revision, revisions: Iterable[Revision]) -> datetime | None:
    """When the text that came back had been seen first; None when nothing came back, or nobody knows."""
    seen = [
        moment
        for each in revisions
        for version, moment in zip((each.before, each.after), each.seen, strict=True)
        if version == revision.reverts_to and moment is not None
    ]
    return min(seen, default=None)


def came_back(revision: Revision, revisions: Iterable[Revision]) -> str:
    """ "the text of 4 Jun 2026, 01:00 UTC came back"; empty when none did."""
    if not revision.reverts_to:
        return ""
    moment = returned(revision, revisions)
    return f"the text of {clock(moment)} came back" if moment else "an earlier text came back"


def _revision(revision: Revision, shown: View) -> Text:
    text = words(revision.outlet, "bold")
    text.append(", silently" if revision.silent else "", style="magenta")
    text.append(f" {between(*revision.seen)}: {', '.join(summary(revision.changes)) or 'no visible change'}")
    if revision.reverts_to:
        text.append(f"; {came_back(revision, shown.revisions)}", style="cyan")
    return text


def summary(changes: tuple[Change, ...]) -> Iterator[str]:
    """ "headline reworded", "1 paragraph added", …"""
    if any(each.kind is ChangeKind.HEADLINE_CHANGED for each in changes):
        yield "headline reworded"
    counts = Counter(each.kind for each in changes)
    for kind, word in KINDS.items():
        if counts[kind]:
            yield f"{count(counts[kind], 'paragraph')} {word}"


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
