"""Names in a text, and whether two of them are one.

A name is a run of capitalised words with its particles; a post before it ("Transport Minister Orla Feeny") is its title.
At the start of a sentence a capital says little, so common words and posts are dropped there. No model is needed and
none is used. Two names are compared by their folded words, acronyms, transliterations, nicknames and spelling:

    same       one is part of the other, or another spelling, script, acronym or nickname of it
    near       one letter or two away in one word, all else equal: a misspelling, or another person
    related    something in common, but also something against it: nothing can be said
    different  nothing in common

In languages that capitalise every noun (German) only runs of two capitals and names after a preposition are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from storydiff.text import name_words as table
from storydiff.text.lexicon import FUNCTION_WORDS, background
from storydiff.text.normalize import fold
from storydiff.text.places import same_place
from storydiff.text.sentences import sentences
from storydiff.text.words import keys

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽА-ЯЁІЇЄҐ]"
_TOKEN = re.compile(r"[^\W\d_]+(?:[.'’ʼ-](?:[^\W\d_]+|\d+))*|&|\d+")
_IS_CAPITAL = re.compile(rf"(?:[dlDL]['’]|al-|el-|Mc|O['’])?{_CAPITAL}")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|from|to|off|around|across|towards?|inside|beyond|via|into|north|south|east|west|for|leaving|"
    r"in the|on the|nahe|bei|aus|nach|à|dans|près de|en|cerca de|desde|в|из|под|у|близ|до)\s(?:the\s)?$",
    re.IGNORECASE,
)

_CRAFT_BEFORE = re.compile(
    r"\b(?:ship|vessel|boat|ferry|freighter|tanker|trawler|yacht|liner|submarine|frigate|destroyer|cutter|carrier|schooner|tug|barge|bulk carrier"
    r"|horse|mare|stallion|satellite|probe|rover|rocket|film|novel|album|song|drug|racehorse)\s(?:the\s)?$",
    re.IGNORECASE,
)
_SCENE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|off|around|inside|north of|south of|east of|west of|nahe|dans|près de|en|cerca de|под|близ|біля)\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Before two or more capitals: people come from and go to somebody, too, but nobody is in or near a person."""


@dataclass(frozen=True, slots=True)
class Name:
    """One mention; `text` is without title and possessive."""

    start: int
    end: int
    text: str
    kind: str
    """`person`, `organisation`, `place` or `other`."""
    title: str = ""
    """The post printed before it, lower case."""


@lru_cache(maxsize=4096)
def mentions(text: str, language: str | None = "en") -> tuple[Name, ...]:
    """The names of a text in order."""
    starts = {start for start, _ in sentences(text, language)} | {
        m.end() for m in re.finditer(r"[“\"«„(\[]\s?|:\s", text)
    }
    runs = _runs(list(_TOKEN.finditer(text)), text)
    found = (_name(run, text, language or "en", starts) for run in runs)
    return tuple(n for n in found if n is not None)


def _runs(tokens: list[re.Match[str]], text: str) -> list[list[re.Match[str]]]:
    """Maximal runs of capitalised tokens, particles inside allowed."""
    runs: list[list[re.Match[str]]] = []
    current: list[re.Match[str]] = []
    for i, token in enumerate(tokens):
        near = bool(current) and _near(current[-1], token, text)
        if current and not near:
            runs, current = _closed(runs, current)
        if _IS_CAPITAL.match(token.group()) and not _breaks(token.group()):
            current.append(token)
        elif current and near and _joins(token, tokens[i + 1 : i + 3], current):
            current.append(token)
        elif current:
            runs, current = _closed(runs, current)
    return _closed(runs, current)[0]


def _near(last: re.Match[str], token: re.Match[str], text: str) -> bool:
    """Whether nothing but a space, an initial's dot or the quotation marks of a nickname stand between two tokens."""
    between, word = text[last.end() : token.start()], last.group()
    if re.search(r"['’]s$", word) and not {token.group().lower()} & (table.ORGANISATION | table.PLACE):
        return False
    if between == ". ":
        return len(word) == 1 or word in ("St", "Dr", "Mr", "Mrs", "Ms", "Prof", "Sen", "Gen")
    return re.fullmatch(r"[\s\u00a0]|\s?[\"“]|[\"”]\s?|-", between) is not None


def _breaks(word: str) -> bool:
    # A weekday or month never continues a name: "told Reuters Monday".
    bare = re.sub(r"['’]s$", "", word.lower())
    return bare in table.NOT_NAMES or (table.CALENDAR.fullmatch(bare) is not None and bare != "may")


