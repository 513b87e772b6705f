"""What all faces show, decided once: columns, codes, order, counts, changes, timeline, annotated article."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storydiff.model import Cell, Change, ChangeKind, Extent, Family, First, Revision, Role, Status
from storydiff.report import to_csv, to_html, to_point
from storydiff.report.article import annotated, segments
from storydiff.report.columns import columns, short_codes
from storydiff.report.firsts import firsts
from storydiff.report.phrases import came_back
from storydiff.report.timeline import WIDTH, timeline
from storydiff.report.times import between, clock, told_when
from storydiff.report.view import Group, Mark, view
from tests.builders import at, cell, collation, point, version
from tests.fire import fire


def test_columns_by_publication() -> None:
    """Columns follow the first publication; a family stands together behind its agency; the unread come last."""
    assert [each.code for each in columns(fire())] == ["CR", "BW", "AC", "FG", "NT", "TT", "MI", "FA", "EL"]


def test_origin_leads_although_it_is_later() -> None:
    """The agency's own page stands before its copies, whenever it was published."""
    copy = version("Copy Post", "x", published=at(1, "06:00"))
    agency = version("Agency", "x", published=at(1, "09:00"))
    other = version("Other", "x", published=at(1, "07:00"))
    family = Family(credit="A", versions=(copy.id, agency.id), origin=agency.id)
    found = columns(collation([other, copy, agency], families=(family,)))
    assert [each.version.outlet for each in found] == ["Agency", "Copy Post", "Other"]


@pytest.mark.parametrize(
    ("outlet", "url", "code"),
    [
        ("The Harbour Post", None, "HP"),
        ("Le Fanal", None, "FA"),
        ("Isles Broadcasting Network", None, "IBN"),
        ("X", None, "X1"),
        ("valley-bulletin.example", None, "VB"),
        ("pulse24.co.uk", None, "PU"),
        ("Élan", None, "EL"),
        ("公報", "https://www.koho.example/1", "KO"),
        ("公報", None, "V1"),
        ("+++", None, "V1"),
    ],
)
def test_codes(outlet: str, url: str | None, code: str) -> None:
    """Initials, else the first letters; a name in another script takes them from its address."""
    only = version(outlet, "x", url=url)
    assert short_codes((only,))[only.id] == code


def test_codes_differ() -> None:
    """However many outlets are called alike, no two have one code, and renaming their ids changes nothing."""
    many = [version("Post", "x", id=f"v{n}") for n in range(40)]
    assert len(set(short_codes(tuple(many)).values())) == 40


def test_independent_texts_count_a_family_once() -> None:
    """Nine outlets, eight readable, three of one text: six independent texts."""
    tally = view(fire()).tally
    assert (tally.outlets, tally.independent, tally.unread, tally.apart) == (9, 6, 2, 1)


def test_groups() -> None:
    """A point that drift alone disputes is not under the conflicts."""
    made = fire()
    drift = tuple(each for each in made.discrepancies if each.drift)
    rows = view(replace(made, discrepancies=drift)).rows
    groups = {row.number: row.group for row in rows}
    assert Group.CONFLICT not in groups.values()
    assert Mark.OVERTAKEN in next(row.marks for row in rows if row.number == 1)


def test_conflict_in_open_and_drift_is_a_conflict() -> None:
    """A version that stands in an open conflict too is not excused by another one that time explains."""
    made = fire()
    also = replace(made.discrepancies[1], id="d9", drift=False)
    row = next(row for row in view(replace(made, discrepancies=(*made.discrepancies, also))).rows if row.number == 1)
    assert Mark.OVERTAKEN not in row.marks


def test_changed_later() -> None:
    """A cell whose paragraph a revision added is marked as changed; one whose paragraph merely moved is not."""
    rows = {row.number: row for row in view(fire()).rows}
    assert rows[7].changed == {"northgate-times"}
    assert rows[5].changed == frozenset()


def test_what_came_back() -> None:
    """A revert names the moment of the text that came back, when it is known."""
    first = Revision(
        url="u", outlet="O", before="a", after="b", seen=(at(1, "08:00"), at(1, "09:00")), silent=True,
        changes=(Change(kind=ChangeKind.ADDED, before=None, after="x"),),
    )  # fmt: skip
    back = replace(first, before="b", after="a2", seen=(at(1, "09:00"), at(1, "10:00")), reverts_to="a")
    assert came_back(back, (first, back)) == "the text of 1 Jun 2026, 08:00 UTC came back"
    assert came_back(back, (back,)) == "an earlier text came back"
    assert came_back(first, (first, back)) == ""


def test_times() -> None:
    """Times carry the zone, and are UTC whatever zone they came in."""
    moment = at(4, "05:05")
    assert clock(moment.astimezone(None)) == "4 Jun 2026, 05:05 UTC"
    assert clock(moment.replace(tzinfo=None)) == "4 Jun 2026, 05:05 UTC"
    assert clock(None) == "time unknown"
    assert between(moment, moment + timedelta(minutes=5)) == "between 4 Jun 2026, 05:05 and 05:10 UTC"
    assert between(moment, moment + timedelta(days=1)) == "between 4 Jun 2026, 05:05 and 5 Jun 2026, 05:05 UTC"
    assert between(None, moment) == "by 4 Jun 2026, 05:05 UTC"
    assert between(moment, None) == "after 4 Jun 2026, 05:05 UTC"
    assert between(None, None) == "at an unknown time"
    assert told_when(version("O", "x")) == "time unknown"
    assert told_when(version("O", "x", fetched=moment)) == "4 Jun 2026, 05:05 UTC (fetched)"


