"""Support: what a version reports, leaves out or only touches, and which sentences tell the same."""

import numpy as np
import pytest

from storydiff.align.block import SPREAD, worth_of
from storydiff.align.support import Ground, Support

HARBOUR = [
    "The freighter Marlin ran aground off Port Halder on Tuesday night with 14 people on board.",
    "Two crew members were injured and taken to Halden hospital by helicopter.",
    "Harbour master Ines Voss said the steering had failed shortly before the grounding.",
    "About 40 tonnes of diesel leaked into the bay, the coastguard said.",
]
COAST = [
    "A cargo ship, the Marlin, hit the rocks near Port Halder late on Tuesday; 14 people were aboard.",
    "A helicopter flew two hurt sailors to the hospital in Halden.",
    "Environment minister Paul Oster called for a ban on night traffic in the sound.",
]
LEDGER = [
    "Shares in Oster Lines fell by 3 percent after its ship Marlin grounded at Port Halder.",
    "The company said it would pay for the damage.",
]
STORY = {"harbour": HARBOUR, "coast": COAST, "ledger": LEDGER}


@pytest.fixture(scope="module")
def ground():
    """The story, prepared."""
    return Ground.of(STORY, dict.fromkeys(STORY, "en"))


@pytest.mark.parametrize("version", STORY)
def test_a_version_reports_its_own_sentences(ground, version):
    """Every sentence is reported by the version it stands in, borne out by itself, with nothing missing."""
    for i, text in enumerate(STORY[version]):
        found = ground.support(text, version)
        assert (found.status, found.sentences[0], found.missing) == ("reported", i, ())


def test_other_words_for_the_same_are_reported(ground):
    """A retelling in other words counts, with the sentence that tells it."""
    found = ground.support("Two crew members were hurt and taken to Halden hospital by helicopter.", "coast")
    assert found.status in ("reported", "partial")
    assert found.sentences[0] == 1


def test_what_is_not_there_is_omitted(ground):
    """A fact of one version only is omitted by the others, and its weighty words are named as printed."""
    found = ground.support("About 40 tonnes of diesel leaked into the bay, the coastguard said.", "coast")
    assert found.status == "omitted"
    assert {"tonnes", "diesel"} <= set(found.missing)


def test_shared_names_alone_are_no_support(ground):
    """Names that every version shares do not carry a claim about something else."""
    found = ground.support("The Marlin was repainted at Port Halder last summer.", "ledger")
    assert found.status == "omitted"


def test_a_missing_figure_counts_more_than_a_missing_word(ground):
    """The same sentence with another number is supported less than with another plain word."""
    number = ground.support(
        "The freighter Marlin ran aground off Port Halder on Tuesday night with 17 people.", "harbour"
    )
    word = ground.support("The freighter Marlin ran aground off Port Halder on Tuesday night with 14 goats.", "harbour")
    assert number.score < word.score
    assert "17" in number.missing


def test_two_sentences_may_bear_out_one_claim(ground):
    """What stands in two sentences of a version is found in both."""
    claim = (
        "The Marlin ran aground off Port Halder with 14 people on board and 40 tonnes of diesel leaked into the bay."
    )
    assert set(ground.support(claim, "harbour").sentences) == {0, 3}


def test_a_claim_may_use_words_that_the_story_never_uses(ground):
    """A synonym from outside the story is still matched, a stranger is missing."""
    near = ground.support(
        "The freighter ran aground on Tuesday night with 14 people, and sailors were wounded.", "harbour"
    )
    far = ground.support(
        "The freighter ran aground on Tuesday night with 14 people, and zebras were painted.", "harbour"
    )
    assert near.score > far.score
    assert "zebras" in far.missing


def test_nothing_supports_an_empty_claim(ground):
    """A claim without content, or a version without sentences, gives no support and no error."""
    empty = Ground.of({"a": ["The ship sank."], "b": []})
    assert ground.support("It was as it had been.", "coast") == Support(0.0, "omitted", (), ())
    assert empty.support("The ship sank.", "b").status == "omitted"
    assert list(empty.links()) == []
    assert len(empty.judgements().score) == 0


def test_no_versions_at_all():
    """A story of nothing has nothing to say."""
    assert list(Ground.of({}).links()) == []
    assert list(Ground.of({}).supports()) == []


def test_unknown_version_is_a_key_error(ground):
    """A version that is not in the story is the caller's mistake."""
    with pytest.raises(KeyError):
        ground.support("The ship sank.", "nobody")


def test_the_sweep_agrees_with_one_at_a_time(ground):
    """Judging a whole story gives what judging its sentences one by one gives."""
    swept = list(ground.supports())
    assert len(swept) == sum(len(texts) * (len(STORY) - 1) for texts in STORY.values())
    for teller, i, other, support in swept:
        alone = ground.support(STORY[teller][i], other, "en")
        assert support.score == pytest.approx(alone.score, abs=0.02)
        assert support.sentences[:1] == alone.sentences[:1] or support.score < 0.2


def test_links_find_the_sentences_that_tell_the_same(ground):
    """The retold sentences are linked, best first; the rest is not."""
    best = sorted(ground.links(), key=lambda link: -link.score)[:2]
    assert {(x.a, x.i, x.b, x.j) for x in best} == {("coast", 0, "harbour", 0), ("coast", 1, "harbour", 1)}
    assert all(link.linked for link in best)
    assert not any(link.linked for link in ground.links() if "ledger" in (link.a, link.b) and link.score < 0.1)


def test_links_stand_between_different_versions_once(ground):
    """No pair comes twice and none within a version."""
    pairs = [(link.a, link.i, link.b, link.j) for link in ground.links()]
    assert len(set(pairs)) == len(pairs)
    assert all(a < b for a, _, b, _ in pairs)


def test_foreign_versions_are_judged_without_accident():
    """Versions in several languages share their names and figures, and nothing breaks."""
    ground = Ground.of(
        {
            "en": HARBOUR,
            "de": ["Der Frachter Marlin lief am Dienstag vor Port Halder auf Grund, 14 Menschen waren an Bord."],
        },
        {"en": "en", "de": "de"},
    )
    found = ground.support(HARBOUR[0], "de", "en")
    assert 0 < found.score < 1
    assert found.sentences == (0,)
    assert np.isfinite(ground.judgements().score).all()


def test_a_word_that_many_sentences_hold_counts_for_less():
    """One that a single sentence holds, or none, counts in full."""
    worth = worth_of(np.array([[1, 0, 0, 0], [0, 0, 0, 0], [1, 0.8, 0.3, 1]], np.float32))
    assert worth[0] == worth[1] == 1
    assert worth[2] == pytest.approx(3**-SPREAD)


def test_a_claim_is_told_by_the_words_that_only_one_sentence_holds():
    """The same words found say less in a version whose every sentence has them."""
    once = ["The harbour council met.", "Bakers blocked a tunnel.", "It rained."]
    everywhere = ["The harbour council met.", "The harbour council left.", "The harbour council slept."]
    ground = Ground.of({"once": once, "everywhere": everywhere})
    claim = "The harbour council danced."
    assert ground.support(claim, "once").score > ground.support(claim, "everywhere").score
