"""Whatever the bytes are, there is a version."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.extract import read_page
from storydiff.model import Extent

from . import pages

TAGS = st.sampled_from(
    [
        "p",
        "div",
        "li",
        "ul",
        "article",
        "h1",
        "h2",
        "a",
        "b",
        "br",
        "script",
        "table",
        "td",
        "figure",
        "blockquote",
        "time",
        "x-y",
        "svg",
    ]
)
NAMES = st.sampled_from(
    [
        "",
        ' class="related"',
        ' class="live-post"',
        " hidden",
        ' style="display:none"',
        ' class="paywall"',
        " datetime=x",
        " {{ attributes }}",
        " {open",
        " {}=1",
        " @click=x :key=y",
        " a\x01b=1",
        " a\ufffeb=1",
    ]
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, TAGS, NAMES),
    st.builds("</{}>".format, TAGS),
    st.text(max_size=60),
    st.sampled_from(
        [*pages.PARAGRAPHS, pages.linked_data(), "<!--", "-->", "<![CDATA[", "&#0;", "&bogus;", "<title>", "\x00"]
    ),
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([200, 404]))
@settings(max_examples=60, deadline=None)
def test_any_markup_gives_a_version(html, status):
    """Blocked ones have no paragraphs and a reason; others have text."""
    version = read_page(html.encode("utf-8", "replace"), status=status)
    if version.extent is Extent.BLOCKED:
        assert version.paragraphs == ()
        assert version.problems
    else:
        assert version.body


@given(st.binary(max_size=400), st.sampled_from([None, "utf-16", "shift_jis", "nonsense"]))
@settings(max_examples=40, deadline=None)
def test_any_bytes_give_a_version(body, charset):
    """In any charset."""
    assert read_page(body, charset=charset).outlet


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 20_000 + pages.paragraphs(),
        pages.paragraphs() + "".join(f"<p><a href=/{i}>Link number {i}</a></p>" for i in range(15_000)),
        "<p>" + "All work and no play. " * 60_000,
        "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>" + "<p>&b;&b;</p>" * 5_000,
        "".join(f"<p>Sentence number {i} of a very long page stands here and says little.</p>" for i in range(4_000)),
        pages.page("<p>" + "Anna Berg " * 40_000 + "</p>" + pages.paragraphs()),
        pages.page(pages.paragraphs() + "<p>The end of it all." + "ABCDEFGH" * 2_000 + " é</p>"),
        "<script type='application/ld+json'>" + "[" * 200_000 + "</script>",
    ],
)
def test_hostile_pages_are_read_in_bounded_time(hostile):
    """Deep nesting, many links, one endless paragraph, entities, thousands of paragraphs, nested JSON."""
    start = time.process_time()
    read_page(hostile.encode())
    assert time.process_time() - start < 12


def test_a_page_that_was_not_read_to_its_end_is_never_complete():
    """What was cut off cannot be called omitted."""
    version = read_page((pages.page().replace("<footer", "<div>" * 3_000 + "<footer")).encode())
    assert version.extent is not Extent.COMPLETE
    assert "page_too_large" in [problem.code for problem in version.problems]


@pytest.mark.parametrize("junk", ["{{ lazy }}", "{open", "{}=1", "{ns}name=1", "a\x01b=1", "\x0cclass=x", "a\ufffeb=1"])
def test_what_a_template_left_in_an_element_is_no_obstacle(junk):
    """Unfilled placeholders and stray signs where attributes stand; the article is read all the same."""
    page = pages.page(f"<div {junk}>{pages.paragraphs()}</div>")
    assert read_page(page.encode()).body == read_page(pages.page(f"<div>{pages.paragraphs()}</div>").encode()).body
