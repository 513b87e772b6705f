"""Who wrote it and who supplied it: byline, dateline and agency credit, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from storydiff.extract.blocks import Block
from storydiff.extract.characters import clean, squash
from storydiff.extract.jsonld import LinkedData
from storydiff.extract.metadata import Metadata, domain
from storydiff.extract.vocabulary import BIT

AGENCIES = (
    "associated press", "ap", "reuters", "afp", "agence france.presse", "dpa", "upi", "united press international",
    "efe", "ansa", "xinhua", "tass", "тасс", "риа новости", "interfax", "интерфакс", "ukrinform", "укрінформ", "pti",
    "press trust of india", "ani", "ians", "pa media", "press association", "bloomberg", "kyodo", "yonhap", "apa",
    "sda", "keystone.sda", "ntb", "ritzau", "belga", "anp", "canadian press", "aap", "europa press", "lusa", "čtk",
    "pap", "mti", "sid", "kna", "epd", "stt", "anadolu", "dha", "iha", "bernama", "antara", "agerpres", "tanjug",
    "hina", "bta",
)  # fmt: skip
WIDE_AGENCIES = ("共同", "時事", "新华社", "中新社", "연합뉴스", "뉴시스")
KNOWN = re.compile(rf"\b(?:{'|'.join(AGENCIES)})\b|{'|'.join(WIDE_AGENCIES)}", re.IGNORECASE)
SOME = re.compile(
    r"\bagenc(?:y|ies|ias?|es?)\b|\bagentur(?:en)?\b|\bwires?\b|\bwire (?:services?|reports?)|\bnews services?",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:news|press|agency|media|services?|wire|network|presse|agentur|agence|agencia)\b", re.IGNORECASE
)
NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄ][\w.'’-]*"
PLACE = rf"(?:{NAME}(?:[ /]{NAME}|,? (?:de|del|la|le|upon|on|of|the|am|an der|da|do)\b)*)"
DATE = r"(?:\d{1,2}\.? )?[^\W\d]{3,10}\.?(?: \d{1,2})?"
IN_CAPITALS = r"[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ .,'’-]{2,30}"
BRACKET = r"(?: ?\([^)]{2,40}\))?"
DATELINE = re.compile(
    rf"^({PLACE}(?:, {NAME}\.?(?: {NAME})?)?(?:, {DATE})?{BRACKET})\s?[-–—]{{1,2}}\s(?=\S)"
    rf"|^({IN_CAPITALS}{BRACKET})(?::| [-–—|])\s(?=\S)"
)
NO_PLACE = frozenset(
    {
        "CLAIM",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "WATCH",
        "OPINION",
        "ANALYSIS",
        "BREAKING",
        "FACTS",
        "NOTE",
        "LIVE",
        "VIDEO",
    }
)
NO_PLACE_NAME = re.compile(
    r"^(?:The|For|Mit|With)\b|^[A-Z]{2,4}\b|\.(?:com|de|net)|(?i:reporter|correspond|korrespond|editor|redakt|writer|director"
    r"|journalist|autor|head of|chief|press|news|staff|team|desk|columnist|analyst|agency)"
)
IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
SHARED = re.compile(
    r"((?:with |additional )*(?:reporting|files|material|inputs?|information)(?: \w+)? (?:by|from)"
    r"|mit (?:material|informationen)(?: von| der)?|con información de)\s+([^.;()]{2,80})",
    re.IGNORECASE,
)
BY = re.compile(
    r"^(?:(?:story|reporting|report|words|text|written|reported|reporter)\s*(?:by)?:?\s+(?:by\s+)?"
    r"|(?:by|von|por|par|di|door|av|af|autor(?:in)?:?|автор:?)\s+)",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"\s*(?:[|·•]|\s[-–—]\s|(?<=\w{3})\.\s"
    r"|\b(?:published|updated|posted|last|first|stand|aktualisiert|veröffentlicht|publicado|publié|publicato)\b"
    r"|\d{1,2}[.:/]\d{1,2}|\d{1,2} \w+ \d{4}"
    # A date may follow without a blank, from an element of its own: "Tor EskMay 15, 2026".
    r"|(?-i:(?:\b|(?<=[a-zà-ÿ]))[A-Z]?[a-zà-ÿ]+|\b[A-Z]{3,9}) \d{1,2}, \d{4}).*$",
    re.IGNORECASE,
)
LEADING_DATE = re.compile(
    r"^(?:[^\W\d]{3,10},? )?\d{1,2}\.? [^\W\d]{3,10}(?: \d{4})?(?:,? \d{1,2}[.:]\d{2})?[\s|•·–—-]+(?=[^\W\d])"
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|\s(?=\d)")


def dateline(first: str | None) -> str | None:
    """The place (with date and agency) that the first paragraph opens with: "PORT HALDER, March 1 (Parallax)"."""
    match = DATELINE.match((first or "")[:200])
    found = (match[1] or match[2]) if match else ""
    if not found or found.split(",")[0].strip() in NO_PLACE:
        return None
    capitals = sum(c.isupper() for c in found) > sum(c.islower() for c in found)
    return found if capitals or "(" in found or len(found.split()) <= 3 else None


def byline(lines: Sequence[Block], data: LinkedData, page: Metadata) -> tuple[str | None, str | None]:
    """The names, and the place behind them, as printed in the lines between headline and text.

    Names stated in JSON-LD say where the printed ones end. Without a printed line that has them all they are taken
    themselves, unless the outlet only states itself; then what is printed, or stated in meta.
    """
    stated = [name for name in data.names("author") if not _is_outlet(name, data, page)]
    printed = [name for block in lines if (name := _printed(block))]
    for line in printed:
        ends = [line.lower().rfind(name.lower()) + len(name) for name in stated if name.lower() in line.lower()]
        if stated and len(ends) == len(stated):
            return line[: max(ends)].strip(" ,"), _place(line[max(ends) :])
    if stated:
        return ", ".join(stated), None
    meta = page.first("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
    named = BY.sub("", meta) if meta and not meta.startswith("http") else None
    return next(iter(printed), None) or named or ", ".join(data.names("author")) or None, None


def _is_outlet(name: str, data: LinkedData, page: Metadata) -> bool:
    """The author is the outlet itself: it is called like the publisher, the site or the domain."""
    called = [*data.names("publisher"), page.first("og:site_name"), (domain(page.canonical) or "").split(".")[0]]
    squashed = squash(name)
    return any(squashed.startswith(own) for each in called if len(own := squash(each or "")) > 2)


def _place(rest: str) -> str | None:
    match = re.match(rf"(?: in | aus | en | à |,? )({PLACE})$", CAMEL.split(rest.rstrip(" .,|"))[0])
    if not match or len(match[1]) > 40 or NO_PLACE_NAME.search(match[1]):
        return None
    return match[1]


def _printed(block: Block) -> str | None:
    near = block.node.near
    dated = LEADING_DATE.match(block.text)
    text = block.text[dated.end() :] if dated else block.text
    if block.node.hidden or not 2 < len(text) <= 160:
        return None
    if not (near & BIT["author"] or BY.match(text) or (dated and len(text.split()) <= 5)):
        return None
    name = AFTER_NAME.sub("", BY.sub("", text)).strip(" ,.|:-–—•·")
    return name if 2 < len(name) <= 120 and any(c.isupper() for c in name) else None


def agency(
    texts: Sequence[str],
    lines: Sequence[str],
    opening: tuple[str | None, str | None],
    data: LinkedData,
    outlet: str | None,
) -> str | None:
    """The agency credit as printed; None when the page credits no agency.

    `lines` stand around the text, `opening` is (dateline, byline). Looked for where it is said most plainly first: a
    line of its own, the dateline, the byline, a bracket that closes the text, the rights statement in JSON-LD.
    """
    place, written_by = opening
    return (
        next((line for text in (*reversed(texts[-12:]), *lines) if (line := _shared(text))), None)
        or next((found for found in IN_BRACKETS.findall(place or "") if not found.isdigit()), None)
        or _of_byline(written_by, outlet)
        or _closing(texts)
        or _stated(data, outlet)
    )


def _shared(text: str) -> str | None:
    match = SHARED.search(text) if len(text) < 300 else None
    if not match:
        return None
    who = match[2].strip()
    if KNOWN.search(who) or SOME.search(who) or ORGANISATION.search(who) or len(who.split()) == 1:
        return clean(match[0]).strip(" .")
    return None


def _of_byline(written_by: str | None, outlet: str | None) -> str | None:
    if not written_by or (outlet and outlet.lower() in written_by.lower()):
        return None
    some = KNOWN.search(written_by) or SOME.search(written_by) or ORGANISATION.search(written_by)
    return written_by if some else None


def _closing(texts: Sequence[str]) -> str | None:
    for text in texts[-3:]:
        bare = text.strip("()[] .")
        tail = re.search(r"[(\[]([^()\[\]]{2,40})[)\]]\.?$", text)
        for words in (bare if len(bare) < 40 else "", tail[1] if tail else ""):
            if words and KNOWN.search(words) and not re.search(r"\b\d", words):
                return words
    return None


def _stated(data: LinkedData, outlet: str | None) -> str | None:
    named: Iterable[str] = (
        *data.names("sourceOrganization", "copyrightHolder", "provider"),
        data.text("creditText", "copyrightNotice") or "",
    )
    own = (outlet or "").lower()
    return next((name for name in named if KNOWN.search(name) and name.lower() not in own), None)
