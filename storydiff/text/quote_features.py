"""What tells a quotation from a title, a nickname or a scare quote: features of a marked stretch and its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storydiff.text.normalize import fold
from storydiff.text.quote_context import Item, past_marks
from storydiff.text.quote_marks import Marked
from storydiff.text.quote_words import QuoteWords
from storydiff.text.speakers import WINDOW, Scene, gives_credit

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SIZES = ((1, "1"), (2, "2"), (3, "3"), (5, "5"), (9, "9"), (16, "16"))
SHORT = 6
"""Letters of a word that is a feature by itself: prepositions and articles are that short."""
NEAR = 4
"""Items within which a verb counts as standing beside the quotation."""


def features(text: str, scene: Scene, at: int, stretches: Sequence[Marked]) -> list[str]:
    """Named features of the stretch at item `at`."""
    row, words = scene.row, scene.words
    mark = stretches[row[at].quote or 0]
    inside = text[mark.start : mark.end].strip()
    size = _size(inside)
    left, right = _verb_left(row, at, words), _verb_right(row, at, words)
    found = [
        f"size={size}",
        f"end={_end(inside, row, at)}",
        f"size={size} end={_end(inside, row, at)}",
        f"left={left}",
        f"right={right}",
        f"left={left} right={right}",
        f"size={size} say={'say' in (left + right)}",
        f"case={_case(inside)}",
        f"size={size} case={_case(inside)}",
        f"before={_neighbour(row, at, -1, words)}",
        f"after={_neighbour(row, at, 1, words)}",
        f"others={_others(row, at, words)}",
        f"place={_place(row, at)}",
        f"goes on={mark.goes_on}",
    ]
    found += [f"self size={size}"] if _speaks(inside, words) else []
    found += [f"heading say={'say' in left + right}"] if _heading(row, at) else []
    return found


def _size(inside: str) -> str:
    count = len(_WORDS.findall(inside))
    return next((name for limit, name in _SIZES if count <= limit), "long")


def _end(inside: str, row: Sequence[Item], at: int) -> str:
    """The punctuation at the closing mark, inside or just outside: quotations end with a comma or a stop."""
    last = inside[-1:]
    if last.isalnum() and at + 1 < len(row) and row[at + 1].sentence == row[at].sentence:
        last = row[at + 1].text
    if last[:1].isalnum() or not last:
        return "word"
    return "." if last in ".…" else "," if last == "," else "?" if last in "?!" else "other"


def _case(inside: str) -> str:
    """How many words have capitals: titles have them on most."""
    found = [w for w in _WORDS.findall(inside) if w[0].isalpha()]
    if not found:
        return "none"
    share = sum(w[0].isupper() for w in found[1:]) / max(1, len(found) - 1)
    first = "Upper" if found[0][0].isupper() else "lower"
    return f"{first} {'many' if share > 0.6 else 'some' if share > 0.25 else 'few'}"


def _verb_left(row: Sequence[Item], at: int, words: QuoteWords) -> str:
    for i in range(at - 1, max(-1, at - WINDOW), -1):
        if row[i].sentence != row[at].sentence:
            break
        near = "near" if at - i <= NEAR else "far"
        if row[i].word in words.say:
            return f"say {near}"
        if row[i].word in words.hint:
            return f"hint {near}"
        if gives_credit(row, i, words):
            return "credit"
    return "none"


def _verb_right(row: Sequence[Item], at: int, words: QuoteWords) -> str:
    for i in range(at + 1, min(len(row), at + 25)):
        if row[i].sentence != row[at].sentence:
            break
        near = "near" if i - at <= NEAR else "far"
        if row[i].word in words.say:
            return f"say {near}"
        if near == "near" and gives_credit(row, i, words):
            return "credit"
    return "none"


def _neighbour(row: Sequence[Item], at: int, step: int, words: QuoteWords) -> str:
    i = past_marks(row, at) if step > 0 else at - 1
    if not 0 <= i < len(row) or row[i].sentence != row[at].sentence:
        return "edge"
    item = row[i]
    for name in ("say", "hint", "pronoun", "label", "between"):
        if item.word in getattr(words, name):
            return name
    if not item.is_word:
        return item.word
    if item.word.isalpha() and len(item.word) <= SHORT:
        return f"word {item.word}"
    return "capital" if item.is_capital else "word"


def _others(row: Sequence[Item], at: int, words: QuoteWords) -> str:
    """Whether verbs of saying stand elsewhere in the paragraph or just before it."""
    paragraph = row[at].paragraph
    near = [i for i in range(max(0, at - 60), min(len(row), at + 60)) if abs(row[i].paragraph - paragraph) <= 1]
    own = any(row[i].word in words.say and row[i].paragraph == paragraph for i in near)
    return "own" if own else "beside" if any(row[i].word in words.say for i in near) else "none"


def _place(row: Sequence[Item], at: int) -> str:
    first = at == 0 or row[at - 1].paragraph != row[at].paragraph
    last = at + 1 == len(row) or row[at + 1].paragraph != row[at].paragraph
    return "whole" if first and last else "first" if first else "last" if last else "inside"


def _speaks(inside: str, words: QuoteWords) -> bool:
    return any(fold(w) in words.self for w in _WORDS.findall(inside))


def _heading(row: Sequence[Item], at: int) -> bool:
    """Whether the paragraph is one line without a full stop."""
    paragraph = row[at].paragraph
    last = at
    while last + 1 < min(len(row), at + WINDOW) and row[last + 1].paragraph == paragraph:
        last += 1
    return row[last].is_word
