"""The classifier and its weights."""

import json
from importlib.resources import files

import pytest

from storydiff.extract.article import read
from storydiff.extract.body import MODEL, likelihoods, load, settle

from . import pages


def judged(html):
    """Text -> likelihood."""
    reading = read(html.encode(), None, None)
    return dict(zip((b.text for b in reading.blocks), likelihoods(reading.blocks, reading.hints), strict=True))


def test_paragraphs_are_likely_and_furniture_is_not():
    """Each paragraph above the threshold, every link, comment and footer below it."""
    found = judged(pages.page())
    assert all(found.pop(text) > MODEL.threshold for text in pages.PARAGRAPHS)
    found.pop(pages.HEADLINE)
    assert all(p < MODEL.threshold for p in found.values()), found


def test_it_works_without_the_vote_of_trafilatura():
    """On pages too large to ask for it."""
    reading = read(pages.page().encode(), None, None)
    hints = type(reading.hints)(reading.hints.headline, reading.hints.headline_at, reading.hints.description, kept="")
    likely = dict(zip((b.text for b in reading.blocks), likelihoods(reading.blocks, hints), strict=True))
    assert all(likely[text] > MODEL.threshold for text in pages.PARAGRAPHS)


@pytest.mark.parametrize("wrapper", ["post-body", "has-sidebar content", "lv-p", "x1f3k", "premium paywall", "texte"])
def test_class_names_of_the_body_hardly_matter(wrapper):
    """Publishers call it anything."""
    found = judged(pages.page().replace("story-body", wrapper))
    assert all(found[text] > MODEL.threshold for text in pages.PARAGRAPHS)


def test_a_list_of_other_stories_above_the_headline_is_left_out():
    """Even when it is long and written in sentences."""
    others = "".join(
        f"<li><a href=/{i}>Village {i} gets a new bus</a> The county said on Monday that the line would open in June.</li>"
        for i in range(8)
    )
    found = judged(pages.page().replace("<main>", f'<div class="wire"><ul>{others}</ul></div><main>'))
    assert all(found[text] > MODEL.threshold for text in pages.PARAGRAPHS)
    assert all(p < MODEL.threshold for text, p in found.items() if text.startswith("Village"))


def test_weights_are_readable_and_go_only_one_way_where_a_feature_means_one_thing():
    """A JSON file of names and numbers; no stock phrase speaks for text."""
    data = json.loads(files("storydiff.extract").joinpath("weights.json").read_text(encoding="utf8"))
    assert load(json.dumps(data)) == MODEL
    for look in ("first", "second"):
        weights = data[look]["weights"]
        assert all(weight <= 0 for name, weight in weights.items() if name.startswith(("says_", "linked")))
        assert all(weight >= 0 for name, weight in weights.items() if name in {"in_kept", "terminal", "near_body"})


def test_nothing_is_left_out_above_a_headline_with_little_text_below_it():
    """The heading found may be that of a box at the foot of the page."""
    reading = read(pages.page().encode(), None, None)
    likely = [1.0] * len(reading.blocks)
    assert settle(likely, reading.blocks, len(likely) - 1) == likely
