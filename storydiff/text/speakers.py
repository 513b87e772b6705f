"""Who of the people mentioned around a quotation says it: what speaks for each mention.

Each mention gets named features; a logistic model, fitted by bench/fit_quotes.py, weighs them, and the best mention is
the speaker. The features follow O'Keefe, Pareti, Curran, Koprinska and Honnibal, "A sequence labelling approach to
quote attribution" (EMNLP-CoNLL 2012), without a parser: the verb of saying takes its place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from storydiff.text.quote_context import Item, past_marks
from storydiff.text.quote_mentions import STOPS, Mention, mentions
from storydiff.text.quote_words import QuoteWords

LABELS = frozenset(":-―—–")
APPOSITION, TITLE = 22, 8
"""Words within which the verb stands behind an apposition, or before a post and a name."""
MEMORY = 4  # paragraphs through which a speaker is kept in mind
WINDOW = 80
"""Items to either side beyond which nobody looks, however long the sentence."""
CANDIDATES = 30  # the nearest mentions; with all of them the figures are the same
REACH = 3
"""Sentences before the quotation's own in which its speaker is looked for."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What features of speakers are read from: made once for a text."""

    row: Sequence[Item]
    mentions: Sequence[Mention]
    words: QuoteWords
    starts: Sequence[int]
    """Sentence number -> index of its first item."""

    def around(self, at: int, previous: Mention | None) -> list[Mention]:
        """The mentions that may be the speaker of the quotation at item `at`; `previous` goes on speaking, perhaps."""
        sentence = self.row[at].sentence
        low = max(self.starts[max(0, sentence - REACH)], at - WINDOW)
        high = min(self.starts[sentence + 2] if sentence + 2 < len(self.starts) else len(self.row), at + WINDOW)
        left = bisect_left(self.mentions, low, key=lambda m: m.first)
        right = bisect_left(self.mentions, high, key=lambda m: m.first)
        found = sorted(self.mentions[left:right], key=lambda m: abs(m.first - at))[:CANDIDATES]
        recent = previous is not None and self.row[at].paragraph - self.row[previous.first].paragraph <= MEMORY
        return [previous, *found] if previous is not None and recent and previous not in found else found


def scene(row: Sequence[Item], words: QuoteWords, language: str) -> Scene:
    """The scene of a text."""
    first_items = [0]
    for i, item in enumerate(row):
        first_items.extend(i for _ in range(item.sentence + 1 - len(first_items)))
    return Scene(row, mentions(row, words, language), words, first_items)


def verb(scene: Scene, mention: Mention) -> int | None:
    """Index of the word that makes the mention a speaker: a verb, or "according to"; None when there is none."""
    label, place = _verb(scene, mention)
    return None if label in ("none", "label", "signed") else place


def features(scene: Scene, at: int, mention: Mention, previous: Mention | None) -> list[str]:
    """What speaks for and against `mention` as the speaker of the quotation at item `at`; `previous` is the speaker
    found for the quotation before."""
    row = scene.row
    where = _where(row, at, mention)
    verb, place = _verb(scene, mention)
    found = [
        f"where={where}",
        f"where={where} verb={verb}",
        f"verb={verb}",
        f"verb={verb} kind={mention.kind}",
        f"kind={mention.kind} where={where}",
        f"where={where} near={_gap(row, at, mention.last if mention.last < at else mention.first)}",
        f"where={where} between={_rivals(scene, at, mention)}",
        f"before={_left(row, mention, scene.words)}",
        f"where={where} after={_beside(scene, at, 1)}",
        f"where={where} ahead={_beside(scene, at, -1)}",
        f"after={_beside(scene, at, 1)} verb={verb}",
        f"size={min(4, mention.last - mention.first)} kind={mention.kind}",
        f"kind={mention.kind} first={_grammar(row[mention.first])} verb={verb}",
    ]
    if where in ("left", "right"):
        found.append(f"where={where} verb={verb} quotes={_quotes_between(row, at, mention)}")
        found.append(f"where={where} verb={verb} gap={_gap(row, at, place)}")
    if previous is not None:
        found.append(f"previous={_same(row, previous, mention)} where={where}")
        found.append(f"previous={_same(row, previous, mention)} after={_beside(scene, at, 1)}")
    return found


def _grammar(item: Item) -> str:
    """A short word itself, as articles and prepositions are, else what it looks like."""
    return item.word if len(item.word) <= 4 and item.word.isalpha() else "Capital" if item.is_capital else "word"


def _where(row: Sequence[Item], at: int, mention: Mention) -> str:
    quote, item = row[at], row[mention.first]
    side = "left" if mention.last < at else "right"
    if item.sentence == quote.sentence:
        return side
    place = "paragraph" if item.paragraph == quote.paragraph else "other"
    steps = min(4, abs(item.sentence - quote.sentence))
    return f"{side} {place} {steps}"


def _verb(scene: Scene, mention: Mention) -> tuple[str, int]:
    """How the mention stands to a verb of saying, and where that is: its subject, behind it, after a word of credit."""
    for relation in (_subject, _behind_verb, _beside_sign):
        found = relation(scene.row, mention, scene.words)
        if found is not None:
            return found
    return "none", mention.first - 1


