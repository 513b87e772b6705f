"""A story as a file: with the filters of its page, and as the same outlet reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storydiff.report.csv import csv_of
from storydiff.report.html import html_of
from storydiff.report.json import dumps_of
from storydiff.report.markdown import markdown_of
from storydiff.report.narrow import narrowed
from storydiff.report.view import View
from storydiff.serving.answer import CSV, HTML, JSON, Answer
from storydiff.web.asked import Asked
from storydiff.web.call import Call
from storydiff.web.story import ours_asked


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file."""

    media: str
    text: Callable[[View], str]


FORMATS = {
    "csv": Format(CSV, csv_of),
    "json": Format(JSON, dumps_of),
    "md": Format("text/markdown", markdown_of),
    "html": Format(HTML, html_of),
}
"""Ending of the address -> kind of file."""


def export(call: Call) -> Answer:
    """The file, to be saved under the name of story and collation."""
    asked, kind = Asked.of(call.query), FORMATS[call.path["format"]]
    found = call.service.opened.collation(call.desk, call.path["slug"], asked.number)
    shown = call.service.opened.view(found, ours_asked(call.desk, found, asked))
    seen = narrowed(shown, asked.narrow)
    name = f"{found.story.slug}-{found.number}.{call.path['format']}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Answer(content=kind.text(seen).encode("utf8", "replace"), media=kind.media, headers=headers)
