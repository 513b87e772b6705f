"""What stands beside the text, told apart from it."""

import pytest

from storydiff.extract import read_page
from storydiff.model import BODY_ROLES, Role

from . import pages

QUOTE = "we were shown photographs that none of us will forget"


def version(inserted, at=3):
    """A page with something inserted before the paragraph of that number."""
    body = pages.paragraphs(pages.PARAGRAPHS[:at]) + inserted + pages.paragraphs(pages.PARAGRAPHS[at:])
    return read_page(pages.page(body).encode())


@pytest.mark.parametrize(
    ("inserted", "role", "text"),
    [
        (
            "<figure><img><figcaption>The baths in 1931, soon after they opened</figcaption></figure>",
            Role.CAPTION,
            None,
        ),
        ("<div class='photo-caption'>The baths in 1931, soon after they opened</div>", Role.CAPTION, None),
        ("<figure><img><figcaption>Photo: Milan Okafor</figcaption></figure>", Role.CREDIT, None),
        (f"<aside class='pull-quote'><p>{QUOTE}</p></aside>", Role.PULL_QUOTE, QUOTE),
        ("<p><a href=/x>Read more: Bridge to stay shut until April</a></p>", Role.TEASER, None),
        ("<div class='newsletter-signup'><p>Sign up for our morning newsletter</p></div>", Role.NEWSLETTER, None),
        ("<p><em>Correction: An earlier version of this article gave the wrong year.</em></p>", Role.CORRECTION, None),
        ("<p><strong>What the engineers saw</strong></p>", Role.SUBHEAD, "What the engineers saw"),
        ("<h3>What the engineers saw</h3>", Role.SUBHEAD, "What the engineers saw"),
    ],
)
def test_what_is_no_paragraph_has_a_role_of_its_own(inserted, role, text):
    """Captions, credits, pull quotes, teasers, newsletter lines, corrections and sub-headings."""
    read = version(inserted)
    assert [p.text for p in read.paragraphs if p.role in BODY_ROLES] == list(pages.PARAGRAPHS)
    others = [p for p in read.paragraphs if p.role not in BODY_ROLES]
    assert [p.role for p in others] == [role]
    assert text is None or others[0].text == text


def test_a_paragraph_all_in_bold_stays_text():
    """A first paragraph is often set in bold; as a sub-heading it would be lost to the comparison."""
    text = (
        "The town council of Hollow Brindle decided late on Monday, after four hours of debate, to close the old baths,"
        " to sell the land beside the station and to build a new pool within three years"
    )
    assert text in [p.text for p in version(f"<p><strong>{text}</strong></p>", at=2).paragraphs if p.role is Role.BODY]


@pytest.mark.parametrize(
    "text",
    [
        "The plan was amended on Monday to keep the children's pool open for one more summer, the clerk said.",
        "Updated figures from the county put the cost of a new roof at 2.4 million crowns, twice the first estimate.",
        "Hollings, who is a professor of law in the capital, said she had not slept since the report arrived.",
        "Flooding was reported from Upper Brindle and two farms along the river on Wednesday morning.",
        "Registered voters in both villages can ask for a ballot if 500 of them sign before the end of March.",
        "More on the cost of the roof is expected when the engineers publish their second report in April.",
    ],
)
def test_a_sentence_that_only_sounds_like_a_note_stays_text(text):
    """A paragraph lost to a side role would look like an omission."""
    assert text in [p.text for p in version(f"<p>{text}</p>", at=5).paragraphs if p.role is Role.BODY]


def test_who_reported_is_a_credit_and_no_paragraph():
    """Sign-offs close an article without being part of it."""
    read = version("<p>Reporting by Anneke Voss; editing by Milan Okafor</p>", at=5)
    assert [p.role for p in read.paragraphs][-1] is Role.CREDIT


def test_an_inline_list_of_teasers_is_no_text():
    """Related stories set into the body."""
    teasers = (
        "<div class='inline-related'><h4>Read also</h4><ul><li><a href=/a>School choir wins first prize</a></li>"
        "<li><a href=/b>Farmers fear a second wet spring</a></li></ul></div>"
    )
    assert [p.text for p in version(teasers).paragraphs if p.role in BODY_ROLES] == list(pages.PARAGRAPHS)


LETTER = "The Courier in your letter box: all the news of the valley, every morning."


@pytest.mark.parametrize("field", ["<input>", "<input type=email>", "<form action=/x><input type=text></form>"])
def test_a_box_with_a_field_for_an_address_is_no_text(field):
    """However it is called, and though its line is a whole sentence."""
    read = version(f"<section class=b7><p>{LETTER}</p>{field}<button>Order</button></section>", at=5)
    assert [p.text for p in read.paragraphs if p.role in BODY_ROLES] == list(pages.PARAGRAPHS)
    assert [(p.text, p.role) for p in read.paragraphs if p.text == LETTER] == [(LETTER, Role.NEWSLETTER)]


@pytest.mark.parametrize(
    "field", ["<input type=search>", "<input type=checkbox>", "<input type=hidden>", "<button>A</button>"]
)
def test_other_fields_make_no_letter_box(field):
    """What is ticked, sent or searched with stands in any part of a page."""
    read = version(f"<section class=b7><p>{pages.PARAGRAPHS[1]}</p>{field}</section>", at=5)
    assert [p.role for p in read.paragraphs if p.text == pages.PARAGRAPHS[1]] == [Role.BODY] * 2


def test_a_field_in_the_article_itself_takes_no_paragraph_away():
    """A box of offers is small; an article around a field is not."""
    read = read_page(pages.page(pages.paragraphs() + "<input type=email>").encode())
    assert [p.text for p in read.paragraphs if p.role in BODY_ROLES] == list(pages.PARAGRAPHS)
