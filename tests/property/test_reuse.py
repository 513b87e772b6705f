"""What must hold for shared text and families."""

from hypothesis import given
from hypothesis import strategies as st

from storydiff.diff.reuse import families, shared
from storydiff.model import Paragraph, Version

words = st.sampled_from(["a", "fire", "rope", "works", "“yes”", "dawn", "crew", "12", "It’s", "港口"])
paragraphs = st.lists(st.lists(words, min_size=1, max_size=30).map(" ".join), max_size=5)
stories = st.lists(paragraphs, min_size=2, max_size=5)


def versions(texts: list[list[str]]) -> list[Version]:
    return [Version(id=f"v{k}", outlet=f"o{k}", paragraphs=tuple(map(Paragraph, t))) for k, t in enumerate(texts)]


@given(stories)
def test_spans_hold(texts: list[list[str]]) -> None:
    """Each shared span is an exact slice, and both sides are the same words."""
    a, b = versions(texts)[:2]
    for pair in shared(a, b):
        for span, version in ((pair.a, a), (pair.b, b)):
            assert version.paragraphs[span.paragraph].text[span.start : span.end] == span.text
        plain = [[c for c in span.text.casefold() if c.isalnum()] for span in pair]
        assert plain[0] == plain[1]


@given(stories, st.randoms(use_true_random=False))
def test_families_are_a_partition(texts: list[list[str]], draw) -> None:  # type: ignore[no-untyped-def]
    """A version is in one family at most, no family has one member, and order changes nothing."""
    every = versions(texts)
    found = families(every)
    names = [name for family in found for name in family.versions]
    assert len(names) == len(set(names))
    assert all(len(family.versions) > 1 for family in found)
    draw.shuffle(every)
    assert families(every) == found
