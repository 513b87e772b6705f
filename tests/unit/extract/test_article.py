"""Whole pages through the public function."""

from datetime import UTC, datetime

import pytest

from storydiff.extract import read_page
from storydiff.model import BODY_ROLES, Extent, Role, fingerprint, version_id

from . import pages


def read(html, **given):
    """The version of a page given as text."""
    return read_page(html.encode(), **given)


def body(version):
    """The body paragraphs of a version."""
    return [paragraph.text for paragraph in version.paragraphs if paragraph.role in BODY_ROLES]


def test_an_article_is_read_whole_and_nothing_around_it():
    """Navigation, related stories, comments, footer and embedded state are no text; every paragraph is."""
    version = read(pages.page(), url="https://www.brindlecourier.example/baths")
    assert body(version) == list(pages.PARAGRAPHS)
    assert version.extent is Extent.COMPLETE
    assert version.problems == ()


def test_what_the_page_says_about_the_article_is_reported():
    """Headline, byline, outlet, times in UTC, language and address."""
    version = read(pages.page(), url="https://www.brindlecourier.example/baths")
    assert version.headline == pages.HEADLINE
    assert version.byline == "Anneke Voss"
    assert version.outlet == "Brindle Courier"
    assert version.published == datetime(2031, 2, 4, 22, 40, tzinfo=UTC)
    assert version.modified == datetime(2031, 2, 5, 5, 10, tzinfo=UTC)
    assert version.language == "en"
    assert version.url == "https://www.brindlecourier.example/baths"


def test_a_name_given_for_the_outlet_wins():
    """Who asks knows how the outlet is called in the story."""
    assert read(pages.page(), outlet="Courier").outlet == "Courier"


def test_the_id_follows_from_article_moment_and_content():
    """Two readings of the same bytes at the same moment are one version."""
    fetched = datetime(2031, 2, 5, 7, 0, tzinfo=UTC)
    version = read(pages.page(), url="https://www.brindlecourier.example/baths", fetched=fetched, snapshot="ab" * 32)
    content = fingerprint(version.headline, version.standfirst, version.paragraphs)
    assert version.id == version_id(version.article, fetched, content)
    assert version.snapshot == "ab" * 32
    assert version == read(
        pages.page(), url="https://www.brindlecourier.example/baths", fetched=fetched, snapshot="ab" * 32
    )


def test_teasers_that_change_between_fetches_do_not_change_the_content():
    """Only the article itself counts for the fingerprint."""
    first, second = read(pages.page()), read(pages.page(below=pages.COMMENTS))
    assert first.id == second.id


def test_a_stale_article_body_in_the_metadata_is_never_read_as_text():
    """The shown text is the article, whatever an old copy in JSON-LD says."""
    stale = "The council of Lower Brindle will vote on Tuesday. The mayor expects a narrow result, she said on Monday."
    version = read(pages.page(head=pages.linked_data(articleBody=stale)))
    assert body(version) == list(pages.PARAGRAPHS)
    assert "narrow result" not in version.text


def test_paragraphs_set_with_line_breaks_are_told_apart():
    """A page without a single <p>."""
    version = read(pages.page("<br><br>".join(pages.PARAGRAPHS)))
    assert body(version) == list(pages.PARAGRAPHS)


def test_identical_paragraphs_in_a_row_are_all_kept():
    """A refrain is text as often as it stands there."""
    refrain = "The council did not reply to questions from this newspaper on Tuesday evening."
    version = read(pages.page(pages.paragraphs((*pages.PARAGRAPHS[:2], refrain, refrain, *pages.PARAGRAPHS[2:]))))
    assert body(version).count(refrain) == 2


def test_broken_markup_reads_like_whole_markup():
    """Unclosed paragraphs and stray end tags."""
    version = read(pages.page("".join(f"<p>{text}</b></span>" for text in pages.PARAGRAPHS)))
    assert body(version) == list(pages.PARAGRAPHS)


