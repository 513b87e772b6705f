"""The digest as its users meet it: the real command, real pages, a real mail server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from storydiff.testing import Newsroom
from tests.acceptance.conftest import Cli, urls
from tests.integration.digest.letterbox import Letterbox, parts, server

Mail = tuple[Letterbox, dict[str, str]]


@pytest.fixture
def post() -> Iterator[Mail]:
    """A letterbox, and the environment that sends to it."""
    box = Letterbox()
    running = server(box)
    yield (
        box,
        {
            "STORYDIFF_SMTP_HOST": "127.0.0.1",
            "STORYDIFF_SMTP_PORT": str(running.port),
            "STORYDIFF_SMTP_TLS": "none",
            "STORYDIFF_MAIL_FROM": "storydiff <digest@paper.example>",
            "STORYDIFF_SIGNING_SECRET": "0123456789abcdef" * 2,
        },
    )
    running.stop()


def test_from_subscribing_to_leaving(cli: Cli, newsroom: Newsroom, post: Mail) -> None:
    """Compare, subscribe, confirm by the mail, preview, get the digest, get nothing twice, leave by its token."""
    box, env = post

    def run(*arguments: str) -> Any:
        done = cli(*arguments, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("compare", "--story", "mill", *urls(newsroom), "-o", "/dev/null")
    run(
        "digest",
        "subscribe",
        "desk@paper.example",
        "--ours",
        "Valley Echo",
        "--zone",
        "Europe/Vienna",
        "--sources",
        "1",
    )
    asked = re.search(r"storydiff (digest confirm \S+)", parts(box.mails[0])[0])
    assert asked
    run(*asked[1].split())
    listed = run("digest", "list")
    assert "active" in listed
    assert "daily at 7:00 (Europe/Vienna), as Valley Echo reads it, from 1 independent source" in listed
    made = listed.split()[0]
    seen = run("digest", "preview", made)
    assert "OTHERS REPORT IT, WE DO NOT" in seen
    assert run("digest", "send") == "0 prepared, 0 sent, 0 to be tried again, 0 given up\n"
    assert run("digest", "send", "--now", made).startswith("1 prepared, 1 sent")
    assert run("digest", "send", "--now", made).startswith("0 prepared, 0 sent")
    text, _ = parts(box.mails[1])
    assert "Halden Paper, which owns the mill" in text
    assert re.search(r"\$ storydiff show mill \d+ --number 1", text)
    leave = re.search(r"storydiff (digest unsubscribe \S+)", text)
    assert leave
    assert f"{made} has ended" in run(*leave[1].split())
    assert run("digest", "list") == ""


def test_what_is_missing_is_said(cli: Cli, post: Mail) -> None:
    """Each setting that is needed is named; a bad address is refused; an unknown subscription is said."""
    box, env = post
    lacking = cli("digest", "subscribe", "desk@paper.example")
    assert (lacking.returncode, "STORYDIFF_SMTP_HOST" in lacking.stderr) == (2, True)
    bad = cli("digest", "subscribe", "desk@", env=env)
    assert (bad.returncode, "no address" in bad.stderr) == (2, True)
    unknown = cli("digest", "preview", "sub_none", env=env)
    assert (unknown.returncode, "no such subscription" in unknown.stderr) == (2, True)
    zone = cli("digest", "subscribe", "desk@paper.example", "--zone", "Mars/Base", env=env)
    assert (zone.returncode, "no time zone" in zone.stderr) == (2, True)
    assert box.raw == []


def test_a_secret_that_is_too_short_is_not_repeated(cli: Cli) -> None:
    """The message says what is wrong, without the secret."""
    done = cli("digest", "list", env={"STORYDIFF_SIGNING_SECRET": "swordfish"})
    assert done.returncode == 2
    assert "32 characters" in done.stderr
    assert "swordfish" not in done.stderr
