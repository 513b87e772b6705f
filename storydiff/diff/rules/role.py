"""The same act with the parts exchanged: who did what to whom.

For each act both readings tell, the two parties nearest the verb are taken, the passive and converse verbs turned
round. A conflict is only claimed when both parties stand in both readings and the doer here is the one it is done to
there, when a request is credited to another party, or when one person was sent away here and left there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.passage import Passage, Token
from storydiff.diff.rules.role_words import FRAMES, GROUPS, PARTIES, REQUEST, SENT_AWAY, WENT
from storydiff.diff.rules.slots import overlap
from storydiff.model import DiscrepancyType
from storydiff.text.name_words import CALENDAR, ORGANISATION, POSTS
from storydiff.text.names import Names
from storydiff.text.places import CAPITALS, same_place
from storydiff.text.tables import words

_WHOLE = 0.4
_REACH = 9
_PARTY_WORDS = GROUPS | POSTS | ORGANISATION
_BE = words("is are was were be been being got gets")
_PREPOSITIONS = words("in at on by during after with from for near when while before as since over under into")


@dataclass(frozen=True, slots=True)
class _Act:
    """One act of a frame: who did it to whom, and where that stands."""

    frame: str
    doer: frozenset[str]
    other: frozenset[str]
    start: int
    end: int


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The acts whose parties two readings exchange."""
    if a.language != b.language or overlap(a, b) < _WHOLE:
        return []
    return _exchanged(a, b) or _asked(a, b, names) or _left(a, b, names)


def _exchanged(a: Passage, b: Passage) -> list[Conflict]:
    verbs = _verbs(a)
    frames = verbs.keys() & _verbs(b).keys() if verbs else ()
    if not frames:
        return []
    common = a.keys & b.keys
    left = _acts(a, frames, common)
    right = _acts(b, frames, common) if left else []
    straight = any(_parallel(x, y) for x in left for y in right)
    crossed = [(x, y) for x in left for y in right if _crossed(x, y)]
    return (
        []
        if straight or not crossed
        else [
            _conflict(
                (crossed[0][0].start, crossed[0][0].end),
                (crossed[0][1].start, crossed[0][1].end),
                crossed[0][0],
                crossed[0][1],
            )
        ]
    )


def _crossed(x: _Act, y: _Act) -> bool:
    return x.frame == y.frame and bool(x.doer & y.other) and bool(x.other & y.doer)


def _parallel(x: _Act, y: _Act) -> bool:
    return x.frame == y.frame and bool(x.doer & y.doer) and bool(x.other & y.other)


def _acts(a: Passage, frames: Iterable[str], common: frozenset[str]) -> list[_Act]:
    verbs = _verbs(a)
    found = (_act(frame, verb, common) for frame in verbs if frame in frames for verb in verbs[frame])
    return [act for act in found if act is not None]


_Beside = tuple[Token | None, ...]
"""The words on one side of a verb, the nearest first; None for what can be no party."""


@dataclass(frozen=True, slots=True, eq=False)
class _Verb:
    """A verb of a frame with the words around it."""

    start: int
    end: int
    left: _Beside
    right: _Beside
    turned: bool
    """Whether its doer stands behind it."""


@lru_cache(maxsize=4096)
def _verbs(a: Passage) -> Mapping[str, list[_Verb]]:
    """The verbs outside quotations that may have two parties, by their frames."""
    found: dict[str, list[_Verb]] = {}
    for (frame, turned), match in FRAMES.matches(a.text) if a.language == "en" else ():
        if not any(q.start <= match.start() < q.end for q in a.quotations) and (
            verb := _verb(a, frame, match.span(), turned=turned)
        ):
            found.setdefault(frame, []).append(verb)
    return found


def _verb(a: Passage, frame: str, verb: tuple[int, int], *, turned: bool) -> _Verb | None:
    first, last = a.index(verb[0]), a.index(verb[1] - 1) + 1
    if first >= len(a.tokens):
        return None
    if (
        frame == "sue"
        and a.tokens[first].low in ("took", "taken", "takes")
        and "court" not in {t.low for t in a.tokens[last : last + 6]}
    ):
        return None
    sentence = a.tokens[first].sentence
    before = [t for t in a.tokens[max(0, first - _REACH) : first] if t.sentence == sentence]
    after = [t for t in a.tokens[last : last + _REACH] if t.sentence == sentence]
    passive = _passive(before) and not a.tokens[first].low.endswith("ing")
    if passive and not turned and not any(t.low == "by" for t in after):
        return None
    if not passive and not turned and after and after[0].low in _PREPOSITIONS:
        return None  # "bosses arrested in a sweep": a participle, with no object
    left, right = _beside(before[::-1]), _beside(_from_by(after) if passive and not turned else after)
    return _Verb(*verb, left, right, passive != turned) if any(left) and any(right) else None


