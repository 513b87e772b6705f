"""How the articles changed, in a terminal: each revision with its word diffs, moves told apart, reverts named."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from storydiff.model import Change, ChangeKind, Collation, Revision
from storydiff.report.look import Look, hanging, printed, words, wrapped
from storydiff.report.marked import KEY, marked
from storydiff.report.phrases import came_back
from storydiff.report.safe import shown
from storydiff.report.times import between
from storydiff.report.wording import compared, pinched, runs

LABELS = {
    ChangeKind.HEADLINE_CHANGED: ("headline", "magenta"),
    ChangeKind.ADDED: ("added", "green"),
    ChangeKind.REMOVED: ("removed", "red"),
    ChangeKind.CHANGED: ("reworded", "yellow"),
    ChangeKind.MOVED: ("moved", "blue"),
}
INDENT = 11


def to_history(collation: Collation, *, look: Look | None = None) -> str:
    """Every revision of every article of the story, article by article, oldest first."""
    look = look or Look()
    if not collation.revisions:
        return "No article of this story changed since it was first seen.\n"
    lines: list[Text] = []
    for each in sorted(collation.revisions, key=lambda each: (each.outlet, each.url)):
        lines += [*_revision(each, collation.revisions, look), Text("")]
    lines += wrapped(Text(KEY, style="dim"), look.width, look)
    return printed(lines, look)


def _revision(revision: Revision, revisions: tuple[Revision, ...], look: Look) -> Iterator[Text]:
    head = words(revision.outlet, "bold")
    head.append(f"  changed {between(*revision.seen)}")
    head.append("  silently" if revision.silent else "  disclosed", style="magenta" if revision.silent else "dim")
    yield from wrapped(head, look.width, look)
    yield from wrapped(words(revision.url, "dim"), look.width, look)
    if revision.reverts_to:
        said = came_back(revision, revisions)
        yield from hanging(Text(""), Text(f"{said[0].upper()}{said[1:]}.", style="cyan"), look, indent=3)
    for each in revision.changes:
        yield from _change(each, look)


def _change(change: Change, look: Look) -> Iterator[Text]:
    label, style = LABELS[change.kind]
    if change.role not in {"body", "headline"}:
        label = f"{label} ({shown(change.role).replace('_', ' ')})"
    head = Text.assemble("   ", (label, style))
    if len(label) > INDENT - 5:
        yield from hanging(Text(""), Text(label, style=style), look, indent=3)
        head = Text("")
    yield from hanging(head, change_words(change), look, indent=INDENT)


def change_words(change: Change, *, short: bool = False) -> Text:
    """The change as a word diff; short, with little of what stayed."""
    if change.before is not None and change.after is not None and change.before != change.after:
        found = runs(change.words) if change.words else compared(change.before, change.after)
        return marked(pinched(found) if short else found)
    text = change.after if change.after is not None else change.before
    opening, closing, style = {
        ChangeKind.ADDED: ("{+", "+}", "green"),
        ChangeKind.REMOVED: ("[-", "-]", "red"),
    }.get(change.kind, ("{~", "~}", "blue"))
    return Text.assemble((opening, style), words(text or "", style), (closing, style))
