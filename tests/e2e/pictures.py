"""Pictures for the documentation: `python -m tests.e2e.pictures storydiff-demo.html docs/images`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from storydiff import demo
from storydiff.serving.service import open_service
from storydiff.settings import Settings
from storydiff.store import Grant, PassKind, Store
from storydiff.web.app import make_app
from tests.builders import at
from tests.e2e.web.conftest import fill
from tests.fire import fire
from tests.served import served
from tests.unit.store.test_summaries import harbour

CELL = "#matrix td.c a, #matrix td.v a, #matrix td.p a"
STORY = f"/stories/{demo.SLUG}"
OURS = "Aldmere Herald"


def main(report: str, folder: str) -> None:
    """The report's matrix with the words of a cell beside it, its article in dark, and the web pages."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    address = Path(report).resolve().as_uri()
    with web() as (base, store, secret), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = _page(browser, address, 1440, "light")
        page.screenshot(path=target / "report-matrix.png")
        page.locator(CELL).first.click()
        page.screenshot(path=target / "report-evidence.png")
        page = _page(browser, f"{address}#article", 1280, "dark")
        page.screenshot(path=target / "report-article-dark.png")
        for name, (path, prepare) in WEB.items():
            page = _page(browser, base + path(store), 1440, "light", secret=secret)
            prepare(page)
            page.screenshot(path=target / name)
        browser.close()


@contextmanager
def web() -> Iterator[tuple[str, Store, str]]:
    """The web pages on the demo's story: their address, the store, and the secret of a session."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        settings = Settings(database_url=f"sqlite:///{folder}/stories.sqlite", archive=f"{folder}/archive")
        with open_service(settings, lambda: datetime.now(UTC)) as service, served(make_app, service) as base:
            store = service.desk("").store
            _, secret = store.passes.create(PassKind.SESSION, Grant(scope="write"), now=service.clock())
            yield base, store, secret


def _pair(store: Store) -> str:
    named = {each.outlet: each.id for each in store.versions.lines(demo.SLUG)}
    return f"{STORY}/compare?a={named['The Daily Whistle']}&b={named['Aldmere Herald']}"


def _difference(page: Any) -> None:
    for _ in range(6):
        page.keyboard.press("n")


def _list(store: Store) -> str:
    """More stories, in which the same outlet has an article; nothing else is shown after this."""
    for collation, outlet, made in ((fire(), "Fenmoor Gazette", 5), (harbour(), "Harbour Post", 6)):
        versions = (replace(each, outlet=OURS) if each.outlet == outlet else each for each in collation.versions)
        store.collations.save(replace(collation, versions=tuple(versions), made=at(made, "06:10")))
    return f"/stories?ours={OURS}"


def _cell(page: Any) -> None:
    page.locator(CELL).first.click()
    page.locator("#panel mark").first.wait_for()
    page.locator("#points").evaluate("(e) => e.scrollIntoView()")


WEB: dict[str, tuple[Callable[[Store], str], Callable[[Any], None]]] = {
    "web-pair.png": (_pair, _difference),
    "web-story.png": (lambda _: STORY, lambda _: None),
    "web-evidence.png": (lambda _: STORY, _cell),
    "web-stories.png": (_list, lambda page: page.set_viewport_size({"width": 1440, "height": 560})),
}
"""Picture -> the address of the page, and what is done on it first."""


def _page(browser: Any, address: str, width: int, scheme: str, *, secret: str = "") -> Any:
    context = browser.new_context(viewport={"width": width, "height": 1100}, color_scheme=scheme)
    if secret:
        context.add_cookies([{"name": "storydiff", "value": secret, "url": address.partition("/stories")[0]}])
    page = context.new_page()
    page.goto(address)
    return page


if __name__ == "__main__":
    main(*sys.argv[1:])
