"""The HTML report in a real browser."""

from __future__ import annotations

import pytest

from storydiff.report import to_html
from tests.crowd import crowd
from tests.e2e.conftest import Show
from tests.fire import fire
from tests.unit.report.hostile import hostile

pytestmark = pytest.mark.e2e

SCHEMES = ("light", "dark")
PAGES = {"fire": fire, "hostile": hostile}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_accessible(show: Show, name: str, scheme: str) -> None:
    """axe-core finds no violation, in light and in dark, everything folded open."""
    assert show(to_html(PAGES[name]()), color_scheme=scheme, bypass_csp=True).violations() == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_accessible_panel(show: Show, scheme: str) -> None:
    """The same with the evidence of a cell open beside the table, and on a telephone."""
    page = to_html(fire())
    assert show(page, hash="#p1-nt", color_scheme=scheme, bypass_csp=True).violations() == []
    assert show(page, hash="#p1-nt", width=320, color_scheme=scheme, bypass_csp=True).violations() == []


@pytest.mark.parametrize("name", PAGES)
def test_quiet(show: Show, name: str) -> None:
    """The page complains of nothing and asks for nothing but itself; hostile words run nothing."""
    seen = show(to_html(PAGES[name]()))
    assert seen.complaints == []
    assert len(seen.requests) == 1