def _subject(row: Sequence[Item], mention: Mention, words: QuoteWords) -> tuple[str, int] | None:
    ahead = _skip(row, mention.last + 1, words)
    if _word(row, ahead) in words.say:
        return "subject", ahead
    apart = _apposition(row, mention, words)
    return None if apart is None else ("subject, apart", apart)


def _behind_verb(row: Sequence[Item], mention: Mention, words: QuoteWords) -> tuple[str, int] | None:
    before = mention.first - 1
    if _word(row, before) in words.say:
        return ("listener" if row[before].word in words.tell else "behind"), before
    titled = _title_verb(row, mention, words)
    if titled is None:
        return None
    name = "listener title" if row[titled].word in words.tell else "behind title"
    return (f"{name}, apart" if row[before].word == "," else name), titled


def _beside_sign(row: Sequence[Item], mention: Mention, words: QuoteWords) -> tuple[str, int] | None:
    before = mention.first - 1
    behind, ahead = _word(row, before), _skip(row, mention.last + 1, words)
    signs = (
        (gives_credit(row, before, words), "credit", before),
        (behind in words.origin, "origin", before),
        (_word(row, mention.last + 1) in LABELS, "label", mention.last + 1),
        (behind in LABELS, "signed", before),
        (_word(row, ahead) in words.hint, "hint subject", ahead),
        (behind in words.hint, "hint behind", before),
    )
    return next(((name, place) for holds, name, place in signs if holds), None)


def gives_credit(row: Sequence[Item], i: int, words: QuoteWords) -> bool:
    """Whether item `i` credits what follows: "laut", or the end of "according to"."""
    return f"{_word(row, i - 1)}-{_word(row, i)}" in words.credit or _word(row, i) in words.credit


def _skip(row: Sequence[Item], i: int, words: QuoteWords) -> int:
    """Past the words that may stand between a subject and its verb, four at most."""
    end = min(i + 4, len(row))
    while i < end and row[i].word in words.between:
        i += 1
    return i


def _word(row: Sequence[Item], i: int) -> str:
    return row[i].word if 0 <= i < len(row) else ""


def _apposition(row: Sequence[Item], mention: Mention, words: QuoteWords) -> int | None:
    """Smith, 41, a baker from Tarn, said: the verb stands behind a second comma, or behind words without one."""
    sentence, i = row[mention.first].sentence, mention.last + 1
    for j in range(i, min(i + APPOSITION, len(row))):
        item = row[j]
        if item.sentence != sentence or item.quote is not None:
            return None
        if item.word in words.say:
            joined = _word(row, i) != "," or _word(row, j - 1) in {",", ")"} or _word(row, j - 1) in words.between
            return j if joined else None
    return None


def _title_verb(row: Sequence[Item], mention: Mention, words: QuoteWords) -> int | None:
    """Said fire chief Oskand: lower-case words stand between the verb and the name."""
    last = mention.first - 1
    for i in range(last, max(-1, mention.first - TITLE), -1):
        item = row[i]
        if item.word in words.say:
            return i
        if i == last and item.word == ",":  # said the fire chief, Maret Oskand
            continue
        if not item.is_word or item.word in STOPS:
            return None
    return None


def _beside(scene: Scene, at: int, step: int) -> str:
    """What stands right before or behind the quotation."""
    row, words = scene.row, scene.words
    i = _skip(row, past_marks(row, at), words) if step > 0 else at - 1
    if not 0 <= i < len(row) or row[i].paragraph != row[at].paragraph:
        return "edge"
    item = row[i]
    if item.sentence != row[at].sentence:
        return "sentence"
    if item.word in words.say or item.word in words.pronoun:
        return "say" if item.word in words.say else "pronoun"
    return "capital" if item.is_capital else "word" if item.is_word else item.word


def _gap(row: Sequence[Item], at: int, place: int) -> str:
    return _steps(at - place if place < at else place - past_marks(row, at) + 1)


def _steps(gap: int) -> str:
    return next((name for limit, name in ((1, "1"), (2, "2"), (4, "4"), (8, "8"), (16, "16")) if gap <= limit), "far")


def _rivals(scene: Scene, at: int, mention: Mention) -> str:
    low, high = sorted((at, mention.first))
    count = sum(low < other.first < high for other in scene.mentions[_index(scene, low) : _index(scene, high)])
    return str(min(count, 3))


def _index(scene: Scene, item: int) -> int:
    return bisect_left(scene.mentions, item, key=lambda m: m.first)


def _left(row: Sequence[Item], mention: Mention, words: QuoteWords) -> str:
    i = mention.first - 1
    if i < 0 or row[i].sentence != row[mention.first].sentence:
        return "start"
    item = row[i]
    if item.quote is not None:
        return "quote"
    if item.is_word and item.word in words.say:
        return "say"
    return _grammar(item) if item.is_word else item.word


def _quotes_between(row: Sequence[Item], at: int, mention: Mention) -> str:
    low, high = sorted((at, mention.first))
    return str(min(2, sum(item.quote is not None for item in row[low + 1 : high])))


def _same(row: Sequence[Item], previous: Mention, mention: Mention) -> str:
    if previous == mention:
        return "same place"
    before = {item.word for item in row[previous.first : previous.last + 1]}
    now = {item.word for item in row[mention.first : mention.last + 1]}
    return "same words" if now & before else "other"
