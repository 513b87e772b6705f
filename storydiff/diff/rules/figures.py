"""A figure in its reading, and what in two readings allows both of two figures to be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from storydiff.align.points_concepts import bag
from storydiff.diff.rules.contrasts import contrast
from storydiff.diff.rules.passage import Passage
from storydiff.text.lexicon import FUNCTION_WORDS
from storydiff.text.numbers import Quantity
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside, either
from storydiff.text.times import Moment, agree

_TABLE = beside(__file__, "figures")
_PEOPLE = Sieve(either(_TABLE["people"]), re.IGNORECASE)
_SUPERSEDED_BEFORE = Sieve(rf"\b(?:{either(_TABLE['superseded_before'])})\b[^.;]{{0,45}}$", re.IGNORECASE)
_SUPERSEDED_AFTER = Sieve(rf"\A[^.;]{{0,30}}\b(?:{either(_TABLE['superseded_after'])})\b", re.IGNORECASE)
_PART = re.compile(rf"\s(?:{either(_TABLE['part_after'])})\b", re.IGNORECASE)
_PART_BEFORE = Sieve(rf"(?:{either(_TABLE['part_before'])})\s(?:\w+\s)?$", re.IGNORECASE)
_RATE = re.compile(
    r"(?:\s\w+)?\s(?:(?:an?|per|each|every)\s(?:hour|day|night|week|month|quarter|year|head|person|household)\b"
    r"|(?:am|pro|je|im)\s(?:Tag|Woche|Monat|Jahr|Kopf|Stunde)\b|par\s(?:jour|heure|semaine|mois|an|personne)\b"
    r"|(?:al|por|a la)\s(?:día|mes|año|hora|semana|persona)\b"
    r"|(?:в|за|на|у)\s(?:день|сутки|добу|неделю|месяц|місяць|год|рік|час)\b)",
    re.IGNORECASE,
)
"""What stands behind a figure that is counted over and over: 24 tonnes a day."""
_EXTRA = re.compile(rf"\s(?:{either(_TABLE['extra_after'])})\b", re.IGNORECASE)
_CHANGED_BY = Sieve(rf"\b(?:{either(_TABLE['changed_by'])})\s(?:about\s|some\s|a\s)?$", re.IGNORECASE)
_STANDS_AT = Sieve(rf"\b(?:{either(_TABLE['stands_at'])})\s(?:about\s|some\s|a\s)?$", re.IGNORECASE)
_ATTACKER = Sieve(rf"\b(?:{either(_TABLE['attacker'])})\b", re.IGNORECASE)
_LABELLED = Sieve(r"\b(?:number|no\.|nr\.|nummer|numéro|número|n[°º]|номер\w*|№)\s?$", re.IGNORECASE)
_LABEL = re.compile(r"(\w+):\s$")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
"""Figures that are years unless something countable follows; other counts of that size have a comma or a point."""
_NEXT = re.compile(r"\s([^\W\d_]+)")
_NOUNS = re.compile(r"\s((?:[^\W\d_]+\s){0,1}[^\W\d_]+)")
_AND_ONE = re.compile(r"\s\w+(?:\s\w+)?\sand\s(?:a|an|one|another|his|her|their)\b")
_AND_MORE = re.compile(r"\s\w+(?:\s\w+)?\s(?:and|und|et|y|и|і|й|та)\s")
_WIDE = ("basis", "scope", "prices", "gross", "trade")
"""Families of contrast that govern a whole sentence; the others only the clause."""
_SAME = 1e-6
_PERIOD = 24.0 * 6
"""Hours from which a time is a period that one can count over."""
_HEAD = 80
"""Characters before a figure in which its licence is sought."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A quantity with the reading it stands in."""

    passage: Passage
    quantity: Quantity

    @property
    def start(self) -> int:
        """Where it starts."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.quantity.end

    @cached_property
    def head(self) -> str:
        """What stands before it."""
        return self.passage.text[max(0, self.start - _HEAD) : self.start]

    @cached_property
    def tail(self) -> str:
        """What stands behind it."""
        return self.passage.text[self.end : self.end + _HEAD]

    @cached_property
    def clause(self) -> str:
        """The clause around it."""
        tokens = self.passage.clause(self.start)
        if not tokens:
            return self.passage.text
        return self.passage.text[min(tokens[0].start, self.start) : max(tokens[-1].end, self.end)]

    @cached_property
    def sentence(self) -> str:
        """The sentence around it."""
        tokens = self.passage.sentence(self.start)
        return self.passage.text[tokens[0].start : tokens[-1].end] if tokens else self.passage.text

    @cached_property
    def of_people(self) -> bool:
        """Whether it counts people (or homes, which are told as exactly)."""
        near = self.passage.text[max(0, self.start - 40) : self.end + 40]
        return self.quantity.dimension == "count" and bool(_PEOPLE.search(near))

    @cached_property
    def superseded(self) -> bool:
        """Whether the text itself calls it an earlier figure."""
        return bool(_SUPERSEDED_BEFORE.search(self.head) or _SUPERSEDED_AFTER.search(self.tail))

    @cached_property
    def is_part(self) -> bool:
        """Whether it counts a part of what was counted, or what comes on top."""
        extra = self.quantity.dimension == "count" and _EXTRA.match(self.tail)
        return bool(_PART.match(self.tail) or _PART_BEFORE.search(self.head) or extra)

    @cached_property
    def is_rate(self) -> bool:
        """Whether it is so much a day, or each."""
        return _RATE.match(self.tail) is not None

    @cached_property
    def is_label(self) -> bool:
        """Whether it names one of several and counts nothing: chalet number 61."""
        return self.quantity.dimension == "count" and _LABELLED.search(self.head) is not None

    @cached_property
    def is_year(self) -> bool:
        """Whether it is a year without a preposition, as German says it: 2019 aus einer Fusion hervorgegangen."""
        if self.quantity.dimension != "count" or not _YEAR.fullmatch(self.passage.text[self.start : self.end]):
            return False
        behind, language = _NEXT.match(self.tail), self.passage.language
        word = behind[1] if behind else ""
        if word.lower() in FUNCTION_WORDS.get(language, ()):
            return True
        is_noun = word[:1].isupper() if language == "de" else word.endswith("s") or not word.isascii()
        return not (is_noun or _PEOPLE.search(word))

    @cached_property
    def counted(self) -> frozenset[str]:
        """What it counts, as concepts: the first words behind it, or the word before a colon."""
        labelled = _LABEL.search(self.head)
        behind = _NOUNS.match(self.tail)
        nouns = labelled[1] if labelled else behind[1] if behind else ""
        return frozenset(c for c in bag(nouns, self.passage.language) if c[0] != "#")

    @cached_property
    def tells(self) -> str:
        """Whether it is the size of a `change` or a `level`; empty when the text does not say."""
        return "change" if _CHANGED_BY.search(self.head) else "level" if _STANDS_AT.search(self.head) else ""


@lru_cache(maxsize=4096)
def figures(passage: Passage) -> tuple[Figure, ...]:
    """The figures of a reading."""
    return tuple(Figure(passage, quantity) for quantity in passage.quantities)


def licensed(a: Figure, b: Figure) -> bool:
    """Whether something in the texts allows both figures."""
    return a.is_part != b.is_part or _licensed(a, b)


def licensed_abroad(a: Figure, b: Figure) -> bool:
    """The same in two languages, where a share is not told with the same words as one."""
    return _licensed(a, b) or (a.quantity.dimension != "percent" and a.is_part != b.is_part)


def _licensed(a: Figure, b: Figure) -> bool:
    return (
        a.superseded
        or b.superseded
        or a.is_rate != b.is_rate
        or _change_against_level(a, b)
        or _about_different_things(a, b)
        or _of_different_periods(a, b)
        or _as_a_quality(a, b)
        or _as_a_quality(b, a)
        or _sums_up(a, b)
        or _attacker(a, b)
    )


def _change_against_level(a: Figure, b: Figure) -> bool:
    """Rose by five here, stands at five there."""
    return {a.tells, b.tells} == {"change", "level"}


def _about_different_things(a: Figure, b: Figure) -> bool:
    shares = a.quantity.dimension in ("percent", "points")
    return (
        contrast(a.clause, b.clause) is not None
        or contrast(a.sentence, b.sentence, _WIDE) is not None
        or (shares and contrast(a.clause, b.clause, ("direction",)) is not None)
    )


def _as_a_quality(a: Figure, b: Figure) -> bool:
    """Whether one duration is a thing's ("ten-year terms") of which the other's sentence ("for 24 years") is silent."""
    hyphened = a.quantity.dimension == "duration" and "-" in a.passage.text[a.start : a.end]
    if not hyphened or "-" in b.passage.text[b.start : b.end] or a.passage.language != b.passage.language:
        return False
    return bool(a.counted) and a.counted.isdisjoint(bag(b.sentence, b.passage.language))


def _of_different_periods(a: Figure, b: Figure) -> bool:
    """Whether one counts over July and the other since January: periods that do not agree."""
    first = _periods(a)
    second = _periods(b) if first else []
    return bool(second) and not any(agree(m, n) for m in first for n in second)


def _periods(f: Figure) -> list[Moment]:
    """The times of its sentence that last, or that start one."""
    tokens = f.passage.sentence(f.start) if f.passage.moments else ()
    if not tokens:
        return []
    inside = (m for m in f.passage.moments if m.kind == "date" and tokens[0].start <= m.start <= tokens[-1].end)
    return [m for m in inside if m.bound == "from" or any(high - low > _PERIOD for low, high in m.possible)]


def _sums_up(a: Figure, b: Figure) -> bool:
    """Whether the difference is itself told: 118 aboard, 12 of them crew; 106 passengers and a crew of 12."""
    smaller, larger = sorted((a, b), key=lambda f: f.quantity.exact)
    own, gap = smaller.quantity, larger.quantity.exact - smaller.quantity.exact
    if gap == 1 and _AND_ONE.match(smaller.tail):
        return True  # "two men and a woman" are three
    if _joined(smaller, gap):
        return True
    if own.dimension not in ("count", "percent", "score") and not own.dimension.startswith("money"):
        return False
    if own.dimension == "percent" and any(
        q.dimension == "points" and abs(q.exact - gap) < _SAME for f in (a, b) for q in f.passage.quantities
    ):
        return True  # 4.1 percent, half a point more than in autumn; 3.6 percent in autumn
    text = smaller.passage.text
    added = (q for q in smaller.passage.quantities if q is not own and q.dimension == own.dimension)
    return gap > 2 and any(abs(q.exact - gap) <= 1e-9 * gap for q in added if not _PART.match(text, q.end))


def _joined(f: Figure, gap: float) -> bool:
    """Four planes and two helicopters are six aircraft."""
    text = f.passage.text
    return any(
        abs(q.exact - gap) < _SAME and q.start > f.end and _AND_MORE.fullmatch(text, f.end, q.start)
        for q in f.passage.quantities
    )


def _attacker(a: Figure, b: Figure) -> bool:
    """With and without the one who did it."""
    close = a.quantity.dimension == "count" and abs(a.quantity.exact - b.quantity.exact) <= 2
    return close and any(_ATTACKER.search(f.sentence) for f in (a, b))
