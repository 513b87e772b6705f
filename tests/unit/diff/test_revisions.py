"""Pairing of paragraphs, and what of an article changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storydiff.diff.revisions import Kind, Pairing, revise, revision, revisions
from storydiff.model import ChangeKind, Extent, Paragraph, Revision, Role, Version

FIRE = "A fire destroyed the old rope works in Tarnmouth early on Tuesday, the fire service said."
CREWS = "Six crews fought the blaze until dawn; two firefighters were treated for smoke."
OWNER = "The works, built in 1871, had stood empty since its owner went bankrupt nine years ago."
COUNCIL = "The council was to decide next month whether to turn it into flats."
SHOP = "A shop on the ground floor sold fishing nets until last spring."


def at(hour: int) -> datetime:
    return datetime(2026, 5, 5, hour, tzinfo=UTC)


def version(*texts: str | Paragraph, name: str = "v", **more: object) -> Version:
    paragraphs = tuple(t if isinstance(t, Paragraph) else Paragraph(t) for t in texts)
    base = Version(id=name, outlet="Tarn Post", url="https://tarnpost.example/fire", paragraphs=paragraphs)
    return replace(base, headline="Rope works burn down", modified=at(6), **more)  # type: ignore[arg-type]


def kinds(found: Revision | None) -> list[str]:
    return [] if found is None else [f"{change.kind} {change.role}" for change in found.changes]


def rows(old: list[str], new: list[str]) -> list[tuple[int | None, int | None, str, bool]]:
    return [(row.i, row.j, str(row.kind), row.moved) for row in revise(old, new)]


class TestRevise:
    """Which unit became which."""

    def test_equal_texts(self) -> None:
        """A text against itself is the same throughout."""
        assert rows([FIRE, CREWS], [FIRE, CREWS]) == [(0, 0, "same", False), (1, 1, "same", False)]

    def test_added_edited_deleted_in_reading_order(self) -> None:
        """Rows follow the new text; a deleted unit stands behind the one it followed."""
        new = [FIRE, SHOP, CREWS.replace("two firefighters", "three firefighters")]
        assert rows([FIRE, OWNER, CREWS], new) == [
            (0, 0, "same", False),
            (1, None, "deleted", False),
            (None, 1, "added", False),
            (2, 2, "edited", False),
        ]

    def test_deleted_at_the_top(self) -> None:
        """A unit deleted before everything else comes first."""
        assert rows([OWNER, FIRE], [FIRE])[0] == (0, None, "deleted", False)

    def test_moved_is_told_apart(self) -> None:
        """The one that changed its place is marked, not those it passed."""
        assert rows([FIRE, CREWS, OWNER, COUNCIL], [FIRE, COUNCIL, CREWS, OWNER]) == [
            (0, 0, "same", False),
            (3, 1, "same", True),
            (1, 2, "same", False),
            (2, 3, "same", False),
        ]

    def test_moved_and_edited(self) -> None:
        """A unit may move and be edited at once."""
        edited = COUNCIL.replace("next month", "in June")
        assert (3, 0, "edited", True) in rows([FIRE, CREWS, OWNER, COUNCIL], [edited, FIRE, CREWS, OWNER])

    def test_rewritten_in_its_place(self) -> None:
        """A paragraph that kept little but its place is one edit; the same words elsewhere would be a new paragraph."""
        vague, exact = (
            "Damage was put at several million.",
            "Damage was estimated at 4.2 million crowns, the insurer said.",
        )
        assert rows([FIRE, vague, CREWS], [FIRE, exact, CREWS])[1] == (1, 1, "edited", False)
        assert (0, None, "deleted", False) in rows([vague, FIRE, CREWS], [FIRE, CREWS, exact])

    def test_split_and_joined(self) -> None:
        """A paragraph that was split keeps both pieces, two that were joined become one; breaks alone are no edit."""
        assert rows([f"{FIRE} {CREWS}"], [FIRE, CREWS]) == [(0, 0, "same", False), (0, 1, "same", False)]
        assert rows([FIRE, CREWS], [f"{FIRE} {CREWS}"]) == [(0, 0, "same", False), (1, 0, "same", False)]
        changed = CREWS.replace("Six", "Seven")
        assert rows([f"{FIRE} {CREWS}"], [FIRE, changed]) == [(0, 0, "edited", False), (0, 1, "edited", False)]

    def test_repeated_units(self) -> None:
        """Equal units that occur twice are paired once each, in order."""
        assert rows(["***", FIRE, "***"], ["***", FIRE, "***"]) == [(k, k, "same", False) for k in range(3)]
        assert rows(["***", FIRE, "***"], ["***", FIRE])[-1] == (2, None, "deleted", False)

    def test_typography_is_no_edit(self) -> None:
        """Quotation marks, dashes, spaces and soft hyphens are the typesetter's."""
        assert revise(["“It’s gone” – all…"], ["'It's  gone' - all..."]) == (Pairing(0, 0, Kind.SAME),)

    @pytest.mark.parametrize(("old", "new"), [([], []), ([], ["a"]), (["a"], []), (["", ""], [""])])
    def test_empty(self, old: list[str], new: list[str]) -> None:
        """Empty texts and empty units do no harm."""
        found = revise(old, new)
        assert {r.i for r in found} - {None} == set(range(len(old)))
        assert {r.j for r in found} - {None} == set(range(len(new)))


