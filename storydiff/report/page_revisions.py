"""The revisions of a page: what was changed in the articles after they were first seen, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storydiff.model import Change, ChangeKind, Revision
from storydiff.report.phrases import returned, summary
from storydiff.report.view import View
from storydiff.report.wording import Run, compared, runs

LABELS = {
    ChangeKind.HEADLINE_CHANGED: "headline",
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.CHANGED: "reworded",
    ChangeKind.MOVED: "moved",
}


@dataclass(frozen=True, slots=True)
class PageChange:
    """One change with its word diff."""

    change: Change
    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PageRevision:
    """One revision with its changes."""

    revision: Revision
    summary: str
    changes: tuple[PageChange, ...]
    returned: datetime | None
    """When the text that came back had been seen first."""


def revisions(shown: View) -> tuple[PageRevision, ...]:
    """The revisions, silent ones first."""
    return tuple(_revision(each, shown) for each in shown.revisions)


def _revision(revision: Revision, shown: View) -> PageRevision:
    changes = tuple(page_change(each) for each in revision.changes)
    said = ", ".join(summary(revision.changes)) or "no visible change"
    return PageRevision(revision, said, changes, returned(revision, shown.revisions))


def page_change(change: Change) -> PageChange:
    """The change with its label and its word diff."""
    return PageChange(change, LABELS[change.kind], _runs(change))


def _runs(change: Change) -> tuple[Run, ...]:
    if change.before is None or change.after is None or change.before == change.after:
        return ()
    return runs(change.words) if change.words else compared(change.before, change.after)
