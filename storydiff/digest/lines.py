"""Items as a reader sees them: the line, what stands under it, and where the evidence is. Mail and feeds share them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storydiff.digest.compose import Digest
from storydiff.digest.item import Item, Section, Side
from storydiff.digest.links import Links, command
from storydiff.digest.phrases import cut, direction, local, named, span
from storydiff.report.phrases import count
from storydiff.report.wording import Part, Run

LINE, WORDS, AROUND = 240, 200, 90
"""Characters of a line, of disputed words, and of what stands on each side of them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a section is called at its head, and in a list of counts."""

    title: str
    counted: str


HEADINGS = {
    Section.LACK: Heading("Others report it, we do not", "we lack"),
    Section.DIFFER: Heading("Where we differ", "where we differ"),
    Section.ONLY: Heading("Only we have it", "only we have"),
    Section.CONFLICT: Heading("Where others differ", "where others differ"),
    Section.REPORTED: Heading("Newly reported", "newly reported"),
    Section.EDIT: Heading("Changed silently", "changed silently"),
    Section.STORY: Heading("New stories", "new"),
    Section.WATCH: Heading("Could not be read", "not readable"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One side of a discrepancy."""

    who: str
    when: str
    before: str
    words: str
    after: str
    dir: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item. Every text is one safe line; markup is not escaped yet."""

    text: str
    dir: str
    language: str | None
    notes: tuple[str, ...]
    voices: tuple[Voice, ...]
    edits: tuple[tuple[tuple[Run, ...], str], ...]
    """Word diffs, each with its direction."""
    href: str | None
    command: str | None
    story: str
    """The title of its story, where a new story begins; else empty."""


def line(item: Item, links: Links, zone: str, *, with_story: bool = False) -> Line:
    """The item as it is shown to someone in that time zone."""
    return Line(
        text=cut(item.text, LINE),
        dir=direction(item.text),
        language=item.language,
        notes=tuple(_notes(item, zone)),
        voices=tuple(_voice(side, zone) for side in item.sides),
        edits=tuple((runs, direction("".join(run.text for run in runs))) for runs in map(_safe, item.edits)),
        href=links.evidence(item),
        command=command(item),
        story=cut(item.title, 64) if with_story and item.section is not Section.STORY else "",
    )


def tally(digest: Digest) -> str:
    """ "7 we lack, 4 where we differ"."""
    return ", ".join(_counted(part.section, len(part.items) + part.more, digest) for part in digest.parts)


def heading(section: Section, ours: str | None) -> str:
    """The head of a section; who "others" are depends on whether anybody is ours."""
    if section is Section.CONFLICT and ours is None:
        return "Where outlets differ"
    return HEADINGS[section].title


def _counted(section: Section, number: int, digest: Digest) -> str:
    if section is Section.STORY:
        return count(number, "new story", "new stories")
    if section is Section.CONFLICT and digest.ours is None:
        return f"{number} where outlets differ"
    return f"{number} {HEADINGS[section].counted}"


def _notes(item: Item, zone: str) -> Iterator[str]:
    if item.section in {Section.LACK, Section.REPORTED}:
        outlets = f" ({count(len(item.outlets), 'outlet')})" if len(item.outlets) != item.sources else ""
        yield f"{count(item.sources, 'independent source')}{outlets}: {named(item.outlets)}"
        if item.first:
            yield f"first {cut(item.first, 60)}, {span(*item.seen, zone)}"
    elif item.section is Section.ONLY:
        yield f"{count(item.checked, 'other text')} read in full {'does' if item.checked == 1 else 'do'} not have it"
    elif item.section is Section.EDIT:
        yield f"{span(*item.seen, zone)}; the page does not say so"
    elif item.section is Section.WATCH and item.at is not None:
        yield f"seen {local(item.at, zone)}"
    if item.sides:
        yield f"the {item.notes[0]} differs"
    else:
        yield from (cut(each, LINE) for each in item.notes)


def _voice(side: Side, zone: str) -> Voice:
    kind = f" ({side.kind})" if side.kind else ""
    leader = cut(side.outlets[0], 50)
    return Voice(
        who=named([f"{leader} (we)" if side.ours else leader, *side.outlets[1:]], 1),
        when=f"{local(side.at, zone)}{kind}",
        before=_tail(side.before),
        words=cut(side.words, WORDS),
        after=_spaced(side.after, AROUND),
        dir=direction(side.before + side.words + side.after),
        language=side.language,
    )


def _tail(text: str) -> str:
    """The end of the text: what stands right before the words."""
    if len(text) > AROUND:
        end = text[-AROUND:]
        text = f"…{end[end.find(' ') + 1 :]}"
    return _spaced(text, AROUND + 1)


def _safe(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs on one line each, no word longer than a screen, with a space wherever one takes another's place."""
    safe: list[Run] = []
    for run in runs:
        text = _spaced(run.text, LINE)
        if safe and safe[-1].part is not run.part and Part.SAME not in {run.part, safe[-1].part}:
            text = text if safe[-1].text.endswith(" ") else f" {text}"
        safe.append(Run(run.part, text))
    return tuple(safe)


def _spaced(text: str, length: int) -> str:
    """The text cut, with the spaces at its ends, for it stands between others."""
    inner = cut(text, length)
    left, right = text[:1].isspace(), inner and text[-1:].isspace()
    return f"{' ' if left else ''}{inner}{' ' if right else ''}"
