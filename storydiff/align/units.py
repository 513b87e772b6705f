"""Cut a version's body into units: sentences, or clauses where one sentence says several things.

"Six people were confirmed dead and nine were missing after a ferry struck a reef" is three things that outlets report
and correct apart. A unit is the smallest piece that another version can tell, omit or contradict on its own; the units
of a paragraph partition it (only white space lies between them), so that every paragraph is in the table exactly once.

A sentence is cut only before a connective that starts a clause with its own subject and finite verb, outside of
quotation marks, with enough words on both sides. A dateline ("PORT ENNICK, March 1 (Agency) -") belongs to no unit. Cutting too finely costs little: clauses that no other version tells
apart are joined again once the points are known (`align.points`). Sentences inside one quotation stay together with
its attribution, and a sentence without content of its own ("None," she said.) stays with the one before.

time: linear in the text. Clauses are cut in English only; elsewhere at semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from storydiff.model import Span, Version
from storydiff.text.sentences import sentences

MIN_WORDS = 4
"""A piece shorter than this cannot carry a point: it stays with its neighbour."""
LONG_QUOTE = 45
"""Words up to which the sentences of one quotation are one unit; a longer speech holds several points."""

Range = tuple[int, int]

_WORD = re.compile(r"\w[\w'’.,:-]*\w|\w")
_QUOTED = re.compile(r"“[^”“]*”|„[^“”„]*[“”]|«[^»«]*»|\"[^\"]*\"|(?<!\w)[‘'][^‘]*?[’'](?!\w)")
_DATELINE = re.compile(
    r"(?:[^\W\d_][^()\n]{0,40})?\((?:[^\W\d_][\w&/ .-]{1,30})\)\s?(?:[-–—]{1,2}\s|[.:]\s)"  # Paris, 1 May (AFP) -
    r"|[^\W\d_a-zß-ÿа-яё][^\W_a-zß-ÿа-яё .'’-]{2,30}(?:,[^—–-]{2,24})?\s?(?:[-–—]{1,2})\s"  # LA PAZ, May 1 --
    r"|[^\W\d_][^/\n]{2,30}/[^/\s]{2,20}/\.?\s?(?:[-–—]\s)?"  # МОСКВА, 1 мая /ТАСС/.
)
_STRONG = re.compile(r";\s+")
_CONNECTIVE = re.compile(
    r",?\s+(?:and|but|while|whereas|although|though|because|after)\s+(?=\S)|,\s+(?:so|yet)\s+(?=\S)"
)
_FINITE = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|did|does|do"
    r"|became|began|blew|bought|broke|brought|built|came|caught|chose|cost|cut|died|drew|drove|fell|felt|fled|flew"
    r"|found|gave|got|grew|held|hit|kept|knew|laid|led|left|lost|made|met|paid|put|ran|rose|said|sank|sat|saw|sent"
    r"|set|shook|shot|spent|spoke|stood|stole|struck|swept|threw|told|took|tore|went|won|wore|wrote|[a-z]{3,}ed)\b"
)
_NO_SUBJECT = re.compile(
    r"(?:am|is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|do|be|been|being|not|to|of|in|on"
    r"|at|by|for|from|with|into|without|than|well|then|also|so|soon|later|even|if|[a-z]+ing|[a-z]+ed|[a-z]+ly)\b"
)
_SUBJECT_REACH = 60
"""Characters within which a clause must show its verb: a longer stretch is a list of nouns."""


def units(version: Version) -> tuple[Span, ...]:
    """The units of the body, in reading order; `Span.paragraph` indexes `version.paragraphs`."""
    return tuple(
        Span(version.id, index, start, end, paragraph.text[start:end])
        for index, paragraph in version.body
        for start, end in cut(paragraph.text, version.language)
    )


def cut(text: str, language: str | None) -> list[Range]:
    """The units of one paragraph as (start, end) offsets, trimmed of white space; together they cover all its words."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    begins = after_dateline(text)
    whole = _join_quotations(text, [(max(a, begins), b) for a, b in sentences(text, language) if b > begins], quoted)
    pieces = [piece for sentence in _join_short(text, whole) for piece in _clauses(text, sentence, quoted, language)]
    return [trimmed for piece in pieces if (trimmed := _trim(text, piece))]


def after_dateline(text: str) -> int:
    """Where the text begins behind its dateline; 0 without one."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def words(text: str) -> int:
    """How many words there are."""
    return len(_WORD.findall(text))


def _join_quotations(text: str, ranges: Sequence[Range], quoted: Sequence[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in ranges:
        inside = any(a < start < b for a, b in quoted)
        if joined and inside and words(text[joined[-1][0] : end]) <= LONG_QUOTE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _join_short(text: str, ranges: Sequence[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in ranges:
        short_before = joined and words(text[slice(*joined[-1])]) < MIN_WORDS
        if joined and (short_before or words(text[start:end]) < MIN_WORDS):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _clauses(text: str, sentence: Range, quoted: Sequence[Range], language: str | None) -> list[Range]:
    start, end = sentence
    pieces = []
    for at in _cuts(text, sentence, language):
        if any(a < at < b for a, b in quoted):
            continue
        if words(text[start:at]) >= MIN_WORDS and words(text[at:end]) >= MIN_WORDS:
            pieces.append((start, at))
            start = at
    return [*pieces, (start, end)]


def _cuts(text: str, sentence: Range, language: str | None) -> list[int]:
    """Where a clause of its own starts inside the sentence."""
    start, end = sentence
    found = [match.end() for match in _STRONG.finditer(text, start, end)]
    if language in (None, "en"):
        found += _english_cuts(text, start, end)
    return sorted(found)


def _english_cuts(text: str, start: int, end: int) -> Iterator[int]:
    for match in _CONNECTIVE.finditer(text, start, end):
        after = match.end()
        verb = _FINITE.search(text, after, min(end, after + _SUBJECT_REACH))
        own = verb and verb.start() > after and "," not in text[after : verb.start()]
        if own and not _NO_SUBJECT.match(text, after) and _FINITE.search(text, start, match.start()):
            yield match.start() + len(match[0]) - len(match[0].lstrip(", "))


def _trim(text: str, piece: Range) -> Range | None:
    start, end = piece
    inner = text[start:end]
    if not inner.strip():
        return None
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
