"""Who is mentioned around a quotation: names, pronouns, and what stands beside a verb ("a senior official said")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storydiff.text.lexicon import FUNCTION_WORDS
from storydiff.text.quote_context import Item
from storydiff.text.quote_words import QuoteWords

PARTICLES = frozenset("de del della di da du van von der den la le al el bin ibn of".split())  # noqa: SIM905
STOPS = frozenset(
    "and but or that when as because if while which although though und aber dass et mais que y pero".split()  # noqa: SIM905
)
CHUNK = 8
"""Words that a speaker described without a name may have."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Items `first..last` (inclusive) that may be a speaker."""

    first: int
    last: int
    kind: str
    """name, pronoun or chunk."""


def mentions(row: Sequence[Item], words: QuoteWords, language: str) -> list[Mention]:
    """All mentions in order of their place."""
    grammar = FUNCTION_WORDS.get(language, FUNCTION_WORDS["en"])
    named = [n for n in _names(row, grammar | words.say) if n.first < n.last or row[n.first].word not in words.calendar]
    named += [Mention(i, i, "pronoun") for i, item in enumerate(row) if item.word in words.pronoun]
    taken = {(mention.first, mention.last) for mention in named}
    chunks = {c for c in _chunks(row, words) if (c.first, c.last) not in taken}
    return sorted({*named, *chunks}, key=lambda m: (m.first, m.last, m.kind))


def starts(row: Sequence[Item], i: int) -> bool:
    """Whether a sentence, or a part of it after punctuation, starts here."""
    return i == 0 or row[i - 1].sentence != row[i].sentence or not row[i - 1].is_word


def _names(row: Sequence[Item], grammar: frozenset[str]) -> Iterator[Mention]:
    first: int | None = None
    last = -1
    for i, item in enumerate(row):
        if item.is_capital and not (item.word in grammar and starts(row, i)):
            first, last = (i, i) if first is None else (first, i)
        elif first is not None and not _bridges(row, i):
            yield Mention(first, last, "name")
            first = None
    if first is not None:
        yield Mention(first, last, "name")


def _bridges(row: Sequence[Item], i: int) -> bool:
    """Whether the item stands inside a name: a particle, or the stop of an abbreviation."""
    return row[i].word in PARTICLES and i + 1 < len(row) and row[i + 1].is_capital


def _chunks(row: Sequence[Item], words: QuoteWords) -> Iterator[Mention]:
    for i, item in enumerate(row):
        if item.word in words.say or item.word in words.hint:
            yield from _before(row, i, words)
            yield from _behind(row, i, words)
        elif starts(row, i) and item.is_word:
            yield from _behind(row, i - 1, words)


def _before(row: Sequence[Item], verb: int, words: QuoteWords) -> Iterator[Mention]:
    last = verb - 1
    while last >= 0 and row[last].word in words.between:
        last -= 1
    first = last
    while first >= 0 and last - first < CHUNK and _inside(row, first, verb, words):
        first -= 1
    if first < last:
        yield Mention(first + 1, last, "chunk")


def _behind(row: Sequence[Item], verb: int, words: QuoteWords) -> Iterator[Mention]:
    first = last = verb + 1
    while last < len(row) and last - first < CHUNK and _inside(row, last, verb, words):
        last += 1
    if last > first:
        yield Mention(first, last - 1, "chunk")


def _inside(row: Sequence[Item], i: int, verb: int, words: QuoteWords) -> bool:
    item = row[i]
    return (
        item.is_word
        and item.sentence == row[max(verb, 0) if i <= verb else i].sentence
        and item.word not in STOPS
        and item.word not in words.say
        and item.word not in words.between
    )


def name_in(found: Sequence[Mention], mention: Mention) -> Mention:
    """The name at the end of a description ("fire chief Maret Oskand"), else the mention itself."""
    if mention.kind != "chunk":
        return mention
    ends = (m for m in found if m.kind == "name" and m.last == mention.last and m.first >= mention.first)
    return next(ends, mention)
