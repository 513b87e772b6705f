"""What pages state in JSON-LD."""

import json

import pytest

from storydiff.extract.decode import parse
from storydiff.extract.jsonld import read_linked_data

from .pages import bare, linked_data


def data(*scripts, title=None):
    """The linked data of a page with these scripts."""
    marked = "".join(s if s.startswith("<") else f'<script type="application/ld+json">{s}</script>' for s in scripts)
    return read_linked_data(parse(bare(marked).encode(), None).root, title)


def test_the_article_is_found_in_a_graph_and_its_references_are_followed():
    """The form that a widespread WordPress plugin writes."""
    graph = [
        {"@type": "WebPage", "@id": "#page"},
        {"@type": ["Article", "NewsArticle"], "headline": "Baths close", "author": {"@id": "#voss"}},
        {"@type": "Person", "@id": "#voss", "name": "Anneke Voss"},
    ]
    found = data(json.dumps({"@context": "https://schema.org", "@graph": graph}))
    assert found.text("headline") == "Baths close"
    assert found.names("author") == ["Anneke Voss"]


def test_among_several_articles_the_one_with_the_page_s_title_is_taken():
    """Teasers are sometimes stated as articles too."""
    both = [json.dumps({"@type": "NewsArticle", "headline": h}) for h in ("School choir wins", "Baths to close")]
    assert data(*both, title="Baths to close").text("headline") == "Baths to close"


@pytest.mark.parametrize(
    "wrapped",
    ["//<![CDATA[\n{}\n//]]>", "{};", "{}\n", "\ufeff{}"],
)
def test_wrapped_json_is_read(wrapped):
    """CDATA marks, comments and a trailing semicolon."""
    assert (
        data(wrapped.replace("{}", '{"@type": "Article", "headline": "Baths\tclose"}')).text("headline")
        == "Baths close"
    )


@pytest.mark.parametrize(
    "broken", ["{", "[1, 2", "null", "3", '"x"', "[" * 100_000, '{"@type": {"a": 1}}', '{"@graph": 7}']
)
def test_broken_json_is_no_article_and_no_error(broken):
    """Hostile or cut JSON."""
    found = data(broken)
    assert not found.article
    assert found.free is None


def test_escaped_markup_in_a_headline_is_read_as_text():
    """Content systems put entities into JSON."""
    assert data(linked_data(headline="Baths &amp; <i>roof</i>")).text("headline") == "Baths & roof"


def test_paywall_statements_are_read_in_all_their_spellings():
    """true, "True" and the schema.org addresses."""
    assert data(linked_data(isAccessibleForFree="http://schema.org/False")).free is False
    assert data(linked_data(isAccessibleForFree=True)).free is True
    part = {"@type": "WebPageElement", "isAccessibleForFree": "false", "cssSelector": [".locked", "#rest"]}
    assert data(linked_data(hasPart=part)).locked_selectors == [".locked", "#rest"]


def test_the_stated_length_is_the_word_count_or_that_of_the_article_body():
    """Both only serve to recognise a cut text."""
    assert data(linked_data(wordCount="320")).words == 320
    assert data(linked_data(articleBody="one two three")).words == 3
    assert data(linked_data(wordCount="many")).words is None
