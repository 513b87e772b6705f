"""The comparison in a terminal: one row a point, one character a cell.

The cells stand before the statement, so that a statement with wide or right-to-left letters can never push
them out of their columns. A matrix that would leave less than `NARROW` cells for the statement folds to a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from storydiff.model import Collation
from storydiff.report.columns import Column
from storydiff.report.look import Look, flowed, hanging, heading, padded, printed, rtl, words, wrapped
from storydiff.report.marks import SIGNS, Mark
from storydiff.report.notes import notes
from storydiff.report.strip import headline_strip
from storydiff.report.view import SILENT, Group, Only, Row, View, view

NARROW = 28
LINES = 3
"""Lines that one statement may take."""
NOTHING = "No two of these texts tell the same story, so there is nothing to compare."
MANY = 12
"""Points that single sources alone have: so many are shown as rows of the matrix, more in one line a source."""
NAME = 40
"""Cells of an outlet's name in the legend."""
LRM = "\u200e"
"""Before a line with right-to-left words: terminals that turn such lines round then keep ours from the left."""
STYLES = {
    Mark.REPORTED: "green",
    Mark.PARTIAL: "yellow",
    Mark.CONFLICTS: "bold red",
    Mark.OVERTAKEN: "cyan",
    Mark.OMITTED: "bold",
    Mark.UNKNOWN: "dim",
}


def to_table(
    collation: Collation, *, only: Only | None = None, ours: str | None = None, look: Look | None = None
) -> str:
    """The whole comparison for a terminal: headline strip, legend, matrix or list, conflicts, problems.

    `only` keeps the points of one sort, `ours` shows what that outlet alone has, lacks or words otherwise;
    UnknownOutlet when it has no version here.
    """
    look = look or Look()
    shown_ = view(collation, only=only, ours=ours)
    fits = look.width - _left(shown_) >= NARROW
    body = _matrix(shown_, look) if fits else _list(shown_, look)
    blank = [Text("")]
    table = [_legend(shown_, look), body] if shown_.columns else [wrapped(Text(NOTHING), look.width, look)]
    parts = [headline_strip(shown_, look), *table, *notes(shown_, look)]
    lines = [line for part in map(list, parts) if part for line in [*part, *blank]]
    return printed(lines[:-1], look)


def _sign(mark: Mark, look: Look) -> Text:
    sign = SIGNS[mark]
    return Text(sign.glyph if look.unicode else sign.letter, style=STYLES[mark])


def _legend(shown_: View, look: Look) -> Iterator[Text]:
    used = {mark for row in shown_.rows for mark in row.marks}
    signs = [Text.assemble(_sign(mark, look), f" {SIGNS[mark].word}") for mark in Mark if mark in used]
    if most := max((row.point.independent_sources for row in shown_.rows if _sources(row)), default=0):
        signs.append(Text.assemble((f"×{most}", "dim"), f" in {most} independent texts"))
    yield from flowed(signs, "   ", look)
    codes = (Text.assemble((each.code, "bold"), " ", words(_name(each))) for each in shown_.columns)
    yield from flowed(codes, "   ", look)


def _name(column: Column) -> str:
    name = Text(words(column.version.outlet).plain)
    name.truncate(NAME, overflow="ellipsis")
    return f"{name.plain} (ours)" if column.ours else name.plain


def _code_width(shown_: View) -> int:
    return max((cell_len(each.code) for each in shown_.columns), default=2)


def _number_width(shown_: View) -> int:
    return max(len(str(shown_.tally.points)), 2)


def _sources_width(shown_: View) -> int:
    return max((len(_sources(row)) for row in shown_.rows), default=0)


def _sources(row: Row) -> str:
    """ "×4": how many independent texts tell it; nothing of one that a single text has."""
    return f"×{row.point.independent_sources}" if row.point.independent_sources > 1 else ""


def _left(shown_: View) -> int:
    """Cells that stand left of the statement."""
    breaks, sources = sum(1 for _ in _families(shown_)), _sources_width(shown_)
    cells = sum(cell_len(each.code) + 1 for each in shown_.columns) + breaks
    return _number_width(shown_) + 2 + cells + 1 + (sources + 2 if sources else 0)


def _families(shown_: View) -> Iterator[tuple[int | None, list[Column]]]:
    """Runs of columns: a family together, each other column alone in a run of its neighbours."""
    for family, run in groupby(shown_.columns, key=lambda each: each.family):
        yield family, list(run)


def _matrix(shown_: View, look: Look) -> Iterator[Text]:
    start = " " * (_number_width(shown_) + 2)
    if shown_.collation.families:
        yield Text.assemble(start, _brackets(shown_))
    yield Text.assemble(start, _cells(shown_, [Text(each.code, style="bold") for each in shown_.columns]))
    for group, rows in shown_.groups:
        yield Text("")
        yield from heading(f"{group.value} ({len(rows)})", look)
        if _long(group, rows, shown_):
            yield from _firsts(rows, shown_, look)
            continue
        for row in rows:
            yield from _matrix_row(row, shown_, look)


