"""Two versions side by side: nothing is lost, doubled or blamed, whatever the texts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.engine import collate
from storydiff.model import Extent, Version
from storydiff.report.pair import Fate, Pair, pair
from tests.builders import version

SENTENCES = (
    "The harbour master closed the northern basin on Tuesday night.",
    "Three trawlers broke loose and damaged the fuel pier.",
    "“Nobody was on board,” said Mirela Stahn, who runs the yard.",
    "Repairs will cost 1.2 million crowns, the council estimates.",
    "Schools on the island stayed shut for two days.",
    "An inquiry is to report in October.",
)
TEXTS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6)
EXTENTS = st.sampled_from(Extent)


def both(left: list[str], right: list[str], extent: Extent) -> tuple[Version, Version]:
    texts = right if extent is not Extent.BLOCKED else []
    return version("Post", *left), version("Echo", *texts, extent=extent)


def texts_of(made: Pair, side: str) -> list[str]:
    told = (each for row in made.rows for each in getattr(row, side))
    return ["".join(run.text for run in each.runs) or "".join(piece for _, piece in each.kept) for each in told]


@settings(max_examples=60, deadline=None)
@given(left=TEXTS, right=TEXTS, extent=EXTENTS, one_article=st.booleans())
def test_both_texts_are_whole_and_only_what_is_known_is_said(
    left: list[str], right: list[str], extent: Extent, one_article: bool
) -> None:
    """Every paragraph once, in its own order, with all its words; beside a text cut off nothing is `only here`."""
    a, b = both(left, right, extent)
    made = pair(a, b, None if one_article else collate((a, b)))
    assert texts_of(made, "left") == [each.text for each in a.paragraphs]
    assert texts_of(made, "right") == [each.text for each in b.paragraphs]
    if extent is not Extent.COMPLETE:
        assert all(each.fate is not Fate.ONLY for row in made.rows for each in row.left)
    numbers = [row.number for row in made.rows if row.number]
    assert numbers == list(range(1, made.differences + 1))


@settings(max_examples=40, deadline=None)
@given(left=TEXTS, right=TEXTS)
def test_exchanging_the_sides_exchanges_what_is_said(left: list[str], right: list[str]) -> None:
    """Of each text the same is said on either side."""
    a, b = both(left, right, Extent.COMPLETE)
    collation = collate((a, b))
    there, back = pair(a, b, collation), pair(b, a, collation)
    assert there.counts == back.counts[::-1]
    assert {note for row in there.rows for note in row.notes} == {note for row in back.rows for note in row.notes}


@settings(max_examples=20, deadline=None)
@given(text=TEXTS)
def test_a_text_beside_itself_has_no_difference(text: list[str]) -> None:
    """Equal texts of two outlets."""
    a, b = both(text, text, Extent.COMPLETE)
    assert pair(a, b, None).differences == 0
