"""One article over time."""

from dataclasses import replace

from storydiff.model import Extent, Paragraph, Role, Version
from storydiff.report.states import Between, Came, between, states
from storydiff.report.wording import Part
from tests.builders import at, version

DEAD = "A fire at the Dornfeld paper mill killed two people on Monday, the fire service said."
BURNS = "Four workers were taken to Sankt Anna hospital with burns, doctors said."
CLAIM = "Detectives believe that a dismissed foreman set the fire, a person close to them said."
STILL = "The mill will stand still for three weeks, its owner Corvin Hale told reporters."


def state(number: int, *texts: str | Paragraph, **fields: object) -> Version:
    """A version of one article, seen at that hour."""
    return version("Post", *texts, id=f"v{number}", fetched=at(3, f"{8 + number:02}:00"), **fields)


def change(before: Version, after: Version) -> Between:
    """The later text with what changed since the earlier one."""
    old, new = states([before, after])
    return between(old, new)


def pieces(made: Between) -> list[tuple[str, str]]:
    return [(each.came.name, "".join(run.text for run in each.runs)[:12]) for each in made.pieces]


def test_a_text_that_came_back_is_named() -> None:
    """A, B, A is three states, and the last says which text came back."""
    found = states([state(1, DEAD, BURNS), state(2, DEAD, CLAIM, BURNS), state(3, DEAD, BURNS)])
    assert [each.number for each in found] == [1, 2, 3]
    assert [each.summary for each in found] == ["", "1 paragraph added", "1 paragraph removed"]
    assert (found[2].revision.reverts_to, found[2].returned) == ("v1", at(3, "09:00"))  # type: ignore[union-attr]
    assert [each.not_seen for each in found] == [None, at(3, "09:00"), at(3, "10:00")]


def test_the_text_shows_what_came_and_went() -> None:
    """Added, removed and reworded paragraphs in the order of reading."""
    before = state(1, DEAD, CLAIM, BURNS)
    after = state(2, DEAD.replace("two", "three"), BURNS, STILL)
    made = change(before, after)
    assert pieces(made) == [
        ("REWORDED", DEAD[:12]),
        ("REMOVED", CLAIM[:12]),
        ("SAME", BURNS[:12]),
        ("ADDED", STILL[:12]),
    ]
    assert [(run.part, run.text) for run in made.pieces[0].runs if run.part is not Part.SAME] == [
        (Part.GONE, "two"),
        (Part.NEW, "three"),
    ]


def test_moved_paragraphs_are_no_change_of_words() -> None:
    """Where it stood and where it stands now."""
    made = change(state(1, STILL, DEAD, BURNS, CLAIM), state(2, DEAD, BURNS, CLAIM, STILL))
    assert [name for name, _ in pieces(made)] == ["AWAY", "SAME", "SAME", "SAME", "MOVED"]


def test_what_a_cut_text_does_not_show_is_not_called_removed() -> None:
    """A wall that went up is no edit, and one that came down none either."""
    whole, cut = state(1, DEAD, BURNS, STILL), replace(state(2, DEAD), extent=Extent.TRUNCATED)
    assert [name for name, _ in pieces(change(whole, cut))] == ["SAME", "UNSEEN", "UNSEEN"]
    again = state(3, DEAD, BURNS, STILL)
    found = states([cut, again])
    assert [name for name, _ in pieces(between(found[0], found[1]))] == ["SAME", "SAME", "SAME"]
    assert found[1].revision is None


def test_headlines_are_told_word_by_word_or_whole() -> None:
    """A small change is marked in place; a new headline stands behind the old one."""
    old, near = state(1, DEAD, headline="Two dead in mill fire"), state(2, DEAD, headline="Three dead in mill fire")
    far = state(3, DEAD, headline="Foreman questioned by detectives")
    small, large = change(old, near), change(near, far)
    assert [run.text for run in small.headline if run.part is Part.NEW] == ["Three"]
    assert [run.part for run in large.headline] == [Part.GONE, Part.SAME, Part.NEW]


def test_the_first_state_has_no_marks() -> None:
    """Nothing was before it, so nothing changed."""
    (only,) = states([state(1, DEAD, Paragraph("What is known", Role.SUBHEAD), BURNS)])
    made = between(None, only)
    assert made.revision is None
    assert {each.came for each in made.pieces} == {Came.SAME}


def test_what_stands_beside_the_text_has_its_own_list() -> None:
    """A note of correction is told, and with it the change is not silent."""
    note = Paragraph("Correction: an earlier version gave a wrong number of dead.", Role.CORRECTION)
    made = change(state(1, DEAD), state(2, DEAD.replace("two", "three"), note))
    assert [each.change.role for each in made.others] == ["correction"]
    assert made.revision is not None
    assert not made.revision.silent


def test_a_page_that_could_not_be_read_has_no_text() -> None:
    """Its state is there, with nothing said of changes."""
    found = states([state(1, extent=Extent.BLOCKED), state(2, DEAD)])
    assert between(None, found[0]).pieces == ()
    assert between(found[0], found[1]).revision is None
    assert [name for name, _ in pieces(between(found[0], found[1]))] == ["SAME"]
