"""Collate: compare all versions of a story and say who reports, omits, contradicts, copied and changed what.

Pure functions on frozen values: no clock, environment, network or logging. One input gives one output, byte for byte,
whatever the order of the versions and whatever they are called.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

from storydiff.align.paragraphs import Linker
from storydiff.align.points_table import Table
from storydiff.diff import identity
from storydiff.diff.points import points as points_of
from storydiff.diff.reuse import families
from storydiff.diff.revisions import revisions
from storydiff.model import (
    Collation,
    Discrepancy,
    Extent,
    Family,
    Link,
    Paragraph,
    Point,
    Span,
    Story,
    Version,
    fingerprint,
    version_id,
)
from storydiff.text.language import guess

ENGINE = "storydiff/1"
"""Named in every collation: derived results can be rebuilt when it changes."""
ALL_PAIRS = 24
"""Up to so many versions the paragraphs of every two are linked; the pairs of more are more than anyone looks at."""
HEADLINE_WORDS = 20
"""A longer first paragraph is a lede, not a headline."""


def read_text(text: str, *, outlet: str, **fields: object) -> Version:
    """A version from plain text: paragraphs stand between blank lines; a short first line without a full stop, followed
    by a blank line, is the headline. `fields` are further fields of the version, such as `url` or `published`; the
    language is guessed when it is not among them."""
    blocks = [" ".join(block.split()) for block in _blocks(text)]
    headline = blocks.pop(0) if len(blocks) > 1 and _is_headline(blocks[0]) else None
    paragraphs = tuple(Paragraph(block) for block in blocks)
    known: dict[str, object] = {"headline": headline, "paragraphs": paragraphs, "outlet": outlet, **fields}
    known.setdefault("language", guess(text))
    content = fingerprint(headline, None, paragraphs)
    version = Version(id="", **known)  # type: ignore[arg-type]
    known.setdefault("id", version_id(version.article, version.fetched, content))
    return Version(**known)  # type: ignore[arg-type]


def collate(
    versions: Iterable[Version | str],
    *,
    story: Story | None = None,
    previous: Collation | None = None,
    made: datetime | None = None,
) -> Collation:
    """Everything there is to say about a story, from the versions alone.

    Several versions of one article may be given: the newest by `fetched` is compared with the other outlets', the
    earlier ones tell what was revised and who was first. Points and discrepancies keep their ids from `previous`.
    """
    history = _history(_numbered(versions))
    current = tuple(sorted((_newest(states) for states in history.values()), key=_content_order))
    table = Table.of(current)
    kin = _in_order(families(table.joined()), current)
    strangers = {version.article for version in current if version.id in table.apart}
    every = [version for states in history.values() for version in states if version.article not in strangers]
    found = points_of(table, kin, every)
    named, disputed = _with_ids(found, previous, identity.articles_of(current))
    return Collation(
        engine=ENGINE,
        story=story or Story(slug="story"),
        versions=current,
        apart=dict(table.apart),
        points=named,
        links=tuple(_links(table, named)),
        discrepancies=disputed,
        families=kin,
        revisions=tuple(each for states in history.values() for each in revisions(states)),
        made=made,
    )


def _in_order(kin: Sequence[Family], versions: Sequence[Version]) -> tuple[Family, ...]:
    """Families and their members in the order of the versions, not of ids."""
    place = {version.id: i for i, version in enumerate(versions)}
    sorted_kin = (replace(f, versions=tuple(sorted(f.versions, key=place.__getitem__))) for f in kin)
    return tuple(sorted(sorted_kin, key=lambda f: (-len(f.versions), place[f.versions[0]])))


def _links(table: Table, points: Iterable[Point]) -> Iterable[Link]:
    """Of all pairs of versions; of more than `ALL_PAIRS` versions, each with the one that tells most points."""
    linker = Linker(_told_by(points))
    return linker.between(_pairs([version.id for version in table.joined()], linker))


def _told_by(points: Iterable[Point]) -> list[dict[str, tuple[Span, ...]]]:
    return [{v: cell.told for v, cell in point.coverage.items() if cell.told} for point in points]


def _pairs(ids: Sequence[str], linker: Linker) -> Iterable[tuple[str, str]]:
    if len(ids) <= ALL_PAIRS:
        return combinations(ids, 2)
    hub = max(ids, key=lambda version: (linker.told(version), -ids.index(version)))
    at = ids.index(hub)
    return ((hub, each) if at < i else (each, hub) for i, each in enumerate(ids) if each != hub)


def links_between(collation: Collation, a: str, b: str) -> tuple[Link, ...]:
    """The links of any two versions of a collation, by their ids: for the pairs that are not stored with it."""
    order = [version.id for version in collation.versions]
    first, second = sorted((a, b), key=order.index)
    return Linker(_told_by(collation.points)).links(first, second)


def _with_ids(
    found: Sequence[tuple[Point, tuple[Discrepancy, ...]]], previous: Collation | None, articles: Mapping[str, str]
) -> tuple[tuple[Point, ...], tuple[Discrepancy, ...]]:
    """Points and discrepancies under the ids that they had in the previous collation, or new ones."""
    before = identity.articles_of(previous.versions) if previous else {}
    old = [(point.id, identity.marks(point, before)) for point in previous.points] if previous else []
    new = [(point.statement, identity.marks(point, articles) if old else identity.NONE) for point, _ in found]
    heirs = identity.inherit(new, old, "p")
    points = tuple(replace(p, id=h.id, formerly=h.formerly) for (p, _), h in zip(found, heirs, strict=True))
    disputes = [replace(d, point=p.id) for p, (_, ds) in zip(points, found, strict=True) for d in ds]
    known = [(d.id, identity.discrepancy_marks(d, before)) for d in previous.discrepancies] if previous else []
    named = identity.inherit([(_content(d), identity.discrepancy_marks(d, articles)) for d in disputes], known, "d")
    return points, tuple(replace(d, id=h.id) for d, h in zip(disputes, named, strict=True))


def _content(discrepancy: Discrepancy) -> str:
    return "\n".join([discrepancy.type, discrepancy.point, *(reading.value for reading in discrepancy.readings)])


def _numbered(versions: Iterable[Version | str]) -> list[Version]:
    return [
        each if isinstance(each, Version) else read_text(each, outlet=f"Text {number}")
        for number, each in enumerate(versions, 1)
    ]


def _history(versions: Iterable[Version]) -> dict[str, list[Version]]:
    """Article -> its versions, oldest first."""
    states: dict[str, list[Version]] = defaultdict(list)
    for version in {v.id: v for v in versions}.values():
        states[version.article].append(version)
    return {article: sorted(states[article], key=_age) for article in sorted(states)}


def _age(version: Version) -> tuple[datetime, str]:
    return version.fetched or datetime.min.replace(tzinfo=UTC), version.text


def _newest(states: Sequence[Version]) -> Version:
    """The newest that could be read; a wall that went up since does not hide what was told."""
    read = [version for version in states if version.extent is not Extent.BLOCKED]
    return (read or states)[-1]


def _content_order(version: Version) -> tuple[datetime, str, str, str]:
    """First published first. Ids are not looked at."""
    when = version.published or version.fetched or datetime.max.replace(tzinfo=UTC)
    return when, version.outlet, version.text, version.article


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def _is_headline(block: str) -> bool:
    return len(block.split()) <= HEADLINE_WORDS and not block.endswith((".", "!", ":", ",", ";", "”", '"'))