def test_an_amp_page_gives_the_article_under_its_canonical_address():
    """AMP elements are furniture, and the canonical link names the article."""
    html = pages.page(
        pages.paragraphs() + "<amp-ad>Buy a boat</amp-ad>",
        head='<link rel="canonical" href="https://www.brindlecourier.example/baths">' + pages.linked_data(),
    ).replace("<html", "<html amp")
    version = read(html, url="https://www.brindlecourier.example/amp/baths")
    assert version.url == "https://www.brindlecourier.example/baths"
    assert body(version) == list(pages.PARAGRAPHS)


RUSSIAN = (
    "Городской совет Нижнего Бриндла во вторник проголосовал за закрытие старого бассейна: инженеры нашли трещины в крыше.",
    "За закрытие высказались девять депутатов, против — четверо, ещё двое на заседание не пришли, сообщил секретарь совета.",
    "«Никто из нас не хочет терять бассейн, — сказала мэр Петра Холлингс. — Но нам показали снимки, которые трудно забыть».",
)
ARABIC = (
    "صوت مجلس بريندل السفلى يوم الثلاثاء على إغلاق المسبح القديم بعد أن اكتشف المهندسون شقوقا في السقف لا يمكن إصلاحها قبل الشتاء.",
    "وصوت تسعة أعضاء لصالح الإغلاق وعارضه أربعة وغاب اثنان عن الجلسة التي استمرت حتى منتصف الليل بحسب أمين المجلس.",
    "وقالت العمدة بيترا هولينغز إن أحدا لا يريد أن يفقد المسبح، لكن الصور التي عرضت على المجلس لا يمكن نسيانها.",
)
CHINESE = (
    "下布林德尔镇议会星期二投票决定关闭老游泳馆，工程师此前发现屋顶出现裂缝。",
    "九名议员赞成，四名反对，另有两人缺席，会议持续到午夜。",
    "镇长说，没有人愿意失去这座游泳馆，但照片令人难忘。",
)


@pytest.mark.parametrize(("texts", "language"), [(RUSSIAN, "ru"), (ARABIC, "ar"), (CHINESE, "zh")])
def test_other_scripts_are_read_and_recognised(texts, language):
    """Short pages in other scripts, with no declared language."""
    version = read(pages.page(pages.paragraphs(texts), headline=texts[0][:24], language=None, head=""))
    assert body(version) == list(texts)
    assert version.language == language


def test_an_english_template_around_a_text_in_another_script_does_not_decide_the_language():
    """Templates are often left at lang="en"."""
    assert read(pages.page(pages.paragraphs(RUSSIAN), language="en")).language == "ru"


def test_a_standfirst_is_kept_apart_from_the_paragraphs():
    """What stands between headline and text and sums it up is no paragraph."""
    dek = "A roof of 1931, photographs nobody will forget, and a vote near midnight"
    version = read(pages.page(above=f'<p class="standfirst">{dek}</p>'))
    assert version.standfirst == dek
    assert body(version) == list(pages.PARAGRAPHS)


def test_a_first_paragraph_that_the_page_calls_its_description_stays_a_paragraph():
    """A lede taken for a standfirst would look like an omission."""
    head = f'<meta name="description" content="{pages.PARAGRAPHS[0]}">' + pages.linked_data()
    version = read(pages.page(head=head))
    assert body(version)[0] == pages.PARAGRAPHS[0]
    assert version.standfirst is None


def test_a_kicker_set_into_the_heading_is_no_part_of_the_headline():
    """The stated headline says where the kicker ends."""
    html = pages.page().replace("<h1>", '<h1><span class="kicker">Local politics</span> ')
    assert read(html).headline == pages.HEADLINE


def test_hidden_elements_are_no_text():
    """hidden, aria-hidden, display:none and text for screen readers."""
    ghosts = "".join(
        f"<p {how}>This sentence number {i} is not shown to anybody who looks at the page of the Courier.</p>"
        for i, how in enumerate(("hidden", 'aria-hidden="true"', 'style="display: none"', 'class="sr-only"'))
    )
    version = read(pages.page(pages.paragraphs() + ghosts))
    assert body(version) == list(pages.PARAGRAPHS)