def _closed(
    runs: list[list[re.Match[str]]], current: list[re.Match[str]]
) -> tuple[list[list[re.Match[str]]], list[re.Match[str]]]:
    while current and not _IS_CAPITAL.match(current[-1].group()) and not current[-1].group().isdigit():
        current = current[:-1]
    return ([*runs, current] if current else runs), []


def _joins(token: re.Match[str], following: list[re.Match[str]], current: list[re.Match[str]]) -> bool:
    word = token.group()
    if word.isdigit():
        return False
    if word.lower() not in table.PARTICLES or not following:
        return False
    ahead = following[1] if following[0].group().lower() in table.PARTICLES and len(following) > 1 else following[0]
    if not _IS_CAPITAL.match(ahead.group()) or ahead.start() - token.end() > 5:
        return False
    return (
        word in table.PERSON_PARTICLES or word in ("of", "&", "upon") or (word == "the" and current[-1].group() == "of")
    )


def _name(run: list[re.Match[str]], text: str, language: str, starts: set[int]) -> Name | None:
    at_start = run[0].start() in starts
    title, kept = _untitled(run, at_start=at_start, language=language)
    if not kept or (at_start and kept[0] is run[0] and _common_start(kept, text, language)):
        return None
    if language == "de" and len(kept) == 1 and not _PLACE_BEFORE.search(text[: kept[0].start()]) and not title:
        return None
    if all(t.group().lower() in table.NOT_NAMES for t in kept):
        return None
    start, end = kept[0].start(), kept[-1].end()
    shown = re.sub(r"['’]s?$|\.$", "", text[start:end])
    return Name(start, start + len(shown), shown, _kind(kept, title, text[:start]), title)


def _untitled(run: list[re.Match[str]], *, at_start: bool, language: str) -> tuple[str, list[re.Match[str]]]:
    """Splits the post off the front of a run: "Transport Minister" | "Orla Feeny"."""
    cut = 0
    for i, token in enumerate(run[:-1]):
        word = token.group().lower().rstrip(".")
        if word in table.POSTS and run[i + 1].group().lower() not in ("of", "for"):
            cut = i + 1
        elif i == 0 and at_start and len(run) > 2 and re.search(r"(?:er|or|ist|man|woman|maker)$", word):
            cut = 1
        elif i == cut and word in table.QUALIFIERS and i + 1 < len(run) - 1:
            continue
    if cut == len(run):
        cut = 0
    if cut == 0 and at_start and run[0].group().lower() in table.NOT_NAMES:
        return "", run[1:]
    if cut == 0 and at_start and fold(run[0].group()) in FUNCTION_WORDS.get(language, frozenset()):
        cut = 1
    title = " ".join(t.group().lower() for t in run[:cut])
    return title, run[cut:]


def _common_start(kept: list[re.Match[str]], text: str, language: str) -> bool:
    """A lone capital at the start of a sentence is a name only when it is rare or stands elsewhere in the text too."""
    word = kept[0].group()
    bare = re.sub(r"['’]s?$", "", word)
    if len(kept) > 1:
        return False
    if bare.isupper() and len(bare) > 1:
        return False
    again = re.search(rf"[\w,] {re.escape(bare)}\b", text[: kept[0].start()] + text[kept[0].end() :])
    if again:
        return False
    key = (keys(bare, language) or [""])[0]
    common = background(language).get(key, 0.0) >= 3.0 or not background(language) or key[:1].isdigit()
    return bare.lower() in table.POSTS or common


def _kind(kept: list[re.Match[str]], title: str, before: str) -> str:
    low = [t.group().lower().rstrip(".") for t in kept]
    if any(w in table.ORGANISATION for w in low) or (len(kept) == 1 and kept[0].group().isupper() and len(low[0]) > 1):
        return "organisation"
    if _CRAFT_BEFORE.search(before[-30:]):
        return "other"
    if any(w in table.PLACE for w in low[1:]):
        return "place"
    if title:
        return "organisation" if set(title.split()) & table.BODIES else "person"
    if (_SCENE_BEFORE if len(kept) > 1 else _PLACE_BEFORE).search(before[-30:]):
        return "place"
    return "person" if len(kept) in (2, 3, 4) else "other"


# -- comparing ----------------------------------------------------------------------------------------------------

