"""Signing in by mail: the link comes to those who may, everybody is answered the same, and nobody can flood anybody."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest

from storydiff.store import PassKind
from tests.integration.digest.letterbox import Letterbox, parts, server
from tests.integration.web.conftest import Reply, Visitor, visiting

LINK = re.compile(r"http://diff\.left\.example(/sign-in\?token=\S+)")


def asked(visitor: Visitor, address: str, next: str = "/stories") -> Reply:  # noqa: A002
    """What the form answers."""
    visitor.get("/sign-in")
    return visitor.post("/sign-in/mail", address=address, next=next)


def arrived(box: Letterbox, count: int) -> None:
    deadline = time.monotonic() + 10
    while len(box.raw) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(box.raw) == count


def test_a_link_by_mail_signs_in(mailed: Visitor, box: Letterbox) -> None:
    """It leads where the visitor wanted to go, in the newsroom of their domain, to read and write."""
    visitor = mailed
    assert asked(visitor, "Ann@LEFT.example", next="/stories?q=mill").headers["Location"] == "/sign-in/sent"
    arrived(box, 1)
    (mail,) = box.mails
    assert box.recipients == ["Ann@left.example"]
    assert mail["Subject"] == "Sign in to storydiff"
    assert mail["List-Unsubscribe"] is None
    text, html = parts(mail)
    link = LINK.search(text)
    assert link is not None
    assert link[1].replace("&", "&amp;") in html
    page = visitor.get(link[1])
    token = re.search('name="token" value="([^"]+)"', page.text)
    assert token is not None
    reply = visitor.post("/sign-in/link", token=token[1], next="/stories?q=mill")
    assert reply.headers["Location"] == "/stories?q=mill"
    assert 'value="/stories?q=mill"' in page.text
    text = visitor.get("/me").text
    assert "as ann@left.example" in text
    assert "add comparisons" in text


def test_everybody_is_answered_the_same(mailed: Visitor, box: Letterbox) -> None:
    """One who may not sign in sees what one who may sees, and gets no mail."""
    known, unknown = asked(mailed, "ann@left.example"), asked(mailed, "ann@elsewhere.example")
    assert (known.status, known.headers["Location"], known.text) == (303, "/sign-in/sent", "")
    assert (unknown.status, unknown.headers["Location"], unknown.text) == (303, "/sign-in/sent", "")
    assert mailed.get("/sign-in/sent").status == 200
    asked(mailed, "bob@left.example")
    arrived(box, 2)
    assert box.recipients == ["ann@left.example", "bob@left.example"]


def test_no_answer_waits_for_the_mail_server(mailed: Visitor, box: Letterbox) -> None:
    """A server that takes its time delays nobody, so the time of an answer tells nothing."""
    answered, in_time = threading.Event(), Queue[bool]()
    box.on_data = lambda: in_time.put(answered.wait(10))
    asked(mailed, "ann@left.example")
    asked(mailed, "ann@elsewhere.example")
    answered.set()
    assert in_time.get(timeout=20), "both were answered while the server took its time"
    arrived(box, 1)


def test_what_is_no_address_is_said(mailed: Visitor, box: Letterbox) -> None:
    """A line break in it could add headers; it is refused as no address."""
    for address in ("ann", "ann@left.example\r\nBcc: eve@evil.example", "@left.example", "a" * 300 + "@left.example"):
        assert asked(mailed, address).status == 422
    assert box.raw == []


def test_an_address_gets_three_links_at_most(mailed: Visitor, box: Letterbox) -> None:
    """However often somebody asks, until one is used or runs out; others still get theirs."""
    for _ in range(5):
        asked(mailed, "ann@left.example")
    asked(mailed, "bob@left.example")
    arrived(box, 4)
    assert box.recipients.count("ann@left.example") == 3


def test_a_client_that_asks_too_often_waits(mailed: Visitor) -> None:
    """Ten at once, then it is told to wait; another client behind the same proxy is not."""
    statuses = [asked(mailed, f"ann{n}@elsewhere.example").status for n in range(11)]
    assert statuses == [303] * 10 + [429]
    reply = mailed.post("/sign-in/mail", address="x@elsewhere.example", headers={"X-Forwarded-For": "192.0.2.9"})
    assert reply.status == 303
    assert "Wait some minutes" in mailed.post("/sign-in/mail", address="x@elsewhere.example").text


def test_a_session_ends_when_the_settings_no_longer_name_the_person(mailed: Visitor, box: Letterbox) -> None:
    """Whoever has left is out at once."""
    asked(mailed, "ann@left.example")
    arrived(box, 1)
    link = LINK.search(parts(box.mails[0])[0])
    assert link is not None
    mailed.get(link[1])
    mailed.post("/sign-in/link", token=link[1].split("token=")[1].split("&")[0])
    assert mailed.get("/stories").status == 200
    mailed.service.settings = replace(mailed.service.settings, sign_in=("other.example",))
    assert mailed.get("/stories").status == 303


def test_a_mail_that_fails_leaves_no_link(mailed: Visitor, box: Letterbox) -> None:
    """What was not sent cannot be used, and does not count against the address."""
    box.refuse["ann@left.example"] = "550 no such user"
    for _ in range(4):
        asked(mailed, "ann@left.example")
    asked(mailed, "bob@left.example")
    arrived(box, 1)
    box.refuse.clear()
    asked(mailed, "ann@left.example")
    arrived(box, 2)
    links = mailed.service.desk("left").store.passes.list(PassKind.LINK, now=mailed.service.clock())
    assert sorted(str(each.grant.address) for each in links) == ["ann@left.example", "bob@left.example"]


def test_without_mail_there_is_no_field(visitor: Visitor) -> None:
    """Only what works is offered."""
    assert "address" not in visitor.get("/sign-in").text
    assert visitor.post("/sign-in/mail", address="ann@left.example").status == 404


@pytest.mark.parametrize(
    ("entries", "rooms"),
    [
        (("left.example:left",), ["left"]),
        (("@left.example:left", "left.example:right"), ["left", "right"]),
        (("left.example:left", "ann@left.example:right"), ["right"]),
        (("left.example:nowhere", "left.example:left"), ["left"]),
        (("ft.example:left", "sub.left.example:left"), []),
    ],
)
def test_the_newsrooms_of_an_address(
    web_store: tuple[Path, dict[str, str]], tmp_path: Path, box: Letterbox, entries: tuple[str, ...], rooms: list[str]
) -> None:
    """One link for each newsroom that it may read; what is set for the address itself goes before its domain."""
    running = server(box)
    mail = {"smtp_host": "127.0.0.1", "smtp_port": running.port, "smtp_tls": "none"}
    mail |= {"mail_from": "digest@left.example", "web_url": "http://diff.left.example"}
    try:
        with visiting(web_store, tmp_path, sign_in=entries, **mail) as visitor:
            asked(visitor, "ann@left.example")
    finally:
        running.stop()
    found = [each for mail in box.mails for each in re.findall(r"Sign in to (\w+):", parts(mail)[0])]
    assert found == rooms
