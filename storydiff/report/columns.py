"""The columns of the matrix: which versions, in which order, under which short code, wire copies together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from storydiff.model import Collation, Extent, Family, Version

LATE = datetime.max.replace(tzinfo=UTC)
DOMAIN = re.compile(r"(?<=\w)(\.[a-z]{2,3})?\.[a-z]{2,}$")
"""The end of a name that is an address: "pulse24.example" is known as Pulse24."""
ARTICLES = frozenset({"the", "a", "le", "la", "les", "el", "der", "die", "das", "il"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One version. `family` is an index into the collation's families."""

    version: Version
    code: str
    """Two to four capitals or digits, unique in this collation."""
    family: int | None
    ours: bool

    @property
    def readable(self) -> bool:
        """Some of the article could be read."""
        return self.version.extent is not Extent.BLOCKED


def columns(collation: Collation, ours: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    """Ours first, then by first publication, families together, what could not be read last.

    Versions that are apart (another story) have no column.
    """
    family = {version: i for i, each in enumerate(collation.families) for version in each.versions}
    joined = [version for version in collation.versions if version.id not in collation.apart]
    earliest: dict[object, tuple[datetime, str]] = {}
    for each in joined:
        group = family.get(each.id, each.id)
        earliest[group] = min(earliest.get(group, (LATE, "~")), _age(each))

    def place(version: Version) -> tuple[object, ...]:
        group = family.get(version.id, version.id)
        return (
            version.id not in ours,
            version.extent is Extent.BLOCKED,
            *earliest[group],
            str(group),
            not _leads(version, collation.families, family),
            *_age(version),
            version.id,
        )

    codes = short_codes(collation.versions)
    return tuple(
        Column(version=each, code=codes[each.id], family=family.get(each.id), ours=each.id in ours)
        for each in sorted(joined, key=place)
    )


def _age(version: Version) -> tuple[datetime, str]:
    moment = version.published or version.fetched or LATE
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC), version.outlet


def _leads(version: Version, families: tuple[Family, ...], family: dict[str, int]) -> bool:
    return version.id in family and families[family[version.id]].origin == version.id


def short_codes(versions: tuple[Version, ...]) -> dict[str, str]:
    """Version id -> code: initials where they are free, else other letters of the name, else a number."""
    codes: dict[str, str] = {}
    for version in sorted(versions, key=lambda each: (each.outlet, each.id)):
        codes[version.id] = next(code for code in _proposals(version) if code not in codes.values())
    return codes


def _proposals(version: Version) -> Iterator[str]:
    words = _words(DOMAIN.sub("", version.outlet)) or _words(_site(version.url)) or ["V"]
    name = "".join(words)
    initials = "".join(word[0] for word in words[:3])
    yield initials if len(words) > 1 else name[:2] if len(name) > 1 else f"{name}1"
    yield from (f"{name[0]}{letter}" for letter in name[1:])
    yield from (f"{name[0]}{number}" for number in range(2, 10_000))


def _words(name: str) -> list[str]:
    """The words of a name in bare capitals, its articles left out; none when its script is not Latin."""
    flat = unicodedata.normalize("NFKD", name)
    flat = "".join(char for char in flat if not unicodedata.combining(char))
    words = re.findall(r"[A-Za-z0-9]+", flat) if re.fullmatch(r"[\x00-\u024f\u2000-\u206f]*", flat) else []
    return [word.upper() for word in words if word.casefold() not in ARTICLES] or [word.upper() for word in words]


def _site(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.").split(".")[0]
    except ValueError:
        return ""
