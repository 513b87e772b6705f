"""`python -m bench web`: the page of a large story in a real Chromium, and the list of many stories.

Sixty outlets by two hundred points unless told otherwise. "First" is right after the service started, "later" when the
page is kept. Needs playwright and Chromium (`make e2e` gets them).
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import sync_playwright

from storydiff.model import Story
from storydiff.serving.responding import LEVEL
from storydiff.serving.service import open_service
from storydiff.settings import Settings
from storydiff.store import Store, Wanted, open_store
from storydiff.store.schema import stories
from storydiff.store.summaries import summarise
from storydiff.web.app import make_app
from tests.crowd import crowd
from tests.served import served

PAINTED = """new Promise((done) => {
  const look = () => performance.getEntriesByName("first-contentful-paint").length ? done() : setTimeout(look, 5);
  look();
})"""
"""Waits for the first paint; the pages' own policy keeps playwright from polling."""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
DONE = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
FILTER = """() => { const s = document.getElementById('status'), t = performance.now(); s.value = 'omitted';
  s.dispatchEvent(new Event('change', { bubbles: true })); document.body.offsetHeight;
  return performance.now() - t; }"""
COLUMN = """() => { const s = document.querySelectorAll('[name=outlet]')[5], t = performance.now(); s.checked = true;
  s.dispatchEvent(new Event('change', { bubbles: true })); document.body.offsetHeight;
  return performance.now() - t; }"""
CELL = """(number) => new Promise((done) => { const t = performance.now();
  document.querySelectorAll('#matrix td.r a')[number].click();
  const look = () => document.querySelector('#panel mark') && !document.querySelector('#panel[aria-busy]')
    ? done(performance.now() - t) : setTimeout(look, 2); look(); })"""
KEY = """() => { const t = performance.now(); for (let i = 0; i < 20; i++) document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })); document.body.offsetHeight;
  return (performance.now() - t) / 20; }"""
NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


def main() -> None:
    """Measure, and print a line per figure."""
    parser = argparse.ArgumentParser(description="the web pages of a large story, and of many stories")
    parser.add_argument("--outlets", type=int, default=60)
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--stories", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "web.sqlite"
        with open_store(path) as store:
            large = replace(crowd(asked.outlets, asked.points), story=Story(slug="crowd", title="Valley"), made=NOW)
            store.collations.save(large)
            _many(store, asked.stories)
        with _browsed(path) as (page, base):
            _small(page, base)
            _story(page, base)
            _list(page, base)


@contextmanager
def _browsed(path: Path) -> Iterator[tuple[Any, str]]:
    settings = Settings(database_url=f"sqlite:///{path}", archive=str(path.parent / "archive"), api_rate=100_000)
    with open_service(settings, lambda: datetime.now(UTC)) as service, served(make_app, service) as base:
        secret = service.desk("").store.keys.create("bench", ["read"], now=service.clock())[1]
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=base)
            page.goto("/sign-in")
            page.get_by_label("API key").fill(secret)
            page.get_by_role("button", name="Sign in").click()
            yield page, base
            browser.close()


def _small(page: Any, base: str) -> None:
    """What the machine needs for next to nothing, to read the other figures by."""
    page.goto(f"{base}/me")
    page.evaluate(PAINTED)
    print(f"a small page: first paint {page.evaluate(PAINT):.0f} ms, ready {page.evaluate(DONE):.0f} ms")


def _story(page: Any, base: str) -> None:
    for name in ("first", "later"):
        reply = page.goto(f"{base}/stories/crowd")
        body = reply.body()
        page.evaluate(PAINTED)
        print(f"story, {name}: first paint {page.evaluate(PAINT):.0f} ms, ready {page.evaluate(DONE):.0f} ms")
    print(f"story: {len(body):,} bytes, packed {len(gzip.compress(body, LEVEL)):,}")
    opened = [page.evaluate(CELL, number) for number in (30, 900, 60)]
    print(f"a cell's words open in {opened[0]:.0f} ms, further ones in {min(opened[1:]):.0f} ms")
    page.keyboard.press("Escape")
    print(f"a key moves in {page.evaluate(KEY):.1f} ms")
    print(f"a filter by mark takes {page.evaluate(FILTER):.0f} ms, one by outlet {page.evaluate(COLUMN):.0f} ms")


def _list(page: Any, base: str) -> None:
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        page.request.get(f"{base}/stories?ours=The+Valley+Gazette+No+3")
        taken.append(time.perf_counter() - started)
    print(f"list of stories: {statistics.median(taken) * 1000:.0f} ms")


def _many(store: Store, number: int) -> None:
    small = crowd(8, 20)
    with store._database.writing() as connection:  # noqa: SLF001  ten thousand collations would take an hour
        for count in range(number):
            story = Story(slug=f"story-{count}", title=f"Story {count}", created=NOW)
            values = {"newsroom": "", "slug": story.slug, "title": story.title, "created": NOW}
            key = connection.scalar(sa.insert(stories).values(values).returning(stories.c.id))
            made = NOW - timedelta(minutes=count * 7 % 5000)
            summarise(connection, int(key or 0), replace(small, story=story, number=1, made=made))
    print(f"{number:,} stories listed: {_median(store) * 1000:.0f} ms in the store")


def _median(store: Store) -> float:
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        store.summaries.list(Wanted(ours="The Valley Gazette No 3"), limit=31)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
