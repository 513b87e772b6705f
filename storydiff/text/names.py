"""Names in a text, and whether two of them are one.

Two names are compared by their folded words, acronyms, transliterations, nicknames and spelling:

    same       one is part of the other, or another spelling, script, acronym or nickname of it
    near       one word of it a letter or two away, all else equal: a misspelling, or another person
    related    something in common, but also something against it: nothing can be said
    different  nothing in common
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from storydiff.text import name_words as table
from storydiff.text.names_mentions import CAPITAL, Name, mentions
from storydiff.text.normalize import fold
from storydiff.text.places import same_place

__all__ = ["Name", "Names", "bones", "folded", "in_latin", "mentions", "relation"]

_LATIN = re.split(" ", "a b v g g d e e e zh z i i i i k l m n o p r s t u f h c ch sh sch i e yu ya")
_CYRILLIC = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщыэюя",
        _LATIN,
        strict=True,
    )
) | {"ъ": "", "ь": ""}
_SKELETON = tuple(
    pair.split(">")
    for pair in re.split(
        " ", "shch>s sch>s tsch>c ch>c sh>s zh>z kh>g gh>g ph>f th>t ck>k ts>c tz>c dz>z x>ks q>k w>v h>g j>i y>i"
    )
)
_SLAVIC_ENDS = re.compile(r"(?:iy|ii|yi|y|ey|ei|ij|iya|ia|ya|oye|oe|e|a|o|yy|skyi|sky|ski|v|iv|ov|ev|yev)$")
_DROPPED = frozenset({"the", "of", "and", "&", "jr", "sr", "al"}) | table.PERSON_PARTICLES
_LONG = 4
"""Letters of a place from which an ending makes the name of its people."""
_LIKE = 0.72
"""Similarity of two words from which they may be one name in two spellings."""


@lru_cache(maxsize=16384)
def folded(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, particles and titles, Cyrillic in Latin letters."""
    low = in_latin(name.replace("’", "'"))
    words = (fold(w).replace("'", "") for w in re.split(r"[\s\-\"“”.]+", low))
    return tuple(w for w in words if w and w not in _DROPPED)


@lru_cache(maxsize=16384)
def consonants(word: str) -> str:
    """What is left of a word in every transliteration: its consonants, doubled ones once."""
    for old, new in _SKELETON:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "", word))


@lru_cache(maxsize=1 << 16)
def relation(a: str, b: str) -> str:
    """How two names stand to each other: `same`, `near`, `related` or `different`."""
    first, second = folded(a), folded(b)
    if not first or not second or _acronym(a, b) or same_place(a, b):
        return "same"
    left = [w for w in first if not any(_one_word(w, v) for v in second)]
    right = [w for w in second if not any(_one_word(w, v) for v in first)]
    if not left or not right:
        return "same"
    shared = len(first) - len(left)
    if len(left) == len(right) == 1 and shared and _misspelt(left[0], right[0]):
        return "related" if _ARABIC.search(f"{a} {b}") else "near"
    return "related" if shared or _common_letters(first, second) else "different"


_ARABIC = re.compile(r"\b(?:al|el|abu|bin|ibn|abd|ul)[- ]|\bAbd|\bMu[hn]", re.IGNORECASE)
"""Names that every newsroom spells in its own way."""


@lru_cache(maxsize=16384)
def _one_word(a: str, b: str) -> bool:
    """Whether two folded words are one name word: equal, an initial, a nickname, a possessive, a transliteration."""
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    if table.ALIASES.get(a, frozenset()) & table.ALIASES.get(b, frozenset()):
        return True
    if a.rstrip("s") == b.rstrip("s") or _in_y(a) == _in_y(b):
        return True
    if _demonym(a, b) or _demonym(b, a):
        return True
    bones = consonants(a), consonants(b)
    if min(map(len, bones)) >= 3 and bones[0] == bones[1] and a[:1] == b[:1]:
        return True
    return _slavic(a, b)


_DEMONYM = re.compile(r"(?:n|an|ian|i|ish|ese|ic|er|ns|ans|ians|is|ers)")


