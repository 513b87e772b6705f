"""Normalising: equal to a reader, equal to us."""

import pytest

from storydiff.text.normalize import fold, plain, squeeze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zürich", "zurich"),
        ("STRASSE", "straße"),
        ("Łódź", "lodz"),
        ("ﬁre", "fire"),
        ("２０２６", "2026"),
        ("don’t", "don't"),
        ("co\u00adoperate", "cooperate"),
        ("Ørsted", "orsted"),
        ("e\u0301t\u00e9", "ÉTÉ"),
    ],
)
def test_folds_to_one_spelling(one, other):
    """Case, accents, width and typography do not part two words."""
    assert fold(one) == fold(other)


def test_plain_typography():
    """One kind of quote, dash and space; nothing invisible."""
    assert plain("“a”\u00a0– ‘b’\u200b") == "\"a\" - 'b'"


def test_squeeze_is_for_equal_wording():
    """White space, case and typography do not part two texts, words do."""
    assert squeeze(" The  “Marlin”\nsank ") == squeeze('the "marlin" sank')
    assert squeeze("sank") != squeeze("sunk")


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "İ", "ẞ", "ŉ"])
def test_folding_twice_changes_nothing(text):
    """Folded text stays as it is."""
    assert fold(fold(text)) == fold(text)