def _cells(shown_: View, cells: list[Text]) -> Text:
    """One line of cells, each as wide as the code of its column, families set off by a space more."""
    line, at = Text(""), iter(cells)
    for _, run in _families(shown_):
        for column in run:
            cell = next(at)
            line.append_text(cell).append(" " * (cell_len(column.code) - cell_len(cell.plain) + 1))
        line.append(" ")
    return line


def _brackets(shown_: View) -> Text:
    """Over each family its agency: "╭ Brindle ──╮"."""
    line = Text("", style="dim")
    for family, run in _families(shown_):
        room = sum(cell_len(each.code) + 1 for each in run) - 1
        text = "" if family is None else _bracket(_credit(shown_, family), room)
        line.append(padded(text, room + 2))
    return line


def _credit(shown_: View, family: int) -> str:
    found = shown_.collation.families[family]
    return words(found.credit or "same text").plain


def _bracket(credit: str, room: int) -> str:
    """ "╭ AP ──╮" when it fits, else the bare name, cut if it must be."""
    if cell_len(credit) + 2 <= room:
        return f"╭{credit}{'─' * (room - 2 - cell_len(credit))}╮"
    label = Text(credit)
    label.truncate(room, overflow="ellipsis")
    return label.plain


def _matrix_row(row: Row, shown_: View, look: Look) -> Iterator[Text]:
    marks = [_sign(mark, look) for mark in row.marks]
    sources = (f" {_sources(row):>{_sources_width(shown_)}}", "dim")
    head = Text.assemble((f"{row.number:>{_number_width(shown_)}}", "bold"), "  ", _cells(shown_, marks), sources)
    lead = LRM if look.unicode and rtl(row.point.statement) else ""
    for line in hanging(head, words(row.point.statement), look, indent=_left(shown_), most=LINES):
        yield Text.assemble(lead, line) if lead else line
    yield from _changed(row, shown_, look, _left(shown_))


def _changed(row: Row, shown_: View, look: Look, indent: int) -> Iterator[Text]:
    """In the view of changes, in whose text the point changed."""
    if row.changed and shown_.only is Only.CHANGED:
        codes = [each.code for each in shown_.columns if each.version.id in row.changed]
        said = Text(f"changed later: {' '.join(codes)}", style="cyan")
        yield from hanging(Text(""), said, look, indent=indent)


def _list(shown_: View, look: Look) -> Iterator[Text]:
    """For narrow terminals: under each point, sign by sign, who has it so."""
    for place, (group, rows) in enumerate(shown_.groups):
        if place:
            yield Text("")
        yield from heading(f"{group.value} ({len(rows)})", look)
        if _long(group, rows, shown_):
            yield from _firsts(rows, shown_, look)
            continue
        for row in rows:
            number = Text(f"{row.number:>{_number_width(shown_)}}", style="bold")
            indent = _number_width(shown_) + 2
            yield from hanging(number, words(row.point.statement), look, indent=indent, most=LINES + 2)
            yield from flowed(_who(row, shown_, look), "  ", look, indent=indent)
            yield from _changed(row, shown_, look, indent)


def _long(group: Group, rows: tuple[Row, ...], shown_: View) -> bool:
    """Whether the list is one that an editor need not see whole at once: what single sources alone have."""
    return group is Group.ALONE and len(rows) > MANY and shown_.only is None


def _firsts(rows: tuple[Row, ...], shown_: View, look: Look) -> Iterator[Text]:
    """Of each source its first point, in one line, and how many more it has."""
    for code, run in groupby(rows, key=lambda row: _source(row, shown_)):
        own = list(run)
        head = Text.assemble((f"{own[0].number:>{_number_width(shown_)}}", "bold"), "  ", (code, "bold"))
        more = Text(f"  +{len(own) - 1}" if len(own) > 1 else "", style="dim")
        indent = _number_width(shown_) + 2 + _code_width(shown_) + 2
        room = replace(look, width=look.width - cell_len(more.plain))
        for line in hanging(head, words(own[0].point.statement), room, indent=indent, most=1):
            yield Text.assemble(line, more)
    how = f"The first of each source, and how many more it has; --only {Only.EXCLUSIVE} shows all {len(rows)}."
    yield from wrapped(Text(how, style="dim"), look.width, look)


def _source(row: Row, shown_: View) -> str:
    """The code of the source that has the point, which for a family is that of its first column; "" for nobody."""
    has = [column for column, mark in zip(shown_.columns, row.marks, strict=True) if mark not in SILENT]
    kin = {each.family for each in has[:1] if each.family is not None}
    return next((each.code for each in shown_.columns if each in has[:1] or each.family in kin), "")


def _who(row: Row, shown_: View, look: Look) -> Iterator[Text]:
    if sources := _sources(row):
        yield Text(sources, style="dim")
    for mark in Mark:
        codes = [each.code for each, its in zip(shown_.columns, row.marks, strict=True) if its is mark]
        if codes:
            yield Text.assemble(_sign(mark, look), " ", " ".join(codes))
