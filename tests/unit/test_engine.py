"""Collating a whole story, and reading plain text."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storydiff.engine import ENGINE, collate, read_text
from storydiff.model import Collation, Extent, Paragraph, Status, Story, Version

BEGUN = datetime(2026, 5, 5, 6, 0, tzinfo=UTC)
POST = (
    "The Tarnby ropeworks burned down on Tuesday night.",
    "Two watchmen, Edda Rask and Jonas Weil, escaped through a hatch in the roof.",
    "Twelve ropemakers were treated for smoke, the county hospital said.",
    "Premier Lucia Brandt promised a relief fund of 3 million crowns.",
    "Ferries to Osmund Island will stay in port until Friday.",
)
ECHO = (
    "Fire destroyed the ropeworks in Tarnby on Tuesday night.",
    "The county hospital treated fourteen ropemakers for smoke.",
    "No ferry leaves for Osmund Island before Friday.",
    "A choir that rehearsed next door lost its organ, built in 1886.",
)


def version(outlet: str, *texts: str, hours: float = 0, **fields: object) -> Version:
    fetched = BEGUN + timedelta(hours=hours)
    given: dict[str, object] = {"url": f"https://{outlet.lower()}.example/fire", "published": BEGUN, "fetched": fetched}
    return read_text("\n\n".join(texts), outlet=outlet, **(given | fields))


def status(found: Collation, words: str) -> dict[str, str]:
    """Outlet -> status in the point whose statement holds those words."""
    [point] = [each for each in found.points if words in each.statement]
    return {found.version(v).outlet: cell.status.value for v, cell in point.coverage.items()}


class TestCollate:
    """The whole act."""

    found = collate([version("Post", *POST), version("Echo", *ECHO)])

    def test_told_by_both(self) -> None:
        """The same fact in other words is reported by both."""
        assert status(self.found, "ropeworks") == {"Post": "reported", "Echo": "reported"}

    def test_told_by_one(self) -> None:
        """What a whole text lacks is omitted."""
        assert status(self.found, "Brandt") == {"Post": "reported", "Echo": "omitted"}
        assert status(self.found, "choir") == {"Post": "omitted", "Echo": "reported"}

    def test_in_conflict(self) -> None:
        """Two figures for one thing are a discrepancy, and the cell of the other side says so."""
        [dispute] = self.found.discrepancies
        assert {(self.found.version(r.version).outlet, r.text.split()[0]) for r in dispute.readings} == {
            ("Post", "Twelve"),
            ("Echo", "fourteen"),
        }
        assert sorted(status(self.found, "ropemakers").values()) == ["conflicts", "reported"]
        assert dispute.point in {point.id for point in self.found.points}

    def test_links(self) -> None:
        """Paragraphs that tell the same are linked, the moved one is marked."""
        drawn = {(k.a_paragraphs, k.b_paragraphs, k.moved) for k in self.found.links}
        echo_first = self.found.versions[0].outlet == "Echo"
        assert ((0,), (0,), False) in drawn
        assert (((1,), (2,), False) if echo_first else ((2,), (1,), False)) in drawn

    def test_a_second_time(self) -> None:
        """Collated after itself, every point and discrepancy keeps its id."""
        again = collate(self.found.versions, previous=self.found)
        assert [p.id for p in again.points] == [p.id for p in self.found.points]
        assert [d.id for d in again.discrepancies] == [d.id for d in self.found.discrepancies]

    def test_made_with(self) -> None:
        """Engine, story and time are on the result."""
        found = collate(self.found.versions, story=Story(slug="fire"), made=BEGUN)
        assert (found.engine, found.story.slug, found.made) == (ENGINE, "fire", BEGUN)

    def test_every_process_says_the_same(self) -> None:
        """Nothing hangs on how a process happens to order words in memory."""
        program = (
            "from tests.unit.test_engine import TestCollate; from storydiff.report.json import dumps;"
            "print(dumps(TestCollate.found))"
        )
        printed = {
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, "PYTHONHASHSEED": seed},
                cwd=Path(__file__).parents[2],
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(printed) == 1


class TestStates:
    """Several versions of one article."""

    early = version("Post", *POST[:3])
    late = version("Post", *POST[:2], "Fourteen ropemakers were treated for smoke.", *POST[3:], hours=3)

    def test_the_newest_is_compared(self) -> None:
        """Only the newest version is current, in whatever order they come."""
        for order in ((self.early, self.late), (self.late, self.early)):
            assert self.late in collate([*order, version("Echo", *ECHO)]).versions
            assert self.early not in collate([*order, version("Echo", *ECHO)]).versions

    def test_revisions(self) -> None:
        """What changed between them is told."""
        [revision] = collate([self.early, self.late, version("Echo", *ECHO)]).revisions
        assert (revision.before, revision.after) == (self.early.id, self.late.id)

    def test_ids_last_over_an_update(self) -> None:
        """A point whose figure changed is the same point."""
        before = collate([self.early, version("Echo", *ECHO)])
        after = collate([self.early, self.late, version("Echo", *ECHO)], previous=before)
        [old] = [point.id for point in before.points if "ropemakers" in point.statement]
        [new] = [point.id for point in after.points if "ropemakers" in point.statement and "smoke" in point.statement]
        assert old == new

    def test_a_wall_that_went_up_does_not_hide_what_was_told(self) -> None:
        """When the newest fetch is blocked, the last version that could be read is compared."""
        wall = replace(self.late, id="wall", extent=Extent.BLOCKED, paragraphs=(), fetched=BEGUN + timedelta(hours=9))
        assert self.late in collate([self.late, wall, version("Echo", *ECHO)]).versions

    def test_who_was_first(self) -> None:
        """A point that an earlier version had is dated by it."""
        late_echo = version("Echo", *ECHO, hours=5, published=BEGUN + timedelta(hours=4))
        found = collate([self.early, self.late, late_echo])
        [point] = [each for each in found.points if "ropeworks" in each.statement]
        assert point.first is not None
        assert point.first.version == self.early.id

    def test_nobody_is_first_with_a_copy(self) -> None:
        """Whoever printed an agency's text before the agency's own page was looked at was not first with it."""
        agency = replace(version("Norvik News Agency", *POST, hours=6), published=BEGUN + timedelta(hours=5))
        found = collate([version("Post", *POST), agency, version("Echo", *ECHO, hours=2)])
        paper = next(each.id for each in found.versions if each.outlet == "Post")
        assert [family.origin for family in found.families] == [agency.id]
        assert all(point.first is None or point.first.version != paper for point in found.points)


class TestUnreadable:
    """Pages that tell little or nothing."""

    @pytest.mark.parametrize("extent", [Extent.TRUNCATED, Extent.BLOCKED])
    def test_no_omission(self, extent: Extent) -> None:
        """Whatever could not be read whole is unknown, never omitted."""
        cut = replace(version("Echo", *ECHO[:1]), extent=extent)
        found = collate([version("Post", *POST), cut])
        assert all(point.coverage[cut.id].status is not Status.OMITTED for point in found.points)

    def test_another_event(self) -> None:
        """A text about something else is named, and none of its cells accuses anyone."""
        other = (
            "The Kelm paper mill went up in flames on Friday while the porter, Ole Brandis, was asleep.",
            "Nine lorries and the archive of the guild were lost, Mayor Stina Oyen said.",
            "The river kept the sparks from the school, which had been rebuilt in 1974.",
            "An insurer from Osmund sent three surveyors and a photographer.",
        )
        third = version("Herald", ECHO[0], ECHO[2], POST[3], POST[1])
        found = collate([version("Post", *POST), version("Echo", *ECHO), third, version("Kelm", *other)])
        [stranger] = found.apart
        assert found.version(stranger).outlet == "Kelm"
        assert {point.coverage[stranger].status for point in found.points} == {Status.UNKNOWN}

    def test_nothing_at_all(self) -> None:
        """No versions, or empty ones, give an empty table."""
        assert collate([]).points == ()
        assert collate([version("Post"), version("Echo")]).points == ()


class TestForeign:
    """Versions in other languages."""

    spanish = version(
        "Diario",
        "Un incendio destruyó el martes por la noche la cordelería de Tarnby.",
        "La primera ministra Lucia Brandt prometió un fondo de 3 millones de coronas.",
        language="es",
    )
    found = collate([version("Post", *POST), version("Echo", *ECHO), spanish])

    def test_what_survives_translation_is_found(self) -> None:
        """A name, a figure and the idea make a reading in another language."""
        assert status(self.found, "Brandt")["Diario"] == "reported"

    def test_silence_is_not_held_against_it_without_proof(self) -> None:
        """What could stand there in words that cannot be compared is unknown."""
        statuses = {status(self.found, words)["Diario"] for words in ("Osmund", "choir")}
        assert statuses <= {"unknown", "omitted"}


class TestFamilies:
    """Copies of one text."""

    def test_counted_once(self) -> None:
        """Three prints of an agency's text and one own report are two sources."""
        copies = [
            version(name, *POST, hours=i, credit="Nordic Wire") for i, name in enumerate(("Post", "Blatt", "Star"))
        ]
        found = collate([*copies, version("Echo", *ECHO)])
        [family] = found.families
        assert {found.version(v).outlet for v in family.versions} == {"Post", "Blatt", "Star"}
        [point] = [each for each in found.points if "ropeworks" in each.statement]
        assert point.independent_sources == 2


