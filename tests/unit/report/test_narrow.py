"""Filters of a view, and what came since an earlier collation."""

from dataclasses import replace

from storydiff.model import DiscrepancyType, Status
from storydiff.report.marks import Mark
from storydiff.report.narrow import Narrow, narrowed
from storydiff.report.since import since, transitions
from storydiff.report.view import Only, view
from tests.builders import cell, point, version
from tests.fire import fire


def test_nothing_asked_narrows_nothing() -> None:
    """An empty filter gives the same view."""
    shown = view(fire())
    assert narrowed(shown, Narrow()) is shown


def test_rows_by_the_mark_of_an_outlet() -> None:
    """What one outlet omits: its column alone, and the rows in which it omits."""
    shown = view(fire())
    place = next(i for i, each in enumerate(shown.columns) if each.version.outlet == "Fenmoor Gazette")
    found = narrowed(shown, Narrow(marks=frozenset({Mark.OMITTED}), outlets=frozenset({"fenmoor gazette"})))
    assert [each.version.outlet for each in found.columns] == ["Fenmoor Gazette"]
    assert [row.number for row in found.rows] == [r.number for r in shown.rows if r.marks[place] is Mark.OMITTED]
    assert 0 < len(found.rows) < len(shown.rows)
    assert found.hidden == len(shown.rows) - len(found.rows)


def test_rows_by_type_and_kind() -> None:
    """Only rows with a discrepancy of that type; combined with a kind of row both must hold."""
    collation = fire()
    found = narrowed(view(collation), Narrow(types=frozenset({DiscrepancyType.NUMBER})))
    points = {each.point for each in collation.discrepancies if each.type is DiscrepancyType.NUMBER}
    assert {row.point.id for row in found.rows} == points
    both = Narrow(types=frozenset({DiscrepancyType.NUMBER}), only=Only.CONFLICTS)
    assert all(row.disputed for row in narrowed(view(collation), both).rows)


def test_ours_stays_beside_the_outlets_asked_for() -> None:
    """Our column is what the others are read against; names of no outlet here are passed over."""
    shown = view(fire(), ours="Fenmoor Gazette")
    found = narrowed(shown, Narrow(outlets=frozenset({"Brindle Wire", "Nobody"})))
    assert {each.version.outlet for each in found.columns} == {"Fenmoor Gazette", "Brindle Wire"}
    assert narrowed(shown, Narrow(outlets=frozenset({"Nobody"}))).columns == shown.columns


def test_a_collation_has_nothing_new_since_itself() -> None:
    """And says so."""
    found = since(fire(), fire())
    assert not found
    assert found.summary == "nothing new"


def test_what_came_since() -> None:
    """New points, moved cells, conflicts that came and went, revisions and outlets, each told once."""
    now = fire()
    late = version("Late Herald", "Ferries run again.")
    first, second, *rest = now.points
    told = next(each for each, cell in second.coverage.items() if cell.status is Status.REPORTED)
    before = replace(
        now,
        number=3,
        points=(
            replace(second, coverage={**second.coverage, told: cell(late, "omitted")}),
            *rest,
            point(99, "Old", {}),
        ),
        discrepancies=now.discrepancies[1:],
        revisions=(),
    )
    now = replace(now, number=4, versions=(*now.versions, late))
    found = since(before, now)
    assert [(number, each.id) for number, each in found.added] == [(1, first.id)]
    assert [each.id for each in found.gone] == ["p99"]
    assert [(each.point.id, each.before, each.after) for each in found.moved] == [
        (second.id, Mark.OMITTED, Mark.REPORTED)
    ]
    assert [each.id for each in found.conflicts] == [now.discrepancies[0].id]
    assert found.revisions == now.revisions
    assert found.outlets == ("Late Herald",)
    assert found.summary.startswith("1 new outlet, 1 new point, 1 conflict")
    assert [each.id for each in since(now, before).settled] == [now.discrepancies[0].id]


def test_transitions() -> None:
    """The first state is where it begins; later ones tell what moved, arrivals and departures included."""
    states = [
        (1, {"A": Mark.OMITTED, "B": Mark.REPORTED}),
        (2, {"A": Mark.REPORTED, "B": Mark.REPORTED}),
        (4, {"A": Mark.REPORTED, "C": Mark.PARTIAL}),
    ]
    assert list(transitions(states)) == [
        (1, ()),
        (2, (("A", Mark.OMITTED, Mark.REPORTED),)),
        (4, (("C", None, Mark.PARTIAL), ("B", Mark.REPORTED, None))),
    ]
