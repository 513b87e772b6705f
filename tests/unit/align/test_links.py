"""What a pair's score owes to the whole story."""

import numpy as np
import pytest

from storydiff.align.links import _tellings, likeness_of_all
from storydiff.align.prepared import prepare
from storydiff.align.support import Ground

NARROW = {
    "a": ["The mill in Tarnby burned down on Monday.", "Forty workers fled the burning mill."],
    "b": ["A fire destroyed the mill in Tarnby on Monday.", "Workers fled the mill as it burned."],
}
WIDE = NARROW | {"b": ["A fire destroyed the mill in Tarnby on Monday.", "Ferries to the island were cancelled."]}


def test_the_mean_overlap_is_that_of_every_pair():
    """The sum taken word by word is the sum over pairs of sentences of two versions in one language."""
    german = {"d": ["Das Werk in Tarnby brannte am Montag."], "e": ["In Tarnby brannte ein Werk.", "Niemand starb."]}
    english = WIDE | {"c": ["The ferry stayed in port.", "", "Nobody was hurt at the mill."]}
    story = prepare(english | german, {"d": "de", "e": "de"})
    tongue = np.array([story.languages[version] for version in story.version_of])
    holds = np.zeros((len(story.bag), len(story.terms.idf)))
    holds[story.bag.owner(), story.bag.items] = 1
    weights = np.sqrt(np.maximum((holds * story.terms.idf).sum(axis=1), 1e-6))
    overlap = (holds * story.terms.idf) @ holds.T / np.outer(weights, weights)
    other = (story.version_of[:, None] != story.version_of[None, :]) & (tongue[:, None] == tongue[None, :])
    assert likeness_of_all(story) == pytest.approx(overlap[other].mean(), rel=1e-4)


@pytest.mark.parametrize("versions", [{}, {"a": ["One sentence."]}, {"a": [], "b": []}, {"a": [""], "b": [""]}])
def test_without_pairs_nothing_overlaps(versions):
    """No versions, one version, or versions without words have nothing in common."""
    assert likeness_of_all(prepare(versions, {})) == 0


def test_a_version_in_another_language_changes_no_link():
    """What the others have in common does not depend on a text that shares no language with them."""
    alone = {(x.a, x.i, x.b, x.j): x.linked for x in Ground.of(NARROW).links()}
    beside = Ground.of(NARROW | {"c": ["Das Werk brannte ab.", "Niemand starb."]}, {"c": "de"})
    assert likeness_of_all(prepare(NARROW, {})) > 0
    assert alone == {(x.a, x.i, x.b, x.j): x.linked for x in beside.links() if {x.a, x.b} == {"a", "b"}}


def test_versions_of_one_narrow_event_are_linked_sooner():
    """The same two sentences score higher where all else is about the same, too."""
    narrow, wide = (
        {(x.a, x.i, x.b, x.j): x.score for x in Ground.of(versions).links()}["a", 0, "b", 0]
        for versions in (NARROW, WIDE)
    )
    assert narrow > wide


def test_a_version_without_text_changes_no_score():
    """A page that could not be read makes no sentence less central, wherever its name stands in the order."""
    scores = [
        {(x.a, x.i, x.b, x.j): x.score for x in Ground.of(versions).links()}
        for versions in (NARROW, NARROW | {"0": []}, NARROW | {"z": []})
    ]
    assert scores[0] == scores[1] == scores[2]


def test_what_stands_in_one_place_of_each_version_says_where_it_is_told():
    """Two pairs share as many words, but only in one are they the words of no other sentence of the two versions."""
    told = ["The mayor opened a bakery in Tarnby.", "The council closed a harbour near Tarnby."]
    repeated = ["The council will reopen.", "Ships left the harbour.", "The council and the harbour quarrel."]
    scores = {
        (x.i, x.j): x.score
        for x in Ground.of({"a": told, "b": ["A mayor and a bakery.", "A council and a harbour.", *repeated]}).links()
    }
    assert scores[0, 0] > scores[1, 1]


def test_tellings_count_sentences_of_a_version():
    """A word is told as often as sentences hold it, in each version apart."""
    story = prepare({"a": ["The mill burned.", "The mill fell, the old mill."], "b": ["A mill."]}, {})
    assert _tellings(story)[:, story.terms.number["mill"]].tolist() == [2, 1]
