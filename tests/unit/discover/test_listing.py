"""Feeds, sitemaps and pages as bytes."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
import zlib
from datetime import UTC, datetime

import pytest

from storydiff.discover.entry import Listing, Shape
from storydiff.discover.listing import MOST_ENTRIES, read_listing
from storydiff.discover.markup import unpacked
from storydiff.discover.sitemaps import sitemaps_of_robots
from storydiff.errors import NoFeed, TooLarge

URL = "https://paper.example/feed"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def read(text: str | bytes, url: str = URL) -> Listing:
    return read_listing(text.encode() if isinstance(text, str) else text, url)


RSS2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harbour Post</title><link>https://paper.example/</link><language>en-gb</language>
<atom:link href="https://paper.example/feed" rel="self"/>
<item><title><![CDATA[Mill fire <b>kills</b> two & hurts four]]></title><link>/mill?utm_source=rss</link>
<description>&lt;p&gt;A fire at the paper mill&amp;nbsp;in Dornfeld.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
<pubDate>Mon, 02 Mar 2026 13:00:00 +0100</pubDate><media:thumbnail url="x.jpg"/><media:title>A picture</media:title></item>
<item><title>Second</title><guid>https://paper.example/second</guid><pubDate>Mon, 02 Mar 2026 11:00 GMT</pubDate></item>
<item><title>No address</title></item>
</channel></rss>"""


def test_rss_2_is_read() -> None:
    """Title and summary without markup, absolute address, time in UTC, language; items without address are left out."""
    found = read(RSS2)
    assert found.shape is Shape.FEED
    first, second = found.entries
    assert first.url == "https://paper.example/mill"
    assert first.title == "Mill fire kills two & hurts four"
    assert first.summary == "A fire at the paper mill in Dornfeld."
    assert (first.published, first.rough, first.language) == (NOON, False, "en")
    assert (first.outlet, first.site) == ("paper.example", "paper.example")
    assert second.url == "https://paper.example/second"


def test_rss_1_is_read() -> None:
    """Items beside the channel, with Dublin Core."""
    found = read("""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>
      <item rdf:about="https://paper.example/a"><title>A fire in the mill</title><dc:date>2026-03-02T13:00+01:00</dc:date>
      <dc:language>de</dc:language></item></rdf:RDF>""")
    assert [(e.url, e.published, e.language) for e in found.entries] == [("https://paper.example/a", NOON, "de")]


def test_rss_0_91_with_its_document_type_is_read() -> None:
    """The document type of old feeds is no obstacle, and HTML's entities have their characters."""
    found = read("""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
      "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><item>
      <title>Caf&eacute; &ndash; closed &amp; sold</title><link>https://paper.example/cafe?a=1&b=2</link></item></channel></rss>""")
    assert [(e.title, e.url) for e in found.entries] == [("Café – closed & sold", "https://paper.example/cafe?a=1&b=2")]


def test_atom_is_read() -> None:
    """The alternate link, relative to xml:base; published and updated; markup of type xhtml as text."""
    found = read("""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT" xml:base="https://blatt.example/news/">
      <title>Blatt</title><entry><title type="html">Brand &amp;lt;gelöscht&amp;gt;</title><id>tag:1</id>
      <link rel="enclosure" href="a.mp3"/><link rel="replies" href="c"/><link href="brand.html"/>
      <published>2026-03-02T12:00:00Z</published><updated>2026-03-02T14:00:00+01:00</updated>
      <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Zwei <b>Tote</b>.<p>Vier Verletzte.</p></div></summary>
      </entry></feed>""")
    (entry,) = found.entries
    assert entry.url == "https://blatt.example/news/brand.html"
    assert entry.title == "Brand <gelöscht>"
    assert entry.summary.startswith("Zwei Tote.")
    assert (entry.published, entry.updated) == (NOON, NOON.replace(hour=13))
    assert entry.language == "de"