def test_paragraphs_that_react_streams_in_hidden_are_shown():
    """Content in <div hidden id="S:0"> is moved into place by the page itself."""
    html = pages.page(f'<div hidden id="S:0">{pages.paragraphs()}</div>')
    assert body(read(html)) == list(pages.PARAGRAPHS)


def test_terminal_escapes_and_bidi_overrides_do_not_survive():
    """Text of the web is hostile."""
    texts = (
        "The \x1b[31mroof\x9b2J of the baths was \u202ederised\u202c to be saf\u00ade by the coun\u200bcil in June.",
        *pages.PARAGRAPHS,
    )
    version = read(pages.page(pages.paragraphs(texts)))
    assert body(version)[0] == "The [31mroof2J of the baths was derised to be safe by the council in June."


def test_subheadings_lists_and_quotes_keep_their_roles_and_order():
    """Every kind of text in the order of the page."""
    html = pages.page(
        pages.paragraphs(pages.PARAGRAPHS[:2])
        + "<h2>What was found</h2><ul><li>Cracks in four of the nine roof beams.</li>"
        + "<li>Rust in the supports above the deep end of the pool.</li></ul>"
        + "<blockquote><p>The structure has reached the end of its life and must not carry snow.</p></blockquote>"
        + pages.paragraphs(pages.PARAGRAPHS[2:])
    )
    roles = [paragraph.role for paragraph in read(html).paragraphs]
    expected = [Role.BODY, Role.BODY, Role.SUBHEAD, Role.LIST_ITEM, Role.LIST_ITEM, Role.BLOCK_QUOTE]
    assert roles == [*expected, Role.BODY, Role.BODY, Role.BODY]


@pytest.mark.parametrize("bad", [b"", b"   \n", b"\x00\x00\x00", b"<!-- -->", b"<html></html>", b"\xff\xfe\x00", b"{}"])
def test_a_page_without_anything_is_blocked_and_says_why(bad):
    """Never an exception, never a complete version without text."""
    version = read_page(bad, url="https://empty.example/x")
    assert version.extent is Extent.BLOCKED
    assert version.paragraphs == ()
    assert version.problems
    assert version.outlet == "empty.example"


def test_a_file_without_an_address_takes_its_outlet_from_the_title():
    """Pages from disk have no URL."""
    version = read(pages.page(head=""))
    assert version.outlet == "Brindle Courier"
    assert version.url is None


def test_a_line_of_date_and_name_above_the_text_is_no_paragraph():
    """On old pages it stands in the cell of the text."""
    cell = "<br><br>".join(("04.02.2031, 11:30 - Ann Ore", *pages.PARAGRAPHS))
    found = read(f"<html><title>{pages.HEADLINE}</title><table><td>{pages.HEADLINE}<br>{cell}</td></table></html>")
    assert found.headline == pages.HEADLINE
    assert body(found) == list(pages.PARAGRAPHS)


DEK = "Pupils and swimmers to go to Upper Brindle for now"


def old_page(dek, blank="<br><br>"):
    """A page of old make: headline, the line below it and the paragraphs are lines of one cell."""
    head = f"<span class=t>{pages.HEADLINE}</span><br><span class=u>{dek}</span><br><br>"
    cell = f"<table><tr><td class=txt>{head}{blank.join(pages.PARAGRAPHS)}</td></tr></table>"
    return read_page(f"<html><head><title>{pages.HEADLINE}</title></head><body>{cell}</body></html>".encode())


def test_a_line_in_the_head_of_a_cell_is_the_standfirst():
    """It stands right below the headline, where the paragraphs are parted by blank lines."""
    version = old_page(DEK)
    assert (version.headline, version.standfirst) == (pages.HEADLINE, DEK)
    assert [paragraph.text for paragraph in version.paragraphs] == list(pages.PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "blank"),
    [("The baths are to close this month.", "<br><br>"), (DEK, "<br>"), ("By Anneke Voss, our reporter", "<br><br>")],
)
def test_a_line_below_the_headline_that_may_be_text_is_no_standfirst(line, blank):
    """A sentence, a line like all others, a name: none is taken out of the text as one."""
    assert old_page(line, blank).standfirst is None
