"""Items of a CMS become versions with all their text, in order, with roles."""

from datetime import UTC, datetime

import pytest

from storydiff.api import copy
from storydiff.api.models.item import Intake, NewsArticle, NinjsItem
from storydiff.model import Role

NOW = datetime(2026, 3, 3, 8, tzinfo=UTC)
NINJS = {
    "uri": "urn:newsml:agency.example:20260302:mill:1",
    "standard": {"name": "ninjs", "version": "3.1"},
    "type": "text",
    "pubStatus": "usable",
    "language": "en-GB",
    "firstCreated": "2026-03-02T20:10:00+01:00",
    "versionCreated": "2026-03-02T21:00:00Z",
    "headlines": [{"role": "short", "value": "Fire"}, {"role": "main", "value": "Mill fire kills two"}],
    "descriptions": [{"role": "summary", "value": "Two dead at Dornfeld."}],
    "bylines": [{"value": "Jorun Adler"}, {"value": "Leora Kesten"}],
    "located": "DORNFELD",
    "infoSources": [{"name": "Lowland Press", "role": "isrol:originfo"}],
    "bodies": [
        {"role": "teaser", "contentType": "text/plain", "value": "Short."},
        {"role": "main", "contentType": "text/html", "value": "<p>One &amp; <b>bold</b>.</p><h2>Sub</h2><p>Two.</p>"},
    ],
}
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Mill fire kills two",
    "description": "Two dead.",
    "url": "https://harbour.example/mill",
    "inLanguage": "de",
    "datePublished": "2026-03-02T21:00:00Z",
    "author": [{"@type": "Person", "name": "Jorun Adler"}, "Leora Kesten"],
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "articleBody": "One.\n\nTwo\nlines.\n\nThree.",
}


def test_a_ninjs_item() -> None:
    """The main headline and the main body are taken; times keep their zone; the source is the credit."""
    item = Intake.model_validate(NINJS).root
    assert isinstance(item, NinjsItem)
    found = copy.of_ninjs(item, "Harbour Post", NOW)
    assert [(p.text, p.role) for p in found.paragraphs] == [
        ("One & bold.", Role.BODY),
        ("Sub", Role.SUBHEAD),
        ("Two.", Role.BODY),
    ]
    assert found.headline == "Mill fire kills two"
    assert found.standfirst == "Two dead at Dornfeld."
    assert found.byline == "Jorun Adler, Leora Kesten"
    assert found.credit == "Lowland Press"
    assert found.language == "en"
    assert found.published == datetime(2026, 3, 2, 19, 10, tzinfo=UTC)
    assert found.article == NINJS["uri"]


def test_a_news_article() -> None:
    """Paragraphs stand between blank lines; authors may be names or persons."""
    item = Intake.model_validate(ARTICLE).root
    assert isinstance(item, NewsArticle)
    found = copy.of_article(item, "Harbour Post", NOW)
    assert [p.text for p in found.paragraphs] == ["One.", "Two lines.", "Three."]
    assert found.byline == "Jorun Adler, Leora Kesten"
    assert found.url == "https://harbour.example/mill"
    assert copy.publisher(item) == "Harbour Post"


def test_lines_are_paragraphs_where_no_blank_line_is() -> None:
    """Many systems write one line a paragraph."""
    assert [p.text for p in copy.plain("One.\r\nTwo.\n")] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>One<br>two</p>tail", ["One two", "tail"]),
        ("bare <i>text</i> only", ["bare text only"]),
        ("<ul><li>a</li><li>b <b>c</b> d</li></ul>after", ["a", "b c d", "after"]),
        ("<p>x<script>alert(1)</script>y</p><style>p{}</style>", ["xy"]),
        ("<blockquote><p>said</p></blockquote><p>then</p>", ["said", "then"]),
        ("<div><div>in<p>deep</p>out</div></div>", ["in", "deep", "out"]),
        ("<!-- c --><p>a<!-- b -->b</p>", ["ab"]),
        ("<p>unclosed <p>next", ["unclosed", "next"]),
        ("", []),
    ],
)
def test_no_word_of_markup_is_lost(markup: str, texts: list[str]) -> None:
    """Text before, inside and behind elements, in order; scripts and styles are none."""
    assert [p.text for p in copy.marked_up(markup)] == texts


def test_quotes_and_lists_have_roles() -> None:
    """A paragraph inside a block quote is one; so is an item of a list."""
    found = copy.marked_up("<blockquote><p>said</p></blockquote><ol><li>item</li></ol><figcaption>cap</figcaption>")
    assert [p.role for p in found] == [Role.BLOCK_QUOTE, Role.LIST_ITEM, Role.CAPTION]


def test_deep_markup_does_not_break() -> None:
    """A thousand nested elements give their text; a hundred thousand, which no text has, do no harm."""
    assert "deep" in "".join(p.text for p in copy.marked_up("<div>" * 1000 + "deep"))
    copy.marked_up("<div>" * 100_000 + "deep")
