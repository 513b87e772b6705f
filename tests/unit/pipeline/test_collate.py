"""What a story is called."""

from storydiff.model import Story
from storydiff.pipeline.collate import own_title
from storydiff.testing import collation, version

TOW = version("Quay Observer", "A tow broke.", headline="Tug loses barge", url="https://quay.example/tow")
FIRE = version("Harbour Post", "A mill burned.", headline="Mill burns down", url="https://harbour.example/mill")
LATER = version("Coast Daily", "The mill burned.", headline="Two die in mill", url="https://coast.example/mill")


def test_a_story_named_after_a_stranger_is_named_after_one_of_its_own():
    """The first headline named the story; that text turned out to be about another event."""
    found = collation(TOW, FIRE, LATER, story=Story(slug="mill", title="Tug loses barge"), apart={TOW.id: "another"})
    assert own_title(found, found.versions) == "Mill burns down"


def test_an_earlier_headline_of_a_stranger_names_no_story():
    """The stranger has changed its headline since."""
    before = version("Quay Observer", "A tow.", headline="Tug in trouble", url="https://quay.example/tow")
    found = collation(TOW, FIRE, LATER, story=Story(slug="mill", title="Tug in trouble"), apart={TOW.id: "another"})
    assert own_title(found, (before, *found.versions)) == "Mill burns down"


def test_a_title_that_somebody_gave_stays():
    """Only the headline of a text that is apart is given up."""
    found = collation(TOW, FIRE, LATER, story=Story(slug="mill", title="The mill"), apart={TOW.id: "another"})
    assert own_title(found, found.versions) == "The mill"
