"""What changed from one version of an article to the next, and whether the outlet said so.

Two rules keep this from accusing anyone of what is our own doing. Text that a truncated version does not show was
neither removed nor added. And what surrounds an article (teasers, newsletter boxes, credits, pull quotes, spacing,
paragraph breaks, kinds of quotation marks, the modification time alone) makes no revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from storydiff.diff.pairing import Group, Kind, Pairing, groups, revise, typeset
from storydiff.diff.words import edits
from storydiff.model import BODY_ROLES, Change, ChangeKind, Extent, Paragraph, Revision, Role, Version
from storydiff.text.words import tokens

__all__ = ["Kind", "Pairing", "revise", "revision", "revisions"]

FRAGMENT = 8  # words
_CLOSING = "\"'”’»)]"
_ENDS = (".", "!", "?", "…", ":", ";", "。", "！", "？", "।", "؟")
MARKED = (Role.SUBHEAD, Role.ENTRY, Role.CAPTION, Role.CORRECTION)
"""Roles beside the body whose changes are told, each under its own name."""


def revision(before: Version, after: Version, earlier: Sequence[Version] = ()) -> Revision | None:
    """The changes from `before` to `after`, two versions of one article; None when nothing of the article changed.

    `earlier` are the versions older than `before`, oldest first: among them the one whose text came back is sought.
    """
    if Extent.BLOCKED in (before.extent, after.extent):
        return None
    changes = tuple(_changes(before, after))
    if not changes:
        return None
    return Revision(
        url=after.url or "",
        outlet=after.outlet,
        before=before.id,
        after=after.id,
        seen=(before.fetched, after.fetched),
        changes=changes,
        silent=_silent(before, after, changes),
        reverts_to=_came_back(before, after, changes, earlier),
    )


def revisions(history: Sequence[Version]) -> tuple[Revision, ...]:
    """The revisions of one article's versions, oldest first; a version that could not be read is passed over."""
    read = [version for version in history if version.extent is not Extent.BLOCKED]
    found = (revision(read[k - 1], read[k], read[: k - 1]) for k in range(1, len(read)))
    return tuple(each for each in found if each)


@dataclass(frozen=True, slots=True)
class _Part:
    """The paragraphs of one role (or of the body) in both versions, and which of the two were cut off."""

    role: str
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    language: str | None
    cut: tuple[bool, bool]


def _changes(before: Version, after: Version) -> Iterator[Change]:
    language = after.language or before.language
    yield from _line(ChangeKind.HEADLINE_CHANGED, "headline", (before.headline, after.headline), language)
    yield from _line(ChangeKind.CHANGED, "standfirst", (before.standfirst, after.standfirst), language)
    body = _part(before, after, None)
    told = list(_changes_of(body))
    yield from told
    came = {c.after for c in told if c.kind is ChangeKind.ADDED}
    posts = {p.post for p in body.new if p.text in came and p.post is not None}
    for role in MARKED:
        part = _part(before, after, role)
        titles = {p.text for p in part.new if role is Role.ENTRY and p.post in posts}
        yield from (c for c in _changes_of(part) if not (c.kind is ChangeKind.ADDED and c.after in titles))


def _line(kind: ChangeKind, role: str, texts: tuple[str | None, str | None], language: str | None) -> Iterator[Change]:
    """The change of a headline or standfirst. One that is missing on either side may be our failure: no change."""
    before, after = texts
    if before and after and typeset(before) != typeset(after):
        yield Change(kind=kind, before=before, after=after, words=edits(before, after, language), role=role)


def _part(before: Version, after: Version, role: Role | None) -> _Part:
    """The paragraphs of that role; of the body for None."""
    old, new = (tuple(_counted(v, role)) for v in (before, after))
    cut = (before.extent is Extent.TRUNCATED, after.extent is Extent.TRUNCATED)
    return _Part(role.value if role else "body", old, new, after.language or before.language, cut)


