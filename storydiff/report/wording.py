"""The word diff that readers see: what stayed, came, went, and what merely moved.

`diff.words` says what was removed here and inserted there; runs of at least `LONG` words that are both are one
move, painted apart from real changes (users of every diff tool ask for that). Matching is exact on the words,
longest first, and each word moves at most once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from storydiff.diff.words import edits
from storydiff.model import WordEdit

LONG = 3
"""Words. Two words recur by chance ("of the"); three that went and came are nearly always a move."""
MOST = 400
"""Words on one side beyond which moves are not sought: cost is their product."""
ALIKE = 0.34
"""Share of the shorter text that must have stayed or moved; below, a diff is noise and two quotes say more."""
AROUND = 5
"""Words left on each side of a change where only the changes are shown."""
SIGNS = ".,;:!?\"'“”‘’()[]–—-"
WORD = re.compile(r"\s*\S+\s*")
SPLIT = re.compile(r"\S+\s*|\s+")


class Part(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    FROM = "from"
    """Stood here before; stands elsewhere now."""
    TO = "to"
    """Stands here now; stood elsewhere before."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words and what became of it."""

    part: Part
    text: str


def compared(before: str, after: str, language: str | None = None) -> tuple[Run, ...]:
    """The runs from `before` to `after`; all but NEW and TO joined give `before`, all but GONE and FROM `after`."""
    return runs(edits(before, after, language))


def runs(changes: Iterable[WordEdit]) -> tuple[Run, ...]:
    """The runs of a word diff, moves told apart."""
    plain: list[Run] = []
    for edit in changes:
        if edit.op == "equal":
            plain.append(Run(Part.SAME, edit.after))
        else:
            plain += [Run(Part.GONE, edit.before)] if edit.before else []
            plain += [Run(Part.NEW, edit.after)] if edit.after else []
    return tuple(_with_moves(plain))


def alike(found: Sequence[Run]) -> bool:
    """Whether enough stayed or moved for the diff to help a reader."""
    sizes = {part: sum(len(run.text.split()) for run in found if run.part is part) for part in Part}
    before = sizes[Part.SAME] + sizes[Part.FROM] + sizes[Part.GONE]
    after = sizes[Part.SAME] + sizes[Part.TO] + sizes[Part.NEW]
    kept = sizes[Part.SAME] + min(sizes[Part.FROM], sizes[Part.TO])
    return kept >= ALIKE * max(min(before, after), 1)


def pinched(found: Sequence[Run], around: int = AROUND) -> tuple[Run, ...]:
    """The runs with what stayed cut to that many words beside each change; "…" stands for the rest."""
    last = len(found) - 1
    return tuple(
        Run(run.part, _pinched(run.text, around if place else 0, around if place < last else 0))
        if run.part is Part.SAME
        else run
        for place, run in enumerate(found)
    )


def _pinched(text: str, left: int, right: int) -> str:
    """The first `left` and the last `right` words of a text that has more than a few besides."""
    pieces = WORD.findall(text)
    if len(pieces) <= left + right + 1:
        return text
    head, tail = "".join(pieces[:left]), "".join(pieces[len(pieces) - right :])
    return f"{head.rstrip()}{' ' if head and tail else ''}…{' ' if head and tail else ''}{tail}"


def _words(plain: list[Run], part: Part) -> list[str]:
    return [piece for run in plain if run.part is part for piece in SPLIT.findall(run.text)]


def _with_moves(plain: list[Run]) -> list[Run]:
    gone, new = _words(plain, Part.GONE), _words(plain, Part.NEW)
    if not (LONG <= len(gone) <= MOST and LONG <= len(new) <= MOST):
        return plain
    went, came = _moved(gone, new)
    pieces = {Part.GONE: iter(zip(gone, went, strict=True)), Part.NEW: iter(zip(new, came, strict=True))}
    moved_as = {Part.GONE: Part.FROM, Part.NEW: Part.TO}
    out: list[Run] = []
    for run in plain:
        if run.part is Part.SAME:
            out.append(run)
            continue
        for _ in SPLIT.findall(run.text):
            word, moves = next(pieces[run.part])
            _add(out, moved_as[run.part] if moves else run.part, word)
    return out


def _moved(gone: list[str], new: list[str]) -> tuple[list[bool], list[bool]]:
    """For each word, whether it is part of a move: the longest common run is taken again and again."""
    went, came = [False] * len(gone), [False] * len(new)
    left, right = _keys(gone, "<"), _keys(new, ">")
    while True:
        match = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
        if match.size < LONG:
            return went, came
        for step in range(match.size):
            went[match.a + step] = came[match.b + step] = True
            left[match.a + step], right[match.b + step] = f"<{match.a + step}", f">{match.b + step}"


def _keys(words: list[str], side: str) -> list[str]:
    """Words match by their letters; a bare sign matches nothing, so that it never holds a run together."""
    letters = (word.strip().strip(SIGNS).casefold() for word in words)
    return [key or f"{side}{number}" for number, key in enumerate(letters)]


def _add(out: list[Run], part: Part, text: str) -> None:
    if out and out[-1].part is part:
        out[-1] = Run(part, out[-1].text + text)
    else:
        out.append(Run(part, text))
