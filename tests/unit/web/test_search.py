"""Marking the words that were asked for."""

from hypothesis import given
from hypothesis import strategies as st

from storydiff.web.search import marked, plain


def test_words_are_marked_whatever_their_case_and_accents() -> None:
    """Whole words only, as the databases find them."""
    wanted = frozenset(plain(word) for word in ("Café", "STRASSE"))
    found = list(marked("The cafe in the Straße, a CAFÉ, cafés.", wanted))
    assert [piece for told, piece in found if told] == ["cafe", "Straße", "CAFÉ"]


@given(st.text(), st.lists(st.text(min_size=1, max_size=4)))
def test_joined_the_pieces_are_the_text(text: str, words: list[str]) -> None:
    """Nothing is lost or doubled."""
    found = list(marked(text, frozenset(plain(word) for word in words)))
    assert "".join(piece for _, piece in found) == text
    assert all(piece for _, piece in found)
