"""Which agency a text says it comes from: read from the dateline, the byline, the credit line and the sign-off.

The known agencies are a table (data/agencies.txt) of the names under which newspapers print them. Any other name can be
an agency too; whether it is one is told by where it stands: "TARNMOUTH, May 5 (Norvik) -" is a dateline of an agency
called Norvik, "With reporting by Norvik" credits it (or a person, so such a name is only a possible one until something
confirms it). A name inside running text ("told Norvik") is no credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from storydiff.model import Role, Version
from storydiff.text.lexicon import DATA

# Words that many agencies carry, and words for those who work in any newsroom; alone they name no one.
_GENERAL = """the a agency news press newswire newswires wire service services media agence agencia agenzia agentur
presse nachrichtenagentur agentstvo агентство информационное новостей інформаційне ltd inc own
staff reporter reporters correspondent correspondents writer editor editors editorial newsroom newsdesk desk team online
digital web admin administrator author contributor guest redaktion redaktionen online-redaktion redacción redaccion
rédaction redaction redazione redação redakcja redactie la die el le der редакция редакція корреспондент кореспондент"""
_SEVERAL = """agencies|news agencies|wires|wire services|wire reports|news services|agences|les agences|agenturen
|agencias|agenzie|agências|agencje|agentschappen|агентства|агентств|информагентства|інформагентства|агенції|agentur
|agency|agency staff|agencies staff|staff and agencies|wire"""
GENERAL = frozenset(_GENERAL.split())
SEVERAL = frozenset(name.strip() for name in _SEVERAL.split("|"))

_SIGN_OFF = re.compile(
    r"(?:\b(?:with |additional |further |extra |contributing )*reporting (?:by|from)\b"
    r"|\bwith (?:files|material|information|input|contributions?) from\b|\bwith agency inputs? from\b"
    r"|\b(?:source|quelle|fuente|fonte|bron|kilde|källa|źródło|zdroj|источник|джерело|kaynak)\s?:"
    r"|\bmit (?:material|agenturmaterial|informationen) (?:von|der)\b"
    r"|\bavec(?: l')?(?=\s?[A-Z])|\bmit (?=[a-zA-Z]{2,4}\b)"
    r"|\bcon (?:información|informaciones|datos|informazioni) (?:de|da|di)(?: la)?(?: agencia)?\b"
    r"|\bcom informações (?:da|de|do)(?: agência)?\b"
    r"|\b(?:по материалам|за матеріалами)(?: агентства| агенції)?\b"
    r"|\bthis (?:story|article) (?:was )?(?:first )?(?:published|distributed) by\b"
    r"|©|\(c\)|\bcopyright)\s*(?:\d{4}\s*,?\s*)?(?P<names>[^.;:()|\n]{2,80})",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"^(?P<names>[^.;:()|\n]{2,80}?)\s+(?:contributed|a contribué|hat beigetragen|contribuyó)\b", re.IGNORECASE
)
_DATELINE = re.compile(
    r"^\W{0,2}(?P<place>[^\W\d_][^()/\n]{0,80}?[.,]?\s*)?(?:\((?P<paren>[^()\d]{2,40})\)|/(?P<slash>[^/()\d]{2,30})/\.?)"
    r"\s*(?:[-–—―=:]{1,2}|\.\s?[-–—]|(?<=/\.)|(?<=/))\s*"
)
_DATELINE_LENGTH = 160  # characters
_INITIALS = 3  # letters
_TOP = 3  # paragraphs: a summary or a place line often stands before the dateline
_MAX_PLACE = 9  # words; "PORT HALDER, March 1, 2026" has five
_LEAD_IN = re.compile(
    r"^(?:by|from|von|par|por|de|di|da|door|av|автор|от|від|text|текст|words?)\s*:?\s+", re.IGNORECASE
)
_ARTICLE = re.compile(r"^\s*the\s+", re.IGNORECASE)
_AND = re.compile(
    r"\s*(?:[,/&+;|•·]|\s(?:and|with|und|mit|et|avec|y|con|e|com|en|och|og|i|и|с|та|і|з)\s)\s*", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*")
_WRITER = re.compile(
    r"^(?P<agency>.{2,40}?) (?:staff |news )?(?:writers?|correspondents?|reporters?|journalists?|editors?)\b"
    r"|^(?:\S+ ){1,4}(?:of|for|at) (?P<employer>.{2,40})$"
)
_NAME = re.compile(r"^[^\W_][\w.'’&-]*(?: [\w.'’&-]+){0,4}$")
_LINE = 300  # characters
_LONG = 16  # words; a longer paragraph is text, not a credit line


@dataclass(frozen=True, slots=True)
class Credit:
    """What one version prints about its sources."""

    named: tuple[str, ...] = ()
    """Agencies, known ones under the name that is shown, in the order printed."""
    possible: tuple[str, ...] = ()
    """Names that stand where agencies are credited, but may be people."""
    several: bool = False
    """"Agencies" are credited without a name."""


def credit(version: Version) -> Credit:
    """The agencies that the version credits."""
    found = [_line(line) for line in _lines(version)]
    for text in (f"{version.dateline or ''} -", *(p.text for _, p in version.body[:_TOP])):
        name = dateline_agency(text)
        found.append(Credit(named=(name,)) if name else Credit())
    named = tuple(dict.fromkeys(name for c in found for name in c.named))
    possible = tuple(dict.fromkeys(name for c in found for name in c.possible if key(name) not in map(key, named)))
    return Credit(named, possible, any(c.several for c in found))


def dateline_agency(text: str) -> str | None:
    """The agency in the dateline that a text begins with: "PLACE, date (Agency) - ..."; None without one.

    A name that is not a known agency's counts only where a place in capitals or a date stands before it.
    """
    match = _DATELINE.match(text[:_DATELINE_LENGTH])
    if not match or len((match["place"] or "").split()) > _MAX_PLACE:
        return None
    place, inside = (match["place"] or "").strip(), match["paren"] or match["slash"]
    known = [shown(part) for part in _AND.split(inside) if is_known(part)]
    if known:
        return known[0]
    dated = place.split(",")[0].isupper() or any(c.isdigit() for c in place)
    titled = inside[:1].isupper() and _NAME.match(inside) and key(inside)
    return inside.strip() if dated and titled else None


def is_known(name: str) -> bool:
    """Whether that is a name of a known agency; initials only as it prints them, for "(sta)" is a reporter."""
    return any(form in _table() for form in _forms(name))


def shown(name: str) -> str:
    """The name under which the agency is shown: "Associated Press" is "AP"; other names stay as they are."""
    return next((_table()[form] for form in _forms(name) if form in _table()), name.strip())


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What two forms of a name have in common: "The Parallax Press Agency" and "Parallax"; "" for a name of no one."""
    return _special(name).casefold()


