"""Two tellings compared by all rules."""

from storydiff.diff.rules.tellings import LOST, Telling, conflicts


def test_a_letter_that_could_not_be_read_is_no_conflict() -> None:
    """A place of which a letter is lost is not another place; one that is whole is."""
    told, other, lost = (
        Telling(text=f"The ferry with 51 people on board ran aground off {place}.")
        for place in ("Kelvik", "Tarnby", f"Kel{LOST}ik")
    )
    assert [str(each.type) for each in conflicts(told, other)] == ["place"]
    assert not conflicts(told, lost)


def test_other_words_of_a_damaged_text_still_count() -> None:
    """Only what holds the lost letter is left out."""
    told = Telling(text="The ferry with 51 people on board ran aground off Kelvik.")
    lost = Telling(text=f"The ferry with 37 people on board ran aground off Kel{LOST}ik.")
    assert [str(each.type) for each in conflicts(told, lost)] == ["number"]
