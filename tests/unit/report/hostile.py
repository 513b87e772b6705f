"""Hostile text as an outlet may send it, and what must never come out anywhere."""

from __future__ import annotations

import re
from dataclasses import replace

from storydiff.model import (
    Cell,
    Change,
    ChangeKind,
    Collation,
    Discrepancy,
    DiscrepancyType,
    Family,
    First,
    Problem,
    Reading,
    Revision,
    Span,
    Status,
    Story,
    Version,
)
from tests.builders import at, collation, point, version

NASTY = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m\u202eevil\u2066\u200b\x00\r\n=cmd|' /C calc'!A0 [bold red]x[/] "
    "<script>alert(1)</script><img src=x onerror=alert(1)> `code` **b** | [a](javascript:alert(1)) &amp; "
    "www.evil.example https://evil.example \U000e0041 \ud800 e" + "\u0301" * 40
)
LONG_WORD = "x" * 10_000
COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")


def _version(outlet: str, text: str) -> Version:
    made = version(outlet, text, id=outlet.split(maxsplit=1)[0] + str(len(text)), url="javascript:alert(1)")
    return replace(
        made, outlet=outlet, headline=NASTY, standfirst=NASTY, byline=NASTY, dateline=NASTY, credit=NASTY,
        problems=(Problem("nasty", NASTY),), published=at(3, "10:00"), snapshot=NASTY,
    )  # fmt: skip


def hostile() -> Collation:
    """A collation in which every string from outside is hostile."""
    a, b = _version("Plain Post", NASTY + LONG_WORD), _version(f"Evil {NASTY}", f"other {NASTY}")
    apart = _version(f"Apart {NASTY}", NASTY)
    everything = Span(a.id, 0, 0, len(a.paragraphs[0].text), a.paragraphs[0].text)
    cells = {
        a: Cell(status=Status.REPORTED, evidence=(everything,)),
        b: Cell(status=Status.CONFLICTS, evidence=(Span(b.id, 0, 0, 10, b.paragraphs[0].text[:10]),), missing=(NASTY,)),
        apart: Cell(status=Status.UNKNOWN, reason=NASTY),
    }
    readings = tuple(
        Reading(each.id, 0, 0, 9, each.paragraphs[0].text[:9], f"{NASTY}{n}") for n, each in enumerate((a, b))
    )
    first = First(version=a.id, not_before=None, not_after=at(3, "10:00"))
    return collation(
        (a, b, apart),
        (point(1, NASTY + LONG_WORD, cells, sources=2, first=first),),
        story=Story(slug="nasty", title=NASTY),
        apart={apart.id: NASTY},
        families=(Family(credit=NASTY, versions=(a.id, b.id), origin=a.id),),
        discrepancies=(
            Discrepancy(id="d", type=DiscrepancyType.NAME, point="p1", readings=readings, explanation=NASTY),
        ),
        revisions=(
            Revision(
                url="javascript:alert(1)", outlet=NASTY, before="x", after=a.id, seen=(None, None), silent=True,
                reverts_to=NASTY,
                changes=(
                    Change(kind=ChangeKind.CHANGED, before=NASTY, after=NASTY + LONG_WORD),
                    Change(kind=ChangeKind.ADDED, before=None, after=NASTY, role=NASTY),
                ),
            ),
        ),
    )  # fmt: skip


def kept_hostile() -> Collation:
    """The same as it can be stored: ids are never an outlet's words."""
    made = hostile()
    return replace(made, revisions=tuple(replace(each, reverts_to="x") for each in made.revisions))
