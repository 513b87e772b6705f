"""What a story is called."""

import pytest

from storydiff.errors import BadSetting
from storydiff.pipeline.naming import SLUG, checked, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Two dead in mill fire at Dornfeld", "two-dead-in-mill-fire-at"),
        ("Mayor’s “secret” meeting", "mayors-secret-meeting"),
        ("Überfall auf Café in Łódź", "uberfall-auf-cafe-in-odz"),
        ("市長が辞任", "story"),
        ("", "story"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 500, "x" * 60),
    ],
)
def test_a_slug_is_made_of_a_headline(title: str, slug: str) -> None:
    """Its first words in ASCII; always a name that is accepted itself."""
    assert slug_of(title) == slug
    assert SLUG.fullmatch(slug_of(title))


@pytest.mark.parametrize("slug", ["", "Flood", "a b", "../x", "-a", "a-", "a--b", "x" * 61, "a\n", "ünder"])
def test_other_names_are_refused_with_a_proposal(slug: str) -> None:
    """The hint gives a name that would do."""
    with pytest.raises(BadSetting) as caught:
        checked(slug)
    proposal = caught.value.hint.rsplit(" ", 1)[1]
    assert checked(proposal) == proposal
