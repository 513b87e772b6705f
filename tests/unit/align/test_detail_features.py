"""Features of details, by name."""

import pytest

from storydiff.align.detail_features import FAR, features
from storydiff.text.words import words

A = "Police arrested two men in Holm on Monday, and the mayor said in May that he would resign."
B = "Two men were arrested in Holm, said police."


def of(*details, a=A, b=B):
    return features(words(a, "en"), words(b, "en"), [words(each, "en") for each in details], "en")


def test_distance_is_that_of_head_and_role_in_the_other_sentence():
    """Words from the head to the nearest word of the role there; FAR when one is missing."""
    near, missing = of("arrested two men", "arrested on Monday")
    assert near["distance"] == 2
    assert missing["distance"] == FAR


@pytest.mark.parametrize(
    ("detail", "kind"),
    [("arrested in Holm", "where"), ("arrested on Monday", "when"), ("said that he would resign", "that")],
)
def test_what_opens_a_role_tells_its_kind(detail, kind):
    """Exactly one kind of opening is set."""
    row = of(detail)[0]
    kinds = ("where", "when", "how", "why", "to", "that", "about")
    assert [name for name in kinds if row[name]] == [kind]


def test_the_same_preposition_leads_into_the_role():
    """Only where the role is there too."""
    same, missing, other = (
        *of("arrested in Holm", "arrested on Monday"),
        of("arrested in Holm", b="Arrested for Holm.")[0],
    )
    assert (same["opening"], missing["opening"], other["opening"]) == (1, 0, 0)


def test_verbs_of_saying_times_pronouns_and_clauses():
    """Each shows in its own feature."""
    saying, time, pronoun, clause = of("said the mayor", "arrested on Monday", "resign he", "said he would resign")
    assert saying["saying"]
    assert time["time"]
    assert pronoun["pronoun"]
    assert pronoun["bare"]
    assert clause["clauses"] == 1
    assert (time["saying"], saying["time"], saying["pronoun"], time["clauses"]) == (0, 0, 0, 0)


def test_relatives_are_seen():
    """Details of one head, and details of one role under other heads."""
    two, place, late = of("arrested two men", "arrested in Holm", "resign in Holm")
    assert two["kin"] == place["kin"] == 2
    assert late["kin"] == 1
    assert place["alike"] == late["alike"] == 1
    assert late["alike_head"] == 1
    assert two["alike_head"] == -1


def test_details_without_words_have_no_row():
    """They are left out, and the others keep their order."""
    assert [row["where"] for row in of("", "arrested in Holm", "…", "arrested on Monday")] == [1, 0]