def test_json_feed_is_read() -> None:
    """Items with url or an id that is an address; values of wrong types are passed over."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "items": [
            {
                "id": 7,
                "url": "/a",
                "title": "A",
                "content_html": "<p>Two dead.</p>",
                "date_published": "2026-03-02T12:00:00Z",
            },
            {"id": "https://paper.example/b", "title": None, "summary": ["x"]},
            "nonsense",
            {"id": "tag:c"},
        ],
    }
    found = read(json.dumps(feed))
    assert [e.url for e in found.entries] == ["https://paper.example/b", "https://paper.example/a"]
    assert found.entries[1].summary == "Two dead."


NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://paper.example/mill</loc><lastmod>2026-03-02T15:00:00Z</lastmod>
<image:image><image:loc>https://paper.example/x.jpg</image:loc><image:title>Getty picture 17</image:title></image:image>
<news:news><news:publication><news:name>Harbour Post</news:name><news:language>eng</news:language></news:publication>
<news:publication_date>2026-03-02T12:00:00Z</news:publication_date><news:title>Mill fire kills two</news:title></news:news></url>
<url><loc>https://paper.example/2026/03/cargo-ship-aground-off-alder-quay-20451.html</loc><lastmod>2026-03-01</lastmod></url>
<url><loc>https://paper.example/</loc></url></urlset>"""


def test_a_news_sitemap_is_read() -> None:
    """Headline, language and time of news:news; nothing of pictures; a headline out of the address."""
    found = read(NEWS)
    assert found.shape is Shape.SITEMAP
    first, second = found.entries
    assert (first.title, first.language) == ("Mill fire kills two", "en")
    assert first.published == NOON
    assert first.updated == NOON.replace(hour=15)
    assert second.title == "Cargo ship aground off alder quay"
    assert second.rough


def test_nobody_passes_as_another_outlet() -> None:
    """The name in a sitemap counts where the site is called so; else the site is the name."""
    assert read(NEWS.replace("Harbour Post", "The Paper")).entries[0].outlet == "The Paper"
    assert read(NEWS).entries[0].outlet == "paper.example"


def test_an_index_leads_to_its_sitemaps_news_first() -> None:
    """Those called news come first, then those changed last, then those of pictures and sections."""
    found = read("""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>https://paper.example/image-sitemap.xml</loc></sitemap>
      <sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
      <sitemap><loc>/new.xml</loc><lastmod>2026-03-01</lastmod></sitemap>
      <sitemap><loc>/news.xml</loc></sitemap></sitemapindex>""")
    assert found.shape is Shape.INDEX
    names = [url.rpartition("/")[2] for url in found.more]
    assert names == ["news.xml", "new.xml", "old.xml", "image-sitemap.xml"]


def test_a_page_leads_to_the_feeds_it_declares() -> None:
    """RSS, Atom and JSON feeds in order, resolved; feeds of comments are not news."""
    found = read("""<!doctype html><html><head><base href="https://cdn.paper.example/"><link rel="stylesheet" href="a.css">
      <link rel="ALTERNATE feed" type="application/rss+xml" title="News" href="/rss">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
      <link rel="alternate" type="application/atom+xml; charset=utf-8" href="atom.xml"><link rel="alternate" hreflang="de" href="/de">
      </head><body><p>Hello</p><a href="/feed">feed</a></body></html>""")
    assert (found.shape, found.entries) == (Shape.PAGE, ())
    assert found.more == ("https://cdn.paper.example/rss", "https://cdn.paper.example/atom.xml")


def test_a_page_that_declares_none_leads_to_links_that_look_like_feeds() -> None:
    """A list of feeds for people works too."""
    found = read(
        '<html><body><h1>RSS</h1><a href="/rss/world.xml">World</a><a href="/feedback">Write to us</a></body></html>'
    )
    assert found.more == ("https://paper.example/rss/world.xml",)


def test_one_article_under_two_addresses_is_one_entry() -> None:
    """What is said twice is joined: the fuller text, the known time."""
    found = read("""<rss><channel><item><title>A</title><link>https://paper.example/a?utm_medium=rss</link></item>
      <item><title>A</title><link>https://www.paper.example/a/</link><description>More on it.</description>
      <pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate></item></channel></rss>""")
    assert [(e.title, e.summary, e.published) for e in found.entries] == [("A", "More on it.", NOON)]


def test_a_packed_sitemap_is_unpacked() -> None:
    """A .xml.gz that reaches us as it is."""
    assert read(gzip.compress(NEWS.encode())).entries == read(NEWS).entries


