"""Words: where they stand, the key under which two spellings or inflections are one, and whether they carry content.

Keys are folded and lightly stemmed by language (Snowball, http://snowballstem.org; a suffix list for Ukrainian, which
Snowball lacks). Numbers are one key however they are grouped or spelled: "1,200", "1 200"; "two", "2".
A key is looked up once per distinct token, so a story costs one regular expression pass and dictionary look-ups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from storydiff.text.lexicon import FUNCTION_WORDS, NUMBER_WORDS
from storydiff.text.normalize import fold, plain

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
_TOKEN = re.compile(
    rf"\d+(?:[.,\u00a0\u202f'’]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?(?:(?:st|nd|rd|th)\b)?"  # 1,200.5  86th
    rf"|[{_CJK}]"  # scripts without spaces: a character is a word
    rf"|(?:[^\W\d_{_CJK}]\.)+[^\W\d_{_CJK}]\b\.?"  # U.S.
    rf"|[^\W_{_CJK}]+(?:['’ʼ][^\W\d_{_CJK}]+)*"
)
_STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_REFLEXIVE = re.compile(r"(?:ся|сь)$")
# An abstract noun, the noun of a verb, a verb, a participle, any other ending: the first that fits is taken off.
_UKRAINIAN = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"(?:ість|ості|істю|остей|остям|остях)$", "іст"),
        (r"(?:ю|у)?(?:ваннями|ванням|ванню|вання|вань)$", ""),
        (r"[еаяі]нн(?:ями|ям|ях|ю|я)$", ""),
        (r"[ую](?:вати|вала|вало|вали|вав|вавши|ють|ючи|ємо|єш|єть|є|йте|й)$", ""),
        (r"[аяиіїу](?:вши|ти|ла|ло|ли|ють|ємо|єш|єть|ючи|в|є)$", ""),
        (r"(?:ув|ю|у)?[аяеє]н(?:ими|ого|ому|ий|им|их|ій|ої|ою|о|а|е|і|у)$", ""),
        (r"(?:[іи]ми|[ая]ми|ь?ого|ь?ому|ові|[еє]ві|ь?ої|ь?ою|[еє]ю|[иії]й|[ії]в|ей|[ая][хм]|[оеє]м|[иії][хм])$", ""),
        (r"(?:[иіяую]ть|[аеиіїоуюяьйє])$", ""),
    )
)
_CYRILLIC = re.compile(r"[а-яёіїєґ'-]+")
"""A word in small letters of which no accent may be taken off: й and ї are letters, and endings are told by them."""


SHORTEST = 3
"""Letters that a Ukrainian word keeps."""
_COUNTRY = {"US": "usa", "U.S.": "usa", "U.S": "usa"}
"""What English writes like a pronoun, told apart by its capitals."""


class Word(NamedTuple):
    """`text[start:end]` of the text it was found in; equal keys are one word in different clothes."""

    start: int
    end: int
    text: str
    key: str
    content: bool
    """False for words that carry grammar only: articles, pronouns, prepositions, auxiliaries."""


def words(text: str, language: str | None = None) -> tuple[Word, ...]:
    """The words of a text, in order."""
    key, grammar = key_of(base(language)), function_keys(base(language))
    return tuple([Word(start, end, word, (k := key(word)), k not in grammar) for start, end, word in placed(text)])


def keys(text: str, language: str | None = None) -> list[str]:
    """Only the keys, in order: the fast way."""
    return list(map(key_of(base(language)), _TOKEN.findall(text)))


def tokens(text: str) -> list[str]:
    """Only the words as printed, in order."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=64)
def function_keys(language: str) -> frozenset[str]:
    """The keys of the words that carry grammar only, in a language given by its two letters."""
    return frozenset(map(key_of(language), FUNCTION_WORDS.get(language, ())))


def is_number(key: str) -> bool:
    """True for the key of a number."""
    return key[:1].isdigit()


def found(text: str) -> Iterator[re.Match[str]]:
    """Only the words as printed, as matches, in order."""
    return _TOKEN.finditer(text)


def placed(text: str) -> list[tuple[int, int, str]]:
    """Only the words as printed and where they start and end, in order."""
    return [(*match.span(), match.group()) for match in _TOKEN.finditer(text)]


def base(language: str | None) -> str:
    """The two letters of a language, by which tables are kept; English stands in for an unknown one."""
    return (language or "en").replace("_", "-").split("-")[0].lower()


@lru_cache(maxsize=64)
def key_of(language: str) -> Callable[[str], str]:
    """The function from a word as printed to its key, for a language given by its two letters."""
    stem = _stemmer(language)
    numbers = NUMBER_WORDS.get(language, {})
    country = _COUNTRY if language == "en" else {}

    @lru_cache(maxsize=1 << 17)
    def key(token: str) -> str:
        if token[0].isdigit():
            return _number(token)
        if token in country:
            return country[token]
        low = plain(token).lower()
        word = _unpossessed(low.replace("ё", "е") if _CYRILLIC.fullmatch(low) else fold(token), language)
        return numbers.get(word) or stem(word) or token

    return key


def _stemmer(language: str) -> Callable[[str], str]:
    if language == "uk":
        return _without_ending
    name = _STEMMERS.get(language)
    if name is None:
        return lambda word: word
    stem: Callable[[str], str] = Stemmer.Stemmer(name).stemWord
    return stem


def _without_ending(word: str) -> str:
    bare = _REFLEXIVE.sub("", word)
    word = bare if len(bare) > SHORTEST else word
    for ending, kept in _UKRAINIAN:
        bare = ending.sub(kept, word)
        if bare != word and len(bare) >= SHORTEST:
            return bare
    return word


def _unpossessed(word: str, language: str) -> str:
    """Without an English possessive or a French elision; initials without their dots."""
    word = word.replace(".", "")
    if "'" not in word:
        return word
    if language in {"fr", "it"}:
        return word.rsplit("'", 1)[1] or word
    return word.removesuffix("'s") if word.endswith("'s") else word.replace("'", "")


def _number(token: str) -> str:
    """1,200 and 1 200 and 1.200 are 1200; 14,5 is 14.5; 86th is 86; 3D stays itself."""
    digits = re.sub(r"(?<=\d)[,.\u00a0\u202f'’](?=\d{3}(?:\D|$))", "", token).replace(",", ".")
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", digits.lower())
