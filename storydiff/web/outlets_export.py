"""The counts of all outlets as a file, with shares and their intervals where there are enough cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from storydiff.diff.habits import PAIRS
from storydiff.diff.rates import Rate
from storydiff.report.safe import csv_cell
from storydiff.serving.answer import CSV, Answer
from storydiff.store import Store
from storydiff.store.browse import OutletCounts
from storydiff.web.call import Call
from storydiff.web.outlets import COUNTED_AT_ONCE, rates

MOST = 100_000
"""Outlets in one file."""
PLACES = 4
"""Decimals of a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outlet with its rates, by figure."""

    counts: OutletCounts
    rates: dict[str, Rate]


def as_csv(call: Call) -> Answer:
    """One row an outlet."""
    return Answer(content=_csv(_rows(call.desk.store)).encode("utf8", "replace"), media=CSV, headers=_saved("csv"))


def as_json(call: Call) -> Answer:
    """The same as JSON values."""
    value = {"outlets": [_value(each) for each in _rows(call.desk.store)]}
    return Answer(value=value, headers=_saved("json"))


def _saved(kind: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="outlets.{kind}"'}


def _rows(store: Store) -> Iterator[Row]:
    store.habits.count(most=COUNTED_AT_ONCE)
    listed = store.browse.outlets(limit=MOST)
    tallies = store.habits.tallies(each.outlet.name for each in listed)
    for each in listed:
        found = rates(tallies.get(each.outlet.name, {}))
        yield Row(counts=each, rates=dict(zip(PAIRS, found, strict=True)))


def _csv(rows: Iterator[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    fields = ("hits", "cases", "stories", "share", "low", "high")
    writer.writerow(["outlet", "domain", "stories", "articles", *(f"{f}_{field}" for f in PAIRS for field in fields)])
    for row in rows:
        told = [csv_cell(row.counts.outlet.name), csv_cell(row.counts.outlet.domain or "")]
        figures = [value for rate in row.rates.values() for value in _figure(rate).values()]
        writer.writerow([*told, row.counts.stories, row.counts.articles, *figures])
    return out.getvalue()


def _value(row: Row) -> dict[str, object]:
    told = {**asdict(row.counts.outlet), "stories": row.counts.stories, "articles": row.counts.articles}
    return {**told, "figures": {name: _figure(rate) for name, rate in row.rates.items()}}


def _figure(rate: Rate) -> dict[str, int | float | None]:
    counts = {"hits": rate.tally.hits, "cases": rate.tally.of, "stories": rate.tally.stories}
    shares = {"share": rate.share, "low": rate.low, "high": rate.high}
    return {**counts, **{name: None if each is None else round(each, PLACES) for name, each in shares.items()}}