def test_a_torn_packed_sitemap_gives_what_there_is() -> None:
    """Bytes that end too early do not fail."""
    whole = gzip.compress(
        (NEWS.replace("</urlset>", "<url><loc>https://paper.example/z</loc></url>" * 50 + "</urlset>")).encode()
    )
    assert len(read(whole[: len(whole) * 3 // 4]).entries) >= 1


def test_what_only_looks_packed_lists_nothing() -> None:
    """Broken from the start: what follows the mark of gzip is never read as if it were text."""
    broken = b"\x1f\x8b" + NEWS.encode()
    assert unpacked(broken) == b""
    with pytest.raises(NoFeed):
        read(broken)


def test_a_packed_bomb_is_refused() -> None:
    """Forty megabytes of nothing in forty kilobytes."""
    with pytest.raises(TooLarge):
        read(gzip.compress(b" " * 40_000_000))


def test_entities_are_not_expanded() -> None:
    """Billion laughs, in text and in attributes: read in no time, and nothing of it is there."""
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>
      <rss><channel><item><title>&l9; fire</title><link>https://paper.example/a</link><x y="&l9;"/></item></channel></rss>"""
    began = time.process_time()
    (entry,) = read(bomb).entries
    assert time.process_time() - began < 1
    assert "lol" not in entry.title
    assert "fire" in entry.title


def test_no_file_is_read_through_an_entity(tmp_path) -> None:
    """XXE: neither an internal nor a parameter entity reaches a file."""
    secret = tmp_path / "secret"
    secret.write_text("xyzzy")
    found = read(f"""<!DOCTYPE rss [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>
      <rss><channel><item><title>T &e;</title><link>https://paper.example/a</link></item></channel></rss>""")
    assert "xyzzy" not in repr(found)


def test_broken_xml_is_mended() -> None:
    """A bare ampersand, an unclosed element, a control character and a wrong declaration of charset."""
    found = read(b"""\xef\xbb\xbf <?xml version="1.0" encoding="utf-16"?><rss><channel><item><title>Fish & chips \x0b off</title>
      <link>https://paper.example/a</link><description>One<br>two</item></channel></rss>""")
    assert found.entries[0].title == "Fish & chips off"


def test_other_charsets_are_read() -> None:
    """Latin-1 and UTF-16 as declared."""
    text = '<?xml version="1.0" encoding="{}"?><rss><channel><item><title>Brücke</title><link>/a</link></item></channel></rss>'
    assert read(text.format("iso-8859-1").encode("latin-1")).entries[0].title == "Brücke"
    assert read(text.format("utf-16").encode("utf-16")).entries[0].title == "Brücke"


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 50, b"{", b'{"items": 3}', b"[" * 100_000, b"%PDF-1.7", b"<", b"plain words", b"\x1f\x8b\x08\x00junk",
     b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>"],
)  # fmt: skip
def test_what_is_no_list_says_so(body: bytes) -> None:
    """The one error, with what to do."""
    with pytest.raises(NoFeed) as caught:
        read(body)
    assert caught.value.hint


def test_a_huge_feed_is_cut_to_its_newest() -> None:
    """Of too many entries the newest are kept."""
    items = "".join(
        f"<item><title>T{i}</title><link>/a{i}</link><pubDate>{1_700_000_000 + i}</pubDate></item>"
        for i in range(MOST_ENTRIES + 500)
    )
    found = read(f"<rss><channel>{items}</channel></rss>")
    assert len(found.entries) == MOST_ENTRIES
    assert found.entries[0].title == f"T{MOST_ENTRIES + 499}"


def test_deep_nesting_costs_little() -> None:
    """Twenty thousand open elements neither crash nor stall."""
    began = time.process_time()
    deep = "<rss><channel>" + "<a>" * 20_000 + "<item><title>T</title><link>/a</link></item>"
    with contextlib.suppress(NoFeed):
        read(deep)
    assert time.process_time() - began < 5


def test_a_summary_of_deep_markup_is_text() -> None:
    """Markup in a summary may be as deep as it likes."""
    markup = "&lt;div&gt;" * 3000 + "two dead"
    (entry,) = read(
        f"<rss><channel><item><title>T</title><link>/a</link><description>{markup}</description></item></channel></rss>"
    ).entries
    assert "<div>" not in entry.summary


def test_robots_names_sitemaps() -> None:
    """Sitemap lines in any case, resolved, news first."""
    body = b"User-agent: *\nDisallow: /x\nSITEMAP: https://paper.example/all.xml\nsitemap:/news.xml\nSitemap: javascript:1\n"
    assert sitemaps_of_robots(body, "https://paper.example/robots.txt") == (
        "https://paper.example/news.xml",
        "https://paper.example/all.xml",
    )


def test_zlib_is_not_gzip() -> None:
    """Other packings are no lists."""
    with pytest.raises(NoFeed):
        read(zlib.compress(NEWS.encode()))
