"""Counts of what outlets did: nobody is blamed for what was not seen, whatever the texts."""

from __future__ import annotations

from dataclasses import asdict, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.diff.habits import PAIRS, Habits, habits
from storydiff.engine import collate
from storydiff.model import Cell, Collation, Extent, Status, Version
from tests.builders import at, version

SENTENCES = (
    "The harbour master closed the northern basin on Tuesday night.",
    "Three trawlers broke loose and damaged the fuel pier.",
    "“Nobody was on board,” said Mirela Stahn, who runs the yard.",
    "Repairs will cost 1.2 million crowns, the council estimates.",
    "Schools on the island stayed shut for two days.",
    "An inquiry is to report in October.",
)
OUTLETS = ("Post", "Echo", "Bote", "Wire")
TEXTS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), min_size=3, max_size=4)


def story(texts: list[list[str]]) -> list[Version]:
    return [version(name, *its, fetched=at(3, "08:00")) for name, its in zip(OUTLETS, texts, strict=False)]


def counts(versions: list[Version]) -> dict[str, Habits]:
    return {each.outlet: each for each in habits(collate(versions))}


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_no_figure_has_more_hits_than_cases(texts: list[list[str]]) -> None:
    """For every outlet whose text was taken as this story."""
    found = counts(story(texts))
    assert set(found) <= set(OUTLETS[: len(texts)])
    for each in map(asdict, found.values()):
        assert all(0 <= each[hits] <= each[of] for hits, of in PAIRS.values())


def unread(made: Collation, outlet: str, extent: Extent) -> Collation:
    """The same story with that outlet's text cut off, or not read at all."""
    lost = {Status.OMITTED} if extent is Extent.TRUNCATED else set(Status)
    (mine,) = (each.id for each in made.versions if each.outlet == outlet)
    points = (
        replace(each, coverage={**each.coverage, mine: Cell(status=Status.UNKNOWN)})
        if each.coverage[mine].status in lost
        else each
        for each in made.points
    )
    versions = (replace(each, extent=extent) if each.id == mine else each for each in made.versions)
    return replace(made, points=tuple(points), versions=tuple(versions))


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from([Extent.TRUNCATED, Extent.BLOCKED]))
def test_a_text_that_was_not_read_whole_blames_nobody(texts: list[list[str]], extent: Extent) -> None:
    """It has no case of its own, and nobody has more cases or omits more because of it."""
    made = collate(story(texts))
    whole = {each.outlet: each for each in habits(made)}
    cut = {each.outlet: each for each in habits(unread(made, "Post", extent))}
    assert sorted(cut) == sorted(whole)
    if "Post" in cut:
        assert (cut["Post"].told_by_others, cut["Post"].omitted, cut["Post"].texts) == (0, 0, 0)
    for name in set(cut) - {"Post"}:
        assert cut[name].told_by_others <= whole[name].told_by_others
        assert cut[name].omitted <= whole[name].omitted


@settings(max_examples=30, deadline=None)
@given(TEXTS, st.permutations(range(4)))
def test_order_and_names_change_nothing(texts: list[list[str]], order: list[int]) -> None:
    """The counts follow the texts."""
    versions = story(texts)
    shuffled = [versions[place] for place in order if place < len(versions)]
    assert counts(shuffled) == counts(versions)
    renamed = [replace(each, id=f"other-{each.id}") for each in versions]
    assert counts(renamed) == counts(versions)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=5, unique=True))
def test_copies_of_one_text_are_one_other(words: list[str]) -> None:
    """What three outlets print of one agency is told by one source: leaving it out is no case."""
    text = " ".join(words)
    wires = [
        version(name, text, *SENTENCES, credit="Brindle", fetched=at(3, "08:00")) for name in ("Wire", "Echo", "Bote")
    ]
    found = counts([*wires, version("Post", SENTENCES[0], fetched=at(3, "08:00"))])
    assert (found["Post"].told_by_others, found["Post"].omitted) == (0, 0)
