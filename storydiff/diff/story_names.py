"""People whom the versions of a story spell in two ways: Kjell Rostad here, Kjell Rugstad there.

A name lives in the whole story and not in one point: who is named beside one thing here may be named beside another
there. Two full names are one person's when they share a word, the other word is a letter or two away, no version knows
both, and what the versions tell beside them is alike. Spellings that a transliteration, an accent or a house style
would explain are no conflict.

time: one pass of a pattern over the texts; only names that are nearly alike are looked at closely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations, product

from rapidfuzz.distance import OSA

from storydiff.align.points_concepts import Bag, bag, named
from storydiff.diff.discrepancies import Edge
from storydiff.diff.rules.tellings import LOST
from storydiff.model import DiscrepancyType, Reading, Version
from storydiff.text.names import folded, mentions, relation
from storydiff.text.names_mentions import CAPITAL

BESIDE = 2
"""Concepts besides names that the paragraphs of both names must share."""
EXCHANGED = frozenset(map(frozenset, ("iy", "vw", "ck", "sz", "ij", "uw", "ei", "gy", "gk", "bv")))
"""Letters that two hands write one name with: Smith and Smyth, Giannis and Yiannis, Karolos and Carolos."""
_ABROAD = frozenset(map(frozenset, ("jy", "fv", "hk", "kx", "cs", "dt", "bp", "wu", "gh", "gj", "jz", "sx", "sy")))
"""Letters that stand for one another in the newspapers of two languages besides."""
_VOWELS, _ENDING = frozenset("aeiouy"), 3
_LONG = 5
"""Letters of a surname from which one other letter is no chance."""

_FULL = re.compile(rf"\b(?=({CAPITAL}[^\W\d_]{{2,}} (?:(?:van|von|de|der|du|del|da|di) )?{CAPITAL}[^\W\d_]{{3,}})\b)")
"""Looked for at every word: of "Foreman Arne Kvist" the last two are the name."""
_AGE = re.compile(r"(?:, | \()(\d{2})(?=[,;.)])")
"""Behind a name."""
_ENDINGS = frozenset(map(frozenset, (("er", "re"),)))
"""Of one word in two countries: a theater is a theatre."""
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_APART = 2

Full = tuple[str, str]
"""Given name and surname, folded."""
Places = dict[str, list[Reading]]
"""Version id -> where it has a name."""


def misspelt(versions: Sequence[Version]) -> Iterable[list[Edge]]:
    """For each person that is named in two ways the readings against each other."""
    people = _people(versions)
    by_id = {version.id: version for version in versions}
    for one, other in (*_alike(people), *_as_old(people, by_id)):
        if _one_person(one, other, people, by_id):
            yield [
                Edge(DiscrepancyType.NAME, people[one][a][0], people[other][b][0], drift=False)
                for a, b in product(sorted(people[one]), sorted(people[other]))
            ]


def _people(versions: Sequence[Version]) -> dict[Full, Places]:
    """All that look like full names of people."""
    people: dict[Full, Places] = defaultdict(lambda: defaultdict(list))
    for version in versions:
        for number, paragraph in version.body:
            for match in () if LOST in paragraph.text else _FULL.finditer(paragraph.text):
                text, words = match[1], folded(match[1])
                if len(words) == _APART and not _CYRILLIC.search(text):
                    people[words[0], words[1]][version.id].append(
                        Reading(version.id, number, *match.span(1), text, text)
                    )
    return people


def _alike(people: Mapping[Full, Places]) -> Iterable[tuple[Full, Full]]:
    """Pairs of names of which one word is the same and the other nearly."""
    sharing: dict[tuple[int, str], list[Full]] = defaultdict(list)
    for name in people:
        for place, word in enumerate(name):
            sharing[place, word].append(name)
    for (place, _), group in sorted(sharing.items()):
        for one, other in combinations(sorted(group), 2):
            if _is_slip(one[1 - place], other[1 - place], surname=place == 0):
                yield one, other


def _as_old(people: Mapping[Full, Places], versions: Mapping[str, Version]) -> Iterable[tuple[Full, Full]]:
    """Pairs of one surname and one age, whose given names neither a slip nor a short form makes one."""
    sharing: dict[tuple[str, str], list[Full]] = defaultdict(list)
    for name, places in people.items():
        for age in _ages(places, versions):
            sharing[name[1], age].append(name)
    for _, group in sorted(sharing.items()):
        for one, other in combinations(sorted(group), 2):
            given = (one[0], other[0])
            if not _is_slip(*given, surname=False) and relation(*(f"{each} Zzyz" for each in given)) == "related":
                yield one, other


def _ages(places: Places, versions: Mapping[str, Version]) -> frozenset[str]:
    """The ages that are told right behind a name."""
    found = (_AGE.match(versions[r.version].paragraphs[r.paragraph].text, r.end) for r in chain(*places.values()))
    return frozenset(age[1] for age in found if age)


def _is_slip(a: str, b: str, *, surname: bool) -> bool:
    """Whether two words differ as by a slip of the pen, and not as two spellings of one name do."""
    if _by_two_hands(a, b):
        return False
    if OSA.distance(a, b) > _APART:
        return _begin_alike(a, b)
    near = relation(f"Zz {a}", f"Zz {b}")
    return near == "near" or (near == "same" and surname and len(a) == len(b) >= _LONG and OSA.distance(a, b) == 1)


def _begin_alike(a: str, b: str) -> bool:
    """Whether two names of which neither is short for the other begin alike: Casimir and Caspar."""
    shorter = min(len(a), len(b))
    same = next(i for i in range(shorter + 1) if i == shorter or a[i] != b[i])
    return shorter > _LONG and same < shorter and 2 * same >= shorter


def _by_two_hands(a: str, b: str) -> bool:
    """Whether two words of a length differ only in letters that are written for one another.

    So is any vowel of an ending: Hussain and Hussein, Advisers and Advisors.
    """
    if len(a) != len(b):
        return False
    if a[:-2] == b[:-2] and frozenset((a[-2:], b[-2:])) in _ENDINGS:
        return True
    pairs = [(place, frozenset(pair)) for place, pair in enumerate(zip(a, b, strict=True)) if pair[0] != pair[1]]
    return all(pair in EXCHANGED or (pair <= _VOWELS and place >= len(a) - _ENDING) for place, pair in pairs)


def _one_person(one: Full, other: Full, people: Mapping[Full, Places], versions: Mapping[str, Version]) -> bool:
    """Whether no version knows both, what is told beside them is alike, and no translation spells them in two ways."""
    first, second = people[one], people[other]
    languages = [{versions[v].language for v in places} for places in (first, second)]
    if first.keys() & second.keys() or not (languages[0] & languages[1] or _is_no_translation(one, other)):
        return False
    if _known(one, other, second, versions) or _known(other, one, first, versions):
        return False
    if not all(_is_person(places[min(places)][0], versions) for places in (first, second)):
        return False
    shared = _beside(first, versions) & _beside(second, versions)
    return len(shared) >= BESIDE


def _is_no_translation(one: Full, other: Full) -> bool:
    """Whether one consonant stands for another that no language writes instead: Reiss and Weiss."""
    a, b = next((x, y) for x, y in zip(one, other, strict=True) if x != y)
    pairs = [frozenset(pair) for pair in zip(a, b, strict=False) if pair[0] != pair[1]]
    return len(a) == len(b) and len(pairs) == 1 and not pairs[0] & _VOWELS and pairs[0] not in EXCHANGED | _ABROAD


def _known(name: Full, other: Full, places: Places, versions: Mapping[str, Version]) -> bool:
    """Whether a version that has the other name uses the odd word of the first as well."""
    odd = {word for word in name if word not in other}
    words = re.compile(r"\b" + CAPITAL + r"[^\W\d_]+")
    return any(
        odd & set(folded(" ".join(words.findall(paragraph.text)))) for v in places for _, paragraph in versions[v].body
    )


def _is_person(found: Reading, versions: Mapping[str, Version]) -> bool:
    version = versions[found.version]
    told = mentions(version.paragraphs[found.paragraph].text, version.language)
    return any(n.kind == "person" and n.start <= found.start < n.end and n.end >= found.end for n in told)


def _beside(places: Places, versions: Mapping[str, Version]) -> Bag:
    """The concepts of the paragraphs that hold a name, names left out."""
    texts = {
        (versions[r.version].paragraphs[r.paragraph].text, versions[r.version].language)
        for r in chain(*places.values())
    }
    return frozenset().union(*(bag(*each) - named(*each) for each in texts))
