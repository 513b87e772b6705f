"""Addresses in pasted text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.pipeline.addresses import LONGEST, MOST, addresses
from storydiff.settings import Settings

SETTINGS = Settings(allow_hosts=("inside.example",))


def found(text: str) -> list[str]:
    return [each.url or f"!{each.line}" for each in addresses(SETTINGS, text)]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.example/x\nhttp://b.example/y", ["https://a.example/x", "http://b.example/y"]),
        ("  https://a.example/x  \r\n\r\n", ["https://a.example/x"]),
        ("https://a.example/x https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x,https://b.example/y;https://c.example",
         ["https://a.example/x", "https://b.example/y", "https://c.example"]),
        ("See (https://a.example/x), and “https://b.example/y”.", ["https://a.example/x", "https://b.example/y"]),
        ("[the post](https://a.example/x_(fire))", ["https://a.example/x_(fire)"]),
        ("<https://a.example/x>", ["https://a.example/x"]),
        ("HTTPS://a.example/x", ["HTTPS://a.example/x"]),
        ("a.example/x", ["https://a.example/x"]),
        ("https://a.example/x#comments\nhttps://a.example/x", ["https://a.example/x"]),
        ("https://a.example/?u=https://b.example/y", ["https://a.example/?u=https://b.example/y"]),
        ("Dear all,\nhere it is: https://a.example/x\nBest, Ann", ["https://a.example/x"]),
        ("", []),
        ("https://a.example/fire\nfoo\nhttps://b.example", ["https://a.example/fire", "!2", "https://b.example"]),
        ("ftp://a.example/x", ["!1"]),
        ("Look:\nhttps://a.example/x\nThanks!", ["https://a.example/x"]),
        ("Two of them\nhttps://a.example/x\nhtps:/b.example/y", ["https://a.example/x", "!3"]),
        ("http://127.0.0.1/x", ["!1"]),
        ("https://user:secret@a.example/x", ["!1"]),
        ("https://a.example:25/x", ["!1"]),
        ("http://inside.example:9000/x", ["http://inside.example:9000/x"]),
        ("http://[::ffff:10.0.0.1/x", ["!1"]),
        (f"https://a.example/{'x' * LONGEST}", ["!1"]),
    ],
)  # fmt: skip
def test_what_is_taken_from_a_text(text: str, urls: list[str]) -> None:
    """Addresses without the signs around them, each once; what can never be fetched is named by its line."""
    assert found(text) == urls


def test_no_more_than_one_job_takes() -> None:
    """More than that is said, not cut off silently."""
    text = "\n".join(f"https://a.example/{n}" for n in range(MOST + 1))
    assert found(text)[-1] == "!0"
    assert len(found(text.rpartition("\n")[0])) == MOST


@given(st.text(max_size=400))
def test_any_text_can_be_pasted(text: str) -> None:
    """Whatever it is, there are addresses or reasons, and each address can be taken."""
    for each in addresses(SETTINGS, text):
        assert bool(each.url) != bool(each.trouble)
