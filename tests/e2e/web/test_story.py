"""Stories, the matrix, the words behind a cell, and what comes in meanwhile, in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from storydiff import demo
from tests.e2e.web.conftest import Site
from tests.unit.report.hostile import kept_hostile
from tests.unit.store.test_summaries import harbour

pytestmark = pytest.mark.e2e

STORY = f"/stories/{demo.SLUG}"
CONFLICT = "#matrix td.c a"
FOCUS = "document.activeElement.closest('td, th').id || document.activeElement.closest('tr').id"
SHOWN = """[...document.querySelectorAll('#matrix tr[data-point]')].filter((r) => r.offsetParent).map((r) => r.id)
  .concat([...document.querySelectorAll('#matrix .heads .outlet')].filter((h) => h.offsetParent)
    .map((h) => h.dataset.outlet))"""
ROW = re.compile(r'<tr id="(r\d+)" data-point="[^"]+"(?![^>]*hidden)')
HEAD = re.compile(r'data-outlet="([^"]+)"(?![^>]*hidden)')
POINT = "/points/"


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1920, "dark")])
def test_the_pages_are_readable_by_all(site: Site, width: int, scheme: str) -> None:
    """No violation, nothing to complain of, no request to anybody else, and no sideways scrolling."""
    site.store.collations.save(kept_hostile())
    latest = site.store.collations.latest(demo.SLUG)
    assert latest is not None
    point = f"{STORY}{POINT}{latest.discrepancies[0].point}"
    seen = site.open("/stories", width=width, color_scheme=scheme)
    for path in (f"/stories?ours={latest.versions[0].outlet}", STORY, point, f"{STORY}/changes", "/stories/nasty"):
        seen.page.goto(path)
        if path == "/stories/nasty":
            seen.page.locator(CONFLICT).first.click()
            seen.page.locator("#panel mark").first.wait_for()
        assert seen.violations() == [], path
        assert seen.sideways() == 0, path
    assert seen.complaints == []
    assert all(request.url.startswith((site.base, "data:")) for request in seen.requests)


def test_from_the_list_to_the_words_and_back(site: Site) -> None:
    """A story, a cell, the words beside it with their page; Escape comes back to the cell."""
    seen = site.open("/stories")
    page = seen.page
    page.locator("table.stories a").first.click()
    cell = page.locator(CONFLICT).first
    anchor = cell.evaluate("(a) => a.parentElement.id")
    cell.click()
    panel = page.locator("#panel")
    panel.locator("mark").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "words-head"
    assert panel.locator(".reading").first.evaluate("(e) => e.classList.contains('c')")
    assert page.evaluate("location.hash") == f"#{anchor}"
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate(FOCUS) == anchor
    page.goto(f"{STORY}#{anchor}")
    page.reload()
    panel.locator("mark").first.wait_for()
    panel.get_by_role("link", name="Page of this point").click()
    assert page.url.startswith(site.base + STORY + POINT)
    assert page.locator("#words mark").count() > 0
    assert seen.complaints == []


def test_the_matrix_by_keys(site: Site) -> None:
    """One stop of the Tab key; arrows, Home and End move, Enter opens, and hidden rows are passed over."""
    page = site.open(STORY).page
    page.locator("#frame").focus()
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#matrix')") is None
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUS) == first
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    last = page.evaluate(FOCUS)
    page.keyboard.press("ArrowDown")
    below = page.evaluate(FOCUS)
    assert below != last
    assert below.partition("-")[2] == last.partition("-")[2]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUS) == last
    page.keyboard.press("Home")
    assert page.evaluate(FOCUS) == first
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('tr').nextElementSibling") is None
    page.keyboard.press("Enter")
    page.locator("#panel mark, #panel .unsaid.chosen").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    page.locator("#only").select_option("conflicts")
    page.locator("#matrix a[tabindex='0']").focus()
    conflicts = page.locator("#matrix tr.f-conflicts").count()
    for _ in range(conflicts + 3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').classList.contains('f-conflicts')")


FILTERS: dict[str, Callable[[Any], object]] = {
    "only=omissions": lambda page: page.locator("#only").select_option("omissions"),
    "status=partial": lambda page: page.locator("#status").select_option("partial"),
    "type=number": lambda page: page.locator("#type").select_option(index=1),
    "outlet": lambda page: (page.locator(".which summary").click(), page.locator("input[name=outlet]").nth(2).check()),
}


def test_filters_are_the_same_with_and_without_scripts(site: Site) -> None:
    """What the script shows at once is what the address shows, also when filters come together and go again."""
    page = site.open(STORY).page
    plain = site.open("/sign-in", java_script_enabled=False).page
    every = page.evaluate(SHOWN)
    for name, choose in FILTERS.items():
        choose(page)
        assert name.partition("=")[0] in page.url
        plain.goto(page.url)
        text = plain.content()
        assert page.evaluate(SHOWN) == ROW.findall(text) + HEAD.findall(text), name
        assert len(ROW.findall(text)) < text.count("data-point=")
        assert page.locator("#shown").inner_text() == plain.locator("#shown").inner_text().strip()
    export = page.locator("a[data-export]").first.get_attribute("href")
    assert export == plain.locator("a[data-export]").first.get_attribute("href")
    page.reload()
    assert page.evaluate(SHOWN) != every
    page.get_by_role("link", name="Show all").click()
    page.wait_for_selector("#matrix tr[data-point][hidden]", state="detached")
    assert page.evaluate(SHOWN) == every


def test_reading_works_without_scripts(site: Site) -> None:
    """The list, the form over the matrix, a cell's link to the page of its point, and the file."""
    page = site.open("/stories", java_script_enabled=False).page
    page.locator("table.stories a").first.click()
    page.locator("#only").select_option("conflicts")
    page.get_by_role("button", name="Show", exact=True).first.click()
    assert "only=conflicts" in page.url
    rows = page.locator("#matrix tr[data-point]:not([hidden])").count()
    assert 0 < rows < page.locator("#matrix tr[data-point]").count()
    link = page.locator(CONFLICT).first
    code = str(link.get_attribute("href")).partition("#")[2]
    link.click()
    assert page.locator(f"#{code}:target mark, :has(> #{code}:target) mark").count() > 0
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="Table, CSV").click()
    assert download.value.suggested_filename == f"{demo.SLUG}-3.csv"


