"""Mails as mailbox providers, mail programs and hostile outlets see them."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from lxml import html as lxml_html

from storydiff.digest.address import checked, sender
from storydiff.digest.html import to_html
from storydiff.digest.phrases import cut, direction, local, named, span
from storydiff.digest.plain import WIDTH, to_text
from storydiff.errors import BadAddress, BadSetting
from storydiff.model import Story
from tests.builders import at, cell, collation, point, version
from tests.integration.digest.conftest import edited, story
from tests.unit.digest.letters import BASE, as_letter, digest, mail
from tests.unit.report.hostile import COMMANDS, hostile

LONG = f"{BASE}/digest/unsubscribe?token={'x' * 300}"


def parsed(raw: str) -> EmailMessage:
    return cast("EmailMessage", email.message_from_string(raw, policy=default))


def body(raw: str, kind: str) -> str:
    part = parsed(raw).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_one_click_headers_are_never_folded() -> None:
    """However long the token: one line each, raw, the https address first (RFC 8058)."""
    raw = mail(as_letter(digest(story())), unsubscribe=LONG)
    lines = raw.split("\r\n")
    assert f"List-Unsubscribe: <{LONG}>, <mailto:digest@paper.example?subject=unsubscribe%20{'t' * 90}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert "=?utf-8" not in raw.split("\r\n\r\n", maxsplit=1)[0]


def test_without_pages_there_is_no_one_click() -> None:
    """No https address, no promise of one click: only mail is named."""
    raw = mail(as_letter(digest(story()), base=""))
    assert "List-Unsubscribe: <mailto:digest@paper.example" in raw
    assert "List-Unsubscribe-Post" not in raw
    assert "$ storydiff show alder-quay-fire 1" in body(raw, "plain")


def test_every_header_is_there() -> None:
    """From, To, Subject, Date, Message-ID, List-Id, and the thread."""
    raw = mail(as_letter(digest(story())), list_name="night desk", thread=("<a@paper.example>", "<b@paper.example>"))
    found = parsed(raw)
    assert found["From"] == "storydiff <digest@paper.example>"
    assert found["Message-ID"] == "<dig_1@paper.example>"
    assert found["List-Id"] == "storydiff digest <night-20desk.digest.paper.example>"
    assert found["References"] == "<a@paper.example> <b@paper.example>"
    assert found["In-Reply-To"] == "<b@paper.example>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Date"].datetime == at(4, "07:00")
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]


def test_the_same_digest_gives_the_same_bytes() -> None:
    """Nothing random is in a mail."""
    assert mail(as_letter(digest(story()))) == mail(as_letter(digest(story())))


def test_lines_are_short_and_ascii() -> None:
    """No server on the way has a reason to change a byte: 7 bits, and no line over 998 bytes."""
    title = "Brand am Älterkai: „Es war wie ein Knall“, sagt die Feuerwehr, " * 3
    raw = mail(as_letter(digest(story(title=title))), unsubscribe=LONG)
    assert raw.isascii()
    assert max(map(len, raw.split("\r\n"))) <= 998
    assert str(parsed(raw)["Subject"]) == cut(title, 150)


@pytest.mark.parametrize("ours", [None, "Plain Post"])
def test_hostile_words_do_nothing(ours: str | None) -> None:
    """Markup, controls, bidi overrides and a word of 10,000 letters: in no header and no part of the mail."""
    made = as_letter(digest(hostile(), ours=ours))
    raw = mail(made)
    found = parsed(raw)
    assert found.defects == []
    assert set(found.keys()) >= {"Subject", "List-Id"}
    assert not COMMANDS.search(str(found["Subject"]))
    text, markup = body(raw, "plain"), body(raw, "html")
    for part in (text, markup):
        assert not COMMANDS.search(part.replace("\n", " "))
        assert "x" * 300 not in part
    tree = lxml_html.document_fromstring(markup)
    assert tree.xpath("//script | //img | //iframe | //link | //form | //object") == []
    assert not any(name.startswith("on") for each in tree.iter() for name in each.attrib)
    assert all(each.startswith((BASE, "#")) for each in tree.xpath("//@href"))
    assert len(raw) < 100_000


def test_a_subject_cannot_bring_a_header() -> None:
    """A line break in a title stays in the subject."""
    made = collation([version("Harbour Post", "A.")], story=Story(slug="s", title="Fire\r\nBcc: all@paper.example"))
    found = parsed(mail(as_letter(digest(made))))
    assert "Bcc" not in found
    assert found["Subject"] == "Fire Bcc: all@paper.example"


def test_right_to_left_words_stand_right() -> None:
    """An Arabic line has its direction and language said outright, and is right-aligned; an English one is not."""
    words = "قالت الشرطة إن ثلاثة أشخاص قتلوا في الحريق."
    a, b, c = (version(name, words, language="ar") for name in ("Al Mina", "Al Bahr", "Post"))
    cells = {each: cell(each, "reported", words) for each in (a, b, c)}
    markup = to_html(as_letter(digest(collation((a, b, c), (point(1, words, cells, sources=3),)))))
    (line,) = lxml_html.document_fromstring(markup).xpath("//p[contains(@class, 'line rtl')]")
    assert (line.get("dir"), line.get("lang")) == ("rtl", "ar")
    assert "text-align: right" in line.get("style")


def test_styles_are_in_every_element_and_dark_mode_in_the_head() -> None:
    """Programs that drop the head still show the mail; those that keep it have dark mode. Nothing is loaded."""
    markup = to_html(as_letter(digest(edited(story(), "06:30"), ours="Coast Daily")))
    tree = lxml_html.document_fromstring(markup)
    bare = [each.tag for each in tree.xpath("//h1 | //h2 | //p | //del | //ins | //mark") if not each.get("style")]
    assert bare == []
    assert "@media (prefers-color-scheme: dark)" in markup
    assert not re.search(r"url\(|@import|src=", markup)


def test_the_text_part_fits_a_terminal() -> None:
    """No line is wider than 72 columns but addresses and commands, which stand alone."""
    text = to_text(as_letter(digest(edited(story(extra=3), "06:30"), ours="Coast Daily"), actions=[("Leave", LONG)]))
    assert [each for each in text.splitlines() if len(each) > WIDTH and "https://" not in each] == []
    assert "[-A crane fell" not in text, "what stayed is not struck out"


def test_large_digests_stay_under_what_is_clipped() -> None:
    """Sixty stories of long sections: the HTML part stays under the 102 kB at which one provider cuts mails."""
    many = [story(f"fire-{n}", title=f"Fire {n}", extra=20) for n in range(60)]
    made = digest(*many, ours="Coast Daily")
    assert len(to_html(as_letter(made))) < 102_000
    assert made.items > 1000


@pytest.mark.parametrize(
    ("given", "kept"), [(" A.b@Paper.EXAMPLE ", "A.b@paper.example"), ("x@zürich.example", "x@xn--zrich-kva.example")]
)
def test_addresses_are_kept_in_one_spelling(given: str, kept: str) -> None:
    """The host in lower case, other letters as IDNA; the part before the @ as given."""
    assert checked(given) == kept


@pytest.mark.parametrize(
    "bad",
    ["", "reader", "a@b@c.example", "a b@c.example", "a@c.example\r\nBcc: d@e.example", "a@-c.example", "@c.example",
     "a@", "ä@c.example", "a..b@c.example", f"{'a' * 65}@c.example", "<a@c.example>", "a@c_d.example"],
)  # fmt: skip
def test_no_address_is_refused(bad: str) -> None:
    """What could break a header or an envelope is no address."""
    with pytest.raises(BadAddress):
        checked(bad)


def test_the_sender_must_be_one() -> None:
    """A name and an address, or an address; anything else is a setting that cannot be used."""
    assert str(sender("The Desk <desk@paper.example>")) == "The Desk <desk@paper.example>"
    assert sender("desk@paper.example").display_name == "storydiff"
    with pytest.raises(BadSetting, match="MAIL_FROM"):
        sender("The Desk")


def test_phrases() -> None:
    """Cuts, names, times and directions as people read them."""
    assert cut("one two three", 9) == "one two…"
    assert cut("x" * 20, 5) == "xxxx…"
    assert named(["A", "B", "A"]) == "A and B"
    assert named(["A", "B", "C", "D", "E"]) == "A, B, C and 2 others"
    assert local(at(4, "23:30"), "Europe/Vienna") == "5 Jun, 01:30 CEST"
    assert local(at(4, "12:00"), "Asia/Kathmandu") == "4 Jun, 17:45 UTC+05:45"
    assert span(at(4, "09:00"), at(4, "10:30"), "UTC") == "between 4 Jun, 09:00 and 10:30 UTC"
    assert span(None, at(4, "10:30"), "UTC") == "by 4 Jun, 10:30 UTC"
    assert span(at(4, "10:30"), None, "UTC") == "after 4 Jun, 10:30 UTC"
    assert span(None, None, "UTC") == "at an unknown time"
    assert [direction(each) for each in ("«قال», he said", "1. abc", "«»", "אבג")] == ["rtl", "ltr", "ltr", "rtl"]


def test_an_empty_digest_says_so() -> None:
    """Nothing new is a sentence, not an empty page."""
    made = as_letter(replace(digest(), since=at(3, "07:00")))
    assert made.subject == "storydiff: nothing new"
    assert "Nothing new." in to_text(made)
    assert "new since 3 Jun, 07:00 UTC" in to_html(made)