class TestRevision:
    """What changed between two versions of an article."""

    def test_changes_with_words(self) -> None:
        """An edit carries both texts and its words."""
        found = revision(version(FIRE, CREWS), version(FIRE, CREWS.replace("two", "three"), name="w"))
        assert found is not None
        (change,) = found.changes
        assert (change.kind, change.before, change.role) == (ChangeKind.CHANGED, CREWS, "body")
        assert [(w.before, w.after) for w in change.words if w.op != "equal"] == [("two", "three")]

    def test_added_removed_moved(self) -> None:
        """Paragraphs that came, went and moved are told apart."""
        found = revision(version(FIRE, CREWS, OWNER, COUNCIL), version(OWNER, FIRE, CREWS, SHOP))
        assert kinds(found) == ["moved body", "added body", "removed body"]

    def test_headline_and_standfirst(self) -> None:
        """Headline and standfirst have kinds of their own."""
        old = version(FIRE, standfirst="No one was hurt")
        new = replace(old, id="w", headline="Arson suspected at rope works", standfirst="Police seek a witness")
        assert kinds(revision(old, new)) == ["headline_changed headline", "changed standfirst"]

    def test_missing_headline_is_no_change(self) -> None:
        """A headline that was not found on one page may be our failure."""
        assert revision(version(FIRE), replace(version(FIRE), headline=None)) is None

    def test_boilerplate_is_none(self) -> None:
        """Teasers, boxes, credits, pull quotes, spaces, breaks, quotation marks and times make no revision."""
        old = version(f"“{FIRE}” {CREWS}", Paragraph("Read more: floods", Role.TEASER))
        new = version(
            f'"{FIRE}"',
            CREWS.replace(" ", "  "),
            Paragraph("Read more: frost", Role.TEASER),
            Paragraph("Sign up to our letter", Role.NEWSLETTER),
            Paragraph("Photo: Lia Tamm", Role.CREDIT),
            Paragraph("until dawn", Role.PULL_QUOTE),
        )
        assert revision(old, replace(new, modified=at(9))) is None

    def test_scraps_of_the_page_are_none(self) -> None:
        """Counters, teasers and buttons that were read as text make no revision; a line of a list or of a post does."""
        old = version(FIRE, "5600 viewing this page", "Council to vote in June", CREWS)
        new = version(FIRE, "6850 viewing this page", "Net shop to reopen", CREWS)
        assert revision(old, new) is None
        for more in ({"role": Role.LIST_ITEM}, {"post": 0}):
            old = version(FIRE, Paragraph("Hurt: 2", **more))  # type: ignore[arg-type]
            new = version(FIRE, Paragraph("Hurt: 3", **more))  # type: ignore[arg-type]
            assert kinds(revision(old, new)) == ["changed body"]

    def test_heading_heads_something(self) -> None:
        """A sub-heading before text counts; a row of headings below the article is a box of teasers."""
        subhead = [Paragraph(text, Role.SUBHEAD) for text in ("What burned", "Council to vote", "Net shop to reopen")]
        assert kinds(revision(version(FIRE, CREWS), version(FIRE, subhead[0], CREWS))) == ["added subhead"]
        assert revision(version(FIRE, CREWS), version(FIRE, CREWS, subhead[1], subhead[2])) is None

    def test_caption_and_subhead_are_marked(self) -> None:
        """Changes beside the body carry their role."""
        old = version(
            FIRE, Paragraph("The works on Monday", Role.CAPTION), Paragraph("What burned", Role.SUBHEAD), CREWS
        )
        new = version(
            FIRE, Paragraph("The works on Tuesday", Role.CAPTION), Paragraph("What burnt", Role.SUBHEAD), CREWS
        )
        assert kinds(revision(old, new)) == ["changed subhead", "changed caption"]

    def test_silent(self) -> None:
        """Silent: no newer time shown and no note."""
        old, new = version(FIRE, CREWS), version(FIRE, CREWS.replace("two", "three"))
        assert revision(old, new).silent  # type: ignore[union-attr]
        assert not revision(old, replace(new, modified=at(7))).silent  # type: ignore[union-attr]
        noted = version(FIRE, CREWS.replace("two", "three"), Paragraph("Correction: three were hurt.", Role.CORRECTION))
        found = revision(old, noted)
        assert found is not None
        assert not found.silent
        assert kinds(found) == ["changed body", "added correction"]

    def test_time_that_we_lost_is_no_silence(self) -> None:
        """When the later page gave us no modification time, nobody is blamed."""
        new = replace(version(FIRE, CREWS.replace("two", "three")), modified=None)
        assert not revision(version(FIRE, CREWS), new).silent  # type: ignore[union-attr]

    def test_page_with_one_time_only(self) -> None:
        """A page that shows a single time, and moves it on, has said that it changed."""
        old = replace(version(FIRE, CREWS), published=at(5), modified=None)
        new = replace(version(FIRE, CREWS.replace("two", "three")), published=at(8), modified=None)
        assert not revision(old, new).silent  # type: ignore[union-attr]
        assert revision(old, replace(new, published=at(5))).silent  # type: ignore[union-attr]

    def test_old_note_discloses_nothing(self) -> None:
        """A note that stood there before does not disclose a new edit."""
        note = Paragraph("Correction: the works were built in 1871.", Role.CORRECTION)
        assert revision(version(FIRE, CREWS, note), version(FIRE, SHOP, note)).silent  # type: ignore[union-attr]

    def test_new_posts_are_added_and_not_silent(self) -> None:
        """Live blogs: new posts are added paragraphs, told once and not held silent."""
        old = version(Paragraph("09:10 Crews leave", Role.ENTRY, post=0), Paragraph(CREWS, post=0))
        new = version(
            Paragraph("10:05 Police arrive", Role.ENTRY, post=0),
            Paragraph(OWNER, post=0),
            Paragraph("09:10 Crews leave", Role.ENTRY, post=1),
            Paragraph(CREWS, post=1),
        )
        found = revision(old, new)
        assert kinds(found) == ["added body"]
        assert found is not None
        assert not found.silent

    def test_post_of_a_title_alone_is_told(self) -> None:
        """A post that is nothing but its title line is an addition too."""
        old = version(Paragraph(CREWS, post=0))
        new = version(Paragraph("Fire is out", Role.ENTRY, post=0), Paragraph(CREWS, post=1))
        assert kinds(revision(old, new)) == ["added entry"]

    def test_edit_of_an_old_post_is_silent(self) -> None:
        """Rewriting an older post without a word is a silent edit even beside new posts."""
        old = version(Paragraph(CREWS, post=0))
        new = version(Paragraph(OWNER, post=0), Paragraph(CREWS.replace("two", "three"), post=1))
        assert revision(old, new).silent  # type: ignore[union-attr]

    def test_cut_text_was_not_removed(self) -> None:
        """What a paywall hides was not removed, and what it no longer hides was not added."""
        whole = version(FIRE, CREWS, OWNER)
        cut = version(FIRE, CREWS[:30] + "…", extent=Extent.TRUNCATED)
        assert revision(whole, cut) is None
        assert revision(cut, whole) is None
        assert kinds(revision(whole, version(SHOP, FIRE, extent=Extent.TRUNCATED))) == ["added body"]

    def test_blocked_is_none(self) -> None:
        """A page that could not be read says nothing about changes."""
        assert revision(version(FIRE), version(extent=Extent.BLOCKED)) is None

    def test_reverts(self) -> None:
        """A, B, A: the second A names the first."""
        a, b, c = version(FIRE, CREWS, name="a"), version(FIRE, SHOP, name="b"), version(FIRE, CREWS, name="c")
        assert [r.reverts_to for r in revisions([a, b, c])] == [None, "a"]

    def test_paragraph_comes_back(self) -> None:
        """A paragraph that came back names the oldest version that had it, though other things changed too."""
        a = version(FIRE, CREWS, OWNER, name="a")
        b = version(FIRE, CREWS.replace("two", "three"), OWNER, name="b")
        c = version(FIRE, CREWS, name="c")
        assert [r.reverts_to for r in revisions([a, b, c])] == [None, "a"]

    def test_removed_addition_comes_back_to_the_whole(self) -> None:
        """Taking an addition back is a revert although no text is new."""
        history = [version(FIRE, name="a"), version(FIRE, SHOP, name="b"), version(FIRE, name="c")]
        assert [r.reverts_to for r in revisions(history)] == [None, "a"]

    def test_unread_version_is_passed_over(self) -> None:
        """A failed fetch between two readable versions does not break the history."""
        blocked = version(extent=Extent.BLOCKED, name="b")
        found = revisions([version(FIRE, name="a"), blocked, version(SHOP, name="c")])
        assert [(r.before, r.after) for r in found] == [("a", "c")]
