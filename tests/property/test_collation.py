"""What must hold for every collation, whatever the texts: the invariants of the method."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storydiff.align.points_table import Table
from storydiff.align.units import cut
from storydiff.engine import collate
from storydiff.model import Collation, Extent, Paragraph, Status, Version
from storydiff.report.json import dumps

# One fact a row, each told in several ways; an invented fire in an invented town.
FACTS = (
    (
        "A fire destroyed the ropeworks in Tarnby on Tuesday night.",
        "The Tarnby ropeworks burned down on Tuesday night.",
    ),
    (
        "Two night watchmen, Edda Rask and Jonas Weil, escaped through a roof hatch.",
        "Night watchmen Edda Rask and Jonas Weil got out by a hatch in the roof.",
    ),
    (
        "Forty tonnes of hemp were stored in the lower hall, the owner said.",
        "The owner said 40 tonnes of hemp had been kept in the lower hall.",
    ),
    (
        '"We heard the boiler sing before it burst," foreman Piet Aldous told the Tarnby Chronicle.',
        'Foreman Piet Aldous said: "We heard the boiler sing before it burst."',
    ),
    (
        "The county engineer had closed the boiler twice since 2019.",
        "Twice since 2019 the county engineer shut the boiler down.",
    ),
    (
        "Ferries to Osmund Island were held until the smoke had cleared.",
        "Until the smoke cleared, no ferry left for Osmund Island.",
    ),
    (
        "Premier Lucia Brandt promised the ropemakers a relief fund of 3 million crowns.",
        "A relief fund of three million crowns was promised by Premier Lucia Brandt.",
    ),
    (
        "Schools in the harbour district stay shut until Monday.",
        "Pupils in the harbour district will not return to school before Monday.",
    ),
    (
        "Insurers put the loss at 18 million crowns.",
        "The loss was put at 18 million crowns by insurers.",
    ),
    (
        "A choir that rehearsed next door lost its organ, built in 1886.",
        "The organ of the choir next door, built in 1886, was lost.",
    ),
)
FILLER = (
    "Gulls sat on the warm bricks all morning.",
    "In the bakery on the quay nobody spoke of anything else.",
    "The tide table on the door had melted into a blue smear.",
)
BEGUN = datetime(2026, 5, 5, 6, 0, tzinfo=UTC)
QUIET = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def version(number: int, paragraphs: list[str], **fields: Any) -> Version:
    given: dict[str, Any] = {
        "id": f"v{number}",
        "outlet": f"Outlet {number}",
        "url": f"https://outlet-{number}.example/fire",
        "published": BEGUN + timedelta(hours=number),
        "language": "en",
    }
    return Version(**(given | fields), paragraphs=tuple(map(Paragraph, paragraphs)))


@st.composite
def tellings(draw: st.DrawFn) -> list[str]:
    """One outlet's paragraphs: some of the facts, each in one wording, and perhaps something of its own."""
    chosen = draw(st.lists(st.sampled_from(range(len(FACTS))), min_size=4, max_size=8, unique=True))
    told = [draw(st.sampled_from(FACTS[fact])) for fact in chosen]
    return [*told, *draw(st.lists(st.sampled_from(FILLER), max_size=1))]


stories = st.lists(tellings(), min_size=2, max_size=4).map(
    lambda texts: [version(i, paragraphs) for i, paragraphs in enumerate(texts)]
)


def comparable(collation: Collation) -> dict[str, Any]:
    """All that a reader sees, by outlet instead of by version id, without an order among equals."""
    outlet = {v.id: v.outlet for v in collation.versions}
    return {
        "points": [
            (p.statement, p.kind, p.independent_sources, p.id, {outlet[v]: _cell(c) for v, c in p.coverage.items()})
            for p in collation.points
        ],
        "links": {(outlet[k.a], outlet[k.b], k.a_paragraphs, k.b_paragraphs, k.moved) for k in collation.links},
        "discrepancies": sorted(
            (d.type, d.point, d.id, sorted((outlet[r.version], r.text, r.value) for r in d.readings))
            for d in collation.discrepancies
        ),
        "families": [[outlet[v] for v in f.versions] for f in collation.families],
        "apart": {outlet[v] for v in collation.apart},
    }


def _cell(cell: Any) -> tuple[Any, ...]:
    return cell.status, [(s.paragraph, s.start, s.text) for s in cell.evidence], cell.missing, cell.reason


