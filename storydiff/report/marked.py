"""A word diff in a terminal, readable without colour: [-gone-] {+new+} and moved words in [~ ~] and {~ ~}."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from storydiff.report.look import words
from storydiff.report.wording import Part, Run

SIGNS = {
    Part.GONE: ("[-", "-]", "red"),
    Part.NEW: ("{+", "+}", "green"),
    Part.FROM: ("[~", "~]", "blue"),
    Part.TO: ("{~", "~}", "blue"),
}
KEY = "[-only before-] {+only after+} [~moved from here~] {~moved to here~}"


def marked(runs: Iterable[Run]) -> Text:
    """The runs as one text; the space behind a run stays outside its brackets."""
    text = Text("")
    for run in runs:
        if run.part is Part.SAME:
            text.append_text(words(run.text))
            continue
        opening, closing, style = SIGNS[run.part]
        body = run.text.rstrip()
        if body:
            text.append_text(Text.assemble((opening, style), words(body, style), (closing, style)))
        text.append(" " if body != run.text else "")
    return text