class TestLiveBlog:
    """Newest post first."""

    def test_the_newest_post_rules(self) -> None:
        """An older figure further down is neither evidence nor conflict."""
        live = replace(
            version("Live"),
            paragraphs=(
                Paragraph("The county hospital now says twelve ropemakers were treated for smoke.", post=0),
                Paragraph("The county hospital has treated five ropemakers for smoke.", post=1),
            ),
        )
        found = collate([version("Post", *POST), live])
        assert not found.discrepancies
        assert status(found, "ropemakers") == {"Post": "reported", "Live": "reported"}


class TestReadText:
    """Plain text as a version."""

    def test_paragraphs(self) -> None:
        """Blank lines part paragraphs, single line breaks do not."""
        read = read_text("The works burned\ndown.\n\n\nNobody was hurt.", outlet="Post")
        assert [p.text for p in read.paragraphs] == ["The works burned down.", "Nobody was hurt."]
        assert read.headline is None

    @pytest.mark.parametrize(
        ("first", "headline"),
        [
            ("Ropeworks burns in Tarnby", "Ropeworks burns in Tarnby"),
            ("Nobody was hurt in the fire.", None),
            ("Tarnby, Tuesday:", None),
            (" ".join(["word"] * 30), None),
        ],
    )
    def test_headline(self, first: str, headline: str | None) -> None:
        """A short first line is the headline only when it clearly is one."""
        read = read_text(f"{first}\n\nThe works burned down.\n\nNobody was hurt.", outlet="Post")
        assert read.headline == headline

    def test_one_line_is_no_headline(self) -> None:
        """A text of one line is its body."""
        assert read_text("Ropeworks burns in Tarnby", outlet="Post").headline is None

    def test_fields(self) -> None:
        """Further fields are taken as given, and the id follows from article, moment and content."""
        one = read_text("The works burned.", outlet="Post", url="https://post.example/1", fetched=BEGUN, language="en")
        assert (one.url, one.language) == ("https://post.example/1", "en")
        assert one.id == read_text("The works burned.", outlet="Post", url=one.url, fetched=BEGUN, language="en").id
        assert one.id != read_text("The works sank.", outlet="Post", url=one.url, fetched=BEGUN, language="en").id

    def test_strings_can_be_collated(self) -> None:
        """Texts in memory need nothing else."""
        found = collate(["\n\n".join(POST), "\n\n".join(ECHO)])
        assert [v.outlet for v in found.versions] == ["Text 1", "Text 2"]


@pytest.mark.parametrize(
    ("language", "sure"), [("de", True), ("ru", True), ("ar", False), ("zh", False), ("it", False)]
)
def test_silence_is_never_sure_in_a_language_that_is_not_read(language: str, *, sure: bool) -> None:
    """Names in Arabic letters would be missed wherever they stand."""
    said = "Halden Paper, which owns the Brackwater mill, told Jorun Adler of Coast Radio that 316 jobs were safe."
    paragraph = "Die Feuerwehr löschte den Brand nach vier Stunden."
    filler = [
        f"Lorry {number} of the council carried sand to the quay before the tide came in." for number in range(40)
    ]
    mine = version("Harbour Post", said, "The fire service put the fire out after four hours.", *filler)
    other = version("Other", paragraph, language=language)
    found = collate([mine, other])
    (point,) = [each for each in found.points if "316 jobs" in each.statement]
    expected = Status.OMITTED if sure else Status.UNKNOWN
    assert point.coverage[other.id].status is expected
