"""Text from the web made safe."""

from __future__ import annotations

import pytest

from storydiff.report import safe
from tests.unit.report.hostile import COMMANDS, NASTY


def test_shown_commands_nothing() -> None:
    """Nothing that commands a terminal or turns letters round is left, and it is one line."""
    text = safe.shown(NASTY)
    assert not COMMANDS.search(text)
    assert "\n" not in text
    assert "evil" in text


@pytest.mark.parametrize(
    "text",
    ["plain", "naïve – “quoted” €5", "می‌خواهم", "👩‍👩‍👧 क्‍ष", "שָׁלוֹם", "東京で火災", "Zürich\u00a0HB"],
)
def test_shown_keeps_languages(text: str) -> None:
    """Joiners, marks and non-breaking spaces that languages need stay."""
    assert safe.shown(text) == text


def test_shown_cuts_stacked_marks() -> None:
    """A letter keeps the marks that scripts need and loses the tower above them."""
    assert safe.shown("e" + "\u0301" * 500 + "x") == "e" + "\u0301" * safe.MAX_MARKS + "x"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "|x", "%x", "\u200b=1"])
def test_csv_formula(text: str) -> None:
    """Whatever a spreadsheet may run as a formula begins with a quote mark instead."""
    assert safe.csv_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["14 dead", "“We = they”", "", "A-B"])
def test_csv_plain(text: str) -> None:
    """Other text stays as it is."""
    assert safe.csv_cell(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**b** _i_ `c` [a](b) ![i](s) ~s~ a|b", r"\*\*b\*\* \_i\_ \`c\` \[a\](b) !\[i\](s) \~s\~ a\|b"),
        ("<script>&", "&lt;script&gt;&amp;"),
        ("# head", r"\# head"),
        ("1. one", r"1\. one"),
        ("12.5 million - so", "12.5 million - so"),
        ("- item", r"\- item"),
        ("www.a.example https://a.example @you", "www&#46;a.example https&#58;//a.example &#64;you"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    """Markup becomes the characters themselves; ordinary prose stays readable."""
    assert safe.markdown(text) == expected


def test_log_line() -> None:
    """A log line stays one short line."""
    line = safe.log_line("a\nERROR forged\x1b[0m" + "x" * 9_999)
    assert len(line) == 500
    assert "\n" not in line
    assert "\x1b" not in line


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "http://a.example"])
def test_link(url: str) -> None:
    """Web addresses may be links."""
    assert safe.link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://a.example", "data:text/html,x", "//a.example",
        "https://", "https://a.example/\u202e", 'https://a.example/"x', "https://a.example/a b",
        "java\nscript:alert(1)", "vbscript:x", "file:///etc/passwd", "https://[bad", "outlet:Coast Radio",
    ],
)  # fmt: skip
def test_no_link(url: str | None) -> None:
    """Nothing else ever becomes one."""
    assert safe.link(url) is None