def test_policy_holds(show: Show) -> None:
    """Were a word to become markup after all, its script, picture and style would still be refused."""
    seen = show(to_html(fire()))
    seen.page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend",
            "<img src='https://evil.example/x.png' onerror='window.owned = 1'>" +
            "<p id='painted' style='color: rgb(1, 2, 3)'>x</p>" +
            "<iframe srcdoc='<script>parent.owned = 1</script>'></iframe>");
          const script = document.createElement("script");
          script.textContent = "window.owned = 1";
          document.body.append(script);
        }"""
    )
    seen.page.wait_for_timeout(200)
    assert seen.page.evaluate("window.owned") is None
    assert seen.page.evaluate("getComputedStyle(document.getElementById('painted')).color") != "rgb(1, 2, 3)"
    assert [request.failure for request in seen.requests if "evil" in request.url] == ["csp"]
    assert len(seen.complaints) >= 3


def test_without_scripts(show: Show) -> None:
    """With scripts off everything can be read: a cell leads to its words, and back."""
    seen = show(to_html(fire()), java_script_enabled=False)
    for name in ("points", "conflicts", "article", "evidence", "timeline", "outlets"):
        assert seen.page.locator(f"#{name}").is_visible()
    assert seen.page.locator(".filters").count() == 0
    reading = seen.page.locator("#p1-nt")
    assert not reading.is_visible()
    seen.page.locator("a[href='#p1-nt']").first.click()
    assert reading.is_visible()
    assert "Three men died when flames tore" in reading.inner_text()
    seen.page.locator("#p1 a.back").click()
    assert seen.page.url.endswith("#r1")


def test_cell_opens_beside_the_table(show: Show) -> None:
    """On a wide screen the words of a cell open beside the table, which stays where it was."""
    seen = show(to_html(fire()))
    link = seen.page.locator("td a[href='#p1-nt']")
    link.scroll_into_view_if_needed()
    before = seen.page.evaluate("scrollY")
    link.click()
    assert seen.page.locator("#p1-nt mark").is_visible()
    assert abs(seen.page.evaluate("scrollY") - before) < 5
    box = seen.page.locator("#p1").bounding_box()
    assert box["x"] > 700
    assert box["y"] == 0


def test_permalink(show: Show) -> None:
    """The address of a cell, opened afresh, shows its words."""
    assert show(to_html(fire()), hash="#p3-cr").page.locator("#p3-cr mark").is_visible()


def test_keyboard(show: Show) -> None:
    """Skip link, arrow keys through the table, Enter to the words, Escape back to the row."""
    page = show(to_html(fire())).page
    focused = "document.activeElement.getAttribute('href')"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "#points"
    page.keyboard.press("Enter")
    page.locator("tr#r1 th a").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "#p1-cr"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "#p3-cr"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.locator("#p1-cr mark").is_visible()
    page.keyboard.press("Escape")
    assert page.url.endswith("#r1")
    assert page.evaluate(focused) == "#p1"


def test_arrows_pass_cells_without_words(show: Show) -> None:
    """Arrow keys pass over cells that lead nowhere, and stop at the edge."""
    page = show(to_html(fire())).page
    page.locator("tr#r7 th a").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#p7-nt"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#p7-nt"


def test_filters(show: Show) -> None:
    """The filters keep their rows, say which is pressed, and hide headings without rows."""
    page = show(to_html(fire())).page
    page.get_by_role("button", name="Conflicts 2").click()
    rows = page.locator("#matrix tbody tr[id]:visible")
    assert rows.evaluate_all("(all) => all.map((row) => row.id)") == ["r1", "r3"]
    assert page.locator("tr.group:visible").count() == 1
    assert page.get_by_role("button", pressed=True).inner_text() == "Conflicts 2"
    page.get_by_role("button", name="All 8").click()
    assert rows.count() == 8


@pytest.mark.parametrize("width", [320, 480, 768, 1024, 1440, 1920])
@pytest.mark.parametrize("name", PAGES)
def test_no_sideways_scroll(show: Show, name: str, width: int) -> None:
    """The page never scrolls sideways, not even for ten thousand letters without a space; its table does, in a box."""
    seen = show(to_html(PAGES[name]()), width=width)
    seen.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert seen.sideways() == 0


def test_heads_stay(show: Show) -> None:
    """Scrolled far into a large table, its heads and statements still stand at its edges."""
    page = show(to_html(crowd(40, 60))).page
    box = page.locator("#points .scroll")
    box.evaluate("(box) => { box.scrollTop = 900; box.scrollLeft = 600; }")
    frame, head = box.bounding_box(), page.locator("thead th.point").bounding_box()
    assert abs(head["x"] - frame["x"]) < 3
    assert abs(head["y"] - frame["y"]) < 3 + 40
    row = page.locator("tbody tr[id] th").nth(20).bounding_box()
    assert abs(row["x"] - frame["x"]) < 3


def test_print(show: Show) -> None:
    """On paper nothing is folded or cut off, and what only works on a screen is gone."""
    page = show(to_html(fire())).page
    page.emulate_media(media="print")
    assert page.locator("#p1-nt mark").is_visible()
    assert not page.locator("nav").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator("#points .scroll").evaluate("(box) => getComputedStyle(box).overflow") == "visible"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_dark(show: Show) -> None:
    """The page follows the reader's wish for dark."""
    background = "getComputedStyle(document.body).backgroundColor"
    light = show(to_html(fire()), color_scheme="light").page.evaluate(background)
    dark = show(to_html(fire()), color_scheme="dark").page.evaluate(background)
    assert light == "rgb(251, 250, 247)"
    assert dark == "rgb(22, 23, 26)"


def test_right_to_left(show: Show) -> None:
    """A right-to-left quote reads from the right and leaves its neighbours alone."""
    page = show(to_html(fire()), hash="#p1-mi").page
    assert page.locator("#p1-mi blockquote").evaluate("(quote) => getComputedStyle(quote).direction") == "rtl"
    assert page.locator("#p1-nt blockquote").evaluate("(quote) => getComputedStyle(quote).direction") == "ltr"


def test_large(show: Show) -> None:
    """Sixty outlets by two hundred points are painted within a second and a half, and stay usable."""
    text = to_html(crowd())
    painted = []
    for _ in range(3):  # the best of three: other programs run on this machine
        seen = show(text)
        seen.page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        painted.append(seen.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    assert min(painted) < 1500
    seen.page.locator("td a").nth(40).click()
    assert seen.page.locator("li:target, b:target").is_visible()
    assert seen.complaints == []
    assert seen.sideways() == 0
