"""The real command in a subprocess, on a real newsroom over HTTP, with a home of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storydiff.testing import Newsroom
from tests.forking import Forking

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>
<meta property="og:site_name" content="{outlet}"><meta property="article:published_time" content="{published}">
<link rel="canonical" href="{url}"></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><main><article><h1>{headline}</h1>{body}</article></main>
<footer>All rights reserved.</footer></body></html>"""

LEDE = "A fire at the Dornfeld paper mill killed {dead} people on Monday evening, the fire service said."
HURT = "Four workers were taken to St Agnes Hospital in Brackwater with burns, two of them in a serious condition."
CAUSE = "The cause is not known yet, but investigators are looking at a conveyor motor that had failed twice in March."
OWNER = "Halden Paper, which owns the mill, said production would stop for at least three weeks."
QUOTE = "“We heard a bang and then everything was dark,” said Jorun Adler, a machine operator who escaped."
STREET = "Mill Lane and the bridge to Oberdorf were closed until Tuesday noon, and buses took another way."

Cli = Callable[..., subprocess.CompletedProcess[str]]


def page(outlet: str, url: str, *paragraphs: str, headline: str, published: str = "2026-03-02T21:00:00Z") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return PAGE.format(outlet=outlet, url=url, headline=headline, body=body, published=published)


def publish(newsroom: Newsroom, outlet: str, *paragraphs: str, headline: str, **fields: str) -> str:
    """A page of an outlet such as "Harbour Post" at http://harbour-post.example/mill."""
    domain = outlet.lower().replace(" ", "-") + ".example"
    url = newsroom.url(domain, "/mill")
    at = {"at": fields.pop("at")} if "at" in fields else {}
    return newsroom.publish(domain, "/mill", page(outlet, url, *paragraphs, headline=headline, **fields), **at)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """Three outlets that tell of one fire: they differ in the dead; one lacks the owner, one the street."""
    with Newsroom() as room:
        two, three = LEDE.format(dead="two"), LEDE.format(dead="three")
        publish(room, "Harbour Post", two, HURT, CAUSE, OWNER, QUOTE, headline="Mill fire kills two in Dornfeld")
        publish(room, "Coast Daily", two, HURT, OWNER, STREET, headline="Two dead in mill fire at Dornfeld")
        publish(room, "Valley Echo", three, HURT, CAUSE, STREET, headline="Three die as Dornfeld mill burns")
        yield room


def urls(newsroom: Newsroom) -> list[str]:
    return [newsroom.url(f"{name}.example", "/mill") for name in ("harbour-post", "coast-daily", "valley-echo")]


def environment(home: Path, newsroom: Newsroom | None = None, **changes: str) -> dict[str, str]:
    """The environment of a user with an empty home, who can reach the newsroom."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    values = {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PYTHONUTF8": "1"}
    if newsroom is not None:
        settings = newsroom.settings()
        values["STORYDIFF_RESOLVE"] = " ".join(":".join(map(str, entry)) for entry in settings.resolve)
        values["STORYDIFF_ALLOW_HOSTS"] = " ".join(settings.allow_hosts)
        values["STORYDIFF_HOST_DELAY"] = "0"
    return {**values, **changes}


@pytest.fixture
def cli(tmp_path: Path, newsroom: Newsroom, forked: Forking) -> Cli:
    """Run `storydiff` with arguments; `env` and `stdin` as given; standard output and error are pipes."""

    def run(*arguments: str, env: dict[str, str] | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return forked.run(arguments, environment(tmp_path, newsroom, **(env or {})), stdin)

    return run
