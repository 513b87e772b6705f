"""The words around quotations, in order, with sentences and paragraphs: what features are read from.

A quotation is one item among the words outside it, so that `"The reef," she said, "is dying."` is Q she said Q.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storydiff.text.normalize import fold
from storydiff.text.quote_marks import Marked
from storydiff.text.quote_words import QuoteWords

_WORD = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|Hr|Fr|Sra?|Mme|No|vs|Inc|Corp|Co|[A-ZА-Я])\."
    r"|(?:[A-Z]\.){2,}"
    r"|[^\W_]+(?:['’][^\W_]+|[-‐‑][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*"
    r"|\n\s*|[^\w\s]"
)
_ENDS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a punctuation mark, or a whole quotation (then `quote` is its number)."""

    start: int
    end: int
    text: str
    word: str
    """Folded; "Q" for a quotation."""
    sentence: int
    paragraph: int
    quote: int | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is neither punctuation nor a quotation."""
        return self.quote is None and (self.word[:1].isalnum())

    @property
    def is_capital(self) -> bool:
        """Whether it is a word with a capital."""
        return self.is_word and self.text[:1].isupper()


def items(text: str, quotes: Sequence[Marked], words: QuoteWords) -> list[Item]:
    """The text as items. A sentence ends at its full stop, or with a quotation that ends in one and is not followed
    by its credit."""
    pieces = list(_pieces(text, quotes))
    made: list[Item] = []
    sentence = paragraph = 0
    for index, (start, end, quote) in enumerate(pieces):
        piece = text[start:end]
        if piece.startswith("\n"):
            sentence, paragraph = sentence + 1, paragraph + 1
            continue
        word = "Q" if quote is not None else fold(piece)
        made.append(Item(start, end, piece, word, sentence, paragraph, quote))
        if _closes(text, pieces, index, quotes, words):
            sentence += 1
    return made


def _pieces(text: str, quotes: Sequence[Marked]) -> Iterator[tuple[int, int, int | None]]:
    at = 0
    for number, quote in enumerate(quotes):
        yield from ((*match.span(), None) for match in _WORD.finditer(text, at, quote.outer_start))
        yield quote.outer_start, quote.outer_end, number
        at = quote.outer_end
    yield from ((*match.span(), None) for match in _WORD.finditer(text, at))


def _closes(
    text: str,
    pieces: Sequence[tuple[int, int, int | None]],
    index: int,
    quotes: Sequence[Marked],
    words: QuoteWords,
) -> bool:
    start, end, number = pieces[index]
    inside = text[start:end] if number is None else text[quotes[number].start : quotes[number].end].rstrip()
    if inside[-1:] not in _ENDS or (number is None and end - start > 1):
        return False
    following = [text[a:b] if n is None else "Q" for a, b, n in pieces[index + 1 : index + 7]]
    if not following or not following[0][:1].isupper():
        return False
    # "Why?" Smith asked: a question or a cry takes its credit behind it without a comma.
    credited = number is not None and inside[-1:] in "!?" and any(fold(w) in words.say for w in following[:5])
    return not credited or following[0] == "Q"


def past_marks(row: Sequence[Item], at: int) -> int:
    """The item behind the quotation at item `at`, past a comma or a stop that another house would print inside the
    marks, and past the dash that follows such a comma in Russian. Americans print them inside, most others outside."""
    i = at + 1
    if i < len(row) and row[i].word in ",.":
        i += 1
        if i < len(row) and row[i].text in "—–" and row[i - 1].word == ",":
            i += 1
    return i
