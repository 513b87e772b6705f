"""Cut a version's body into units: sentences, or clauses where one sentence says several things.

"The mill was closed and forty workers were sent home after a boiler burst in the hall" is three things that outlets
report and correct apart. A unit is the smallest piece that another version can tell, omit or contradict on its own;
the units of a paragraph partition it (only white space lies between them), so that every paragraph is in the table
exactly once.

A sentence is cut before a connective that starts a clause with its own subject and finite verb, outside of quotation
marks, with enough words on both sides, and at a comma where it goes on with a further deed, place, time or author
("..., with the loss of forty jobs, in the hall where it had begun"). A dateline ("TARNBY, May 4 (Agency) -") belongs to
no unit. Cutting too finely costs little: clauses that no other version tells apart are joined again
(`align.points_table`). Sentences inside one quotation stay together with its attribution, and a sentence without
content of its own ("None," she said.) stays with the one before.

A count of some of the counted ("..., among them 30 pupils") begins a unit too.

time: linear in the text. Subjects and verbs are looked for in English; elsewhere a clause is cut where a subordinating
connective stands, or where "and" is followed by another count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storydiff.model import Span, Version
from storydiff.text.sentences import goes_on, sentences

MIN_WORDS = 4
"""A piece shorter than this cannot carry a point: it stays with its neighbour."""
LOOSE_WORDS = 5
"""The same for a piece that a comma alone cuts off, and for the one before it."""
LONG_QUOTE = 45
"""Words up to which the sentences of one quotation are one unit; a longer speech holds several points."""

Range = tuple[int, int]

_WORD = re.compile(r"\w[\w'’.,:-]*\w|\w")
_ENOUGH, _ENOUGH_LOOSE = (re.compile(rf"(?>\W*(?>{_WORD.pattern})){{{least}}}") for least in (MIN_WORDS, LOOSE_WORDS))
"""As many words as a piece needs, and no look at the rest."""
_SPEECH = re.compile(rf"(?>\W*(?>{_WORD.pattern})){{{LONG_QUOTE + 1}}}")
"""More words than a quotation that is one unit may have."""
_QUOTED = re.compile(r"“[^”“]*”|„[^“”„]*[“”]|«[^»«]*»|\"[^\"]*\"|(?<!\w)[‘'][^‘]*?[’'](?!\w)")
_DATELINE = re.compile(
    r"(?:[^\W\d_a-zß-ÿа-яё][^()\n]{0,40})?\([^\W\d_a-zß-ÿа-яё][\w&/.-]*(?:\s[^\W\d_a-zß-ÿа-яё][\w&/.-]*){0,3}\)\s?"
    r"(?:[-–—]{1,2}\s|[.:]\s)"  # Paris, 1 May (AFP) -
    r"|[^\W\d_a-zß-ÿа-яё][^\W_a-zß-ÿа-яё .'’-]{2,30}(?:,[^—–-]{2,24})?\s?(?:[-–—]{1,2})\s"  # LA PAZ, May 1 --
    r"|[^\W\d_][^/\n]{2,30}/[^/\s]{2,20}/\.?\s?(?:[-–—]\s)?"  # МОСКВА, 1 мая /ТАСС/.
)
_STOP = re.compile(r"(?<=[.!?…])\s+(?=[\"“«„]?[^\W\d_a-zß-ÿа-яё])")
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
_LOOSE = re.compile(
    r",\s+(?=(?:and|but|or|nor|for|in|on|at|by|from|to|of|into|after|under|over|through|without|between|about|with"
    r"|[a-z]{2,}ed|built|held|led|made|paid|sent|sold)\s)"
)
"""A comma before something that can be told on its own, though it has no subject and verb: what else was done, where,
when, by whom."""
_SUBJECT_REACH = 60
"""Characters within which a clause must show its verb: a longer stretch is a list of nouns."""
_COUNT = (
    r"(?=\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|дв[ае]|двое|три|трое|четыре|пять|шесть|семь|восемь|девять"
    r"|десять|чотири|вісім|сім|шість)\b)"
)
_OF_THESE = re.compile(
    rf",\s+(?=(?:among them|of whom|of them|including|when|darunter|davon|entre ellos|entre ellas|dont|parmi eux"
    rf"|среди них|из них|в том числе|серед них|з них)\s{_COUNT})"
    rf"|,\s+(?={_COUNT}[\w-]+\s(?:of whom|of them|von ihnen|de ellos|d['’]entre eux|из них|з них)\s)",
    re.IGNORECASE,
)
_ELSEWHERE = {
    "de": re.compile(rf",\s+(?=(?:während|obwohl|nachdem|aber|doch|sondern)\s)|\s+(?=und\s{_COUNT})"),
    "es": re.compile(rf",?\s+(?=(?:pese a que|aunque|mientras|después de que|pero)\s)|(?<!enta)\s+(?=y\s{_COUNT})"),
    "fr": re.compile(rf",?\s+(?=(?:tandis que|alors que|bien que|après que|mais)\s)|\s+(?=et\s{_COUNT})"),
    "ru": re.compile(rf",\s+(?=(?:хотя|тогда как|после того как|но|а)\s)|\s+(?=и\s+(?:ещё\s+)?{_COUNT})"),
    "uk": re.compile(rf",\s+(?=(?:хоча|тоді як|після того як|але|а)\s)|\s+(?=(?:і|та)\s+(?:ще\s+)?{_COUNT})"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a version's body; `sentence` is where the sentence begins that it was cut from."""

    span: Span
    sentence: int


