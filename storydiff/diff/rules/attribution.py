"""One utterance credited to two sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, Token
from storydiff.diff.rules.quote_remark import Remark, one_remark, remarks
from storydiff.model import DiscrepancyType
from storydiff.text.attribution import Source
from storydiff.text.attribution_words import AGENTS, CAMPS, GENERIC, MEDIA
from storydiff.text.name_words import POSTS
from storydiff.text.names import Name, Names

# Development pairs: utterances credited against each other share .63 and more of their words (mean of both directions),
# two claims of two people .52 at most.
_SAME_UTTERANCE = 0.58

_BESIDE = 16
"""Characters between a quotation and whom it is credited to: ", Ms Vint ", ": ", " in a statement: "."""

_SMALL = frozenset(["a", "an", "the", "of", "from", "for", "in", "at", "s", "to", "his", "her", "its", "their", "one"])
_RELATIVE = frozenset(["which", "who", "whose", "where", "qui", "dont", "que"])
"""Where what is told of a source begins: "the insurer, which has its head office here" is no head."""
_NOBODY = GENERIC | {"a", "the", "an"}
_CAMP: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(CAMPS):
    for _word in _line.split():
        _CAMP[_word] = _CAMP.get(_word, frozenset()) | {_number}


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The sources of two readings that cannot both have said the same thing."""
    if a.language != b.language:
        return []
    for one in _speaking(a):
        for other in _speaking(b):
            if (
                _apart(a, one, b, other, names)
                and _utterance(a, one.source, b, other.source) >= _SAME_UTTERANCE
                and _one_quotation(a, one.source, b, other.source)
            ):
                return [_conflict(one.source, other.source, _utterance(a, one.source, b, other.source))]
    return []


def _one_quotation(a: Passage, left: Source, b: Passage, right: Source) -> bool:
    """Whether what both are quoted with, if they are, is one remark: two people may say like things."""
    first, second = _quoted(a, left), _quoted(b, right)
    return first is None or second is None or one_remark(first, second)


def _quoted(a: Passage, source: Source) -> Remark | None:
    """The quotation right before or behind a source and its verb."""
    start, end = min(source.start, source.verb[0]), max(source.end, source.verb[1])
    near = {r: min(abs(r.start - end), abs(start - r.end)) for r in remarks(a)}
    return min((r for r in near if near[r] <= _BESIDE), key=lambda r: (near[r], r.start), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class _Speaker:
    """A source, and what of it is compared with the sources of every other reading."""

    source: Source
    words: frozenset[str]
    """Its words but for the small ones."""
    persons: tuple[Name, ...]
    camps: frozenset[int]
    posts: frozenset[str]

    @classmethod
    def of(cls, a: Passage, source: Source) -> _Speaker:
        named = tuple(takewhile(lambda word: word not in _RELATIVE, source.words))
        return cls(source, frozenset(named) - _SMALL, _persons(a, source), _camps(named), _posts(named))


@lru_cache(maxsize=4096)
def _speaking(a: Passage) -> tuple[_Speaker, ...]:
    return tuple(
        _Speaker.of(a, s)
        for s in a.sources
        if not any(q.start <= s.start < q.end or q.start <= s.verb[0] < q.end for q in a.quotations)
        and MEDIA.isdisjoint(s.words)
        and not _NOBODY.issuperset(s.words)
    )


def _apart(a: Passage, one: _Speaker, b: Passage, other: _Speaker, names: Names) -> bool:
    """Whether the two sources are surely different, and neither reading knows the other's."""
    if one.words <= other.words or other.words <= one.words:
        return False  # "an officer of the port police", "Officer Lea Brandt of the port police"
    if one.persons and other.persons:
        return _strangers(one.persons, b, names) and _strangers(other.persons, a, names)
    if one.persons or other.persons:
        apart = _opposed(one, other) and AGENTS.isdisjoint(one.source.words + other.source.words)
    else:
        apart = _opposed(one, other) or _two_posts(one, other)
    return apart and not _mentioned(one, b) and not _mentioned(other, a)


def _persons(a: Passage, source: Source) -> tuple[Name, ...]:
    return tuple(
        n for n in a.names if source.start <= n.start < source.end and n.kind in ("person", "other") and " " in n.text
    )


def _strangers(persons: Sequence[Name], other: Passage, names: Names) -> bool:
    return all(names.unlike(n, other.names) for n in persons)


def _camps(words: tuple[str, ...]) -> frozenset[int]:
    return frozenset(c for w in words for c in _CAMP.get(w.removesuffix("'s").removesuffix("’s"), ()))


def _opposed(one: _Speaker, other: _Speaker) -> bool:
    return bool(one.camps) and bool(other.camps) and one.camps.isdisjoint(other.camps)


def _two_posts(one: _Speaker, other: _Speaker) -> bool:
    """Whether both name a single person by trade, and the trades differ: a vet, a hunter."""
    return bool(one.posts) and bool(other.posts) and one.words.isdisjoint(other.words)


def _posts(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w for w in words if w in POSTS and w not in GENERIC | AGENTS)


def _mentioned(speaker: _Speaker, other: Passage) -> bool:
    """Whether the other reading speaks of this source, though not as the one who said it."""
    camps, posts = speaker.camps, speaker.posts
    return any(not camps.isdisjoint(_CAMP.get(t.low, ())) or t.low in posts for t in other.tokens)


def _utterance(a: Passage, left: Source, b: Passage, right: Source) -> float:
    """How much of what is said, sources aside, is in both readings."""
    first, second = _rest(a, left), _rest(b, right)
    if min(len(first), len(second)) < 3:
        return 0.0
    known_a, known_b = (frozenset(c for t in ts for c in t.concepts) for ts in (first, second))
    hits = sum(1 for t in first if t.concepts & known_b), sum(1 for t in second if t.concepts & known_a)
    return (hits[0] / len(first) + hits[1] / len(second)) / 2


def _rest(a: Passage, source: Source) -> list[Token]:
    return [
        t
        for t in a.tokens
        if t.content and not source.start <= t.start < source.end and not source.verb[0] <= t.start < source.verb[1]
    ]


def _conflict(left: Source, right: Source, score: float) -> Conflict:
    return Conflict(
        type=DiscrepancyType.ATTRIBUTION,
        a=(left.start, left.end),
        b=(right.start, right.end),
        a_value=left.text,
        b_value=right.text,
        score=score,
    )
