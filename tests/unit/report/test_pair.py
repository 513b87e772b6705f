"""Two versions side by side."""

from dataclasses import replace

from storydiff.engine import collate
from storydiff.model import Extent, Paragraph, Role, Version
from storydiff.report.pair import Fate, Pair, pair
from storydiff.report.pair_notes import NoteKind
from storydiff.report.wording import Part
from tests.builders import version

DEAD = "A fire at the Dornfeld paper mill killed two people on Monday, the fire service said."
BURNS = "Four workers were taken to Sankt Anna hospital with burns, doctors said."
STILL = "The mill will stand still for three weeks, its owner Corvin Hale told reporters."
LANE = "Mill Lane was closed until Tuesday noon because of the smoke."
SMOKE = "Residents of the Altmark quarter had been told to keep their windows shut."


def compared(left: Version, right: Version) -> Pair:
    """The pair as a collation of the two has it."""
    return pair(left, right, collate((left, right)))


def fates(made: Pair) -> list[tuple[list[str], list[str]]]:
    return [([p.fate.name for p in row.left], [p.fate.name for p in row.right]) for row in made.rows]


def test_linked_paragraphs_stand_in_one_row() -> None:
    """Word for word, only in one, and the counter of differences."""
    made = compared(version("Post", DEAD, BURNS, STILL), version("Echo", DEAD, BURNS, LANE))
    assert fates(made) == [(["SAME"], ["SAME"]), (["SAME"], ["SAME"]), (["ONLY"], []), ([], ["ONLY"])]
    assert [row.number for row in made.rows] == [0, 0, 1, 2]
    assert made.differences == 2


def test_what_one_lacks_is_named_in_the_margin() -> None:
    """The point, with the outlet that does not have it."""
    made = compared(version("Post", DEAD, BURNS, STILL), version("Echo", DEAD, BURNS, LANE))
    said = [(note.kind, note.outlet, note.text) for row in made.rows for note in row.notes]
    assert said == [(NoteKind.LACKS, "Echo", STILL), (NoteKind.LACKS, "Post", LANE)]


def test_words_are_marked_on_their_own_side() -> None:
    """Each side's runs joined are its paragraph; what differs is marked."""
    left = version("Post", DEAD, BURNS)
    right = version("Echo", DEAD.replace("two people", "three people"), BURNS)
    row = compared(left, right).rows[0]
    assert "".join(run.text for run in row.left[0].runs) == left.paragraphs[0].text
    assert "".join(run.text for run in row.right[0].runs) == right.paragraphs[0].text
    assert [run.text for run in row.left[0].runs if run.part is Part.GONE] == ["two"]
    assert [run.text for run in row.right[0].runs if run.part is Part.NEW] == ["three"]
    assert [note.kind for note in row.notes] == [NoteKind.CONFLICT]


def test_a_moved_paragraph_keeps_its_place_and_names_the_other() -> None:
    """It stands where its own text has it, with the paragraph of the other text that says the same."""
    made = compared(version("Post", DEAD, BURNS, STILL, LANE), version("Echo", LANE, DEAD, BURNS, STILL))
    moved = [(side, p.index, p.elsewhere) for row in made.rows for side, its in (("left", row.left), ("right", row.right)) for p in its if p.fate is Fate.MOVED]  # fmt: skip
    assert moved == [("right", 0, (3,)), ("left", 3, (0,))]


def test_a_cut_text_proves_no_omission() -> None:
    """Beside a truncated text nothing is `only here`, and nothing of it counts as a difference."""
    cut = replace(version("Echo", DEAD), extent=Extent.TRUNCATED)
    made = compared(version("Post", DEAD, BURNS, STILL), cut)
    assert fates(made) == [(["SAME"], ["SAME"]), (["UNKNOWN"], []), (["UNKNOWN"], [])]
    assert made.differences == 0
    assert [note for row in made.rows for note in row.notes] == []


def test_of_a_blocked_page_nothing_is_said() -> None:
    """All is unknown."""
    made = compared(version("Post", DEAD, BURNS), version("Echo", extent=Extent.BLOCKED))
    assert fates(made) == [(["UNKNOWN"], []), (["UNKNOWN"], [])]


def test_in_another_language_only_what_survives_is_marked() -> None:
    """Names, numbers and quotations that both have; no word diff."""
    english = version("Post", "Two guards died when the warehouse in Dornfeld burned, Corvin Hale said.", BURNS)
    german = version(
        "Bote", "Zwei Wachleute starben beim Brand des Lagers in Dornfeld, sagte Corvin Hale.", language="de"
    )
    made = compared(english, german)
    assert made.translated
    marked = [piece for row in made.rows for p in row.left if p.fate is Fate.TRANSLATED for told, piece in p.kept if told]  # fmt: skip
    assert {"Two", "Dornfeld", "Corvin", "Hale"} <= set(marked)
    assert not [run for row in made.rows for p in row.left for run in p.runs if run.part is not Part.SAME]


def test_two_versions_of_one_article_need_no_collation() -> None:
    """What came, went, was reworded; another kind of quotation mark is no other word."""
    before = version("Post", DEAD, "“It burned,” he said of the long night at the mill.", BURNS)
    after = version("Post", DEAD, '"It burned," he said of the long night at the mill.', STILL, BURNS, id="later")
    made = pair(before, after, None)
    assert made.one_article
    assert fates(made) == [(["SAME"], ["SAME"]), (["SAME"], ["SAME"]), ([], ["ONLY"]), (["SAME"], ["SAME"])]


def test_every_paragraph_stands_in_one_row() -> None:
    """Sub-headings too; each side in its own order, whatever is linked."""
    left = version("Post", DEAD, Paragraph("What is known", Role.SUBHEAD), BURNS, STILL, SMOKE)
    right = version("Echo", SMOKE, BURNS, f"{DEAD} {STILL}", LANE)
    made = compared(left, right)
    assert [p.index for row in made.rows for p in row.left] == [0, 1, 2, 3, 4]
    assert [p.index for row in made.rows for p in row.right] == [0, 1, 2, 3]


def test_a_missing_standfirst_accuses_nobody() -> None:
    """It may be our own failure to find it."""
    left = replace(version("Post", DEAD), standfirst="The owner had been warned")
    made = compared(left, version("Echo", DEAD))
    assert [(p.index, p.fate) for p in made.rows[0].left] == [(-2, Fate.ASIDE)]
    assert made.differences == 0
