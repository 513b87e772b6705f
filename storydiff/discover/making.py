"""From what a listing says of an article to an entry."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from storydiff.discover.addresses import site_of
from storydiff.discover.entry import Entry
from storydiff.discover.markup import plain
from storydiff.discover.stamps import Moment, moment_of
from storydiff.extract.characters import squash
from storydiff.extract.metadata import domain
from storydiff.extract.outlets import quirk_of

TITLE, SUMMARY, NAME = 300, 6000, 80
"""Most characters kept."""
WORDS_OF_PATH = 4
"""From so many words on, the last part of an address is a headline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a listing says of an article, as it stands there."""

    title: str = ""
    texts: Sequence[str] = ()
    published: Sequence[str] = ()
    updated: Sequence[str] = ()
    language: str | None = None
    outlet: str = ""


def entry_of(url: str | None, said: Said) -> Entry | None:
    """The entry; None without an address, or with one that leads to a site's front page."""
    if url is None or (urlsplit(url).path in {"", "/"} and not urlsplit(url).query):
        return None
    published, updated = _moment(said.published), _moment(said.updated)
    stands = published or updated
    return Entry(
        url=url,
        outlet=quirk_of(domain(url)).name or _own_name(plain(said.outlet, NAME), site_of(url)) or site_of(url),
        title=plain(said.title, TITLE) or _title_of(url),
        summary=max((plain(text, SUMMARY) for text in said.texts if text), key=len, default=""),
        published=published.at if published else None,
        updated=updated.at if updated else None,
        rough=stands.rough if stands else False,
        language=said.language,
    )


def _own_name(name: str, site: str) -> str:
    """The name that a listing gives the outlet, when its site is called so too: nobody may pass as somebody else."""
    label = squash(site.partition(".")[0])
    return name if len(label) > 2 and label in squash(name) else ""


def _moment(candidates: Iterable[str]) -> Moment | None:
    """The first that has its zone, else the first."""
    found = [moment for words in candidates if (moment := moment_of(words))]
    return next((moment for moment in found if not moment.rough), found[0] if found else None)


def _title_of(url: str) -> str:
    """The headline in an address such as /2026/05/mill-fire-kills-two-20451.html; "" when there is none."""
    part = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2], errors="replace")
    words = re.findall(r"[^\W\d_]+|(?<![^\W_])\d{1,3}(?![^\W_])", re.sub(r"\.[a-z]{3,5}$", "", part))
    return " ".join(words).capitalize()[:TITLE] if len(words) >= WORDS_OF_PATH else ""


def unique(entries: Iterable[Entry], most: int | None) -> tuple[Entry, ...]:
    """Each article once, with all that was said of it, newest first; those without time come first of all.

    At most so many, if any: listings that say no times have their newest on top, so order is kept among equals.
    """
    found: dict[str, Entry] = {}
    for entry in entries:
        kept = found.setdefault(entry.key, entry)
        if kept is not entry:
            found[entry.key] = _merged(kept, entry)
    return tuple(sorted(found.values(), key=_age)[:most])


def _age(entry: Entry) -> float:
    return -entry.when.timestamp() if entry.when else -math.inf


def _merged(one: Entry, two: Entry) -> Entry:
    """Both descriptions of one article: the fuller texts, the time that is better known."""
    better = one if one.published and (not one.rough or two.rough or not two.published) else two
    if not better.published:
        better = one
    times = [each.updated for each in (one, two) if each.updated]
    return Entry(
        url=one.url,
        outlet=one.outlet if one.outlet != one.site else two.outlet,
        title=one.title or two.title,
        summary=max(one.summary, two.summary, key=len),
        published=better.published,
        updated=max(times, default=None),
        rough=better.rough,
        language=one.language or two.language,
    )
