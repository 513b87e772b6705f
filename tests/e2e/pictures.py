"""Pictures of the report for the documentation: `python -m tests.e2e.pictures storydiff-demo.html docs/images`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

CELL = "#matrix td.c a, #matrix td.v a, #matrix td.p a"


def main(report: str, folder: str) -> None:
    """The matrix with the words of a cell beside it, the conflicts in dark, and the page on a telephone."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    address = Path(report).resolve().as_uri()
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = _page(browser, address, 1440, "light")
        page.screenshot(path=target / "report-matrix.png")
        page.locator(CELL).first.click()
        page.screenshot(path=target / "report-evidence.png")
        page = _page(browser, f"{address}#article", 1280, "dark")
        page.screenshot(path=target / "report-article-dark.png")
        browser.close()


def _page(browser: Any, address: str, width: int, scheme: str) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 1100}, color_scheme=scheme).new_page()
    page.goto(address)
    return page


if __name__ == "__main__":
    main(*sys.argv[1:])