@QUIET
@given(stories)
def test_every_paragraph_is_in_the_table_exactly_once(versions: list[Version]) -> None:
    """The points partition the words of every paragraph of every joined version."""
    table = Table.of(tuple(versions))
    for each in table.joined():
        for index, paragraph in each.body:
            spans = [
                p.span
                for point in table.points
                for p in point
                if (p.span.version, p.span.paragraph) == (each.id, index)
            ]
            covered = sorted((s.start, s.end) for s in spans)
            assert all(a[1] <= b[0] for a, b in pairwise(covered))
            assert "".join(paragraph.text[a:b] for a, b in covered).replace(" ", "") == paragraph.text.replace(" ", "")


@QUIET
@given(stories, st.randoms(use_true_random=False))
def test_order_and_names_of_versions_change_nothing(versions: list[Version], random: Any) -> None:
    """Permuted and renamed versions give the same collation."""
    names = [f"w{n}" for n in range(len(versions))]
    random.shuffle(names)
    renamed = [replace(v, id=name) for v, name in zip(versions, names, strict=True)]
    random.shuffle(renamed)
    assert comparable(collate(renamed)) == comparable(collate(versions))


@QUIET
@given(tellings())
def test_a_text_beside_itself(paragraphs: list[str]) -> None:
    """Two prints of one text: nothing is omitted, partial or in conflict."""
    found = collate([version(0, paragraphs), version(1, paragraphs)])
    assert not found.discrepancies
    assert not found.apart
    assert {cell.status for point in found.points for cell in point.coverage.values()} == {Status.REPORTED}


@QUIET
@given(tellings(), st.data())
def test_a_removed_paragraph_is_omitted(paragraphs: list[str], data: st.DataObject) -> None:
    """Taking one paragraph out of a copy gives exactly the omissions of its points."""
    gone = data.draw(st.integers(0, len(paragraphs) - 1))
    found = collate([version(0, paragraphs), version(1, paragraphs[:gone] + paragraphs[gone + 1 :])])
    for point in found.points:
        told_only_there = {span.paragraph for span in point.coverage["v0"].evidence} == {gone}
        assert (point.coverage["v1"].status is Status.OMITTED) == told_only_there
        assert point.coverage["v0"].status is Status.REPORTED


@QUIET
@given(stories, st.data())
def test_what_was_not_read_whole_omits_nothing(versions: list[Version], data: st.DataObject) -> None:
    """A truncated or blocked version never has an omission, whatever it shows."""
    cut_off = data.draw(st.integers(0, len(versions) - 1))
    extent = data.draw(st.sampled_from([Extent.TRUNCATED, Extent.BLOCKED]))
    versions[cut_off] = replace(versions[cut_off], extent=extent, paragraphs=versions[cut_off].paragraphs[:3])
    found = collate(versions)
    assert all(point.coverage[f"v{cut_off}"].status is not Status.OMITTED for point in found.points)


@QUIET
@given(tellings(), st.integers(2, 4))
def test_a_family_counts_once(paragraphs: list[str], prints: int) -> None:
    """However many outlets print an agency's text, it is one independent source."""
    longer = paragraphs + [f"{a} {b}" for a, b in zip(FILLER, (f[0] for f in FACTS[:3]), strict=False)]
    found = collate([version(i, longer, credit="Nordic Wire") for i in range(prints)])
    assert [sorted(family.versions) for family in found.families] == [[f"v{i}" for i in range(prints)]]
    assert {point.independent_sources for point in found.points} == {1}


@QUIET
@given(stories)
def test_one_input_gives_one_output(versions: list[Version]) -> None:
    """Byte for byte; and a collation after itself keeps every id and invents no history."""
    first, second = collate(versions), collate(versions)
    assert dumps(first) == dumps(second)
    third = collate(versions, previous=first)
    assert dumps(third) == dumps(first)


@given(st.text(max_size=300), st.sampled_from([None, "en", "de", "es", "fr", "ru", "uk", "zh", "ar"]))
def test_units_cover_any_text(text: str, language: str | None) -> None:
    """Units follow each other, are trimmed, and leave out nothing but white space and a dateline."""
    found = cut(text, language)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end, _ in found)


@QUIET
@given(st.lists(st.text(max_size=80), max_size=4), st.lists(st.text(max_size=80), max_size=4))
def test_any_text_can_be_collated(left: list[str], right: list[str]) -> None:
    """Hostile, empty or strange text never raises, and every span is an exact slice."""
    found = collate([version(0, left), version(1, right)])
    by_id = {v.id: v for v in found.versions}
    for point in found.points:
        for span in (span for cell in point.coverage.values() for span in cell.evidence):
            assert by_id[span.version].paragraphs[span.paragraph].text[span.start : span.end] == span.text
