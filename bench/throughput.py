"""From a due page to a stored version, in one worker process, beside extraction alone. Prints one JSON line.

    python -m bench throughput                 on SQLite
    python -m bench throughput --postgres      on a PostgreSQL of its own

The one side is what a fetch task does: claim the pages of a story, fetch them over loopback HTTP from a server in
another process, archive the bytes, extract, store the versions, note how it went. The other side is extraction alone of
the same bytes. Both are timed by this process's processor seconds, story by story in turn: what else the machine
does hits both. `ratio` is the median of theirs by ours, `pages_per_cpu_second` what a worker process does on one core.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from storydiff.extract import read_page
from storydiff.fetch import FolderArchive
from storydiff.model import Story
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.watch import Claim, check_story
from storydiff.settings import Settings
from storydiff.store import open_store
from storydiff.testing import Newsroom
from tests.acceptance.conftest import page
from tests.integration.postgres_server import postgres_server

OUTLETS = 8
PARAGRAPHS, WORDS = 22, 45
"""Of an article; with its furniture a page has about 60 KB, as news pages have without their pictures."""
FURNITURE = 400


def html(domain: str, number: int) -> str:
    """A page with an article of its own among the links, scripts and styles of a news site."""
    chance = random.Random(f"{domain} {number}")
    words = (
        "harbour",
        "council",
        "fire",
        "said",
        "people",
        "street",
        "Monday",
        "mill",
        "the",
        "of",
        "and",
        "in",
        "was",
    )
    texts = [" ".join(chance.choices(words, k=WORDS)).capitalize() + f" {n}." for n in range(PARAGRAPHS)]
    made = page(domain, f"http://{domain}/{number}", *texts, headline=f"Story {number} of {domain}")
    links = "".join(
        f'<li class="nav-item"><a href="/section/{n}?from=nav">Section {n}</a></li>' for n in range(FURNITURE)
    )
    scripts = "".join(
        f'<script>window.q=window.q||[];q.push({{"id":{n},"slot":"s{n}"}})</script>' for n in range(FURNITURE)
    )
    return made.replace("<nav>", f"<nav><ul>{links}</ul>").replace("</body>", f"{scripts}</body>")


def domain(number: int) -> str:
    return f"outlet-{number}.example"


def serve(stories: int, ready: Connection) -> None:
    """Serve the pages from a process of its own until the other side says that it is done."""
    with Newsroom() as room:
        urls = [
            [room.publish(domain(n), f"/{story}", html(domain(n), story)) for n in range(OUTLETS)]
            for story in range(stories)
        ]
        ready.send((urls, room.settings()))
        ready.recv()


def measure(desk: Desk, urls: list[list[str]]) -> tuple[list[float], list[float]]:
    """Processor seconds of each story: the whole way, and extraction alone."""
    whole, alone = [], []
    claim = Claim(owner="bench", lease=timedelta(minutes=5))
    for number, pages in enumerate(urls):
        desk.store.stories.save(Story(slug=f"s{number}"))
        desk.store.schedule.watch(f"s{number}", pages, now=desk.clock())
        begun = time.process_time()
        checked = check_story(desk, f"s{number}", claim)
        whole.append(time.process_time() - begun)
        assert (checked.pages, checked.new) == (OUTLETS, OUTLETS), checked
        bodies = [html(domain(n), number).encode() for n in range(OUTLETS)]
        begun = time.process_time()
        for url, body in zip(pages, bodies, strict=True):
            read_page(body, url=url, fetched=desk.clock())
        alone.append(time.process_time() - begun)
    return whole, alone


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench throughput", description=__doc__)
    parser.add_argument("--stories", type=int, default=40)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    options = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(options.stories, there), daemon=True)
    server.start()
    urls, known = here.recv()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="storydiff-throughput-")))
        where = stack.enter_context(postgres_server()).url if options.postgres else str(folder / "s.sqlite")
        store = stack.enter_context(open_store(where))
        settings: Settings = replace(known, host_delay=0.0)
        archive = FolderArchive(folder / "archive")
        whole, alone = measure(Desk(settings=settings, store=store, clock=_now, archive=archive), urls)
    here.send(None)
    server.join(10)
    told = {
        "bench": "throughput",
        "database": "postgresql" if options.postgres else "sqlite",
        "pages": OUTLETS * len(urls),
    }
    speed = round(OUTLETS / median(whole), 1)
    ratio = round(median(b / a for a, b in zip(whole, alone, strict=True)), 2)
    size = len(html(domain(0), 0).encode())
    print(json.dumps({**told, "page_bytes": size, "pages_per_cpu_second": speed, "ratio": ratio}))


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
