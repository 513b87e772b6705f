"""Which agency stands behind which version of a story, judged over all versions together.

A byline of one unknown name may be a person or an agency. It is taken as an agency when another version of the story
has it in a dateline, when it is the name of another outlet that tells the story or its initials, or when two outlets
print it and it is a single word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from storydiff.model import Version
from storydiff.text.credits import GENERAL, Credit, credit, is_known, key, shown

_AGENCY = re.compile(
    r"\b(?:agency|agence|agencia|agenzia|agência|agentur|agencja|newswire|(?:news|press|wire) service"
    r"|агентство|агенція|агентства)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the\s", re.IGNORECASE)
_INITIALS = 3
"""So many words make initials that two outlets hardly share by chance; a known agency is found by the table instead."""
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Agencies:
    """Agencies of the versions of one story; an agency is known by the key of its name."""

    credited: Mapping[str, frozenset[str]]
    """Version id -> keys of the agencies that it surely credits."""
    printed: Mapping[str, str]
    """Key -> the name to show."""
    guesses: Mapping[str, frozenset[str]]
    """Version id -> keys of single-word names that it credits and nothing confirms."""

    def behind(self, members: Sequence[Version]) -> tuple[str | None, str | None]:
        """(name of the agency, id of its own page among the members) for versions that carry one text."""
        votes = Counter(k for v in members for k in self.credited[v.id])
        pages = [(v, self._own(v, votes)) for v in members]
        own = [(v, k) for v, k in pages if k]
        if own:
            first, agency = min(own, key=lambda page: (-votes[page[1]], page[0].published or _LATEST, page[0].text))
            return self.printed.get(agency) or shown(first.outlet), first.id
        guesses = Counter(k for v in members for k in self.guesses[v.id])
        ranked = sorted((votes or guesses).items(), key=lambda item: (-item[1], item[0]))
        return (self.printed[ranked[0][0]] if ranked else None), None

    def _own(self, version: Version, votes: Mapping[str, int]) -> str:
        """The key of the agency whose own page this is; "" when it is not an agency's."""
        for agency in sorted(votes, key=lambda k: (-votes[k], k)):
            if _is_page_of(version, agency):
                return agency
        known = is_known(version.outlet) or _AGENCY.search(version.outlet)
        return key(shown(version.outlet)) if known else ""


def agencies_of(versions: Sequence[Version]) -> Agencies:
    """What the versions of one story credit; the order of versions changes nothing."""
    credits_of = {v.id: credit(v) for v in versions}
    sure = {key(name) for c in credits_of.values() for name in c.named}
    outlets_of: dict[str, set[str]] = defaultdict(set)
    for version in versions:
        for name in credits_of[version.id].possible:
            outlets_of[key(name)].add(version.outlet)
    sure |= {k for k, outlets in outlets_of.items() if len(outlets) > 1 and " " not in k}
    sure |= {k for k, outlets in outlets_of.items() if _other_outlets(k, outlets, versions)}
    keys = {v: _keys(c) for v, c in credits_of.items()}
    return Agencies(
        credited={v: found & sure for v, found in keys.items()},
        printed=_printed(credits_of.values()),
        guesses={v: frozenset(k for k in found - sure if " " not in k) for v, found in keys.items()},
    )


def _keys(found: Credit) -> frozenset[str]:
    return frozenset(key(name) for name in (*found.named, *found.possible))


def _other_outlets(name: str, printed_by: set[str], versions: Sequence[Version]) -> bool:
    """Whether it is the name of an outlet of the story, or its initials, printed by another one."""
    return any(name in (key(v.outlet), _initials(v.outlet)) and printed_by - {v.outlet} for v in versions)


def _printed(every: Iterable[Credit]) -> dict[str, str]:
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for found in every:
        for name in (*found.named, *found.possible):
            forms[key(name)][name] += 1
    return {k: min(names, key=lambda n: (-names[n], len(n), n)) for k, names in forms.items()}


def _is_page_of(version: Version, agency: str) -> bool:
    """By the outlet's name or its initials, or by its host: "apnews.com" is AP's."""
    if agency in (key(shown(version.outlet)), _initials(version.outlet)):
        return True
    host = urlsplit(version.url or "").hostname or ""
    name = agency.replace(" ", "")
    return any(label.startswith(name) and label.removeprefix(name) in {"", *GENERAL} for label in host.split(".")[:-1])


def _initials(outlet: str) -> str:
    """ "tns" of "Tidewater News Service", in small letters as keys are; "" of fewer words, and of a known agency's."""
    words = re.findall(r"\w+", _ARTICLE.sub("", outlet))
    initials = "".join(word[0] for word in words)
    return initials.casefold() if len(words) >= _INITIALS and not is_known(initials.upper()) else ""
