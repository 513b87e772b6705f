"""What holds for any feed and any stream of entries."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from storydiff.discover.addresses import absolute, key_of, site_of
from storydiff.discover.entry import Entry
from storydiff.discover.listing import read_listing
from storydiff.discover.stamps import moment_of
from storydiff.discover.stories import Discovered, FoundStory, found_stories
from storydiff.discover.written import to_csv
from storydiff.errors import NoFeed, TooLarge
from tests.announced import NOON, entries

PIECES = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "/a", "https://x.example/b", "</link>",
     "<![CDATA[", "]]>", "&amp;", "&nbsp;", "&#0;", "&#x110000;", "&", "<", ">", "<!DOCTYPE", "[", "]", "<!ENTITY a 'b'>",
     "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<link href='c'/>", "<updated>", "2026-03-02", "<urlset>",
     "<url>", "<loc>", "</loc>", "<news:title>", "<sitemapindex>", "<sitemap>", "{", '"items"', ":", "[{", '"url":', '"/z"',
     "<html>", "<p>", "\x00", "\x1b[2J", "\ud800", "é", "𝕏", "<?xml version='1.0' encoding='", "utf-7", "'?>", "\x1f\x8b"]
)  # fmt: skip


def told(stories: tuple[FoundStory, ...]) -> list[list[str]]:
    """What was joined, by what the entries say."""
    return sorted(sorted(entry.title for entry in story.entries) for story in stories)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40) | st.binary(max_size=300))
def test_any_bytes_give_a_listing_or_the_one_error(pieces: list[str] | bytes) -> None:
    """And what a listing holds is clean: absolute addresses, texts in one line without controls."""
    body = pieces if isinstance(pieces, bytes) else "".join(pieces).encode("utf-8", "surrogatepass")
    try:
        found = read_listing(body, "https://x.example/feed")
    except (NoFeed, TooLarge):
        return
    for entry in found.entries:
        assert entry.url.startswith(("http://", "https://"))
        assert entry.url == absolute(entry.url, "https://x.example/")
        for text in (entry.title, entry.summary, entry.outlet):
            assert not any(char < " " or "\ud800" <= char <= "\udfff" for char in text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_words_state_a_time_or_none(words: str) -> None:
    """Never an error, always with a zone."""
    found = moment_of(words)
    assert found is None or found.at.tzinfo is not None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.text("htps:/.@[]%?&=#a0\\é", max_size=20).map("http://a.example/".__add__))
def test_any_text_is_an_address_or_none(text: str) -> None:
    """Cleaning twice is cleaning once, and key and site never fail."""
    url = absolute(text, "https://x.example/feed")
    if url is not None:
        assert absolute(url, "https://y.example/") == url
        assert key_of(url)
        assert site_of(url)


@settings(max_examples=12, deadline=None)
@given(st.permutations(entries()))
def test_the_order_of_feeds_changes_nothing(shuffled: list[Entry]) -> None:
    """The same entries in any order give the same stories, to the byte."""
    assert found_stories(shuffled) == found_stories(entries())


@settings(max_examples=12, deadline=None)
@given(st.permutations([replace(entry, published=NOON) for entry in entries()]))
def test_the_order_within_one_moment_changes_nothing(shuffled: list[Entry]) -> None:
    """All published at once: what they say orders them."""
    assert found_stories(shuffled) == found_stories([replace(entry, published=NOON) for entry in entries()])


@settings(max_examples=12, deadline=None)
@given(st.permutations(["a.example", "b.example", "c.example", "d.example", "zz.example"]))
def test_renaming_outlets_changes_nothing(names: list[str]) -> None:
    """Who publishes does not decide what belongs together."""
    sites: dict[str, str] = defaultdict(lambda: names[len(sites)])
    renamed = [
        replace(entry, url=f"https://{sites[entry.site]}/{i}", outlet=sites[entry.site])
        for i, entry in enumerate(entries())
    ]
    assert told(found_stories(renamed)) == told(found_stories(entries()))


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="=+-@|%\t\r\n\x1b\u202e'\"abc ", max_size=20))
def test_no_title_is_a_formula(title: str) -> None:
    """No cell of the CSV is run by a spreadsheet."""
    told_twice = [replace(entry, title=f"{title} {entry.title}") for entry in entries()[:2]]
    for cell in _cells(told_twice):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%"))


def _cells(found: list[Entry]) -> list[str]:
    stories = found_stories(found, outlets=1)
    text = to_csv(Discovered(stories=stories, heard=(), considered=2, since=timedelta(hours=1), made=NOON))
    return [cell for row in csv.reader(StringIO(text)) for cell in row]
