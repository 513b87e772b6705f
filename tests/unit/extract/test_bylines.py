"""Byline, dateline and agency credit."""

import pytest

from storydiff.extract import read_page
from storydiff.extract.bylines import dateline

from . import pages


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("LOWER BRINDLE, Feb 4 (Northwire) - The council voted", "LOWER BRINDLE, Feb 4 (Northwire)"),
        ("BRINDLE (AP) — The council voted", "BRINDLE (AP)"),
        ("Brindle – The council voted", "Brindle"),
        ("NEW HARBOUR: The council voted", "NEW HARBOUR"),
        ("Brindle (dpa) - Der Rat hat", "Brindle (dpa)"),
        ("The council voted - narrowly - on Tuesday", None),
        ("CLAIM: The council voted", None),
        ("Nobody wants to lose the baths, the mayor said.", None),
        (None, None),
    ],
)
def test_the_place_that_a_text_opens_with(text, place):
    """With date and agency, as printed."""
    assert dateline(text) == place


def read(above="", head=None, first=pages.PARAGRAPHS[0], last=""):
    """The version of a page with lines around its text."""
    body = pages.paragraphs((first, *pages.PARAGRAPHS[1:])) + last
    return read_page(pages.page(body, head=head, above=above).encode())


@pytest.mark.parametrize(
    ("above", "by"),
    [
        ('<p class="byline">By Anneke Voss</p>', "Anneke Voss"),
        ('<p class="byline">By Anneke Voss and agencies, 4 February 2031</p>', "Anneke Voss"),
        ('<div class="author-line">Anneke Voss, county correspondent</div>', "Anneke Voss"),
        ("", "Anneke Voss"),
    ],
)
def test_the_byline_ends_with_the_last_stated_name(above, by):
    """Titles, dates and places behind the name are no part of it."""
    assert read(above).byline == by


def test_the_byline_is_taken_from_the_page_when_nothing_is_stated():
    """Plain pages have no JSON-LD."""
    assert read('<p class="byline">By Anneke Voss | 4 February 2031</p>', head="").byline == "Anneke Voss"
    stamped = '<p class="byline"><span>By Anneke Voss</span><time>February 4, 2031</time></p>'
    assert read(stamped, head="").byline == "Anneke Voss"


def test_the_place_behind_the_name_is_the_dateline_when_the_text_opens_with_none():
    """ "By Anneke Voss in Brindle"."""
    assert read('<p class="byline">By Anneke Voss in Brindle</p>').dateline == "Brindle"


@pytest.mark.parametrize(
    ("made", "credit"),
    [
        ({"last": '<p class="credit">With reporting by AFP</p>'}, "With reporting by AFP"),
        ({"last": "<p><em>Additional reporting by agencies.</em></p>"}, "Additional reporting by agencies"),
        ({"first": "BRINDLE, Feb 4 (Northwire) - " + pages.PARAGRAPHS[0]}, "Northwire"),
        ({"head": pages.linked_data(author=[{"@type": "Organization", "name": "Reuters"}])}, "Reuters"),
        ({"last": f"<p>{pages.PARAGRAPHS[1]} (dpa)</p>"}, "dpa"),
        ({"head": pages.linked_data(copyrightHolder={"name": "Agence France-Presse"})}, "Agence France-Presse"),
        ({}, None),
        ({"last": "<p><em>Additional reporting by Milan Okafor.</em></p>"}, None),
    ],
)
def test_the_agency_credit_is_reported_as_printed(made, credit):
    """A line of its own, dateline, byline, closing bracket, rights; a colleague is no agency."""
    assert read(**made).credit == credit
