"""Weights: rare words say more, in the story and in the language."""

import numpy as np

from storydiff.align.bags import Bag, inverse_frequency
from storydiff.align.prepared import prepare
from storydiff.align.weights import rarity


def story(*texts, language="en"):
    """One version of the given sentences."""
    return prepare({"v": texts}, {"v": language})


def weight(prepared, key):
    """The weight of a key in a story."""
    return float(prepared.terms.weight[prepared.terms.number[key]])


def test_what_every_sentence_says_weighs_little():
    """A word of all sentences weighs less than one of a single sentence."""
    made = story("The Marlin sank.", "The Marlin leaked.", "The Marlin was towed.", "Divers searched the Marlin.")
    assert weight(made, "marlin") < weight(made, "diver")


def test_function_words_have_no_weight_but_an_idf():
    """Grammar does not support a claim, yet its rarity counts in links."""
    made = story("The ship sank.", "It leaked.")
    assert weight(made, "the") == 0
    assert made.terms.idf[made.terms.number["the"]] > 0


def test_common_words_of_the_language_weigh_less():
    """Between two words equally rare in the story, the language decides."""
    made = story("People drowned.", "A trawler came.")
    assert weight(made, "peopl") < weight(made, "trawler")


def test_rarity_is_bounded():
    """No word weighs nothing, unknown words and figures have a fixed rarity."""
    values = rarity(["the", "zzzyx", "412"], ["en"] * 3)
    assert (values >= 0.3).all()
    assert values[1] > values[2]


def test_names_figures_and_content_are_told_apart():
    """Capitals inside sentences make names, digits figures; sentence-first words are no names."""
    terms = story("Yesterday Ines Voss met 14 sailors.", "They thanked Voss.").terms
    kinds = {key: (bool(terms.name[i]), bool(terms.figure[i])) for key, i in terms.number.items()}
    assert kinds["voss"] == (True, False)
    assert kinds["14"] == (False, True)
    assert kinds["yesterday"] == kinds["sailor"] == (False, False)


def test_german_nouns_are_no_names():
    """Where every noun has a capital, a capital says nothing."""
    assert not story("Gestern sank das Schiff im Hafen.", language="de").terms.name.any()


def test_bag_sums_rows_and_takes_them():
    """Sums by row, empty rows included, and rows in any order and number."""
    bag = Bag.of([[0, 2], [], [1]])
    assert bag.total(np.array([1, 2, 4], np.float32)).tolist() == [3, 0, 4]
    taken = bag.take(np.array([2, 0, 0, 1]))
    assert [taken.row(i).tolist() for i in range(4)] == [[1], [0, 2], [0, 2], []]
    assert taken.owner().tolist() == [0, 1, 1, 2, 2]
    assert Bag.of([]).total(np.zeros(0, np.float32)).tolist() == []


def test_inverse_frequency_falls_with_spread():
    """The more rows hold it the less it says, and never less than nothing."""
    values = inverse_frequency(np.array([1, 2, 5, 10], np.float32), 10)
    assert (np.diff(values) < 0).all()
    assert (values > 0).all()
