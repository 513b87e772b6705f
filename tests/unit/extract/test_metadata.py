"""What pages say about themselves outside their text."""

from datetime import UTC, datetime

import pytest

from storydiff.extract.decode import parse
from storydiff.extract.jsonld import read_linked_data
from storydiff.extract.metadata import domain, outlet_name, read_metadata, times

from .pages import HEADLINE, linked_data

HERE = "https://www.courier.example/news/baths"


def root(head, body="", attributes=""):
    """The tree of a page with this head."""
    return parse(
        f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}<p>x</p></body></html>".encode(), None
    ).root


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://www.courier.example/baths">', "https://www.courier.example/baths"),
        ('<link rel="canonical" href="/baths#top">', "https://www.courier.example/baths"),
        ('<meta property="og:url" content="https://courier.example/baths">', "https://courier.example/baths"),
        ('<link rel="canonical" href="https://www.courier.example/">', HERE),
        ('<link rel="canonical" href="https://www.other.example/copied">', HERE),
        ('<link rel="canonical" href="javascript:alert(1)">', HERE),
        ('<link rel="canonical" href="http://[bad">', HERE),
        ("", HERE),
    ],
)
def test_the_canonical_address_must_be_an_article_on_the_same_site(head, address):
    """A front page or another site is no address of this article."""
    assert read_metadata(root(head), HERE).canonical == address


def test_without_an_address_the_canonical_link_is_taken_as_it_is():
    """Files from disk."""
    head = '<link rel="canonical" href="https://www.courier.example/baths">'
    assert read_metadata(root(head), None).canonical == "https://www.courier.example/baths"


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ('lang="de-AT"', "", "de"),
        ('lang="EN_us"', "", "en"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt"),
        ("", '<meta name="content-language" content="uk">', "uk"),
        ('lang="x-default"', "", None),
        ("", "", None),
    ],
)
def test_the_declared_language_is_two_letters(attributes, head, language):
    """html lang, og:locale, content-language."""
    assert read_metadata(root(head, attributes=attributes), None).language == language


def found_times(head, body=""):
    """Published, modified and unused times of a page."""
    tree = root(head, body)
    return times(tree, read_linked_data(tree, None), read_metadata(tree, None))


def test_times_come_from_json_ld_first():
    """It is the most precise statement."""
    head = linked_data() + '<meta property="article:published_time" content="2031-01-01T00:00:00Z">'
    published, modified, unused = found_times(head)
    assert published == datetime(2031, 2, 4, 22, 40, tzinfo=UTC)
    assert modified == datetime(2031, 2, 5, 5, 10, tzinfo=UTC)
    assert unused == []


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2031-02-04T12:00:00Z">', ""),
        ('<meta name="parsely-pub-date" content="2031-02-04T12:00:00Z">', ""),
        ('<meta itemprop="datePublished" content="2031-02-04T12:00:00Z">', ""),
        ("", '<span itemprop="datePublished" content="2031-02-04T12:00:00Z">4 Feb</span>'),
        ("", '<time class="published" datetime="2031-02-04T12:00:00Z">4 Feb</time>'),
        ("", '<time datetime="2031-02-04T12:00:00Z">4 Feb</time>'),
    ],
)
def test_times_are_found_wherever_pages_put_them(head, body):
    """Meta elements, microdata, the only time element of the page."""
    assert found_times(head, body)[0] == datetime(2031, 2, 4, 12, 0, tzinfo=UTC)


def test_two_different_time_elements_say_nothing():
    """One of them may belong to a teaser."""
    both = '<time datetime="2031-02-04T12:00:00Z">a</time><time datetime="2031-02-03T12:00:00Z">b</time>'
    assert found_times("", both)[0] is None


def test_a_time_without_a_zone_is_reported_and_not_used():
    """Unless another statement of it has one."""
    naive = linked_data(datePublished="2031-02-04 12:00", dateModified=None)
    assert found_times(naive) == (None, None, ["2031-02-04 12:00"])
    zoned = '<meta property="article:published_time" content="2031-02-04T11:00:00Z">'
    assert found_times(naive + zoned) == (datetime(2031, 2, 4, 11, 0, tzinfo=UTC), None, [])


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="The Courier">' + linked_data(), "The Courier"),
        (linked_data(), "Brindle Courier"),
        (f"<title>{HEADLINE} - Valley Echo</title>", "Valley Echo"),
        (f"<title>Valley Echo: {HEADLINE}</title>", "courier.example"),
        (f"<title>Courier: {HEADLINE}</title>", "Courier"),
        ("<title>Your choices | Courier</title>", "Courier"),
        ("", "courier.example"),
    ],
)
def test_how_the_outlet_calls_itself(head, name):
    """og:site_name, publisher, what the title adds to the headline, the domain."""
    tree = root(head)
    assert outlet_name(read_linked_data(tree, None), read_metadata(tree, HERE), HERE, HEADLINE) == name


def test_a_domain_is_the_host_without_www():
    """And nothing for what is no address."""
    assert domain(HERE) == "courier.example"
    assert domain("http://[bad") is None
    assert domain(None) is None