def _special(name: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", name) if word.casefold() not in GENERAL)


def _forms(name: str) -> tuple[str, str]:
    """Under what a name is looked up: as it is, and without general words, so that "AP News" is AP."""
    return _entry(_ARTICLE.sub("", name)), _entry(_special(name))


def _entry(name: str) -> str:
    """Initials as printed, longer names without case and signs."""
    words = " ".join(re.findall(r"\w+", name))
    return words if len(words) <= _INITIALS else words.casefold()


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    text = (DATA / "agencies.txt").read_text(encoding="utf8")
    known = (line for line in text.splitlines() if not line.startswith("#"))
    lines = (line.partition("|") for line in known)
    return {
        _entry(form): name.strip() for name, _, forms in lines for form in (name, *forms.split(",")) if form.strip()
    }


def _lines(version: Version) -> Iterator[tuple[str, bool]]:
    """The lines in which agencies are credited, and whether a bare name there may be one."""
    yield (version.credit or "")[:_LINE], True
    yield (version.byline or "")[:_LINE], True
    short = [p.text for p in version.paragraphs if p.role is Role.CREDIT]
    last = [p.text for _, p in version.body[-2:]]
    for text in (*short, *last):
        if len(text.split()) <= _LONG:
            yield text, False


def _line(line: tuple[str, bool]) -> Credit:
    text, bare = line
    text = _ASIDE.sub(" ", text).strip() or text.strip("()[] ")
    stated = [m["names"] for m in (*_SIGN_OFF.finditer(text), *_CONTRIBUTED.finditer(text))]
    parts = [_employer(part) for said in stated or [text] for part in _AND.split(_LEAD_IN.sub("", said)) if part]
    several = any(part.casefold().strip(" .") in SEVERAL for part in parts)
    names = [shown(part.strip(" .-–—*")) for part in parts if part.casefold().strip(" .") not in SEVERAL]
    named = tuple(name for name in names if is_known(name))
    loose = tuple(name for name in names if (stated or bare) and not is_known(name) and _NAME.match(name) and key(name))
    return Credit(named, loose, several)


def _employer(part: str) -> str:
    """The agency in "Associated Press writer Jo Doe" or "Jo Doe of Reuters"; else the part itself."""
    match = _WRITER.match(part)
    name = (match["agency"] or match["employer"]) if match else ""
    return name if name and is_known(name) else part