_CYRILLIC = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e e e zh z i i i i k l m n o p r s t u f h c ch sh sch  i  e yu ya".replace("  ", " _ ").split(
            " "
        ),
        strict=False,
    )
)
_SKELETON = (
    ("shch", "s"), ("sch", "s"), ("tsch", "c"), ("ch", "c"), ("sh", "s"), ("zh", "z"), ("kh", "g"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("ck", "k"), ("ts", "c"), ("tz", "c"), ("dz", "z"), ("x", "ks"), ("q", "k"), ("w", "v"), ("h", "g"), ("j", "i"),
    ("y", "i"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def folded(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, particles and titles, Cyrillic in Latin letters."""
    low = "".join(_CYRILLIC.get(c, c) for c in name.lower().replace("’", "'").replace("ь", ""))
    words = [fold(w).replace("'", "").strip(".") for w in re.split(r"[\s\-\"“”.]+", low) if w]
    return tuple(
        w
        for w in words
        if w and w not in table.PERSON_PARTICLES and w not in ("the", "of", "and", "&", "jr", "sr", "al")
    )


@lru_cache(maxsize=16384)
def consonants(word: str) -> str:
    """What is left of a word in every transliteration: its consonants, doubled ones once."""
    for old, new in _SKELETON:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "", word))


def relation(a: str, b: str) -> str:
    """How two names stand to each other: `same`, `near`, `related` or `different`."""
    first, second = folded(a), folded(b)
    if (
        not first
        or not second
        or _contains(first, second)
        or _contains(second, first)
        or _acronym(a, b)
        or same_place(a, b)
    ):
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


def _contains(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return all(any(_one_word(w, v) for v in whole) for w in part)


@lru_cache(maxsize=16384)
def _one_word(a: str, b: str) -> bool:
    """Whether two folded words are one name word: equal, an initial, a nickname, a possessive, a transliteration."""
    if (
        a == b
        or (min(len(a), len(b)) == 1 and a[0] == b[0])
        or table.ALIASES.get(a, frozenset()) & table.ALIASES.get(b, frozenset())
    ):
        return True
    if a.rstrip("s") == b.rstrip("s") or re.sub("ie$|ey$", "y", a) == re.sub("ie$|ey$", "y", b):
        return True
    bones = consonants(a), consonants(b)
    if min(map(len, bones)) >= 3 and bones[0] == bones[1] and a[:1] == b[:1]:
        return True
    return _slavic(a, b)


def _slavic(a: str, b: str) -> bool:
    """Serhii and Sergey, Zarichne and Zarechnoye: same bones under a Slavic ending."""
    ends = re.compile(r"(?:iy|ii|yi|y|ey|ei|ij|iya|ia|ya|oye|oe|e|a|o|yy|skyi|sky|ski|v|iv|ov|ev|yev)$")
    bare = [consonants(ends.sub("", w)) for w in (a, b)]
    return len(bare[0]) >= 3 and bare[0] == bare[1] and OSA.normalized_similarity(a, b) >= 0.5


def _acronym(a: str, b: str) -> bool:
    short, long = sorted((a.strip("."), b), key=len)
    letters = re.sub(r"[.\s]", "", short)
    if not letters.isupper() or not 2 <= len(letters) <= 7:
        return False
    words = re.findall(r"\w+", long)
    initials = "".join(w[0] for w in words).upper()
    capitals = "".join(w[0] for w in words if w[0].isupper())
    return letters in (initials, capitals) or (
        len(words) >= 2 and _subsequence(letters, initials) and len(letters) >= 3
    )


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)


def _misspelt(a: str, b: str) -> bool:
    alike = OSA.normalized_similarity(a, b)
    close = OSA.distance(a, b) <= 2 and alike >= 0.5 and min(len(a), len(b)) >= 4
    return close or (a[:4] == b[:4] and alike >= 0.6)


def _common_letters(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether some word of one is like a word of the other: perhaps one name in two spellings."""
    return any(OSA.normalized_similarity(w, v) >= 0.72 for w in a for v in b if min(len(w), len(v)) >= 4)


# -- the names of a story -----------------------------------------------------------------------------------------

_OTHERWISE = re.compile(
    rf"(?P<a>{_CAPITAL}[\w’'-]+(?:\s(?:of\s|the\s)?{_CAPITAL}[\w’'-]+)*),?\s"
    r"(?:\(|(?:formerly|previously|once|better|also)\s(?:known\sas\s|called\s)?|née\s|born\s|known\sas\s|or\s)"
    rf"(?P<b>{_CAPITAL}[\w’'-]+(?:\s(?:of\s|the\s)?{_CAPITAL}[\w’'-]+)*)"
)


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
                a, b = " ".join(folded(match["a"])), " ".join(folded(match["b"]))
                found |= {(a, b), (b, a)}
        return cls(frozenset(found))

    def same(self, a: str, b: str) -> bool:
        """Whether two names are one in this story."""
        return self.relation(a, b) == "same"

    def relation(self, a: str, b: str) -> str:
        """As `relation`, knowing the aliases of the story."""
        known = (" ".join(folded(a)), " ".join(folded(b))) in self.pairs
        return "same" if known else relation(a, b)
