"""Where the words do not decide, every face shows the closest ones, and shows them as unknown."""

from __future__ import annotations

import csv
import io
import re

from jsonschema import Draft202012Validator

from storydiff.cli.show import _words
from storydiff.diff.coverage import CLOSE
from storydiff.model import Status
from storydiff.report import Look, from_json, to_csv, to_html, to_json, to_markdown, to_point
from storydiff.report.changed import changed_cells
from storydiff.report.detail import LEVELS, Detail
from storydiff.report.html import rendered
from storydiff.report.json import schema
from storydiff.report.page import page
from storydiff.report.page_points import page_point
from storydiff.report.pair import pair
from storydiff.report.pair_notes import NoteKind
from storydiff.report.view import view
from tests.close import CLOSEST, boiler, close_call

MADE = close_call()
NUMBER, POINT, ECHO, CELL = boiler(MADE)


def test_the_cell_is_unknown_and_keeps_its_words() -> None:
    """The spans are exact words of the version; nothing counts them as telling the point."""
    assert (CELL.status, CELL.reason) == (Status.UNKNOWN, CLOSE)
    assert [each.text for each in CELL.closest] == [CLOSEST]
    assert all(each.text == ECHO.paragraphs[each.paragraph].text[each.start : each.end] for each in CELL.closest)
    assert CELL.told == ()
    assert POINT.independent_sources == 1
    linked = {each.a_paragraphs if each.a == ECHO.id else each.b_paragraphs for each in MADE.links}
    assert linked == {(0,)}


def test_json() -> None:
    """They are the cell's evidence, valid in the format, and come back as they were."""
    values = to_json(MADE)
    Draft202012Validator(schema()).validate(values)
    assert from_json(values) == MADE
    assert values["points"][NUMBER - 1]["coverage"][ECHO.id]["evidence"][0]["text"] == CLOSEST


def test_csv() -> None:
    """In columns of their own: `words` are those that tell the point."""
    (row,) = [
        each
        for each in csv.DictReader(io.StringIO(to_csv(MADE), newline=""))
        if (each["point"], each["outlet"]) == (str(NUMBER), "Echo")
    ]
    span = CELL.closest[0]
    assert (row["status"], row["words"], row["places"]) == ("unknown", "", "")
    assert (row["closest"], row["closest_places"]) == (CLOSEST, f"{span.paragraph}:{span.start}-{span.end}")


def test_terminal() -> None:
    """Under a heading of their own, with the reason and where they stand."""
    text = to_point(MADE, NUMBER, look=Look(width=400, colour=False))
    _, undecided = text.split("Undecided, with the closest words:")
    assert f"Echo  unknown: {CLOSE}" in undecided
    assert f"⟦{CLOSEST}⟧" in undecided
    assert "Nothing of it stands in" not in text
    shown = "\n".join(_words(CELL, ECHO))
    assert f"  closest    paragraph {CELL.closest[0].paragraph + 1}, characters" in shown
    assert f"[[{CLOSEST}]]" in shown


def test_markdown() -> None:
    """A list of what the words do not decide; none where there is nothing of that kind."""
    text = to_markdown(MADE)
    assert re.search(rf"- Point {NUMBER}, Echo: {CLOSE}\. Closest words:\n  .*\*{CLOSEST}\*", text)


def test_html() -> None:
    """The cell is unknown and leads to the words, which stand under the point and not among its readings."""
    text = to_html(MADE)
    assert re.search(rf"<td class=u><a href=#p{NUMBER}-ec>unknown</a>", text)
    assert f"id=p{NUMBER}-ec" in text
    assert re.search(rf'<div class="closest">.*<mark>{CLOSEST}</mark>', text)
    found = page_point(view(MADE), view(MADE).every[NUMBER - 1], Detail(compact=False))
    assert {version.outlet for each in found.readings for version in each.versions} == {"Post"}


def test_compact_html() -> None:
    """A short page still has them, at every level."""
    for detail in LEVELS[1:]:
        assert f">{CLOSEST}</q>" in rendered(page(view(MADE), detail))


def test_later_words_are_no_changed_report() -> None:
    """Cells of unknown status are never among those that rest on new words."""
    assert (POINT.id, ECHO.id) not in changed_cells(MADE)


def test_beside_the_other_text() -> None:
    """The note in the margin gives the words that come close."""
    post = next(each for each in MADE.versions if each.id == POINT.origin.version)
    notes = [note for row in pair(post, ECHO, MADE).rows for note in row.notes if note.number == NUMBER]
    assert [(note.kind, note.text, note.closest) for note in notes] == [(NoteKind.UNKNOWN, CLOSE, (CLOSEST,))]
