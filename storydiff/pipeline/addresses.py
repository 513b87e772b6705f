"""Addresses in text that somebody pastes: one a line, or anywhere in a mail, a message or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag

from storydiff.errors import AddressRefused
from storydiff.pipeline.intake import admitted
from storydiff.settings import Settings

MOST = 100
"""Addresses at once, as in the API: one job that a reader can follow."""
LONGEST = 4000
"""Characters of an address."""
WRITTEN = re.compile(r"https?://[^\s<>\"'“”„«»`|\\^{}]+", re.IGNORECASE)
BARE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?(?:/\S*)?", re.IGNORECASE)
"""An address without its scheme, alone on its line."""
AFTER = ".,;:!?*_"
"""Signs that end a sentence or an emphasis, not an address."""
PAIRS = {")": "(", "]": "["}
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in one line: an address, or why there is none. `line` counts from 1."""

    line: int
    url: str = ""
    trouble: str = ""


def addresses(settings: Settings, text: str) -> tuple[Found, ...]:
    """The addresses in the text, each once, and what is wrong with those that can never be fetched.

    Prose without an address is passed over. What is meant to be one and is none is a mistake to be told: a word with a
    slash, or any word in a list of nothing but addresses.
    """
    seen: set[str] = set()
    found = []
    is_list = all(len(line.split()) < 2 for line in text.splitlines())
    for number, line in enumerate(text.splitlines(), 1):
        for each in _in_line(settings, number, line.strip(), is_list=is_list):
            if not each.url or each.url not in seen:
                found.append(each)
            seen.add(each.url)
    if sum(bool(each.url) for each in found) > MOST:
        found.append(Found(0, trouble=f"These are more than {MOST} addresses."))
    return tuple(found)


def _in_line(settings: Settings, number: int, line: str, *, is_list: bool) -> Iterator[Found]:
    written = [_trimmed(part) for match in WRITTEN.findall(line) for part in _parted(match)]
    if not written and BARE.fullmatch(line):
        written = [f"https://{line}"]
    if not written and len(line.split()) == 1 and ("/" in line or (is_list and line[-1].isalnum())):
        yield Found(number, trouble=f"“{_shown(line)}” is no address of a page.")
    for each in written:
        yield _judged(settings, number, urldefrag(each)[0])


def _judged(settings: Settings, number: int, url: str) -> Found:
    if len(url) > LONGEST:
        return Found(number, trouble=f"“{_shown(url)}” is longer than {LONGEST} characters.")
    try:
        admitted(settings, [url])
    except AddressRefused as error:
        return Found(number, trouble=f"“{_shown(url)}” may not be fetched: {error.message}")
    return Found(number, url)


def _parted(text: str) -> list[str]:
    """Addresses that only a comma or a semicolon parts."""
    return re.split(r"[,;](?=https?://)", text, flags=re.IGNORECASE)


def _trimmed(url: str) -> str:
    """Without the signs of the sentence around it; a bracket belongs to it when its partner does."""
    while url and (url[-1] in AFTER or (url[-1] in PAIRS and url.count(url[-1]) > url.count(PAIRS[url[-1]]))):
        url = url[:-1]
    return url


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
