"""People to whom the versions of a story give posts that exclude each other, wherever they name them, in any language.

A person is known by the consonants of a full name, which every script keeps. A version that gives a person two posts of
one ladder, or calls anybody a former or acting one in the same paragraph, is no party.

time: one look at the words of the story; only where the story has words for two posts of a ladder names are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules import post
from storydiff.diff.rules.passage import passage
from storydiff.model import DiscrepancyType, Reading, Version
from storydiff.text.names import bones, relation

Person = tuple[str, tuple[str, ...]]
"""A ladder of posts, and the consonants of the words of a name."""
Held = dict[str, dict[str, tuple[str, Reading]]]
"""Version id -> post -> the name of its holder and where it is told."""
SURE = 5
"""Consonants of a whole name from which two scripts hardly meet by chance: "Li Wu" has two."""


def two_posts(versions: Sequence[Version]) -> Iterable[list[Edge]]:
    """For each person with two posts the readings against each other."""
    people: dict[Person, Held] = defaultdict(lambda: defaultdict(dict))
    for version, number, ladder in _told(versions):
        for person, held, name, reading in _held(version, number, ladder):
            people[person][version.id].setdefault(held, (name, reading))
    for _, told in sorted(people.items()):
        edges = _edges(told)
        if edges and not any(post.JUNIOR in posts for posts in told.values()):
            yield edges


def _edges(told: Held) -> list[Edge]:
    """The versions that give one post against those that give another."""
    sure = {v: next(iter(posts.items())) for v, posts in sorted(told.items()) if len(posts) == 1}
    found = ((sure[a], sure[b]) for a, b in combinations(sure, 2))
    return [
        Edge(DiscrepancyType.ROLE, reading, other, drift=False)
        for (held, (name, reading)), (rival, (named, other)) in found
        if held != rival and _one_name(name, named)
    ]


def _one_name(a: str, b: str) -> bool:
    """Whether two names with the same consonants are one: in one script the names are, too."""
    if a.isascii() != b.isascii():
        return sum(len(bones(word)) for word in a.split()) >= SURE
    return relation(a, b) == "same"


def _told(versions: Sequence[Version]) -> list[tuple[Version, int, str]]:
    """The paragraphs with a post of a ladder of which the story tells two."""
    texts = [(version, number, paragraph.text) for version in versions for number, paragraph in version.body]
    ladders = post.rivalled({text for _, _, text in texts})
    places = [
        (version, number, ladder, posts)
        for version, number, text in (texts if ladders else ())
        for ladder, posts in post.posts_in(text).items()
        if ladder in ladders
    ]
    known: dict[str, frozenset[str]] = defaultdict(frozenset)
    for _, _, ladder, posts in places:
        known[ladder] |= posts
    return [(version, number, ladder) for version, number, ladder, _ in places if len(known[ladder]) > 1]


def _held(version: Version, number: int, ladder: str) -> Iterable[tuple[Person, str, str, Reading]]:
    text = version.paragraphs[number].text
    read = passage(text, version.language, version.published)
    for name, held, (start, end) in post.holders(read, ladder):
        words = tuple(bones(word) for word in name.split())
        if len(words) > 1 and all(words):
            yield (ladder, words), held, name, Reading(version.id, number, start, end, text[start:end], text[start:end])