def test_another_comparison_comes_in(site: Site) -> None:
    """The table is replaced in place: scroll position, open cell, focus and filter stay, and it is said aloud."""
    now = site.store.collations.latest(demo.SLUG)
    assert now is not None
    site.store.collations.save(replace(now, points=now.points[4:], engine="before"))
    seen = site.open(f"{STORY}?status=omitted")
    page = seen.page
    frame = page.locator("#frame")
    row = page.locator("#matrix tr[data-point]:not([hidden])").nth(9)
    point = row.get_attribute("data-point")
    link = row.locator("td.o a").first
    link.click()
    page.locator("#panel .unsaid.chosen").wait_for()
    code = link.evaluate("(a) => a.hash")
    where = f"document.querySelector(`#matrix tr[data-point='{point}']`).getBoundingClientRect().top"
    before, top = page.evaluate(where), page.evaluate("scrollY")
    page.evaluate("document.querySelector('#panel').scrollTop = 40")
    site.store.collations.save(replace(now, engine="after"))
    page.locator("#news:not(:empty)").wait_for(timeout=15_000)
    assert page.locator("#news").inner_text().startswith("Comparison 5 is in: 4 new points")
    assert page.locator("#news").get_attribute("aria-live") == "polite"
    assert page.locator("#live").get_attribute("data-number") == "5"
    assert page.evaluate("scrollY") == top
    assert abs(page.evaluate(where) - before) < 2
    assert page.locator(f"#matrix tr[data-point='{point}'] td.open a").evaluate("(a) => a.hash") == code
    assert page.locator("#status").input_value() == "omitted"
    assert page.locator("#panel").is_visible()
    assert page.evaluate("document.activeElement.id") == "words-head"
    page.keyboard.press("Escape")
    focused = page.evaluate("[document.activeElement.closest('tr').dataset.point, document.activeElement.hash]")
    assert focused == [point, code]
    assert frame.evaluate("(e) => e.querySelectorAll('.fresh').length") > 0
    assert seen.complaints == []


def test_an_earlier_comparison_is_not_taken_away(site: Site) -> None:
    """Whoever reads an earlier one is told, with a link, and keeps what is on the page."""
    page = site.open(f"{STORY}?number=2").page
    page.locator("#news:not(:empty)").wait_for(timeout=15_000)
    assert "Comparison 3 is in" in page.locator("#news").inner_text()
    assert "Comparison 2 of 3" in page.locator(".kicker").inner_text()
    page.locator("#number").select_option("")
    page.get_by_text("Comparison 3 of 3").wait_for()
    page.go_back()
    page.get_by_text("Comparison 2 of 3").wait_for()


def test_a_story_that_is_not_compared_yet_appears(site: Site) -> None:
    """The page that waits becomes the story."""
    site.store.stories.save(harbour().story)
    page = site.open("/stories/harbour").page
    assert "Not compared yet" in page.locator("main").inner_text()
    site.store.collations.save(harbour())
    page.locator("#matrix").wait_for(timeout=15_000)


def test_printing(site: Site) -> None:
    """On paper there are the table and the texts, and nothing to click."""
    page = site.open(STORY).page
    page.emulate_media(media="print")
    assert page.locator("#matrix").is_visible()
    for gone in (".bar", ".views", "#sieve", "#export", ".share"):
        assert page.locator(gone).first.is_hidden(), gone
    assert page.locator("#frame").evaluate("(e) => getComputedStyle(e).overflow") == "visible"