def _beside(tokens: list[Token]) -> _Beside:
    return tuple(token if _acts_for_itself(token) else None for token in tokens)


def _act(frame: str, verb: _Verb, common: frozenset[str]) -> _Act | None:
    left = _party(verb.left, common)
    right = _party(verb.right, common) if left else ()
    if not right or _names_of(left) & _names_of(right):
        return None
    doer, other = (right, left) if verb.turned else (left, right)
    start, end = min(t.start for t in left), max(t.end for t in right)
    return _Act(frame, _names_of(doer), _names_of(other), min(start, verb.start), max(end, verb.end))


def _passive(before: list[Token]) -> bool:
    """Whether an auxiliary stands before the verb, adverbs between."""
    near = [t for t in before if not t.low.endswith("ly")][-2:]
    return any(t.low in _BE for t in near)


def _names_of(party: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(t.key for t in party)


def _from_by(tokens: list[Token]) -> list[Token]:
    index = next((i for i, t in enumerate(tokens) if t.low == "by"), len(tokens))
    return tokens[index + 1 :]


def _party(beside: _Beside, common: frozenset[str]) -> tuple[Token, ...]:
    """The nearest words that both readings have and that name a party, and what stands right beside them."""
    for i, token in enumerate(beside):
        if token and token.key in common:
            return tuple(t for t in beside[i : i + 3] if t and t.clause == token.clause and t.key in common)
    return ()


def _acts_for_itself(token: Token) -> bool:
    """A name, a post, a body or a group of people: what can be a party to an act."""
    if not token.content:
        return False
    low, is_named = token.low, token.text[0].isupper()
    is_party = (
        is_named or low in _PARTY_WORDS or low.removesuffix("s") in POSTS or not PARTIES.isdisjoint(token.concepts)
    )
    return is_party and not _is_dated(token.text)


@lru_cache(maxsize=1 << 16)
def _is_dated(word: str) -> bool:
    return CALENDAR.fullmatch(word) is not None


def _left(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """Sent away here, gone of their own will there: the same person, and neither reading tells both."""
    for one, other, turned in ((a, b, False), (b, a, True)):
        (sent, also_went), (also_sent, went) = _leaving(one), _leaving(other)
        if sent and went and not (also_sent or also_went) and _one_person(one, other, names):
            found = _conflict(sent, went, one.text[slice(*sent)], other.text[slice(*went)])
            return [found.swapped() if turned else found]
    return []


@lru_cache(maxsize=4096)
def _leaving(a: Passage) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where somebody is sent away, and where somebody goes."""
    sent, went = SENT_AWAY.search(a.text), WENT.search(a.text)
    return sent and sent.span(), went and went.span()


def _one_person(a: Passage, b: Passage, names: Names) -> bool:
    first, second = ([n.text for n in p.names if n.kind == "person"] for p in (a, b))
    return len(first) == len(second) == 1 and names.same(first[0], second[0])


def _asked(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """A request credited to one party here and to another there."""
    for left in _requests(a):
        for right in _requests(b):
            if _other_party(left[2], right[2], names):
                return [_conflict(left[:2], right[:2], left[2], right[2])]
    return []


@lru_cache(maxsize=4096)
def _requests(a: Passage) -> list[tuple[int, int, str]]:
    out = []
    for match in REQUEST.finditer(a.text):
        who = next((g for g in match.groups() if g), "")
        if who and who[0].isupper() and not any(CALENDAR.fullmatch(word) for word in who.split()):
            out.append((match.start(), match.end(), who))
    return out


def _other_party(first: str, second: str, names: Names) -> bool:
    if names.relation(first, second) != "different" or same_place(first, second):
        return False
    states = CAPITALS.get(first.lower(), first.lower()), CAPITALS.get(second.lower(), second.lower())
    return states[0] != states[1] and states[0][:4] != states[1][:4]


def _conflict(a: tuple[int, int], b: tuple[int, int], first: object, second: object) -> Conflict:
    return Conflict(type=DiscrepancyType.ROLE, a=a, b=b, a_value=_value(first), b_value=_value(second), score=1.0)


def _value(party: object) -> str:
    if isinstance(party, _Act):
        return f"{' '.join(sorted(party.doer))} > {' '.join(sorted(party.other))}"
    return str(party)
