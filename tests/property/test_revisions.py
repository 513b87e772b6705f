"""What must hold for the pairing of any two texts."""

from hypothesis import given
from hypothesis import strategies as st

from storydiff.diff.revisions import Kind, revise, revision
from storydiff.model import Paragraph, Version

sentence = st.lists(
    st.sampled_from(["fire", "crews", "dawn", "rope", "works", "12", "council", "flats", "nets", "owner", "said"]),
    max_size=9,
).map(" ".join)
units = st.lists(sentence, max_size=8)


def version(texts: list[str]) -> Version:
    return Version(id="v", outlet="Post", paragraphs=tuple(map(Paragraph, texts)))


@given(units, units)
def test_every_unit_is_told(old: list[str], new: list[str]) -> None:
    """Each unit of both texts occurs, as paired or as added or deleted, never as both."""
    rows = revise(old, new)
    assert {r.i for r in rows if r.i is not None} == set(range(len(old)))
    assert {r.j for r in rows if r.j is not None} == set(range(len(new)))
    assert all((r.kind is Kind.ADDED) == (r.i is None) and (r.kind is Kind.DELETED) == (r.j is None) for r in rows)
    assert len({(r.i, r.j) for r in rows}) == len(rows)


@given(units)
def test_same_text_is_no_revision(texts: list[str]) -> None:
    """A version against itself is no revision; all its units are the same and none moved."""
    assert all(r.kind is Kind.SAME and not r.moved for r in revise(texts, texts))
    assert revision(version(texts), version(texts)) is None


@given(units, units)
def test_changes_are_symmetric_in_kind(old: list[str], new: list[str]) -> None:
    """What is added one way is deleted the other way, when nothing is edited."""
    there, back = revise(old, new), revise(new, old)
    if not any(r.kind is Kind.EDITED for r in [*there, *back]):
        assert sorted(new[r.j] for r in there if r.i is None) == sorted(new[r.i] for r in back if r.j is None)
