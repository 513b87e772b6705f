"""The comparison as Markdown (tables as GitHub and CommonMark extensions write them), safe to paste anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storydiff.model import Collation, Discrepancy, Reading, Revision, Version
from storydiff.report.columns import Column
from storydiff.report.marks import SIGNS, Mark, cell_of
from storydiff.report.phrases import FILTERS, came_back, counts, summary
from storydiff.report.readings import excerpt
from storydiff.report.safe import link, markdown
from storydiff.report.sides import by_value
from storydiff.report.times import between, clock, told_when
from storydiff.report.view import Only, Row, View, view

AROUND = 90
"""Characters of the paragraph shown on each side of a disputed detail."""


def to_markdown(collation: Collation, *, only: Only | None = None, ours: str | None = None) -> str:
    """The comparison as one Markdown document; the same filters and view of ours as in the terminal."""
    return markdown_of(view(collation, only=only, ours=ours))


def markdown_of(shown: View) -> str:
    """The same of a view."""
    parts = (_head(shown), _matrix(shown), _disputes(shown), _undecided(shown), _revisions(shown), _outlets(shown))
    blocks = ["\n".join(block) for part in parts for block in part]
    return "\n\n".join(blocks) + "\n"


def _head(shown: View) -> Iterator[list[str]]:
    story = shown.collation.story
    yield [f"# {markdown(story.title or story.slug)}"]
    yield [" · ".join(f"**{text}**" if alarm else text for text, alarm in counts(shown.tally))]
    said = [f"Compared {clock(shown.collation.made)}."] if shown.collation.made else []
    said += [f"As {markdown(shown.ours.outlet)} reads it."] if shown.ours else []
    said += [f"Shown: {FILTERS[shown.only.value]}."] if shown.only else []
    if said:
        yield [" ".join(said)]


def _matrix(shown: View) -> Iterator[list[str]]:
    used = {mark for row in shown.rows for mark in row.marks}
    if used:
        yield [" · ".join(f"{SIGNS[mark].glyph} {SIGNS[mark].word}" for mark in Mark if mark in used)]
    for group, rows in shown.groups:
        yield [f"## {group.value} ({len(rows)})"]
        heads = ["#", "Point", "Sources", *(column.code for column in shown.columns)]
        rules = ["--:", ":--", "--:", *(":-:" for _ in shown.columns)]
        yield [_line(heads), _line(rules), *(_line(_cells(row)) for row in rows)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row) -> Iterator[str]:
    yield str(row.number)
    yield markdown(row.point.statement)
    yield str(row.point.independent_sources)
    yield from (SIGNS[mark].glyph for mark in row.marks)


def _disputes(shown: View) -> Iterator[list[str]]:
    for title, drift in (("Conflicts", False), ("Overtaken by a later update (no conflict)", True)):
        found = [each for each in shown.discrepancies if each.drift is drift]
        if found:
            yield [f"## {title}"]
        for each in found:
            yield [*_dispute(each, shown)]


def _dispute(found: Discrepancy, shown: View) -> Iterator[str]:
    said = markdown(found.explanation or f"The readings differ in the {found.type.value}.")
    yield f"**Point {shown.numbers[found.point]}, {found.type.value}.** {said}"
    yield ""
    for readings in by_value(found, shown).values():
        outlets = ", ".join(dict.fromkeys(_name(shown.collation.version(each.version)) for each in readings))
        version = shown.collation.version(readings[0].version)
        yield f"- {outlets} ({told_when(version)}):"
        yield f"  {_quote(version, readings[0])}"


def _quote(version: Version, reading: Reading) -> str:
    text = version.paragraphs[reading.paragraph].text
    before, words, behind = excerpt(text, reading.start, reading.end, AROUND)
    return f"{_spaced(before)}**{markdown(words)}**{_spaced(behind)}"


def _spaced(text: str) -> str:
    """Escaped, with the outer spaces that escaping trims."""
    body = markdown(text)
    return f"{' ' if text[:1].isspace() else ''}{body}{' ' if body and text[-1:].isspace() else ''}"


def _undecided(shown: View) -> Iterator[list[str]]:
    """Cells that the words do not decide, with the closest ones."""
    lines = [line for row in shown.rows for column in shown.columns for line in _close(row, column)]
    if lines:
        yield ["## Unknown, with the closest words"]
        yield lines


def _close(row: Row, column: Column) -> Iterator[str]:
    cell = cell_of(row.point, column.version.id)
    for span in cell.closest:
        text = column.version.paragraphs[span.paragraph].text
        before, words, behind = excerpt(text, span.start, span.end, AROUND)
        yield f"- Point {row.number}, {_name(column.version)}: {markdown(cell.reason or '')}. Closest words:"
        yield f"  {_spaced(before)}*{markdown(words)}*{_spaced(behind)}"


def _revisions(shown: View) -> Iterator[list[str]]:
    if shown.revisions:
        yield ["## Changed since first seen"]
        yield [_revision(each, shown) for each in shown.revisions]


def _revision(revision: Revision, shown: View) -> str:
    how = ", silently," if revision.silent else ""
    back = f"; {came_back(revision, shown.revisions)}" if revision.reverts_to else ""
    what = ", ".join(summary(revision.changes)) or "no visible change"
    return f"- {markdown(revision.outlet)}{how} {between(*revision.seen)}: {what}{back}"


def _outlets(shown: View) -> Iterator[list[str]]:
    yield ["## Outlets"]
    heads = ["Code", "Outlet", "Headline", "Time", "Text", "Notes"]
    rows = [_line(_outlet(column, shown)) for column in shown.columns]
    yield [_line(heads), _line(":--" for _ in heads), *rows]
    if shown.apart:
        yield ["Not taken as this story:"]
        yield [f"- {_name(version)}: {markdown(reason)}" for version, reason in shown.apart]


def _outlet(column: Column, shown: View) -> Iterator[str]:
    version = column.version
    yield column.code
    yield _name(version) + (" (ours)" if column.ours else "")
    yield markdown(version.headline or "–")
    yield told_when(version)
    yield version.extent.value
    notes = [markdown(each.message) for each in version.problems]
    if column.family is not None:
        notes.insert(0, f"carries {markdown(shown.collation.families[column.family].credit or 'a shared text')}")
    yield " ".join(notes) or "–"


def _name(version: Version) -> str:
    """The outlet, as a link when its address may be one."""
    address, name = link(version.url), markdown(version.outlet)
    return f"[{name}](<{address}>)" if address else name
