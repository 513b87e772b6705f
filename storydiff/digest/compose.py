"""What a digest tells: a pure function of collations, what the reader wants, what the reader was told, and the clock.

Most important first: what several independent outlets report and we lack; where we differ; what only we have; where
others differ; what was changed silently and by whom; new stories; pages and watches that fail. An item that the reader
was told is left out for good. A section shows its first `MOST`; the rest is counted and counts as told, since it is
not new any more when the next digest comes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storydiff.digest.happenings import alerts_of, edits_of, pages_of, story_of
from storydiff.digest.item import Item, Section
from storydiff.digest.items import Told, discrepancies_of, points_of
from storydiff.model import Collation
from storydiff.store import Alert, Wants

MOST = 8
"""Items of a section that are shown: what fits a screen. More are counted, one link away."""
BREAKING = timedelta(hours=3)
"""A story breaks when an article of it came out, or was changed, within this time. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section: the items that are shown, and how many more there are."""

    section: Section
    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one mail tells."""

    parts: tuple[Part, ...]
    titles: dict[str, str]
    """Slug -> title, of the stories that it looked at."""
    keys: frozenset[str]
    """What it tells, and what it counts."""
    now: datetime
    since: datetime | None
    """When the last digest that was really sent was composed."""
    ours: str | None

    @property
    def items(self) -> int:
        """How many things are new, shown or counted."""
        return sum(len(part.items) + part.more for part in self.parts)

    @property
    def stories(self) -> tuple[str, ...]:
        """The slugs of the stories that its items are about, most important first."""
        found = (item.story for part in self.parts for item in part.items if item.story)
        return tuple(dict.fromkeys(found))


def compose(
    collations: Iterable[Collation],
    wants: Wants,
    *,
    told: frozenset[str] = frozenset(),
    now: datetime,
    since: datetime | None = None,
    alerts: Sequence[Alert] = (),
) -> Digest:
    """What is new to a reader in the latest collations of the stories; `told` holds the keys of what is not."""
    chosen = [each for each in collations if not wants.stories or each.story.slug in wants.stories]
    found = [item for each in chosen for item in items_of(each, wants.ours) if wanted(item, wants)]
    found += list(alerts_of(alerts)) if not narrow(wants) else []
    fresh = _once(found, told)
    parts = [_part(section, fresh) for section in Section]
    return Digest(
        parts=tuple(part for part in parts if part.items),
        titles={each.story.slug: each.story.title or each.story.slug for each in chosen},
        keys=frozenset(key for item in fresh for key in item.keys),
        now=now,
        since=since,
        ours=wants.ours,
    )


def items_of(collation: Collation, ours: str | None) -> Iterator[Item]:
    """Everything that the collation gives to tell to that desk, section by section."""
    told = Told.of(collation, ours)
    yield from points_of(told)
    yield from discrepancies_of(told)
    yield from edits_of(told)
    yield story_of(told, ours)
    yield from pages_of(told)


def wanted(item: Item, wants: Wants) -> bool:
    """Whether the reader wants to be told this."""
    if item.section in {Section.LACK, Section.REPORTED} and item.sources < wants.sources:
        return False
    return _about(item, wants.outlets) and _in_language(item, wants.languages) and _has_term(item, wants.terms)


def narrow(wants: Wants) -> bool:
    """Whether only a part of what happens is wanted, so that what concerns the whole newsroom is not."""
    return bool(wants.stories or wants.outlets or wants.terms or wants.languages)


def breaks(collation: Collation, now: datetime) -> bool:
    """Whether the story breaks: something of it came out, or was changed, just now."""
    joined = [each for each in collation.versions if each.id not in collation.apart]
    moments = [each.published or each.fetched for each in joined]
    moments += [each.seen[1] for each in collation.revisions]
    return any(now - BREAKING <= each <= now for each in moments if each is not None)


def _once(found: Iterable[Item], told: frozenset[str]) -> list[Item]:
    """The items that are not told yet, each once."""
    seen = set(told)
    fresh = []
    for item in found:
        if not item.keys & seen:
            fresh.append(item)
            seen |= item.keys
    return fresh


def _part(section: Section, fresh: Sequence[Item]) -> Part:
    its = [item for item in fresh if item.section is section]
    if section in {Section.LACK, Section.REPORTED}:
        its.sort(key=lambda item: -item.sources)
    return Part(section, tuple(its[:MOST]), max(0, len(its) - MOST))


def _about(item: Item, outlets: Sequence[str]) -> bool:
    names = {each.casefold() for each in item.outlets} | item.domains
    return not outlets or any(each.strip().casefold().removeprefix("www.") in names for each in outlets)


def _in_language(item: Item, languages: Sequence[str]) -> bool:
    return not languages or not item.languages or bool(item.languages & {each.lower() for each in languages})


def _has_term(item: Item, terms: Sequence[str]) -> bool:
    if not terms:
        return True
    words = [item.title, item.text, *(f"{each.before} {each.words} {each.after}" for each in item.sides)]
    words += ["".join(run.text for run in edit) for edit in item.edits]
    text = _plain(" \n".join(words))
    return any(re.search(rf"(?<!\w){re.escape(_plain(each).strip())}(?!\w)", text) for each in terms if each.strip())


def _plain(text: str) -> str:
    """Letters without case and accents, white space as one space."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(char for char in flat if not unicodedata.combining(char)).split())
