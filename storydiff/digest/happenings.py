"""Items that are about articles and stories: silent edits, new stories, pages that cannot be read, failing watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from storydiff.digest.item import Item, Section
from storydiff.digest.items import Told, domains
from storydiff.digest.phrases import cut
from storydiff.errors import FetchError
from storydiff.model import Change, ChangeKind, Collation, Extent, Revision, Version
from storydiff.report.phrases import came_back, count, counts, summary
from storydiff.report.wording import Part, Run, compared, runs
from storydiff.store import Alert

SHOWN = 2
"""Changes of one edit whose words are shown; the page has them all."""
AROUND = 60
"""Characters left of words that stayed, on each side of a change."""
LONGEST = 220
"""Characters left of a run of words that came or went."""
ORDER = (ChangeKind.HEADLINE_CHANGED, ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED)
"""Which changes are shown first; what only moved is not shown."""


def _codes(kind: type[FetchError]) -> Iterator[str]:
    yield kind().code
    for each in kind.__subclasses__():
        yield from _codes(each)


FAILURES = frozenset(_codes(FetchError))
"""Codes of problems by which a page could not be fetched."""


def edits_of(told: Told) -> Iterator[Item]:
    """What was changed silently, and by whom, newest first."""
    collation = told.view.collation
    silent = [each for each in collation.revisions if each.silent and each.changes]
    for each in sorted(silent, key=_when, reverse=True):
        yield _edit(each, collation)


def story_of(told: Told, ours: str | None) -> Item:
    """The story itself. When an outlet is ours and has no article in it, that is said."""
    collation, tally = told.view.collation, told.view.tally
    absent = ours is not None and told.ours is None
    notes = [", ".join(text for text, _ in counts(tally))]
    notes += [f"no article by {ours} is among those compared"] if absent else []
    joined = [each for each in collation.versions if each.id not in collation.apart]
    return Item(
        section=Section.STORY,
        story=collation.story.slug,
        title=_title(collation),
        name="",
        text=_title(collation),
        outlets=tuple(dict.fromkeys(each.outlet for each in joined)),
        domains=domains(each.url for each in joined),
        languages=frozenset(each.language for each in joined if each.language),
        notes=tuple(notes),
        collation=collation.number,
        at=collation.story.created or collation.made,
    )


def pages_of(told: Told) -> Iterator[Item]:
    """Articles that could not be read, or not again."""
    collation = told.view.collation
    for column in told.view.columns:
        failed = [each for each in column.version.problems if each.code in FAILURES]
        if failed or column.version.extent is Extent.BLOCKED:
            code = failed[0].code if failed else "blocked"
            said = failed[0].message if failed else "The page could not be read."
            yield _page(column.version, code, said, collation)


def alerts_of(alerts: Iterable[Alert]) -> Iterator[Item]:
    """Watches that fail, of the whole newsroom."""
    for each in alerts:
        name = f"{each.kind}:{each.subject}:{each.since.isoformat()}"
        text = f"{each.subject}: {each.message}" if each.subject not in each.message else each.message
        yield Item(section=Section.WATCH, story="", title="", name=name, text=text, at=each.since)


def _edit(revision: Revision, collation: Collation) -> Item:
    told = sorted((c for c in revision.changes if c.kind in ORDER), key=lambda each: ORDER.index(each.kind))
    back = came_back(revision, collation.revisions)
    version = next((each for each in collation.versions if each.id == revision.after), None)
    language = version.language if version else None
    return Item(
        section=Section.EDIT,
        story=collation.story.slug,
        title=_title(collation),
        name=f"{revision.before}:{revision.after}",
        text=f"{cut(revision.outlet, 60)}: {', '.join(summary(revision.changes)) or 'paragraphs changed'}",
        outlets=(revision.outlet,),
        domains=domains([revision.url]),
        languages=frozenset({language} if language else ()),
        seen=revision.seen,
        edits=tuple(_runs(each) for each in islice(told, SHOWN)),
        notes=tuple(filter(None, [_unshown(len(told)), back])),
        collation=collation.number,
        language=language,
        at=revision.seen[1] or collation.made,
    )


def _when(revision: Revision) -> datetime:
    return revision.seen[1] or revision.seen[0] or datetime.min.replace(tzinfo=UTC)


def _unshown(changes: int) -> str:
    return f"{count(changes - SHOWN, 'more change')} not shown" if changes > SHOWN else ""


def _runs(change: Change) -> tuple[Run, ...]:
    if change.before is None:
        found: tuple[Run, ...] = (Run(Part.NEW, change.after or ""),)
    elif change.after is None:
        found = (Run(Part.GONE, change.before),)
    else:
        found = runs(change.words) if change.words else compared(change.before, change.after)
    return tuple(_short(each, at == 0, at == len(found) - 1) for at, each in enumerate(found))


def _short(run: Run, first: bool, last: bool) -> Run:  # noqa: FBT001 - where the run stands
    """Of what stayed, only what is next to a change."""
    text = run.text
    if run.part is not Part.SAME:
        return Run(run.part, text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}… ")
    room = AROUND if first or last else 2 * AROUND
    if len(text) <= room:
        return run
    left = "" if first else f"{text[:AROUND].rsplit(' ', 1)[0]} "
    right = "" if last else f" {text[-AROUND:].split(' ', 1)[-1]}"
    return Run(run.part, f"{left}…{right}")


def _page(version: Version, code: str, said: str, collation: Collation) -> Item:
    return Item(
        section=Section.WATCH,
        story=collation.story.slug,
        title=_title(collation),
        name=f"{version.article}:{code}",
        text=said if version.outlet in said else f"{version.outlet}: {said}",
        outlets=(version.outlet,),
        domains=domains([version.url]),
        collation=collation.number,
        at=version.fetched or collation.made,
    )


def _title(collation: Collation) -> str:
    return collation.story.title or collation.story.slug
