"""Another person, organisation, product or ship in the same role."""

from __future__ import annotations

from functools import lru_cache

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.pairing import pairs
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.slots import likeness, overlap, slot
from storydiff.model import DiscrepancyType
from storydiff.text.lexicon import background
from storydiff.text.name_words import NATIONALITY, ORGANISATION
from storydiff.text.names import Name, Names
from storydiff.text.places import known
from storydiff.text.thesaurus import concepts
from storydiff.text.words import keys

# Chosen on the development pairs (true conflicts: wide slot .20 to .80, words beside .25 to .88) against 770 pairs of
# aligned sentences from real reports, in which 37 pairs of unlike names passed the wide slot alone and 4 pass both.
_ALIKE = 0.2
_ALIKE_BESIDE = 0.25
_ALIKE_COMMON = 0.5
"""Needed when a name is made of common words: "Catching Fire", "Minutes Later"."""
_BESIDE = 4
"""Tokens to either side that count as beside."""
_SHARED = 0.42
"""Share of the shorter reading's words that the other must have."""
_LOWER_WORDS = 3
"""Words without a capital that a sentence has and a headline lacks."""
_MARKS = ('"', "“", "«", "„", "‘", "'")
"""Before a name: the title of a work."""
_MOST = 2
"""Unknown names on a side above which nothing is matched."""
_RARE, _RARE_ALONE = 4.0, 3.3
"""Zipf frequency that the rarest word of a name must stay under, in a name of several words and of one."""


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The conflicting names of two readings."""
    return _misspelt(a, b, names) or _others(a, b, names)


def _misspelt(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """Names a letter or two apart; in two languages that is a transliteration."""
    if a.language != b.language:
        return []
    return [
        _conflict(n, m, 1.0)
        for n in _people(a)
        for m in _people(b)
        if names.relation(n.text, m.text) == "near" and not _told(n, b, names) and not _told(m, a, names)
    ][:1]


def _told(n: Name, other: Passage, names: Names) -> bool:
    return any(names.same(n.text, m.text) for m in other.names)


def _others(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    if _is_headline(a) or _is_headline(b) or overlap(a, b) < _SHARED:
        return []
    left = _unknown(a, b, names)
    right = _unknown(b, a, names) if 0 < len(left) <= _MOST else []
    if not 0 < len(right) <= _MOST:
        return []
    return [
        _conflict(n, m, score)
        for score, n, m in pairs(a, left, b, right, _comparable)
        if score >= _ALIKE and _one_role(a, n, b, m)
    ][:1]


def _unknown(a: Passage, b: Passage, names: Names) -> list[Name]:
    """Names that the other reading lacks in every form."""
    return [
        n
        for n in _parties(a)
        if names.unlike(n, b.names)
        and not any(q.start <= n.start < q.end for q in a.quotations)
        and a.text[n.start - 1 : n.start] not in _MARKS
    ]


@lru_cache(maxsize=4096)
def _parties(a: Passage) -> tuple[Name, ...]:
    """The names in a reading that surely name somebody or something."""
    return tuple(n for n in a.names if _is_party(n))


@lru_cache(maxsize=4096)
def _people(a: Passage) -> tuple[Name, ...]:
    return tuple(n for n in _parties(a) if n.kind == "person")


def _one_role(a: Passage, n: Name, b: Passage, m: Name) -> bool:
    """Whether the words right beside both names put them in one place, and neither is a mere source there."""
    narrow = likeness(slot(a, n.start, n.end, _BESIDE), slot(b, m.start, m.end, _BESIDE))
    credited = _credited(a, n), _credited(b, m)
    if all(credited) or _two_roles(a, n, b, m) or (any(credited) and not (n.title and m.title)):
        return False
    sure = (_is_rare(a, n) and _is_rare(b, m)) or _one_descriptor(a, n, b, m)
    return narrow >= (_ALIKE_BESIDE if sure else _ALIKE_COMMON)


def _one_descriptor(a: Passage, n: Name, b: Passage, m: Name) -> bool:
    """Whether the same noun stands right before both: the charity X, the charity Y."""
    first, second = (p.tokens[p.index(x.start) - 1] if p.index(x.start) else None for p, x in ((a, n), (b, m)))
    return bool(first and second and first.content and first.text.islower() and first.key == second.key)


def _credited(a: Passage, n: Name) -> bool:
    return any(s.strict and s.start <= n.start < s.end for s in a.sources)


def _is_party(n: Name) -> bool:
    """Whether it surely names somebody or something: no place, nationality or abbreviation."""
    return not (n.kind == "place" or NATIONALITY.fullmatch(n.text.split()[0]) or known(n.text) or n.text.isupper())


def _is_rare(a: Passage, n: Name) -> bool:
    """Whether some word of it is hardly ever anything but a name, or marks an organisation."""
    own = n.text.split()
    rarest = min((background(a.language).get(k, 0.0) for w in own for k in keys(w, a.language)), default=9.0)
    return rarest < (_RARE if len(own) > 1 else _RARE_ALONE) or (len(own) > 1 and own[-1].lower() in ORGANISATION)


def _comparable(n: Name, m: Name) -> bool:
    return n.kind == m.kind or {n.kind, m.kind} == {"other", "organisation"}


@lru_cache(maxsize=4096)
def _is_headline(a: Passage) -> bool:
    """Headlines capitalise every word, so that no name can be told from the rest."""
    return sum(t.text[0].islower() for t in a.content) < _LOWER_WORDS


def _two_roles(a: Passage, n: Name, b: Passage, m: Name) -> bool:
    """Whether the titles say that they hold different posts."""
    if not n.title or not m.title:
        return False
    first = frozenset(c for k in keys(n.title, a.language) for c in concepts(k, a.language))
    second = frozenset(c for k in keys(m.title, b.language) for c in concepts(k, b.language))
    return not first & second


def _conflict(n: Name, m: Name, score: float) -> Conflict:
    return Conflict(
        type=DiscrepancyType.NAME, a=(n.start, n.end), b=(m.start, m.end), a_value=n.text, b_value=m.text, score=score
    )
