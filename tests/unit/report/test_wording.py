"""The word diff that readers see."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.report.wording import Part, Run, alike, compared, pinched

VOCABULARY = ["the", "fire", "at", "quay", "killed", "two", "men", "police", "said", "on", "Monday", ",", "."]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=40)


def kept(runs: tuple[Run, ...], *without: Part) -> str:
    """The runs that are not of those parts, joined."""
    return "".join(run.text for run in runs if run.part not in without)


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_both_texts_come_back(before: list[str], after: list[str]) -> None:
    """Whatever moved, the runs give both texts, to the character."""
    a, b = " ".join(before), " ".join(after)
    runs = compared(a, b)
    assert kept(runs, Part.NEW, Part.TO) == a
    assert kept(runs, Part.GONE, Part.FROM) == b


def test_move_is_told_apart() -> None:
    """A clause that changed its place is a move, not a removal and an addition."""
    runs = compared(
        "Crews from four towns fought the fire all night while police closed the quay until Thursday morning.",
        "Police closed the quay until Thursday morning, while crews from four towns fought the fire.",
    )
    moved = [run.text for run in runs if run.part is Part.TO]
    assert any("fought the fire" in text for text in moved)
    assert any("closed the quay until Thursday" in text for text in moved)
    assert [run.text.strip() for run in runs if run.part is Part.GONE] == ["all night"]
    assert not [run for run in runs if run.part is Part.NEW]


def test_two_words_are_no_move() -> None:
    """Two words recur by chance: they came and went."""
    runs = compared("He said on Monday that it burned", "It burned, he told us all on Monday")
    assert not [run for run in runs if run.part in {Part.TO, Part.FROM}]


def test_changed_figure() -> None:
    """A changed number inside a sentence is exactly that."""
    runs = compared("About 800 kilograms escaped.", "About 180 kilograms escaped.")
    assert [(run.part, run.text) for run in runs if run.part is not Part.SAME] == [
        (Part.GONE, "800"),
        (Part.NEW, "180"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The alarm was raised at 9.40 p.m.", "The alarm was raised at 9.50 p.m.", True),
        ("The fire killed two night watchmen.", "Crews needed six hours until dawn.", False),
        ("", "", False),
    ],
)
def test_alike(before: str, after: str, *, expected: bool) -> None:
    """A diff is shown where enough is shared, not where it would be noise."""
    assert alike(compared(before, after)) is expected


def test_long_texts_stay_cheap() -> None:
    """Moves are not sought in texts so long that seeking would be slow."""
    a, b = " ".join(f"a{n}" for n in range(5_000)), " ".join(f"b{n}" for n in range(5_000))
    assert {run.part for run in compared(a, b)} <= {Part.GONE, Part.NEW, Part.SAME}


@settings(max_examples=100, deadline=None)
@given(WORDS, WORDS)
def test_pinching_keeps_every_change(before: list[str], after: list[str]) -> None:
    """Only what stayed is cut, and what is left of it is its beginning and its end."""
    runs = compared(" ".join(before), " ".join(after))
    short = pinched(runs, 2)
    assert [run for run in short if run.part is not Part.SAME] == [run for run in runs if run.part is not Part.SAME]
    for run, cut in zip(runs, short, strict=True):
        head, _, tail = cut.text.partition("…")
        assert run.text.startswith(head.rstrip())
        assert run.text.endswith(tail.lstrip())


def test_pinched() -> None:
    """A few words beside each change; a short middle stays whole."""
    runs = compared(
        "The mayor said late on Monday that two of the five bridges were shut for the night",
        "The mayor said late on Monday that three of the five bridges were shut for the week",
    )
    words = " ".join("".join(run.text for run in pinched(runs, 2)).split())
    assert words == "…Monday that twothree of the … for the nightweek"
