"""A real Chromium for tests of what people see. Skipped, with how to get it, where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HOW = "the browser tests need {}: run `make e2e`; on Debian or Ubuntu, Chromium is `apt-get install chromium`"
AXE = Path(__file__).with_name("axe.min.js")
"""axe-core 4.14.1 by Deque Systems, MPL-2.0, unchanged."""

PATIENCE = 120_000
"""Milliseconds that a page is given for what must happen: far more than it takes, for a machine that is busy."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason=HOW.format("playwright"))
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip(HOW.format("Chromium"))
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


class Seen:
    """A page in the browser, with everything that it complained of and asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[Any] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        self.requests.append(request)

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def violations(self) -> list[str]:
        """What axe-core has to say, everything folded open."""
        self.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        self.page.evaluate(AXE.read_text(encoding="utf8"))
        found = self.page.evaluate("axe.run().then((r) => r.violations)")
        return [
            f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in found for node in each["nodes"]
        ]

    def sideways(self) -> int:
        """By how many pixels the page itself scrolls sideways."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width


Show = Callable[..., Seen]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Show]:
    """Opens HTML text as a file, in a context of its own with those options (`hash` is the anchor to open)."""
    contexts = []

    def opened(text: str, *, hash: str = "", width: int = 1440, **options: Any) -> Seen:  # noqa: A002
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(text, encoding="utf8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        seen = Seen(contexts[-1].new_page())
        seen.page.goto(f"{path.as_uri()}{hash}")
        return seen

    yield opened
    for context in contexts:
        context.close()
