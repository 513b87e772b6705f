"""Reads the files of invented pairs: two readings of one point and what, if anything, they conflict in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storydiff.diff.discrepancies import Telling

_MARKED = re.compile(r"\[\[(.*?)\]\]")
FILES = ("pairs_1.txt", "pairs_2.txt", "pairs_3.txt", "pairs_4.txt", "pairs_5.txt", "pairs_6.txt")


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair; `type` is empty when the readings are compatible, and the spans are the disputed words."""

    name: str
    type: str
    known_miss: bool
    a: Telling
    b: Telling
    a_span: tuple[int, int]
    b_span: tuple[int, int]


def pairs() -> Iterator[Pair]:
    """All pairs of all files."""
    for file in FILES:
        blocks = Path(__file__).with_name(file).read_text(encoding="utf-8").split("\n\n")
        for block in blocks:
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            if lines:
                yield _pair(lines)


def _pair(lines: list[str]) -> Pair:
    head = lines[0].split()
    missed = head[0] == "missed"
    kind, *rest = head[1:] if missed else head
    trap = rest.pop(0) if kind == "none" else kind
    language, *dates = rest
    (a, a_span), (b, b_span) = (_marked(line[2:]) for line in lines[1:3])
    days = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in dates]
    first, _, second = language.partition("/")
    sides = ((a, first, days[0]), (b, second or first, days[-1]))
    tellings = [Telling(text=text, language=spoken, published=day) for text, spoken, day in sides]
    name = f"{trap}-{language}-{'-'.join(a.split()[:4])}"
    return Pair(name, "" if kind == "none" else kind, missed, *tellings, a_span, b_span)


def _marked(text: str) -> tuple[str, tuple[int, int]]:
    found = _MARKED.search(text)
    plain = _MARKED.sub(r"\1", text)
    return plain, (found.start(), found.end() - 4) if found else (0, 0)
