"""What the demo says at its end."""

from __future__ import annotations

import re
import shlex
from threading import Thread

import pytest

from storydiff import demo
from storydiff.cli.demo import _serve
from storydiff.settings import Settings

SOON = 20.0
"""Seconds that the newsroom is given to close."""


def test_what_it_prints_leads_other_commands_to_the_newsroom(capsys: pytest.CaptureFixture[str]) -> None:
    """Under the settings that it exports, each printed address reaches its outlet under the outlet's own name."""
    said = ""
    with demo.newsroom() as newsroom:
        serving = Thread(target=_serve, args=(newsroom,), daemon=True)
        serving.start()
        while demo.outlets()[-1]["path"] not in said and serving.is_alive():
            said += capsys.readouterr().out
        wanted = newsroom.settings()
        urls = {newsroom.url(outlet["domain"], outlet["path"]) for outlet in demo.outlets()}
    serving.join(SOON)
    assert not serving.is_alive()
    (line,) = re.findall(r"^  export (.*)$", said, re.MULTILINE)
    settings = Settings.from_env(dict(each.split("=", 1) for each in shlex.split(line)))
    assert (settings.resolve, settings.allow_hosts) == (wanted.resolve, wanted.allow_hosts)
    assert urls == set(re.findall(r"^  (http\S+)$", said, re.MULTILINE))
