"""How much of the article is there: each rule with one case for and one against."""

from dataclasses import replace

import pytest

from storydiff.extract import read_page
from storydiff.extract.extent import Signals, decide
from storydiff.model import Extent

from . import pages

LONG = pages.PARAGRAPHS * 3
WHOLE = Signals(
    status=200,
    texts=LONG,
    after=(),
    lines=LONG,
    title=pages.HEADLINE,
    headline=pages.HEADLINE,
    stated_article=True,
    stated_list=False,
    linked_headings=4,
    free=None,
    stated_words=None,
    hidden=0,
    locked_shown=None,
    live=False,
    signed=False,
    cut=False,
)
CUT = (
    *LONG[:4],
    "Documents seen by this newspaper suggest that the county's insurers had raised the question of the roof",
)
TRAILING = (*LONG[:2], "The engineers had been asked to come back in the spring and look again at the beams above the…")
WALL = "Subscribe to continue reading this article."


@pytest.mark.parametrize(
    ("changes", "extent", "codes"),
    [
        ({}, "complete", []),
        ({"free": True}, "complete", []),
        # not free, and shown in full nevertheless
        ({"free": False}, "complete", []),
        ({"free": False, "texts": LONG[:4], "locked_shown": 900}, "complete", []),
        ({"free": False, "texts": LONG[:2], "signed": True}, "complete", []),
        ({"free": False, "texts": LONG[:4]}, "truncated", ["not_free"]),
        ({"free": False, "locked_shown": 0}, "truncated", ["not_free"]),
        # cut within a sentence
        ({"texts": CUT}, "truncated", ["cut_sentence"]),
        ({"texts": TRAILING}, "truncated", ["cut_sentence"]),
        ({"texts": (*LONG, "The roof, she said, “is gone”. (Northwire)")}, "complete", []),
        (
            {"texts": (*LONG, "Wer das nicht sehe, sagte sie, „der war nie im Bad gewesen und hat es nie gemocht.“")},
            "complete",
            [],
        ),
        (
            {
                "texts": (
                    *LONG,
                    "Those who want to help can find addresses and opening hours of the county at brindle.org",
                )
            },
            "complete",
            [],
        ),
        ({"texts": CUT, "stated_words": 118}, "complete", []),
        # lines that say so
        ({"after": (WALL,)}, "truncated", ["paywall"]),
        ({"after": ("This article is for subscribers only.",)}, "truncated", ["paywall"]),
        ({"after": ("Jetzt weiterlesen mit dem Digitalabo",)}, "truncated", ["paywall"]),
        ({"after": ("Il vous reste 62 % de cet article à lire.",)}, "truncated", ["paywall"]),
        ({"after": ("Para seguir leyendo, suscríbete",)}, "truncated", ["paywall"]),
        ({"after": ("この記事は会員限定です。残り540文字",)}, "truncated", ["paywall"]),
        ({"after": ("Subscribe now to our newsletter",)}, "complete", []),
        ({"after": (WALL,), "stated_words": 345}, "complete", []),
        # lengths
        ({"stated_words": 340}, "complete", []),
        ({"stated_words": 900}, "truncated", ["shorter_than_stated"]),
        ({"stated_words": 900, "free": True}, "complete", []),
        ({"stated_words": 900, "live": True}, "complete", []),
        ({"hidden": 4000}, "truncated", ["hidden_text"]),
        ({"hidden": 150}, "complete", []),
        ({"cut": True}, "truncated", ["page_too_large"]),
        # no article
        ({"status": 404}, "blocked", ["error_page"]),
        ({"status": 503, "texts": ()}, "blocked", ["error_page"]),
        ({"texts": ()}, "blocked", ["no_article"]),
        ({"texts": (), "hidden": 3000}, "blocked", ["hidden_text"]),
        ({"texts": (), "lines": (WALL, *LONG)}, "blocked", ["paywall"]),
        ({"texts": (), "lines": ("Please enable JavaScript to view this page.",)}, "blocked", ["needs_javascript"]),
        ({"texts": ("Sorry.",), "title": "404 - Page not found", "stated_article": False}, "blocked", ["error_page"]),
        ({"stated_list": True, "stated_article": False}, "blocked", ["not_an_article"]),
        (
            {
                "linked_headings": 30,
                "stated_article": False,
                "texts": ("Roof of old baths gives way", "Choir wins prize"),
            },
            "blocked",
            ["not_an_article"],
        ),
        # short, but an article
        ({"texts": ("Lower Brindle's council has voted to close its baths.",)}, "complete", []),
        ({"texts": ("Menu", "Log in"), "lines": LONG, "stated_article": False}, "blocked", ["no_article"]),
    ],
)
def test_the_extent_follows_from_the_signals(changes, extent, codes):
    """Each reason alone, and the evidence that outweighs it."""
    lines = changes.get("lines") or (changes.get("texts") or LONG) * 4
    decided, problems = decide(replace(WHOLE, **{"lines": lines, **changes}))
    assert (str(decided), [problem.code for problem in problems]) == (extent, codes)