@lru_cache(maxsize=16384)
def _in_y(word: str) -> str:
    return re.sub("ie$|ey$", "y", word)


def _demonym(place: str, people: str) -> bool:
    """Korea and Korean, Israel and Israelis: a place and its adjective or people are one name."""
    return len(place) >= _LONG and people.startswith(place) and _DEMONYM.fullmatch(people[len(place) :]) is not None


def _slavic(a: str, b: str) -> bool:
    """Serhii and Sergey, Zarichne and Zarechnoye: same bones under a Slavic ending."""
    bare = _stem(a), _stem(b)
    return len(bare[0]) >= 3 and bare[0] == bare[1] and OSA.normalized_similarity(a, b) >= 0.5


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    return consonants(_SLAVIC_ENDS.sub("", word))


@lru_cache(maxsize=16384)
def in_latin(word: str) -> str:
    """A word in small letters, Cyrillic ones as in the usual transliterations."""
    return "".join(_CYRILLIC.get(letter, letter) for letter in word.lower())


def bones(word: str) -> str:
    """What a name keeps in every script and case: its consonants, without a Slavic ending ("Гейла", "Hale": gl)."""
    return _stem(fold(in_latin(word)))


def _acronym(a: str, b: str) -> bool:
    short, long = sorted((a.strip("."), b), key=len)
    letters = re.sub(r"[.\s]", "", short)
    if not letters.isupper() or not 2 <= len(letters) <= 7:
        return False
    words = re.findall(r"\w+", long)
    initials = "".join(w[0] for w in words).upper()
    capitals = "".join(w[0] for w in words if w[0].isupper())
    if letters in (initials, capitals):
        return True
    return len(words) >= 2 and len(letters) >= 3 and _subsequence(letters, initials)


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)


def _misspelt(a: str, b: str) -> bool:
    alike = OSA.normalized_similarity(a, b)
    close = OSA.distance(a, b) <= 2 and alike >= 0.5 and min(len(a), len(b)) >= 4
    return close or (a[:4] == b[:4] and alike >= 0.6)


def _common_letters(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether some word of one is like a word of the other: perhaps one name in two spellings."""
    return any(OSA.normalized_similarity(w, v) >= _LIKE for w in a for v in b if min(len(w), len(v)) >= 4)


_RUN = rf"{CAPITAL}[\w’'-]{{0,30}}(?:\s(?:of\s|the\s)?{CAPITAL}[\w’'-]{{0,30}}){{0,5}}"
_OTHERWISE = re.compile(
    r",?\s(?:\(|(?:(?:formerly|previously|once|better|also)\s(?:known\sas\s|called\s)?|née\s|born\s|known\sas\s|or\s))"
    rf"(?=(?P<other>{_RUN}))"
)
_NAMED_BEFORE = re.compile(rf"{_RUN}$")
_REACH = 80
"""Characters before "formerly" in which the name must end."""


@dataclass(frozen=True)
class Names:
    """The names of one story: which of them its versions use for one another."""

    pairs: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """Learns aliases that the texts state themselves: "X, formerly Y", "X (Y)", "X, née Y"."""
        found = set()
        for text in texts:
            for match in _OTHERWISE.finditer(text):
                before = _NAMED_BEFORE.search(text[max(0, match.start() - _REACH) : match.start()])
                if before:
                    a, b = (" ".join(folded(name)) for name in (before.group(), match["other"]))
                    found |= {(a, b), (b, a)}
        return cls(frozenset(found))

    def same(self, a: str, b: str) -> bool:
        """Whether two names are one in this story."""
        return self.relation(a, b) == "same"

    def unlike(self, name: Name, others: Sequence[Name]) -> bool:
        """Whether a name is another than each of some others."""
        return all(self.relation(name.text, other.text) == "different" for other in others)

    def relation(self, a: str, b: str) -> str:
        """As `relation`, knowing the aliases of the story."""
        if a == b:
            return "same"
        known = bool(self.pairs) and (" ".join(folded(a)), " ".join(folded(b))) in self.pairs
        return "same" if known else relation(a, b)
