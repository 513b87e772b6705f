"""Another person, organisation, product or ship in the same role."""

from __future__ import annotations

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.pairing import pairs
from storydiff.diff.rules.passage import Passage
from storydiff.diff.rules.slots import overlap
from storydiff.model import DiscrepancyType
from storydiff.text.name_words import NATIONALITY
from storydiff.text.names import Name, Names
from storydiff.text.places import known
from storydiff.text.thesaurus import concepts
from storydiff.text.words import keys

# Development pairs: true conflicts .23 to .80 once nationalities and sources are set aside.
_ALIKE = 0.26
_ALIKE_ONLY = 0.2
"""For the only unknown name on either side of readings that share most of their words."""
_CLOSE = 0.6


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The conflicting names of two readings."""
    return _misspelt(a, b, names) or _others(a, b, names)


def _misspelt(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """Names a letter or two apart; in two languages that is a transliteration."""
    if a.language != b.language:
        return []
    out = []
    for n in a.names:
        for m in b.names:
            near = n.kind != "place" and names.relation(n.text, m.text) == "near"
            if near and not _told(n, b, names) and not _told(m, a, names):
                out.append(_conflict(n, m, 1.0))
    return out[:1]


def _told(n: Name, other: Passage, names: Names) -> bool:
    return any(names.same(n.text, m.text) for m in other.names)


def _others(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    left, right = _unknown(a, b, names), _unknown(b, a, names)
    if len(left) > 2 or len(right) > 2 or overlap(a, b) < 0.4:
        return []
    only = len(left) == len(right) == 1 and overlap(a, b) >= _CLOSE
    return [
        _conflict(n, m, score)
        for score, n, m in pairs(a, left, b, right, _comparable)
        if score >= (_ALIKE_ONLY if only else _ALIKE) and not _two_roles(a, n, b, m)
    ][:1]


def _unknown(a: Passage, b: Passage, names: Names) -> list[Name]:
    """Names that the other reading lacks in every form, sources and places aside."""
    return [
        n
        for n in a.names
        if n.kind != "place"
        and not NATIONALITY.fullmatch(n.text)
        and not known(n.text)
        and all(names.relation(n.text, m.text) == "different" for m in b.names)
        and not any(s.strict and s.start <= n.start < s.end for s in a.sources)
        and not any(q.start <= n.start < q.end for q in a.quotations)
    ]


def _comparable(n: Name, m: Name) -> bool:
    if "person" in (n.kind, m.kind):
        return n.kind == m.kind or "organisation" in (n.kind, m.kind)
    return True


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
