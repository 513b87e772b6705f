"""From bytes to text: which charset is believed."""

import pytest

from storydiff.extract.decode import MAX_BYTES, decode, parse

GERMAN = "Die Fähre kenterte kurz vor Mitternacht, sagte ein Sprecher der Küstenwache."
RUSSIAN = "Паром перевернулся незадолго до полуночи, сообщил представитель береговой охраны."
META = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    ("charset", "header", "text"),
    [
        ("iso-8859-1", None, GERMAN),
        ("windows-1251", None, RUSSIAN),
        ("koi8-r", None, RUSSIAN),
        ("utf-8", None, RUSSIAN),
        ("windows-1251", "windows-1251", RUSSIAN),
        ("gb18030", "gb2312", "渡轮在午夜前不久倾覆，海岸警卫队发言人说。"),
        ("shift_jis", "Shift_JIS", "フェリーは真夜中の少し前に転覆した。"),
        ("euc_kr", "euc-kr", "여객선이 자정 직전에 전복됐다고 해안경비대가 밝혔다."),
    ],
)
def test_a_declared_charset_is_used(charset, header, text):
    """In the header, or only in a meta element."""
    body = META.format(header or charset, text).encode(charset)
    assert text in decode(body, header)[0]


def test_the_header_wins_over_the_meta_element():
    """A proxy that recodes a page changes the header and not the page."""
    body = META.format("iso-8859-1", RUSSIAN).encode("windows-1251")
    assert RUSSIAN in decode(body, "windows-1251")[0]


def test_valid_utf8_is_utf8_whatever_is_declared():
    """Servers with a wrong default charset are common; other charsets are practically never valid UTF-8."""
    body = META.format("utf-8", GERMAN).encode()
    assert GERMAN in decode(body, "iso-8859-1")[0]


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_byte_order_mark_wins(charset):
    """It stands in the bytes themselves."""
    assert GERMAN in decode(f"<p>{GERMAN}</p>".encode(charset), "windows-1252")[0]


@pytest.mark.parametrize("label", ["no-such-charset", "base64", "undefined", "x" * 300, "utf-7", "\x00"])
def test_a_senseless_label_is_ignored(label):
    """Unknown names, and codecs that are no text encodings."""
    assert GERMAN in decode(GERMAN.encode("windows-1252"), label)[0]


def test_bytes_that_fit_no_charset_become_replacement_characters():
    """A broken page is read as far as it goes."""
    text, _ = decode("Die Fähre ".encode("windows-1252") + b"\x81\x8d", "utf-8")
    assert text.startswith("Die F")


def test_latin1_means_windows_1252_as_in_browsers():
    """The label iso-8859-1 covers curly quotes on the web."""
    assert "“no”" in decode("<p>“no”</p>".encode("windows-1252"), "iso-8859-1")[0]


def test_a_page_beyond_the_limit_is_cut_and_says_so():
    """Memory stays bounded."""
    page = parse(b"<p>" + b"x" * MAX_BYTES, None)
    assert page.cut
    assert not parse(b"<p>x</p>", None).cut


def test_nesting_beyond_what_the_parser_takes_is_said():
    """What follows 20,000 open elements is lost, so the page cannot count as read whole."""
    assert parse(b"<div>" * 20_000 + b"<p>deep</p>", None).cut


@pytest.mark.parametrize("header", ["utf-8", None, "iso-8859-1"])
def test_one_broken_sign_does_not_cost_the_good_ones(header):
    """A letter cut in half, as shortened titles have it: the rest is UTF-8 all the same."""
    text, charset = decode(f"<p>{GERMAN}</p>".encode() + b"<p>Die F\xc3...</p>", header)
    assert (GERMAN in text, charset) == (True, "utf-8")


def test_a_western_page_that_says_utf8_is_western():
    """Its few letters beyond ASCII are no good UTF-8."""
    assert GERMAN in decode(GERMAN.encode("windows-1252"), "utf-8")[0]
