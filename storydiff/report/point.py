"""One point in a terminal: every reading's exact words, where and when they stood, and how they differ."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from storydiff.errors import UnknownPoint
from storydiff.model import Collation, Point
from storydiff.report.firsts import first_version
from storydiff.report.look import Look, hanging, heading, printed, words, wrapped
from storydiff.report.marked import KEY, marked
from storydiff.report.marks import SIGNS
from storydiff.report.phrases import count
from storydiff.report.readings import Evidence, Quote, Wording, evidence
from storydiff.report.safe import link
from storydiff.report.table import STYLES
from storydiff.report.times import first_when, told_when

SILENT = "Nothing of it stands in:"
UNDECIDED = "Undecided, with the closest words:"


def to_point(collation: Collation, number: int, *, look: Look | None = None) -> str:
    """The evidence for the point of that number (from 1, as in the table). UnknownPoint when there is none."""
    look = look or Look()
    point = numbered(collation, number)
    found = evidence(collation, point)
    lines = [*_head(collation, point, number, look)]
    for each in found:
        if each.quotes:
            lines += [Text(""), *_reading(each, _copied(collation, each), look)]
    silent = [each for each in found if not each.quotes]
    for title, close in ((UNDECIDED, True), (SILENT, False)):
        some = [each for each in silent if bool(each.closest) is close]
        if some:
            lines += [Text(""), *heading(title, look)]
        for each in some:
            lines += _silent(each, look)
    if any(each.wording is Wording.DIFF for each in found):
        lines += [
            Text(""),
            *wrapped(Text(f"before: the statement's reading; after: this one. {KEY}"), look.width, look),
        ]
    return printed(lines, look)


def numbered(collation: Collation, number: int) -> Point:
    """The point of that number, counted from 1."""
    if not 1 <= number <= len(collation.points):
        many = len(collation.points)
        hint = f"Its points are numbered 1 to {many}." if many else "No point was found in it."
        raise UnknownPoint(f"This story has no point {number}.", hint=hint)
    return collation.points[number - 1]


def _head(collation: Collation, point: Point, number: int, look: Look) -> Iterator[Text]:
    yield from wrapped(words(point.statement, "bold"), look.width, look)
    sources = count(point.independent_sources, "independent source")
    said = Text(f"point {number} of {len(collation.points)} · {point.kind.value} · {sources}", style="dim")
    yield from wrapped(said, look.width, look)
    leader = first_version(collation, point)
    if point.first and leader:
        said = Text.assemble("first: ", words(leader.outlet), f", {first_when(point.first)}")
        yield from wrapped(said, look.width, look)
    for found in collation.discrepancies:
        if found.point == point.id:
            kind = "overtaken by a later update" if found.drift else f"conflict ({found.type.value})"
            said = Text.assemble((f"{kind}: ", "cyan" if found.drift else "bold red"), words(found.explanation))
            yield from wrapped(said, look.width, look)


def _copied(collation: Collation, each: Evidence) -> str:
    """Of a version that carries an agency's text, whose it is."""
    family = next((found for found in collation.families if each.version.id in found.versions), None)
    if family is None or family.origin == each.version.id:
        return ""
    return f"  carries {family.credit or 'a shared text'}"


def _reading(each: Evidence, copied: str, look: Look) -> Iterator[Text]:
    sign = SIGNS[each.mark]
    glyph = Text(sign.glyph if look.unicode else sign.letter, style=STYLES[each.mark])
    said = Text.assemble(words(each.version.outlet, "bold"), f"  {sign.word}", (f"  {told_when(each.version)}", "dim"))
    said.append_text(words(copied, "dim"))
    yield from hanging(glyph, said, look, indent=3)
    for quote in each.quotes:
        yield from hanging(Text(""), _quote(quote), look, indent=3)
    if each.cell.missing:
        yield from hanging(Text(""), words(f"lacks: {'; '.join(each.cell.missing)}", "yellow"), look, indent=3)
    if each.wording is Wording.DIFF:
        yield from hanging(Text(""), Text.assemble(("words: ", "dim"), marked(each.diff)), look, indent=3)
    elif each.wording.value:
        yield from hanging(Text(""), Text(each.wording.value, style="dim"), look, indent=3)
    yield from hanging(Text(""), _whence(each), look, indent=3)


def _quote(quote: Quote) -> Text:
    places = ", ".join(f"{start}-{end}" for start, end in quote.spans)
    text = Text.assemble((f"¶{quote.paragraph + 1} [{places}] ", "dim"))
    for told, piece in quote.pieces:
        if told:
            text.append_text(Text.assemble(("⟦", "bold"), words(piece, "bold"), ("⟧", "bold")))
        else:
            text.append_text(words(piece))
    return text


def _whence(each: Evidence) -> Text:
    """Where the words can be checked: the address, the archived bytes."""
    address = link(each.version.url) or each.version.url or "given as text, no address"
    snapshot = f"snapshot sha256:{each.version.snapshot}" if each.version.snapshot else "not archived"
    return Text.assemble(words(address, "dim"), ("  ", ""), words(snapshot, "dim"))


def _silent(each: Evidence, look: Look) -> Iterator[Text]:
    sign = SIGNS[each.mark]
    glyph = Text(sign.glyph if look.unicode else sign.letter, style=STYLES[each.mark])
    why = f"{sign.word}: {each.cell.reason}" if each.cell.reason else sign.word
    said = Text.assemble(words(each.version.outlet), "  ", words(why, "dim"))
    yield from hanging(glyph, said, look, indent=3)
    for quote in each.closest:
        yield from hanging(Text(""), _quote(quote), look, indent=3)
    if each.closest:
        yield from hanging(Text(""), _whence(each), look, indent=3)
