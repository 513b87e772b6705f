"""Patterns that are tried only on texts that hold what a match must hold.

A pattern over a list of words is slow where none of them stands, and most of a newsroom's patterns match in few of its
sentences. What every match must hold is read from the pattern itself, as for a search over an index (Cox 2012, "Regular
expression matching with a trigram index"): a conjunction of alternatives of letters, "any digit" among them. Those are
sought first, without regard to case. A pattern of which nothing can be said is tried on every text, so a sieve never
changes what is found.

Cost: building, linear in the pattern; a text that is sifted out, one substring search for each alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

Clause = frozenset[str]
"""Strings of which a match must hold one."""
Needs = tuple[Clause, ...]

DIGIT = "\0"
"""Stands for any digit: it is put before every text that has one."""
_SHORTEST = 2
"""Fewer letters are in nearly every text."""
_MOST = 160
"""Alternatives that are sought at most; of more it is cheaper to try the pattern."""
_CLASSES = "wWsSDbBAZ"
_ANY_DIGIT = re.compile(r"\d")
_CASE_MATTERS = "(?-i"
_NO_LETTER = re.compile(r"\\.|\?P<")
"""Of a pattern what is written with a capital and is none."""
_TWINS = str.maketrans("İıſᲀᲁᲂᲃᲄᲅᲆᲇ", "iisвдосттъѣ")
"""Letters with two small forms."""
_OPENING = re.compile(r"\?(?::|P<\w+>|[aimsux-]+:|<?[=!])|(?!\?)")
_REPEAT = re.compile(r"(?:[*+?]|\{\d*,?\d*\})[?+]?")


class Sieve:
    """A pattern behind its sieve, compiled when a text first comes through it: many never are.

    `core`: a plainer pattern that is found wherever this one is. What is found without regard to case is found in the
    text as `caseless` shows it, in a half or a quarter of the time: the places are those of the text, the letters of
    the match are small.
    """

    def __init__(self, source: str, flags: int = 0, *, core: str | None = None) -> None:
        self._source, self._flags, self._plainer = source, flags, core

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern itself, for the text itself."""
        return re.compile(self._source, self._flags)

    @cached_property
    def needed(self) -> Needs:
        """What every match holds, as `held` shows a text."""
        return needs(self._source)

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """The matches in a text, in order."""
        return self.tried(text) if self.may_match(text) else ()

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return next(iter(self.finditer(text)), None)

    def may_match(self, text: str) -> bool:
        """Whether the text holds all that a match needs."""
        letters_of = held(text)
        for clause in self._needs:
            for letters in clause:
                if letters in letters_of:
                    break
            else:
                return False
        return True

    def tried(self, text: str) -> Iterable[re.Match[str]]:
        """The matches in a text that came through."""
        if self._core is not None and self._core.search(text) is None:
            return ()
        return self._small.finditer(caseless(text)) if self._small else self.pattern.finditer(text)

    @cached_property
    def _needs(self) -> list[list[str]]:
        return [sorted(clause) for clause in self.needed]

    @cached_property
    def _core(self) -> re.Pattern[str] | None:
        return re.compile(self._plainer, self._flags) if self._plainer else None

    @cached_property
    def _small(self) -> re.Pattern[str] | None:
        """The pattern for small letters; None where case matters."""
        letters = _NO_LETTER.sub("", self._source)
        blind = self._flags & re.IGNORECASE and _CASE_MATTERS not in letters and letters == caseless(letters)
        return re.compile(self._source, self._flags & ~re.IGNORECASE) if blind else None


@lru_cache(maxsize=8192)
def held(text: str) -> str:
    """A text as it is searched for what a match needs: in small letters, `DIGIT` before it if it has one."""
    return (DIGIT if _ANY_DIGIT.search(text) else "") + caseless(text)


@lru_cache(maxsize=8192)
def caseless(text: str) -> str:
    """A text in small letters, those in one that are one to `re.IGNORECASE`; every letter keeps its place."""
    return text.lower() if text.isascii() else text.translate(_TWINS).lower()


@lru_cache(maxsize=1024)
def needs(source: str) -> Needs:
    """What every match of a pattern holds; the clauses that rule out most first, none when nothing can be said."""
    try:
        found = _Reader(source).alternatives()
    except _UnreadError:
        return ()
    return tuple(clause for clause in sorted(set(found), key=_breadth) if len(clause) <= _MOST)


def _breadth(clause: Clause) -> tuple[int, int, list[str]]:
    return len(clause), -min(map(len, clause)), sorted(clause)


class _UnreadError(Exception):
    """A sign of regular expressions that the reader does not know."""


class _Reader:
    """Goes through a pattern once. Sets and references say nothing; neither does what may be left out."""

    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0

    def alternatives(self) -> list[Clause]:
        """What every alternative up to a bracket needs: the best clauses of all of them put together, then the next."""
        branches = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._sequence())
        if len(branches) == 1 or not all(branches):
            return branches[0] if len(branches) == 1 else []
        ranked = [sorted(set(branch), key=_breadth) for branch in branches]
        return [
            frozenset().union(*(each[min(n, len(each) - 1)] for each in ranked)) for n in range(max(map(len, ranked)))
        ]

    def _sequence(self) -> list[Clause]:
        clauses: list[Clause] = []
        run = ""
        while self._peek() not in ("", "|", ")"):
            letter, inner = self._atom()
            optional, repeated = self._repeat()
            if letter and not optional:
                run += letter
                if not repeated:
                    continue
            elif not optional:
                clauses += inner
            clauses += _clause(run)
            run = ""
        return clauses + _clause(run)

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _atom(self) -> tuple[str, list[Clause]]:
        """A letter, or what a group needs."""
        sign = self._peek()
        self.at += 1
        if sign == "(":
            return "", self._group()
        if sign == "[":
            self._skip_set()
            return "", []
        if sign == "\\":
            return self._escaped()
        return ("" if sign in ".^$" else sign), []

    def _escaped(self) -> tuple[str, list[Clause]]:
        sign = self._peek()
        self.at += 1
        if sign == "d":
            return "", [frozenset({DIGIT})]
        if sign == "u":
            self.at += 4
            return chr(int(self.source[self.at - 4 : self.at], 16)), []
        if sign.isalnum() and sign not in _CLASSES:
            raise _UnreadError
        return ("", []) if sign in _CLASSES else (sign, [])

    def _group(self) -> list[Clause]:
        """What the inside needs; nothing for what only looks around."""
        head = _OPENING.match(self.source, self.at)
        if head is None:
            raise _UnreadError
        opening = head.group()
        self.at += len(opening)
        inner = self.alternatives()
        self.at += 1
        return [] if opening.endswith(("=", "!")) else inner

    def _skip_set(self) -> None:
        self.at += self._peek() == "^"
        self.at += self._peek() == "]"
        while self._peek() != "]":
            self.at += 2 if self._peek() == "\\" else 1
        self.at += 1

    def _repeat(self) -> tuple[bool, bool]:
        """Whether what stands before may be left out, and whether it is repeated at all."""
        found = _REPEAT.match(self.source, self.at)
        if not found:
            return False, False
        self.at = found.end()
        return found.group()[0] in "*?" or found.group().startswith(("{0", "{,")), True


def _clause(run: str) -> list[Clause]:
    letters = caseless(run)
    return [frozenset({letters})] if len(letters) >= _SHORTEST else []