def _counted(version: Version, role: Role | None) -> Iterator[Paragraph]:
    """The paragraphs that are surely of the article and not of what stands around it on the page."""
    for paragraph, after in zip_longest(version.paragraphs, version.paragraphs[1:]):
        if role is None:
            counts = paragraph.role in BODY_ROLES and not _is_fragment(paragraph)
        else:
            counts = paragraph.role is role and (role is not Role.SUBHEAD or _heads(after))
        if counts:
            yield paragraph


def _is_fragment(paragraph: Paragraph) -> bool:
    """A few words that end no sentence: a counter, a teaser, a button that was read as text. A list may hold such."""
    if paragraph.role is not Role.BODY or paragraph.post is not None:
        return False
    ends = paragraph.text.rstrip().rstrip(_CLOSING).endswith(_ENDS)
    return not ends and len(tokens(paragraph.text)) <= FRAGMENT


def _heads(after: Paragraph | None) -> bool:
    """A sub-heading stands before text; one before another, or before nothing, is a teaser."""
    return after is not None and after.role is not Role.SUBHEAD and not _is_fragment(after)


def _changes_of(part: _Part) -> Iterator[Change]:
    """Edited and moved paragraphs in the order of the old text, then added, then removed ones."""
    found = groups([p.text for p in part.old], [p.text for p in part.new])
    yield from (change for group in found if (change := _change(part, group)))
    kept_old, kept_new = {i for g in found for i in g.olds}, {j for g in found for j in g.news}
    if not part.cut[0]:
        for j in sorted(set(range(len(part.new))) - kept_new):
            yield Change(kind=ChangeKind.ADDED, before=None, after=part.new[j].text, role=part.role)
    if not part.cut[1]:
        for i in sorted(set(range(len(part.old))) - kept_old):
            yield Change(kind=ChangeKind.REMOVED, before=part.old[i].text, after=None, role=part.role)


def _change(part: _Part, group: Group) -> Change | None:
    before = "\n\n".join(part.old[i].text for i in group.olds)
    after = "\n\n".join(part.new[j].text for j in group.news)
    if group.same:
        moved = group.moved and part.role == "body"
        return Change(kind=ChangeKind.MOVED, before=before, after=after, role=part.role) if moved else None
    if _cut_off(before, after, part.cut):
        return None
    words = edits(before, after, part.language)
    return Change(kind=ChangeKind.CHANGED, before=before, after=after, words=words, role=part.role)


def _cut_off(before: str, after: str, cut: tuple[bool, bool]) -> bool:
    """Whether one text is only the shown beginning of the other."""
    left, right = (typeset(text).rstrip(" .") for text in (before, after))
    return (cut[0] and right.startswith(left)) or (cut[1] and left.startswith(right))


def _silent(before: Version, after: Version, changes: Sequence[Change]) -> bool:
    """Whether the outlet said nothing: same times shown, no new note, and more than new posts came.

    A time that was shown before and not found again is no ground to blame anyone either.
    """
    if (before.published, before.modified) != (after.published, after.modified):
        return False
    posts = {p.text for p in after.paragraphs if p.post is not None}
    noted = any(c.role == Role.CORRECTION and c.after for c in changes)
    return not noted and not all(c.kind is ChangeKind.ADDED and c.after in posts for c in changes)


def _came_back(before: Version, after: Version, changes: Sequence[Change], earlier: Sequence[Version]) -> str | None:
    """The oldest earlier version that read just as `after` does; else one that had all that is new in `after`."""
    read = [v for v in earlier if v.extent is not Extent.BLOCKED]
    whole = _content(after)
    for version in read:
        if _content(version) == whole:
            return version.id
    new = {typeset(c.after) for c in changes if c.after and c.kind is not ChangeKind.MOVED} - set(_content(before))
    return next((v.id for v in read if new and new <= set(_content(v))), None)


def _content(version: Version) -> tuple[str, ...]:
    """What counts of a version, one text a piece, typography aside."""
    counted = (p.text for role in (None, *MARKED) for p in _counted(version, role))
    return tuple(typeset(text) for text in (version.headline or "", version.standfirst or "", *counted))
