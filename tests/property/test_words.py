"""What must hold for any two texts."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from storydiff.diff.words import applied, edits, units

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(["a", "of", "“x”", "'x'", "12", "1,2", " ", "\n", "p.m.", "l'a", "人"]), max_size=40).map(
        " ".join
    ),
)
languages = st.sampled_from([None, "en", "fr", "ja"])


@given(texts, texts, languages)
def test_edits_apply(before: str, after: str, language: str | None) -> None:
    """The edits hold both texts whole, equal runs are equal, and no two neighbours are of one sort."""
    found = edits(before, after, language)
    assert applied(found) == after
    assert "".join(e.before for e in found) == before
    assert all((e.op == "equal") == (e.before == e.after) for e in found)
    changing = [e.op != "equal" for e in found]
    assert all(x != y for x, y in itertools.pairwise(changing))


@given(texts, languages)
def test_same_text_has_no_edit(text: str, language: str | None) -> None:
    """A text against itself is one equal run, and its units give it again."""
    assert all(e.op == "equal" for e in edits(text, text, language))
    assert "".join(w + s for w, s in units(text, language)) == text
