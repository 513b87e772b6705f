"""The outlets of a newsroom's stories, with what they tend to do as far as counts can say."""

from __future__ import annotations

from dataclasses import dataclass

from storydiff.diff.habits import PAIRS
from storydiff.diff.rates import FEWEST_CASES, FEWEST_STORIES, Rate, Tally, rate
from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.store.browse import OutletCounts
from storydiff.web.call import Call
from storydiff.web.showing import shown

MOST = 50
"""Outlets on one page."""
COUNTED_AT_ONCE = 200
"""Stories that one visit counts when they were stored before there were counts; 18 ms each (69 points, 14 outlets)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a figure is put: a share of cases, and what is counted of them."""

    head: str
    hits: str
    cases: str
    none: str
    """What stands there without a case."""


WORDINGS = {
    "omits": Wording(
        head="Omits",
        hits="are omitted",
        cases="points that at least two independent others told, where its whole text could be read",
        none="No point was told by two independent others where its whole text could be read.",
    ),
    "shares": Wording(
        head="Shares a text",
        hits="carry a text that other outlets carry too, an agency’s or one release",
        cases="texts that were read in full",
        none="No text of it was read in full.",
    ),
    "silent": Wording(
        head="Edits silently",
        hits="were silent: without a note, and without moving the time shown",
        cases="changes that were seen after publication",
        none="No article of it was seen to change.",
    ),
    "first": Wording(
        head="Is first",
        hits="stood there first",
        cases="points that it and others told, of which it is known who had them first",
        none="Of no point that it shares with others is it known who had it first.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """One outlet in the list."""

    counts: OutletCounts
    rates: tuple[Rate, ...]
    """In the order of `WORDINGS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletsPage:
    """What the page shows."""

    rows: tuple[OutletRow, ...]
    heads: tuple[str, ...]
    together: tuple[Rate, ...]
    """Of all outlets."""
    following: str | None
    few_cases: int = FEWEST_CASES
    few_stories: int = FEWEST_STORIES


def list_outlets(call: Call) -> Answer:
    """The outlets by name."""
    store = call.desk.store
    store.habits.count(most=COUNTED_AT_ONCE)
    after = cursors.read(call.query.text("after") or None, str)
    listed, last = cursors.page(store.browse.outlets(limit=MOST + 1, after=after), MOST)
    tallies = store.habits.tallies(each.outlet.name for each in listed)
    page = OutletsPage(
        rows=tuple(OutletRow(counts=each, rates=rates(tallies.get(each.outlet.name, {}))) for each in listed),
        heads=tuple(each.head for each in WORDINGS.values()),
        together=rates(store.habits.all()),
        following=cursors.written(last.outlet.name) if last else None,
    )
    return shown(call, "outlets.html.j2", page=page)


def rates(tallies: dict[str, Tally]) -> tuple[Rate, ...]:
    """The rate of each figure."""
    return tuple(rate(tallies.get(figure, Tally())) for figure in PAIRS)
