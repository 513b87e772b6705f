"""The text part of a mail: readable in a terminal, 72 columns, every link on a line of its own."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from storydiff.digest.lines import Line, Voice
from storydiff.digest.page import Letter
from storydiff.report.wording import Part, Run

WIDTH = 72
MARKS = {Part.GONE: ("[-", "-]"), Part.NEW: ("{+", "+}"), Part.FROM: ("[~", "~]"), Part.TO: ("{~", "~}")}


def to_text(letter: Letter) -> str:
    """The whole text part; lines end with a line feed."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield from _wrapped(letter.title)
    yield from _wrapped(letter.when)
    yield from _wrapped(letter.tally or "Nothing new.")
    for label, target in letter.main:
        yield from ("", f"{label}:", f"  {target}")
    number = 0
    for block in letter.blocks:
        yield from ("", "", f"{block.title.upper()} ({len(block.lines) + block.more})")
        for number, line in enumerate(block.lines, number + 1):  # noqa: B020 - numbers go on from block to block
            yield ""
            yield from _item(number, line)
        if block.more:
            yield from ("", f"    and {block.more} more")
    yield from ("", "", "-" * WIDTH)
    yield from _foot(letter)


def _foot(letter: Letter) -> Iterator[str]:
    for text in letter.foot:
        yield from _wrapped(text)
    for label, target in letter.actions:
        yield from (f"{label}:", f"  {target}")


def _item(number: int, line: Line) -> Iterator[str]:
    if line.story:
        yield from (*_wrapped(f"In “{line.story}”:"), "")
    head = f"{number:>2}. "
    yield from textwrap.wrap(line.text, WIDTH, initial_indent=head, subsequent_indent="    ", break_on_hyphens=False)
    yield from _wrapped("; ".join(line.notes), "    ")
    for voice in line.voices:
        yield from _voice(voice)
    for runs, _ in line.edits:
        yield from _wrapped(_marked(runs), "      ")
    if line.href or line.command:
        yield f"    {line.href or f'$ {line.command}'}"


def _voice(voice: Voice) -> Iterator[str]:
    yield from _wrapped(f"{voice.who}, {voice.when}:", "    - ", "      ")
    yield from _wrapped(f"{voice.before}[{voice.words}]{voice.after}".strip(), "      ")


def _marked(runs: tuple[Run, ...]) -> str:
    parts = []
    for run in runs:
        before, after = MARKS.get(run.part, ("", ""))
        body = run.text.strip()
        left, right = run.text[: run.text.find(body)], run.text[len(run.text.rstrip()) :]
        parts.append(f"{left}{before}{body}{after}{right}" if body else run.text)
    return "".join(parts)


def _wrapped(text: str, first: str = "", others: str | None = None) -> list[str]:
    indent = first if others is None else others
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