def test_timeline() -> None:
    """All events lie on one line from the first to the last; a silent change is told from a disclosed one."""
    line = timeline(view(fire()))
    assert line is not None
    events = {lane.column.code: [(each.kind, each.x) for each in lane.events] for lane in line.lanes}
    assert events["CR"][0] == ("published", 0)
    assert events["NT"][-1] == ("silent", WIDTH)
    assert "revised" in {kind for kind, _ in events["CR"]}
    assert all(0 <= tick.x <= WIDTH for tick in line.ticks)
    assert 2 <= len(line.ticks) <= 8


def test_a_long_pause_is_left_out_of_the_timeline() -> None:
    """Articles of one evening that are fetched weeks later do not become a heap at the end of an empty line."""
    evening = [("A", "18:00"), ("B", "20:00"), ("C", "22:00")]
    versions = [version(name, "x", published=at(1, clock), fetched=at(22, "09:00")) for name, clock in evening]
    line = timeline(view(collation(versions)))
    assert line is not None
    assert line.pause is not None
    assert line.pause.label == "20 days"
    places = [[event.x for event in lane.events] for lane in line.lanes]
    assert places[0] == [0, pytest.approx(WIDTH * 0.9, abs=WIDTH * 0.02)]
    assert 0 < places[1][0] < places[2][0] < line.pause.x < places[2][1]
    assert [tick.label for tick in line.ticks][-1] == "22 Jun, 09:00"


def test_timeline_without_times() -> None:
    """Without two moments there is nothing to draw."""
    assert timeline(view(collation([version("O", "x")]))) is None
    assert timeline(view(collation([version("O", "x", fetched=at(1, "08:00"))]))) is None


def test_segments_join_to_the_text() -> None:
    """Overlapping spans cut the text into pieces that know their points; joined they are the text."""
    text = "abcdefghij"
    found = list(segments(text, [(0, 6, 1), (4, 10, 2), (4, 6, 3)]))
    assert "".join(each.text for each in found) == text
    assert [(each.text, each.points, each.ends) for each in found] == [
        ("abcd", (1,), ()), ("ef", (1, 2, 3), (1, 3)), ("ghij", (2,), (2,)),
    ]  # fmt: skip


def test_annotated_prefers_a_complete_text() -> None:
    """A truncated text is annotated only where none is complete, and never gets placeholders: it proves no gap."""
    cut = version("Cut", "One.", "Two.", extent=Extent.TRUNCATED)
    whole = version("Whole", "One.")
    told = {cut: cell(cut, "reported", "One."), whole: cell(whole, "reported", "One.")}
    more = {cut: cell(cut, "reported", "Two."), whole: Cell(status=Status.OMITTED)}
    unknown = {cut: Cell(status=Status.UNKNOWN), whole: cell(whole, "reported", "One.")}
    made = collation([cut, whole], [point(1, "One.", told), point(2, "Two.", more), point(3, "Three.", unknown)])
    found = annotated(view(made))
    assert found is not None
    assert found.version is whole
    assert [gap.row.number for gap in found.blocks[0].gaps] == [2]
    alone = annotated(view(replace(made, versions=(cut,))))
    assert alone is not None
    assert alone.missing == 0


def test_annotated_gap_before_the_first_paragraph() -> None:
    """What others tell first, and the text does not, stands before its first paragraph."""
    a, b = version("A", "Middle.", "End.", "Tail."), version("B", "Start.")
    tale = [
        point(1, "Start.", {b: cell(b, "reported", "Start."), a: Cell(status=Status.OMITTED)}),
        point(2, "Middle.", {a: cell(a, "reported", "Middle."), b: Cell(status=Status.OMITTED)}),
        point(3, "End.", {a: cell(a, "reported", "End."), b: Cell(status=Status.OMITTED)}),
    ]
    found = annotated(view(collation([a, b], tale)))
    assert found is not None
    assert [gap.row.number for gap in found.before] == [1]
    assert [len(block.gaps) for block in found.blocks] == [0, 0, 0]


def test_annotated_shows_the_body_only() -> None:
    """Newsletter boxes and captions are no part of the annotated article."""
    found = annotated(view(fire(), ours="Coast Radio"))
    assert found is not None
    assert Role.NEWSLETTER not in {block.paragraph.role for block in found.blocks}
    assert annotated(view(collation([]))) is None


def test_first_is_an_earlier_state() -> None:
    """A point that an earlier state of an article had first is that article's; an unknown version is nobody's."""
    made = fire()
    early = replace(made.points[6], first=First(version="northgate-times-1", not_after=at(4, "01:00")))
    lost = replace(made.points[5], first=First(version="gone"))
    made = replace(made, points=(early, lost))
    assert [(each.column.code, len(each.points)) for each in firsts(view(made))] == [("NT", 1)]
    assert "first: Northgate Times, by 4 Jun 2026, 01:00 UTC" in to_point(made, 1)
    assert "first:" not in to_point(made, 2)
    assert "First: <bdi>Northgate Times</bdi>, by" in to_html(made)
    assert to_csv(made).count(",yes,") == 1
