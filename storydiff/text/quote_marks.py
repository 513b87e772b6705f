"""Quotation marks: which stretches of a text stand between them.

Reads “ ”, " ", « », » «, „ “, „ ”, ‘ ’, ' ' and 「 」. Which marks open and which close differs by language and by
typesetter, so the marks decide and not the language. One level only: marks inside a quotation belong to it. A quotation
that runs over paragraphs has an opening mark in each and a closing mark in the last; each paragraph's part is a
stretch of its own. Apostrophes and inches are not marks: a single mark opens only at the start of a word.
Linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[“”„‟«»\"「」]|\n\s*")
_CLOSERS: dict[str, str] = {
    "“": '”“"',
    "”": "”",
    "„": '“”"',
    "‟": "”",
    "«": "»",
    "»": "«",
    '"': '"”',
    "「": "」",
}
_SINGLE = re.compile(
    r"(?<![\w’'])‘(?P<curly>(?:[^‘’\n]|’(?=\w)|(?<=s)’(?=\s\w)){1,2000})’(?!\w)"
    r"|(?<![\w'’.,=])'(?P<typed>[^\W\d](?:[^'\n]|'(?=\w)){1,2000})'(?!\w)"
)
_WORDLIKE = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks: `start..end` without them, `outer_start..outer_end` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    single: bool = False
    goes_on: bool = False
    """The closing mark is missing because the next paragraph goes on with an opening one."""
    unclosed: bool = False
    """The closing mark is missing altogether."""


def marked(text: str) -> list[Marked]:
    """The stretches between marks, in order, none inside another."""
    double = _doubles(text)
    singles = [] if "‘" not in text and "'" not in text else list(_singles(text))
    if not singles:
        return double
    # A text quotes with one kind of marks, and the other kind stands inside or marks words that are no quotation.
    within = [d for d in double if any(s.start <= d.outer_start < s.end for s in singles)]
    return singles if len(within) == len(double) else double


def _doubles(text: str) -> list[Marked]:
    found: list[Marked] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if opened is None:
            opened = mark if _opens(text, mark) else None
        elif mark[0].startswith("\n"):
            found.append(_broken_off(text, opened, mark))
            opened = None
        elif mark[0] in _CLOSERS[opened[0]] and not _opens_anew(text, mark):
            found.append(Marked(opened.end(), mark.start(), opened.start(), mark.end()))
            opened = None
        elif mark[0] == opened[0] and _opens_anew(text, mark):
            opened = mark
    if opened is not None:
        found.append(Marked(opened.end(), len(text), opened.start(), len(text), unclosed=True))
    return [m for m in found if _WORDLIKE.search(text, m.start, m.end)]


def _opens(text: str, mark: re.Match[str]) -> bool:
    if mark[0] not in _CLOSERS:
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if mark[0] in '"”»':
        return not before.isalnum() and before != "=" and bool(after.strip())
    return True


def _opens_anew(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark that could close stands like an opening one: the closing mark was forgotten."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return mark[0] in '"“' and before.isspace() and after.isalnum() and mark[0] != "”"


def _broken_off(text: str, opened: re.Match[str], gap: re.Match[str]) -> Marked:
    goes_on = text[gap.end() : gap.end() + 1] == opened[0]
    return Marked(opened.end(), gap.start(), opened.start(), gap.start(), goes_on=goes_on, unclosed=not goes_on)


def _singles(text: str) -> list[Marked]:
    return [
        Marked(*match.span(match.lastgroup or "curly"), *match.span(), single=True) for match in _SINGLE.finditer(text)
    ]
