"""Support and links, whatever the story."""

from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.align.support import Ground

VOCABULARY = "harbour ship Marlin sank 14 crew storm the of was Voss said Tuesday killed died court Holm 3 percent"
WORDS = st.sampled_from(VOCABULARY.split())
OTHER, REPEATED = 0.06, 0.15
"""The most that a sentence of other words, and one of the claim's own said once more, may take from its support; in
12,000 random stories they took .049 and .111."""
SENTENCE = st.lists(WORDS, max_size=9).map(" ".join)
STORY = st.dictionaries(st.sampled_from("abcdef"), st.lists(SENTENCE, max_size=4), max_size=4)


@settings(max_examples=60, deadline=None)
@given(STORY, st.randoms())
def test_the_order_of_versions_changes_nothing(story, random):
    """Shuffled versions give the same links and the same judgements, to the last bit."""
    names = list(story)
    random.shuffle(names)
    one, other = Ground.of(story), Ground.of({name: story[name] for name in names})
    assert list(one.links()) == list(other.links())
    assert list(one.supports()) == list(other.supports())


@settings(max_examples=60, deadline=None)
@given(STORY)
def test_renaming_versions_changes_nothing(story):
    """Links are symmetric: with names in the opposite order every pair keeps its score."""
    renamed = {chr(ord("z") - ord(name) + ord("a")): texts for name, texts in story.items()}
    back = {chr(ord("z") - ord(name) + ord("a")): name for name in story}
    one = {frozenset([(x.a, x.i), (x.b, x.j)]): round(x.score, 4) for x in Ground.of(story).links()}
    other = {frozenset([(back[x.a], x.i), (back[x.b], x.j)]): round(x.score, 4) for x in Ground.of(renamed).links()}
    assert one == other


@settings(max_examples=60, deadline=None)
@given(STORY, SENTENCE)
def test_scores_are_probabilities_and_evidence_exists(story, claim):
    """Whatever is asked, the score is in 0..1 and the sentences named are there."""
    ground = Ground.of(story)
    for version, texts in story.items():
        found = ground.support(claim, version)
        assert 0 <= found.score <= 1
        assert all(0 <= i < len(texts) for i in found.sentences)
        assert set(found.missing) <= set(claim.split())


@settings(max_examples=40, deadline=None)
@given(STORY)
def test_a_copy_reports_everything(story):
    """A version that holds every sentence of another reports each that says anything."""
    if "a" not in story:
        return
    ground = Ground.of({**story, "copy": story["a"]})
    for text in story["a"]:
        found = ground.support(text, "copy")
        assert found.status == "reported" or found.sentences == ()


@settings(max_examples=40, deadline=None)
@given(STORY, SENTENCE, SENTENCE)
def test_more_text_hardly_takes_support_away(story, claim, more):
    """In one ground, a version with one more sentence supports a claim as much, but for words that it says again.

    What a version says in many sentences says less about one claim: a word of n sentences weighs n ** -.3 of its own.
    """
    texts = story.get("a", [])
    ground = Ground.of({**story, "b": texts, "c": [*texts, more]})
    before, after = ground.support(claim, "b").score, ground.support(claim, "c").score
    assert after >= before - (OTHER if set(claim.split()).isdisjoint(more.split()) else REPEATED)


@settings(max_examples=40, deadline=None)
@given(STORY, SENTENCE)
def test_more_text_of_other_words_takes_no_support_away(story, claim):
    """A sentence of words that the claim has not leaves it as supported as it was."""
    texts = story.get("a", [])
    ground = Ground.of({**story, "b": texts, "c": [*texts, "Gulls circled above"]})
    assert ground.support(claim, "c").score >= ground.support(claim, "b").score - OTHER
