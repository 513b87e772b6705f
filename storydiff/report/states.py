"""One article over time: its states, what changed from each to the next, and one text with the changes in it.

The times are what we know and no more: a change was not there at one fetch and was there at the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storydiff.diff.pairing import typeset
from storydiff.diff.revisions import revision, revisions
from storydiff.model import BODY_ROLES, Extent, Revision, Version
from storydiff.report.page_revisions import PageChange, page_change
from storydiff.report.pair_rows import SHOWN, Layout, Place, joined_of, layout
from storydiff.report.phrases import returned, summary
from storydiff.report.wording import Part, Run, alike, compared

INLINE = frozenset({"body", "headline", "standfirst"})
"""Roles whose changes are seen in the text itself."""


class Came(StrEnum):
    """What became of a piece of the text; the value is what readers see."""

    SAME = ""
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved here"
    AWAY = "moved away"
    UNSEEN = "not shown in the text that was cut off"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of the article; `number` counts from 1, oldest first."""

    number: int
    version: Version
    revision: Revision | None
    """From the state before; None for the first, and where nothing of the article changed."""
    summary: str
    returned: datetime | None
    """When the text that came back had been seen first."""

    @property
    def not_seen(self) -> datetime | None:
        """When what is new here was not there yet."""
        return self.revision.seen[0] if self.revision else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """A paragraph of the text, or one that is gone from it."""

    came: Came
    role: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The text of one state with what changed since another."""

    before: State | None
    after: State
    revision: Revision | None
    headline: tuple[Run, ...]
    standfirst: tuple[Run, ...]
    pieces: tuple[TextPiece, ...]
    others: tuple[PageChange, ...]
    """Changes of what stands beside the text: captions, sub-headings, notes of correction."""


def states(history: Sequence[Version]) -> tuple[State, ...]:
    """The states of one article, oldest first."""
    found = revisions(history)
    after = {each.after: each for each in found}
    return tuple(
        State(
            number=number,
            version=version,
            revision=after.get(version.id),
            summary=", ".join(summary(after[version.id].changes)) if version.id in after else "",
            returned=returned(after[version.id], found) if version.id in after else None,
        )
        for number, version in enumerate(history, 1)
    )


def between(before: State | None, after: State, earlier: Sequence[Version] = ()) -> Between:
    """The text of `after`, marked with what changed since `before`; unmarked when there is nothing before it.

    `earlier` are the versions older than `before`: among them one may have come back.
    """
    old = before.version if before and before.version.extent is not Extent.BLOCKED else None
    new = after.version
    found = revision(old, new, earlier) if old else None
    return Between(
        before=before,
        after=after,
        revision=found,
        headline=_line(old.headline if old else None, new.headline),
        standfirst=_line(old.standfirst if old else None, new.standfirst),
        pieces=tuple(_pieces(old, new)) if old else tuple(_plain(new)),
        others=tuple(page_change(each) for each in (found.changes if found else ()) if each.role not in INLINE),
    )


def _line(before: str | None, after: str | None) -> tuple[Run, ...]:
    if not after:
        return ()
    if not before or typeset(before) == typeset(after):
        return (Run(Part.SAME, after),)
    found = compared(before, after)
    return found if alike(found) else (Run(Part.GONE, before), Run(Part.SAME, " "), Run(Part.NEW, after))


def _plain(version: Version) -> Iterator[TextPiece]:
    for each in version.paragraphs:
        if each.role in SHOWN:
            yield TextPiece(came=Came.SAME, role=each.role.value, runs=(Run(Part.SAME, each.text),))


def _pieces(old: Version, new: Version) -> Iterator[TextPiece]:
    made = layout(old, new, joined_of(old, new))
    for place in made.places:
        if place.left and place.right:
            yield from _both(old, new, place)
        else:
            yield from _gone(old, new, place, made)
            yield from _came(old, new, place, made)


def _both(old: Version, new: Version, place: Place) -> Iterator[TextPiece]:
    """Paragraphs that became these: word for word, reworded, or so changed that both stand here."""
    before, after = _text(old, place.left), _text(new, place.right)
    role = new.paragraphs[place.right[0]].role.value
    if typeset(before) == typeset(after):
        for index in place.right:
            yield _piece(Came.SAME, new, index, Part.SAME)
        return
    found = compared(before, after, new.language)
    if alike(found):
        yield TextPiece(came=Came.REWORDED, role=role, runs=found)
        return
    yield TextPiece(came=Came.REMOVED, role=role, runs=(Run(Part.GONE, before),))
    yield TextPiece(came=Came.ADDED, role=role, runs=(Run(Part.NEW, after),))


def _gone(old: Version, new: Version, place: Place, made: Layout) -> Iterator[TextPiece]:
    """What stood here; of a text that was cut off nobody knows what is gone from it."""
    for index in place.left:
        if old.paragraphs[index].role not in BODY_ROLES:
            continue
        if made.partners(0, index):
            yield _piece(Came.AWAY, old, index, Part.FROM)
        elif new.extent is Extent.COMPLETE:
            yield _piece(Came.REMOVED, old, index, Part.GONE)
        else:
            yield _piece(Came.UNSEEN, old, index, Part.SAME)


def _came(old: Version, new: Version, place: Place, made: Layout) -> Iterator[TextPiece]:
    for index in place.right:
        if new.paragraphs[index].role not in BODY_ROLES or old.extent is not Extent.COMPLETE:
            yield _piece(Came.SAME, new, index, Part.SAME)
        elif partners := made.partners(1, index):
            yield from _moved(old, new, index, partners)
        else:
            yield _piece(Came.ADDED, new, index, Part.NEW)


def _moved(old: Version, new: Version, index: int, partners: Sequence[int]) -> Iterator[TextPiece]:
    before, after = _text(old, partners), new.paragraphs[index].text
    same = typeset(before) == typeset(after)
    runs = (Run(Part.TO, after),) if same else compared(before, after, new.language)
    yield TextPiece(came=Came.MOVED, role=new.paragraphs[index].role.value, runs=runs)


def _text(version: Version, indices: Sequence[int]) -> str:
    return " ".join(version.paragraphs[index].text for index in indices)


def _piece(came: Came, version: Version, index: int, part: Part) -> TextPiece:
    paragraph = version.paragraphs[index]
    return TextPiece(came=came, role=paragraph.role.value, runs=(Run(part, paragraph.text),))