def test_reasons_are_sentences_for_people():
    """They stand in the outlet's column."""
    _, problems = decide(replace(WHOLE, texts=CUT, after=(WALL,)))
    assert all(p.message[0].isupper() and len(p.message) > 20 for p in problems)
    assert "insurers had raised" in problems[0].message
    assert WALL in problems[1].message


def extent_of(html, **given):
    """Extent and codes of a page."""
    version = read_page(html.encode(), **given)
    return version.extent, [problem.code for problem in version.problems], version


CONSENT = pages.bare(
    "<h1>Before you continue to the Courier</h1><p>To read free of charge you have to agree to the use of cookies by us and "
    "317 partners.</p><p>We use them to personalise advertising and to measure it. You may withdraw your consent.</p>"
    "<button>I agree</button><p>Or pay and read without tracking for 2.99 a month.</p>"
)


@pytest.mark.parametrize("status", [200, 403])
def test_a_consent_wall_is_no_article(status):
    """Whether it is sent with 200 or 403."""
    extent, codes, version = extent_of(CONSENT, status=status, url="https://www.courier.example/baths")
    assert (extent, codes, version.paragraphs) == (Extent.BLOCKED, ["consent_wall"], ())


def test_a_cookie_banner_over_an_article_blocks_nothing():
    """The banner is furniture."""
    banner = '<div id="cookie-banner"><p>We and our partners use cookies to personalise content and ads.</p></div>'
    assert extent_of(pages.page(above=banner))[0] is Extent.COMPLETE


def test_an_article_cut_by_a_paywall_is_truncated_and_the_offer_is_no_text():
    """Marked as not free, broken off, followed by an offer."""
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".locked"}
    head = pages.linked_data(isAccessibleForFree=False, hasPart=part)
    html = pages.page(
        pages.paragraphs((*pages.PARAGRAPHS[:2], "Documents seen by the Courier show that the roof had been reported"))
        + '<div class="offer"><p>You have used your free articles for February. Subscribe to continue reading.</p></div>',
        head=head,
    )
    extent, codes, version = extent_of(html)
    assert extent is Extent.TRUNCATED
    assert codes == ["cut_sentence", "paywall", "not_free"]
    assert "Subscribe" not in " ".join(p.text for _, p in version.body)


def test_a_metered_page_that_shows_everything_is_complete():
    """isAccessibleForFree is false, and the locked part is there to read."""
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".story-body"}
    head = pages.linked_data(isAccessibleForFree=False, hasPart=part)
    assert extent_of(pages.page(head=head))[0] is Extent.COMPLETE


def test_text_hidden_behind_a_paywall_is_not_read_and_truncates():
    """Readers do not see it."""
    html = pages.page(
        pages.paragraphs(pages.PARAGRAPHS[:1])
        + f'<div class="paywall" style="display:none">{pages.paragraphs(pages.PARAGRAPHS[1:])}</div>'
    )
    extent, codes, version = extent_of(html)
    assert extent is Extent.TRUNCATED
    assert "hidden_text" in codes
    assert [p.text for _, p in version.body] == [pages.PARAGRAPHS[0]]


def test_a_shell_that_javascript_fills_is_blocked():
    """Nothing to read without running it."""
    html = pages.bare('<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>')
    assert extent_of(html)[:2] == (Extent.BLOCKED, ["needs_javascript"])


def test_a_section_front_is_no_article():
    """Thirty headlines with a line each."""
    cards = "".join(
        f'<div class="card"><h3><a href="/{i}">Council of village number {i} meets on Tuesday</a></h3><p>A report on page {i}</p></div>'
        for i in range(30)
    )
    html = f"<!DOCTYPE html><html lang=en><head><title>Brindle Courier</title></head><body><main>{cards}</main></body></html>"
    assert extent_of(html)[:2] == (Extent.BLOCKED, ["not_an_article"])


def test_an_error_page_with_status_200_is_blocked():
    """Soft 404."""
    html = pages.bare("<h1>Page not found</h1><p>The page you were looking for does not exist any more.</p>")
    assert extent_of(html.replace("<title>x", "<title>Page not found"))[:2] == (Extent.BLOCKED, ["error_page"])


def test_a_flash_of_one_sentence_is_complete():
    """Agencies start with a line."""
    flash = "BRINDLE, Feb 4 (Northwire) - Lower Brindle's council votes 9-4 to close baths, clerk says."
    assert extent_of(pages.page(pages.paragraphs((flash,))))[0] is Extent.COMPLETE


def test_quoted_reasons_are_cut_between_words():
    """A long line is quoted up to a word, and says so."""
    wall = f"{WALL} {'Readers of the county have supported this paper since it began. ' * 4}"
    _, problems = decide(replace(WHOLE, texts=CUT, after=(wall,)))
    begun = problems[0].message.partition("“…")[2].partition("”")[0].split()[0]
    assert begun in CUT[-1].split()
    ended = problems[1].message.partition("“")[2].partition("…”.")[0]
    assert wall.startswith(f"{ended} ")
