"""One person in two posts of which nobody holds both: the captain here, the chief officer there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from storydiff.diff.rules.found import Conflict, Span
from storydiff.diff.rules.passage import Passage
from storydiff.model import DiscrepancyType
from storydiff.text.names import Name, Names
from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside

_TABLE: dict[str, dict[str, str]] = beside(__file__, "post")
_LADDERS = Rack(
    (ladder, Sieve(rf"\b(?:{'|'.join(rf'(?P<{post}>{words})' for post, words in posts.items())})\b", re.IGNORECASE))
    for ladder, posts in _TABLE.items()
)
_SIEVES = dict(_LADDERS.sieves)
_POSTS = Rack(
    ((ladder, post), Sieve(rf"\b(?:{words})\b", re.IGNORECASE))
    for ladder, posts in _TABLE.items()
    for post, words in posts.items()
)
_BEFORE, _BEHIND = 70, 50
"""Characters around a name in which a post can be told of it."""
_TO_NAME = re.compile(
    r"(?:\s(?:of|der|des|del?|du)\s(?:(?:the|la|l['’])\s?)?[\w'’ ]{1,24})?,?\s(?:(?:Mrs?|Ms|Dr)\.?\s)?"
    r"(?:\d{2}[-\w]{0,12}\s)?$"
)
"""Between a post and the name that follows: "the captain, ", "Chefvolkswirt der Bank, "."""
_FROM_NAME = re.compile(
    r",\s(?:\d{2},\s)?(?:the|an?|his|her|its|une?|ein|eine|der|die|el|la|le)?\s?(?:[\w’'-]+['’]s\s)?$"
)
_THEN = Sieve(
    r"\b(?:former|ex|then|acting|interim|future|incoming|outgoing|designate|elect|ehemalig\w+|früher\w+)\b",
    re.IGNORECASE,
)


_TRADE = "trade"
"""The ladder of which former holders are told apart as well: a former driver is no former bodyguard."""
JUNIOR = "junior"
"""A post that texts shorten to the one above it, or one that is held with another: it conflicts with none."""


@lru_cache(maxsize=8192)
def posts_in(text: str) -> Mapping[str, frozenset[str]]:
    """The posts for which a text has a word, by ladder."""
    able: dict[str, list[tuple[str, Sieve]]] = defaultdict(list)
    for (ladder, post), sieve in _POSTS.through(text):
        able[ladder].append((post, sieve))
    found = ((ladder, _told(ladder, posts, text)) for ladder, posts in able.items())
    return {ladder: posts for ladder, posts in found if posts}


def rivalled(texts: Collection[str]) -> frozenset[str]:
    """The ladders of which texts may tell two posts: those that `posts_in` finds in them, and perhaps more."""
    able = Counter(ladder for (ladder, _), _ in _POSTS.anywhere(texts))
    posts = ((ladder, sieve) for (ladder, _), sieve in _POSTS.sieves if able[ladder] > 1)
    told = Counter(ladder for ladder, sieve in posts if any(map(sieve.may_match, texts)))
    return frozenset(ladder for ladder, count in told.items() if count > 1)


def _told(ladder: str, able: Sequence[tuple[str, Sieve]], text: str) -> frozenset[str]:
    """Of the posts of a ladder that a text may hold those that it holds; the words of two may overlap."""
    if len(able) == 1:
        [(post, sieve)] = able
        return frozenset([post] if any(True for _ in sieve.tried(text)) else ())
    return frozenset(match.lastgroup or "" for match in _SIEVES[ladder].tried(text))


def holders(a: Passage, ladder: str) -> Iterable[tuple[str, str, Span]]:
    """The people of a text that have a post of a ladder in it: name, post, and where both stand."""
    if ladder in _ladders(a):
        for name in _people(a):
            for held, span in _posts(a, name, ladder).items():
                yield name.text, held, span


def find(a: Passage, b: Passage, names: Names) -> list[Conflict]:
    """The people to whom two readings give posts that exclude each other."""
    left = posts_in(a.text)
    right = posts_in(b.text) if left else {}
    common = [ladder for ladder in left if ladder in right and len(left[ladder] | right[ladder]) > 1]
    common = [ladder for ladder in common if ladder in _ladders(a) and ladder in _ladders(b)]
    if not common:
        return []
    first, second = _people(a), _people(b)
    return [
        conflict
        for n in first
        for m in second
        if names.same(n.text, m.text)
        for ladder in common
        if (conflict := _conflict(_posts(a, n, ladder), _posts(b, m, ladder), a, b))
    ][:1]


@lru_cache(maxsize=4096)
def _ladders(a: Passage) -> Mapping[str, re.Pattern[str]]:
    """The ladders of which a reading may hold a post; but for trades none when it tells of former or future ones."""
    found = {ladder: sieve.pattern for ladder, sieve in _LADDERS.through(a.text)}
    return {ladder: found[ladder] for ladder in found.keys() & {_TRADE}} if _THEN.search(a.text) else found


@lru_cache(maxsize=4096)
def _people(a: Passage) -> tuple[Name, ...]:
    return tuple(_untitled(n, a) for n in a.names if n.kind == "person")


def _untitled(name: Name, a: Passage) -> Name:
    """A name without the post that German prints before it with a capital: "Justizministerin Ruta Belmane"."""
    first, _, rest = name.text.partition(" ")
    if " " not in rest or not any(posts.fullmatch(first) for posts in _ladders(a).values()):
        return name
    return replace(name, start=name.end - len(rest), text=rest)


@lru_cache(maxsize=8192)
def _posts(a: Passage, n: Name, ladder: str) -> dict[str, Span]:
    """The posts of one ladder that a reading gives a person, each with where post and name stand."""
    start, posts = max(0, n.start - _BEFORE), _ladders(a)[ladder]
    found: dict[str, Span] = {}
    for match in posts.finditer(a.text, start, n.start):
        if _TO_NAME.fullmatch(a.text, match.end(), n.start):
            found[match.lastgroup or ""] = (match.start(), n.end)
    for match in posts.finditer(a.text, n.end, n.end + _BEHIND):
        if _FROM_NAME.fullmatch(a.text, n.end, match.start()):
            found[match.lastgroup or ""] = (n.start, match.end())
    return found


def _conflict(one: dict[str, Span], other: dict[str, Span], a: Passage, b: Passage) -> Conflict | None:
    if len(one) != 1 or len(other) != 1 or set(one) == set(other) or JUNIOR in {*one, *other}:
        return None
    [span], [place] = one.values(), other.values()
    return Conflict(
        type=DiscrepancyType.ROLE,
        a=span,
        b=place,
        a_value=a.text[slice(*span)],
        b_value=b.text[slice(*place)],
        score=0.9,
    )
