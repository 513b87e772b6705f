"""Who wrote it and who supplied it: byline, dateline and agency credit, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from storydiff.extract.blocks import Block
from storydiff.extract.characters import clean
from storydiff.extract.jsonld import LinkedData
from storydiff.extract.metadata import Metadata
from storydiff.extract.vocabulary import BIT

AGENCY = (
    r"associated press|\bap\b|\breuters\b|\bafp\b|agence france.presse|\bdpa\b|\bupi\b|united press international|\befe\b|\bansa\b|"
    r"\bxinhua\b|\btass\b|тасс|риа новости|\binterfax\b|интерфакс|\bukrinform\b|укрінформ|\bpti\b|press trust of india|\bani\b|\bians\b|"
    r"\bpa media\b|press association|\bbloomberg\b|\bkyodo\b|共同|\byonhap\b|연합뉴스|新华社|时事通信|時事|\bapa\b|\bsda\b|keystone.sda|\bntb\b|"
    r"\britzau\b|\bbelga\b|\banp\b|canadian press|\baap\b|europa press|\blusa\b|\bčtk\b|\bpap\b|\bmti\b|\bsid\b|\bkna\b|\bepd\b|\bstt\b|"
    r"anadolu|\bdha\b|\biha\b|\bbernama\b|\bantara\b|\bpetra\b|\bspa\b|\bmaan\b|\bagerpres\b|\btanjug\b|\bhina\b|\bbta\b"
)
KNOWN = re.compile(AGENCY, re.IGNORECASE)
SOME = re.compile(
    r"\bagenc(?:y|ies|ias?|es?)\b|\bagentur(?:en)?\b|\bwires?\b|wire (?:services?|reports?)|news services?|\bstaff and agencies\b",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:news|press|agency|media|service|services|wire|network|presse|agentur|agence|agencia)\b", re.IGNORECASE
)
NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄ][\w.'’-]*"
PLACE = rf"(?:{NAME}(?:[ /]{NAME}|,? (?:de|del|la|le|upon|on|of|the|am|an der|da|do)\b)*)"
DATELINE = re.compile(
    rf"^({PLACE}(?:, (?:{NAME}\.?(?: {NAME})?))?(?:, (?:\d{{1,2}}\.? )?[^\W\d]{{3,10}}\.?(?: \d{{1,2}})?)?(?: ?\([^)]{{2,40}}\))?)\s?[-–—]{{1,2}}\s(?=\S)"
    rf"|^([A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ .,'’-]{{2,30}}(?: ?\([^)]{{2,40}}\))?)(?:[:,]| [-–—|])\s(?=\S)"
)
IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
SHARED = re.compile(
    r"((?:with |additional )?(?:additional )?(?:reporting|files|material|inputs?|information)(?: \w+)? (?:by|from)|mit (?:material|informationen)(?: von| der)?|avec|con información de)\s+([^.;()]{2,80})",
    re.IGNORECASE,
)
BY = re.compile(
    r"^(?:(?:story|reporting|report|words|text|written|reported|reporter)\s*(?:by)?:?\s+(?:by\s+)?|(?:by|von|por|par|di|door|av|af|autor(?:in)?:?|автор:?)\s+)",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"\s*(?:[|·•]|\s[-–—]\s|\b(?:published|updated|posted|last|first|stand|aktualisiert|veröffentlicht|publicado|publié|publicato)\b|\d{1,2}[.:/]\d{1,2}|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}).*$",
    re.IGNORECASE,
)
LEADING_DATE = re.compile(r"^(?:\w+day\s)?\d{1,2}\.? \w+ \d{4}\s+")


def dateline(first: str | None) -> str | None:
    """The place (with date and agency) that the first paragraph opens with: "PORT ENNICK, March 1 (Meridian)"."""
    match = DATELINE.match(first or "")
    if not match:
        return None
    found = match[1] or match[2]
    capitals = sum(c.isupper() for c in found) > sum(c.islower() for c in found)
    return found if capitals or "(" in found or len(found.split()) <= 3 else None


def byline(
    blocks: Sequence[Block], begin: int, headline_at: int | None, data: LinkedData, page: Metadata
) -> str | None:
    """The names as printed between headline and text; else those stated in JSON-LD, else in meta."""
    stated = ", ".join(data.names("author"))
    low = max(0, begin - 10) if headline_at is None or headline_at > begin else max(0, headline_at - 4)
    printed = [name for block in blocks[low:begin] if (name := _printed(block))]
    agreeing = [name for name in printed if stated and _agree(name, stated)]
    chosen = agreeing or ([] if stated else printed)
    meta = page.first("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")
    usable = meta if meta and not meta.startswith("http") else None
    return next(iter(chosen), None) or stated or (BY.sub("", usable) if usable else None)


def _printed(block: Block) -> str | None:
    near = block.node.own | (block.node.parent.own if block.node.parent else 0)
    text = LEADING_DATE.sub("", block.text)
    if block.node.hidden or len(text) > 160 or not (near & BIT["author"] or BY.match(text)):
        return None
    name = AFTER_NAME.sub("", BY.sub("", text)).strip(" ,.|:-–—")
    return name if 2 < len(name) <= 120 and any(c.isupper() for c in name) else None


def _agree(printed: str, stated: str) -> bool:
    return any(name.strip().lower() in printed.lower() for name in stated.split(",") if name.strip())


def agency(
    texts: Sequence[str], place: str | None, written_by: str | None, data: LinkedData, outlet: str | None
) -> str | None:
    """The agency credit as printed; None when the page credits no agency.

    In the order of how plainly it is said: a line at the end, the dateline, the byline, a bracket that closes the text,
    the rights statement in JSON-LD.
    """
    return (
        next((line for text in reversed(texts[-12:]) if (line := _shared(text))), None)
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
