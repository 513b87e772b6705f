"""People to whom the versions of a story give posts that exclude each other, wherever they name them, in any language.

A person is known by the consonants of a full name, which every script keeps. A version that gives a person two posts of
one ladder, or calls anybody a former or acting one in the same paragraph, is no party.

time: one sieve over the texts; only where the story has words for two posts of a ladder names are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules import post
from storydiff.diff.rules.passage import passage
from storydiff.model import DiscrepancyType, Reading, Version
from storydiff.text.names import bones

Person = tuple[str, tuple[str, ...]]
"""A ladder of posts, and the consonants of the words of a name."""
Held = dict[str, dict[str, Reading]]
"""Version id -> post -> where it is told."""


def two_posts(versions: Sequence[Version]) -> Iterable[list[Edge]]:
    """For each person with two posts the readings against each other."""
    people: dict[Person, Held] = defaultdict(lambda: defaultdict(dict))
    for version, number, ladder in _told(versions):
        for person, held, reading in _held(version, number, ladder):
            people[person][version.id].setdefault(held, reading)
    for _, told in sorted(people.items()):
        sure = {v: next(iter(posts.items())) for v, posts in sorted(told.items()) if len(posts) == 1}
        edges = [
            Edge(DiscrepancyType.ROLE, sure[a][1], sure[b][1], drift=False)
            for a, b in combinations(sure, 2)
            if sure[a][0] != sure[b][0]
        ]
        if edges and not any(post.JUNIOR in posts for posts in told.values()):
            yield edges


def _told(versions: Sequence[Version]) -> list[tuple[Version, int, str]]:
    """The paragraphs with a post of a ladder of which the story tells two."""
    places = [
        (version, number, ladder, posts)
        for version in versions
        for number, paragraph in version.body
        for ladder, posts in post.posts_in(paragraph.text).items()
    ]
    known: dict[str, frozenset[str]] = defaultdict(frozenset)
    for _, _, ladder, posts in places:
        known[ladder] |= posts
    return [(version, number, ladder) for version, number, ladder, _ in places if len(known[ladder]) > 1]


def _held(version: Version, number: int, ladder: str) -> Iterable[tuple[Person, str, Reading]]:
    text = version.paragraphs[number].text
    read = passage(text, version.language, version.published)
    for name, held, (start, end) in post.holders(read, ladder):
        words = tuple(bones(word) for word in name.split())
        if len(words) > 1 and all(words):
            yield (ladder, words), held, Reading(version.id, number, start, end, text[start:end], text[start:end])
