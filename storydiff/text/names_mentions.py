"""Where a text names somebody or something.

A name is a run of capitalised words with its particles; a post before it ("Transport Minister Orla Feeny") is its
title. At the start of a sentence a capital says little, so common words and posts are dropped there. No model is needed
and none is used. In German, which capitalises every noun, only runs of two capitals and names after a preposition are
taken. Linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from storydiff.text import name_words as table
from storydiff.text.lexicon import FUNCTION_WORDS, background
from storydiff.text.normalize import fold
from storydiff.text.sentences import sentences
from storydiff.text.sieve import caseless
from storydiff.text.words import keys

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽА-ЯЁІЇЄҐ]"
_TOKEN = re.compile(r"[^\W\d_]+(?:[.'’ʼ-](?:[^\W\d_]+|\d+))*|&|\d+")
_IS_CAPITAL = re.compile(rf"(?:[dlDL]['’]|al-|el-|Mc|O['’])?{CAPITAL}")


class _Before:
    """Words right before a name, with an article or without; of few names the last word there is one of them."""

    def __init__(self, rows: str) -> None:
        self._pattern = re.compile(rf"\b(?:{rows})\s(?:the\s)?$")
        self._ends = (*dict.fromkeys(row.rpartition(" ")[2] for row in rows.split("|")), "the")

    def ends(self, text: str) -> bool:
        """Whether a text ends with one of them and a space."""
        return text.rstrip().endswith(self._ends) and self._pattern.search(text) is not None


_PLACE_BEFORE = _Before(
    "in|at|near|outside|from|to|off|around|across|toward|towards|inside|beyond|via|into|north|south|east|west|for"
    "|leaving|in the|on the|nahe|bei|aus|nach|à|dans|près de|en|cerca de|desde|в|из|под|у|близ|до"
)
_CRAFT_BEFORE = _Before(
    "ship|vessel|boat|ferry|freighter|tanker|trawler|yacht|liner|submarine|frigate|destroyer|cutter|carrier|schooner"
    "|tug|barge|bulk carrier|horse|mare|stallion|satellite|probe|rover|rocket|film|novel|album|song|drug|racehorse"
)
_SCENE_BEFORE = _Before(
    "in|at|near|outside|off|around|inside|north of|south of|east of|west of|nahe|dans|près de|en|cerca de|под|близ|біля"
)
"""Before two or more capitals: people come from and go to somebody, too, but nobody is in or near a person."""
_OPENING = re.compile(r"[“\"«„(\[]\s?|:\s")
_TRADE = re.compile(r"(?:er|or|ist|man|woman|maker)$")
"""Endings of trades: a first word of a sentence in front of two more capitals is one."""
_POSSESSIVE, _APOSTROPHE, _ENDING = re.compile(r"['’]s$"), re.compile(r"['’]s?$"), re.compile(r"['’]s?$|\.$")
_OWNING = ("'s", "’s")
_OWNED = table.ORGANISATION | table.PLACE
"""What stands behind a possessive and is one name with it: Harl's Museum."""
_BESIDE = re.compile(r"[\s\u00a0]|\s?[\"“]|[\"”]\s?|-")
"""A space, or the marks of a nickname."""
_LONGEST = 8
"""Words of a name; what goes on longer is a headline or noise."""
_NEAR_BEFORE = 30
"""Characters before a name in which stands what says its kind."""
_COMMON = 3.0
"""Zipf frequency from which a word at the start of a sentence is no name."""


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
    starts = {start for start, _ in sentences(text, language)} | {m.end() for m in _OPENING.finditer(text)}
    runs = _runs(list(_TOKEN.finditer(text)), text)
    found = (_name(run, text, language or "en", starts) for run in runs)
    return tuple(n for n in found if n is not None)


_Token = re.Match[str]


def _runs(tokens: list[_Token], text: str) -> list[list[_Token]]:
    """Maximal runs of capitalised tokens, particles inside allowed."""
    named = [_is_named(token[0]) for token in tokens]
    runs: list[list[_Token]] = []
    end = 0
    for first in [i for i, is_named in enumerate(named) if is_named]:
        if first >= end:
            end = _end(tokens, named, first, text)
            runs.append(_closed(tokens[first:end]))
    return [run for run in runs if run]


def _end(tokens: list[_Token], named: list[bool], first: int, text: str) -> int:
    """Where a run ends that begins with a token."""
    end = first + 1
    while (
        end < min(len(tokens), first + _LONGEST)
        and _near(tokens[end - 1], tokens[end], text)
        and (named[end] or _joins(tokens[end], tokens[end + 1 : end + 3], tokens[end - 1]))
    ):
        end += 1
    return end