def units(version: Version) -> tuple[Unit, ...]:
    """The units of the body, in reading order; `Span.paragraph` indexes `version.paragraphs`."""
    return tuple(
        Unit(Span(version.id, index, start, end, paragraph.text[start:end]), sentence)
        for index, paragraph in version.body
        for start, end, sentence in cut(paragraph.text, version.language)
    )


@lru_cache(maxsize=1 << 12)
def cut(text: str, language: str | None) -> tuple[tuple[int, int, int], ...]:
    """The units of one paragraph as (start, end, start of their sentence), without white space around them.

    Remembered, for copies and earlier versions have most paragraphs in common.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    begins = after_dateline(text)
    whole = [(max(a, begins), b) for a, b in sentences(text, language) if b > begins]
    parts = [part for sentence in whole for part in _parts_of_speech(text, sentence, language)]
    joined = _join_short(text, _join_quotations(text, parts, quoted))
    pieces = [(piece, sentence[0]) for sentence in joined for piece in _clauses(text, sentence, quoted, language)]
    return tuple([(*trimmed, first) for piece, first in pieces if (trimmed := _trim(text, piece))])


def after_dateline(text: str) -> int:
    """Where the text begins behind its dateline; 0 without one."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def words(text: str) -> int:
    """How many words there are."""
    return len(_WORD.findall(text))


def _parts_of_speech(text: str, sentence: Range, language: str | None) -> Iterator[Range]:
    """The sentences of a long quotation, which the splitter gives as one."""
    start, end = sentence
    if _is_enough(text, start, end, _SPEECH):
        for match in _STOP.finditer(text, start, end):
            if not goes_on(text[start : match.start()], text[match.end() : end], language):
                yield start, match.start()
                start = match.end()
    yield start, end


def _join_quotations(text: str, ranges: Sequence[Range], quoted: Sequence[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in ranges:
        inside = any(a < start < b for a, b in quoted)
        if joined and inside and words(text[joined[-1][0] : end]) <= LONG_QUOTE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_enough(text: str, start: int, end: int, enough: re.Pattern[str] = _ENOUGH) -> bool:
    return enough.match(text, start, end) is not None


def _join_short(text: str, ranges: Sequence[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in ranges:
        if joined and not (_is_enough(text, *joined[-1]) and _is_enough(text, start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _clauses(text: str, sentence: Range, quoted: Sequence[Range], language: str | None) -> list[Range]:
    start, end = sentence
    pieces = []
    firm = set(_cuts(text, sentence, language))
    for at in sorted(firm | _loose_cuts(text, sentence, language)):
        if any(a < at < b for a, b in quoted):
            continue
        enough = _ENOUGH if at in firm else _ENOUGH_LOOSE
        if _is_enough(text, start, at, enough) and _is_enough(text, at, end, enough):
            pieces.append((start, at))
            start = at
    return [*pieces, (start, end)]


def _cuts(text: str, sentence: Range, language: str | None) -> list[int]:
    """Where a clause of its own starts inside the sentence."""
    start, end = sentence
    found = [match.end() for cut_at in (_STRONG, _OF_THESE) for match in cut_at.finditer(text, start, end)]
    if language in (None, "en"):
        found += _english_cuts(text, start, end)
    elif language in _ELSEWHERE:
        found += [match.end() for match in _ELSEWHERE[language].finditer(text, start, end)]
    return found


def _loose_cuts(text: str, sentence: Range, language: str | None) -> set[int]:
    """Where a comma parts what may be told apart; in English only."""
    return {match.end() for match in _LOOSE.finditer(text, *sentence)} if language in (None, "en") else set()


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
