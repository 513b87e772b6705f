"""What a digest tells, and what it does not tell twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storydiff.digest.compose import MOST, breaks
from storydiff.digest.item import Section, key_of
from storydiff.model import Change, ChangeKind, Extent, Problem, Revision
from storydiff.store import Alert, Wants
from tests.builders import at, cell, collation, point, version
from tests.integration.digest.conftest import edited, story
from tests.unit.digest.letters import NOW, digest, texts


def test_sections_stand_most_important_first() -> None:
    """What we lack, where we differ, silent edits, new stories: in this order."""
    made = digest(edited(story(), "06:30"), ours="Coast Daily")
    assert [part.section.value for part in made.parts] == ["lack", "differ", "edit", "story"]
    assert texts(made, "lack") == ["A crane fell into the water."]
    assert texts(made, "edit") == ["Harbour Post: 1 paragraph reworded"]


def test_both_wordings_and_times_stand_in_a_difference() -> None:
    """Ours first, each side with its words and the time that its text stands for."""
    (item,) = next(part.items for part in digest(story(), ours="Coast Daily").parts if part.section is Section.DIFFER)
    ours, others = item.sides
    assert (ours.words, ours.at, ours.ours) == ("Two", at(4, "05:00"), True)
    assert (others.words, others.at, others.outlets) == ("Three", at(4, "05:10"), ("Harbour Post", "Valley Echo"))


def test_only_we_have_it_when_others_were_read_in_full() -> None:
    """A point of ours alone is told; where nobody else could be read nothing is claimed."""
    made = digest(story(), ours="Harbour Post")
    assert texts(made, "only") == []
    a, b = version("Coast Daily", "The mayor knew."), version("Valley Echo", "A fire.")
    alone = point(1, "The mayor knew.", {a: cell(a, "reported", "The mayor knew."), b: cell(b, "omitted")})
    assert texts(digest(collation((a, b), (alone,)), ours="Coast Daily"), "only") == ["The mayor knew."]
    cut = replace(b, extent=Extent.TRUNCATED)
    unknown = point(1, "The mayor knew.", {a: cell(a, "reported", "The mayor knew."), cut: cell(cut, "unknown")})
    assert texts(digest(collation((a, cut), (unknown,)), ours="Coast Daily"), "only") == []


def test_an_outlet_without_an_article_lacks_nothing() -> None:
    """A story in which we have no article is told as such; no point of it is said to be lacking."""
    made = digest(story(), ours="Night Mail")
    assert "lack" not in [part.section for part in made.parts]
    (item,) = next(part.items for part in made.parts if part.section is Section.STORY)
    assert "no article by Night Mail is among those compared" in item.notes


def test_an_unreadable_text_of_ours_lacks_nothing() -> None:
    """Our truncated article proves no omission."""
    a, b, c = (version(name, "A crane fell.") for name in ("Harbour Post", "Valley Echo", "Coast Daily"))
    ours = replace(c, extent=Extent.TRUNCATED, paragraphs=())
    cells = {
        a: cell(a, "reported", "A crane fell."),
        b: cell(b, "reported", "A crane fell."),
        ours: cell(ours, "unknown"),
    }
    made = digest(collation((a, b, ours), (point(1, "A crane fell.", cells, sources=2),)), ours="Coast Daily")
    assert texts(made, "lack") == []


def test_a_later_update_is_no_difference() -> None:
    """Drift is not told as a conflict."""
    before = story()
    drifting = replace(before, discrepancies=tuple(replace(each, drift=True) for each in before.discrepancies))
    assert texts(digest(drifting, ours="Coast Daily"), "differ") == []


def test_nothing_is_told_twice() -> None:
    """What one digest told is in no later one, whatever the collation says of it by then."""
    first = digest(story(), ours="Coast Daily")
    assert digest(story(), ours="Coast Daily", told=first.keys).items == 0
    later = digest(edited(story(), "06:30"), ours="Coast Daily", told=first.keys)
    assert [part.section.value for part in later.parts] == ["edit"]
    assert digest(edited(story(), "06:30"), ours="Coast Daily", told=first.keys | later.keys).items == 0


def test_a_point_that_was_split_or_merged_is_not_new() -> None:
    """Another id, but the former one was told: it is not told again. Nor is the same wording under a new id."""
    first = digest(story(), ours="Coast Daily")
    before = story()
    dead, crane = before.points
    split = replace(before, points=(dead, replace(crane, id="p9", statement="A crane toppled.", formerly=("p2",))))
    renamed = replace(before, points=(dead, replace(crane, id="p9")))
    for after in (split, renamed):
        assert digest(after, ours="Coast Daily", told=first.keys).items == 0
    other = replace(before, points=(dead, replace(crane, id="p9", statement="A crane toppled.")))
    assert texts(digest(other, ours="Coast Daily", told=first.keys), "lack") == ["A crane toppled."]


def test_the_same_words_stand_once_in_a_digest() -> None:
    """Two points of one wording are one item."""
    before = story()
    dead, crane = before.points
    assert texts(
        digest(replace(before, points=(dead, crane, replace(crane, id="p9"))), ours="Coast Daily"), "lack"
    ) == ["A crane fell into the water."]


def test_the_same_id_in_another_story_is_another_thing() -> None:
    """Ids of points are unique within a story only."""
    first = digest(story(), ours="Coast Daily")
    assert texts(digest(story("other-fire"), ours="Coast Daily", told=first.keys), "lack") != []
    assert key_of(Section.LACK, "a", "p1") != key_of(Section.LACK, "b", "p1")


def test_a_long_section_is_counted() -> None:
    """No more than a screen is shown, most corroborated first; the rest is counted and not told later."""
    made = digest(story(extra=20), ours="Coast Daily")
    part = made.parts[0]
    assert (len(part.items), part.more) == (MOST, 21 - MOST)
    assert digest(story(extra=20), ours="Coast Daily", told=made.keys).items == 0


def test_order_of_stories_and_repeated_calls_change_nothing() -> None:
    """Composition is a pure function: the same values give the same digest."""
    two = [story(), story("mill-fire", title="Mill fire")]
    assert digest(*two, ours="Coast Daily") == digest(*two, ours="Coast Daily")
    assert digest(*two, ours="Coast Daily").keys == digest(*reversed(two), ours="Coast Daily").keys


@pytest.mark.parametrize(
    ("wants", "found"),
    [
        (Wants(ours="Coast Daily"), {"lack", "differ", "story", "edit"}),
        (Wants(ours="Coast Daily", sources=3), {"differ", "story", "edit"}),
        (Wants(ours="coast-daily.example", terms=("crane",)), {"lack", "edit"}),
        (Wants(ours="Coast Daily", terms=("CRÂNE", "nothing")), {"lack", "edit"}),
        (Wants(ours="Coast Daily", terms=("cran",)), set()),
        (Wants(ours="Coast Daily", terms=("alder quay",)), {"lack", "differ", "story", "edit"}),
        (Wants(ours="Coast Daily", outlets=("www.Harbour-Post.example",)), {"lack", "differ", "story", "edit"}),
        (Wants(ours="Coast Daily", outlets=("Night Mail",)), set()),
        (Wants(ours="Coast Daily", stories=("other",)), set()),
        (Wants(ours="Coast Daily", languages=("de",)), set()),
        (Wants(), {"conflict", "reported", "story", "edit"}),
        (Wants(sources=3), {"conflict", "reported", "story", "edit"}),
        (Wants(sources=4), {"conflict", "story", "edit"}),
    ],
)
def test_wants_filter(wants: Wants, found: set[str]) -> None:
    """Each wish leaves out what it says, and nothing else."""
    made = digest(edited(story(), "06:30"), wants=wants)
    assert {part.section.value for part in made.parts} == found


def test_watches_that_fail_are_told_once() -> None:
    """A page that cannot be fetched, and an alert of the newsroom; the same alert later is news again."""
    blocked = version("Night Mail", extent=Extent.BLOCKED, problems=(Problem("forbidden", "Refused to us."),))
    with_page = replace(story(), versions=(*story().versions, blocked))
    alert = Alert(kind="host", subject="mail.example", message="Nothing was read.", since=at(4, "01:00"), seen=NOW)
    made = digest(with_page, alerts=[alert])
    assert texts(made, "watch") == ["Night Mail: Refused to us.", "mail.example: Nothing was read."]
    again = replace(alert, since=at(5, "01:00"))
    assert texts(digest(with_page, alerts=[alert, again], told=made.keys), "watch") == [
        "mail.example: Nothing was read."
    ]
    assert texts(digest(with_page, alerts=[alert], wants=Wants(terms=("crane",))), "watch") == []


def test_disclosed_edits_are_not_told_and_reverts_are() -> None:
    """A correction with a note is no silent edit; the return of an earlier text is said."""
    before = edited(story(), "06:30")
    (silent,) = before.revisions
    assert texts(digest(replace(before, revisions=(replace(silent, silent=False),))), "edit") == []
    back = Revision(
        url=silent.url, outlet=silent.outlet, before="harbour-post", after="newer", silent=True, reverts_to="old",
        seen=(at(4, "06:30"), at(4, "06:50")), changes=(Change(kind=ChangeKind.MOVED, before="a", after="a"),),
    )  # fmt: skip
    made = digest(replace(before, revisions=(silent, back)))
    newest = next(part.items for part in made.parts if part.section is Section.EDIT)[0]
    assert newest.notes == ("the text of 4 Jun 2026, 05:30 UTC came back",)


def test_a_story_breaks_for_three_hours_after_the_last_move() -> None:
    """The last article came out at 05:20, an edit was seen at 06:30."""
    hours = timedelta(hours=3)
    assert breaks(story(), at(4, "05:20") + hours)
    assert not breaks(story(), at(4, "05:21") + hours)
    assert breaks(edited(story(), "06:30"), at(4, "05:21") + hours)