def _closed(run: list[_Token]) -> list[_Token]:
    """A run without particles at its end."""
    while run and not _IS_CAPITAL.match(run[-1].group()) and not run[-1].group().isdigit():
        run = run[:-1]
    return run


def _near(last: _Token, token: _Token, text: str) -> bool:
    """Whether nothing but a space, an initial's dot or the quotation marks of a nickname stand between two tokens."""
    between, word = text[last.end() : token.start()], last.group()
    if word.endswith(_OWNING) and token.group().lower() not in _OWNED:
        return False
    if between == " ":
        return True
    if between == ". ":
        return len(word) == 1 or word in ("St", "Dr", "Mr", "Mrs", "Ms", "Prof", "Sen", "Gen")
    return _BESIDE.fullmatch(between) is not None


@lru_cache(maxsize=1 << 16)
def _is_named(word: str) -> bool:
    """Whether a word can stand in a name by its capital; a weekday or month never does: "told Reuters Monday"."""
    bare = _POSSESSIVE.sub("", word.lower())
    calendar = bare != "may" and table.CALENDAR.fullmatch(bare) is not None
    return _IS_CAPITAL.match(word) is not None and not calendar and bare not in table.NOT_NAMES


def _joins(token: _Token, following: list[_Token], before: _Token) -> bool:
    """Whether a small word goes on with a name: "Sons of the Plateau", "Ludwig van Beethoven"."""
    word = token.group()
    if not following or word.lower() not in table.PARTICLES:
        return False
    second = len(following) > 1 and following[0].group().lower() in table.PARTICLES
    ahead = following[1] if second else following[0]
    if not _IS_CAPITAL.match(ahead.group()) or ahead.start() - token.end() > len(" the "):
        return False
    inner = word in table.PERSON_PARTICLES or word in ("of", "&", "upon")
    return inner or (word == "the" and before.group() == "of")


def _name(run: list[_Token], text: str, language: str, starts: set[int]) -> Name | None:
    at_start = run[0].start() in starts
    title, kept = _untitled(run, at_start=at_start, language=language)
    if not kept or (at_start and kept[0] is run[0] and _common_start(kept, text, language)):
        return None
    start, end = kept[0].start(), kept[-1].end()
    before = caseless(text)[max(0, start - _NEAR_BEFORE) : start]
    if language == "de" and len(kept) == 1 and not title and not _PLACE_BEFORE.ends(before):
        return None
    if all(t.group().lower() in table.NOT_NAMES for t in kept):
        return None
    shown = _ENDING.sub("", text[start:end])
    return Name(start, start + len(shown), shown, _kind(kept, title, before), title)


def _untitled(run: list[_Token], *, at_start: bool, language: str) -> tuple[str, list[_Token]]:
    """Splits the post off the front of a run: "Transport Minister" | "Orla Feeny"."""
    words = [t.group().lower().rstrip(".") for t in run]
    posts = [i for i, w in enumerate(words[:-1]) if w in table.POSTS and words[i + 1] not in ("of", "for")]
    cut = posts[-1] + 1 if posts else 0
    if not cut and at_start:
        if words[0] in table.NOT_NAMES or fold(run[0].group()) in FUNCTION_WORDS.get(language, frozenset()):
            return "", run[1:]
        cut = 1 if len(run) > 2 and _TRADE.search(words[0]) else 0
    return " ".join(t.group().lower() for t in run[:cut]), run[cut:]


def _common_start(kept: list[_Token], text: str, language: str) -> bool:
    """A lone capital at the start of a sentence is a name only when it is rare or stands elsewhere in the text too."""
    bare = _APOSTROPHE.sub("", kept[0].group())
    if len(kept) > 1 or (bare.isupper() and len(bare) > 1):
        return False
    elsewhere = text[: kept[0].start()] + text[kept[0].end() :]
    if f" {bare}" in elsewhere and re.search(rf"[\w,] {re.escape(bare)}\b", elsewhere):
        return False
    key = (keys(bare, language) or [""])[0]
    frequencies = background(language)
    return bare.lower() in table.POSTS or not frequencies or key[:1].isdigit() or frequencies.get(key, 0.0) >= _COMMON


def _kind(kept: list[_Token], title: str, before: str) -> str:
    low = [t.group().lower().rstrip(".") for t in kept]
    if any(w in table.ORGANISATION for w in low) or (len(kept) == 1 and kept[0].group().isupper() and len(low[0]) > 1):
        return "organisation"
    if _CRAFT_BEFORE.ends(before):
        return "other"
    if any(w in table.PLACE for w in low[1:]):
        return "place"
    if title:
        return "organisation" if set(title.split()) & table.BODIES else "person"
    if (_SCENE_BEFORE if len(kept) > 1 else _PLACE_BEFORE).ends(before):
        return "place"
    return "person" if len(kept) in (2, 3, 4) else "other"
