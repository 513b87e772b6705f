"""Groups of words that news texts exchange for one another."""

from __future__ import annotations

from storydiff.text.thesaurus import concepts, groups
from storydiff.text.words import keys


def test_synonyms_share_a_concept() -> None:
    """Killed and died meet in one group, whatever their endings."""
    (killed,), (died,) = keys("killed", "en"), keys("died", "en")
    assert concepts(killed, "en") & concepts(died, "en")


def test_a_language_without_a_table_has_no_groups() -> None:
    """There a word means only itself."""
    assert groups("xx") == {}
    assert concepts("wort", "xx") == {"wort"}
