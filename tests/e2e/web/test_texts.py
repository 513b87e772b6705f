"""Two texts side by side, an article over time, fetched bytes, outlets and search, in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storydiff import demo
from storydiff.fetch import Fetched
from storydiff.model import Paragraph
from storydiff.store.browse import article_name
from tests.e2e.conftest import Seen
from tests.e2e.web.conftest import Site

pytestmark = pytest.mark.e2e

STORY = f"/stories/{demo.SLUG}"
WHISTLE = "http://daily-whistle.example/news/terror-on-ice-kids-flee-gas-7731902"
ARTICLE = f"{STORY}/articles/{article_name(WHISTLE)}"
HOSTILE = b"""<!doctype html><html><body onload="window.ran = 1"><script>window.ran = 1; alert(1)</script>
<p>Two men died when the mill in Dornfeld burned.</p><img src=x onerror="window.ran = 1"></pre></li></ol>
<iframe srcdoc="<script>parent.ran = 1</script>"></iframe><meta http-equiv=refresh content="0;url=https://evil.example/">
"""


def versions(site: Site, outlet: str) -> list[str]:
    return [each.id for each in site.store.versions.lines(demo.SLUG) if each.outlet == outlet]


def pair(site: Site) -> str:
    return f"{STORY}/compare?a={versions(site, 'The Daily Whistle')[-1]}&b={versions(site, 'Aldmere Herald')[-1]}"


def pages(site: Site) -> Iterator[str]:
    yield pair(site)
    yield ARTICLE
    yield f"{STORY}/versions/{versions(site, 'The Daily Whistle')[0]}/snapshot?paragraph=2"
    yield from ("/outlets", "/outlets/The%20Daily%20Whistle", f"/outlets/daily-whistle.example{STORY}")
    yield from ("/search?q=arena", "/search")


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1920, "light")])
def test_the_pages_are_readable_by_all(site: Site, width: int, scheme: str) -> None:
    """No violation, nothing to complain of, no request to anybody else, and no sideways scrolling."""
    seen = site.open("/search", sign_in="read", width=width, color_scheme=scheme)
    for path in pages(site):
        seen.page.goto(path)
        assert seen.sideways() == 0, path
        assert seen.violations() == [], path
    assert seen.complaints == []
    assert all(request.url.startswith((site.base, "data:")) for request in seen.requests)


def test_differences_are_walked_by_keyboard(site: Site) -> None:
    """n and p go from one to the next, the counter says where, and typing in a field moves nothing."""
    seen = site.open(pair(site), sign_in="read")
    page, count = seen.page, seen.page.locator(".steps .count")
    total = int(count.inner_text().split()[0])
    for key, at in (("n", 1), ("n", 2), ("n", 3), ("p", 2)):
        page.keyboard.press(key)
        assert count.inner_text() == f"{at} of {total}"
        assert page.evaluate("document.activeElement.id") == f"d{at}"
        assert page.locator(".pair-row.current").count() == 1
    assert page.url.endswith("#d2")
    page.get_by_label("Left").focus()
    page.keyboard.press("n")
    assert count.inner_text() == f"2 of {total}"
    page.get_by_role("button", name="Next").click()
    assert count.inner_text() == f"3 of {total}"
    assert count.get_attribute("aria-live") == "polite"
    page.goto(pair(site) + f"#d{total}")
    assert page.get_by_role("button", name="Next").is_disabled()
    assert seen.complaints == []


def test_marks_of_words_can_be_turned_off(site: Site) -> None:
    """The words stay, their marks go; no script is needed for it."""
    seen = site.open(pair(site), sign_in="read", java_script_enabled=False)
    marked = seen.page.locator(".pair ins").first
    words = marked.inner_text()
    assert marked.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    seen.page.get_by_label("Mark the words").uncheck()
    assert marked.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    assert marked.inner_text() == words


def test_narrow_screens_show_linked_paragraphs_under_each_other(site: Site) -> None:
    """One column, the left text's paragraph above the right one's, each with its outlet's name."""
    seen = site.open(pair(site), sign_in="read", width=600)
    row = seen.page.locator(".pair-row", has=seen.page.locator(".left .fate-reworded")).first
    left, right = row.locator(".left").bounding_box(), row.locator(".right").bounding_box()
    assert left["y"] + left["height"] <= right["y"]
    assert row.locator(".right .whose bdi").first.is_visible()


def test_another_pair_is_chosen(site: Site) -> None:
    """The selectors lead to the two versions chosen, here two of one article."""
    seen = site.open(f"{STORY}/compare", sign_in="read", java_script_enabled=False)
    first, second, _ = versions(site, "The Daily Whistle")
    seen.page.get_by_label("Left").select_option(first)
    seen.page.get_by_label("Right").select_option(second)
    seen.page.get_by_role("button", name="Compare").click()
    assert seen.page.locator(".fate-only").count() == 1
    assert "2 differences" in seen.page.locator(".steps").inner_text()


def test_the_slider_goes_through_the_versions(site: Site) -> None:
    """Text, list and address follow it; the text that came back is named."""
    seen = site.open(ARTICLE, sign_in="read")
    page = seen.page
    slider = page.get_by_role("slider", name="Version")
    assert (slider.input_value(), slider.get_attribute("max")) == ("3", "3")
    assert "The text of 15 May 2026, 09:30 UTC came back" in page.locator("#state").inner_text()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.locator("#state h2", has_text="Version 2 of 3").wait_for()
    assert "ICE ARENA SABOTAGE" in page.locator(".told-text ins").first.inner_text()
    assert page.url.endswith(versions(site, "The Daily Whistle")[1])
    page.get_by_role("button", name="Earlier").click()
    page.locator("#state h2", has_text="Version 1 of 3").wait_for()
    assert page.locator(".told-text ins").count() == 0
    assert page.get_by_role("button", name="Earlier").is_disabled()
    assert page.locator(".states [aria-current]").inner_text().startswith("1 seen")
    assert seen.complaints == []


def test_versions_are_read_without_scripts(site: Site) -> None:
    """Links lead to each version, and to the changes between two that do not follow each other."""
    seen = site.open(ARTICLE, sign_in="read", java_script_enabled=False)
    page = seen.page
    page.get_by_role("link", name="Changes from here to 3").click()
    assert "changes since version 1" in page.locator("#state-head").inner_text()
    assert "Nothing of the article differs" in page.locator("#state").inner_text()
    page.locator(".states a.read").nth(1).click()
    assert page.locator("#state .came-added").count() == 1


def test_fetched_bytes_never_run(site: Site, demo_store: Path, tmp_path: Path) -> None:
    """A page full of scripts is shown as characters, and saved exactly as it came."""
    desk = site.service.desk("")
    before = site.store.versions.history(demo.SLUG, WHISTLE)[-1]
    moment = site.service.clock()
    fetched = Fetched(url=WHISTLE, final_url=WHISTLE, status=200, fetched=moment, body=HOSTILE)
    assert desk.archive is not None
    words = (Paragraph("Two men died when the mill in Dornfeld burned."),)
    snapshot = desk.archive.keep(fetched)
    kept, _ = site.store.versions.add(
        demo.SLUG, replace(before, id="", fetched=moment, snapshot=snapshot, paragraphs=words)
    )
    seen = site.open(f"{STORY}/versions/{kept.id}/snapshot", sign_in="read")
    page = seen.page
    assert page.evaluate("window.ran") is None
    assert page.locator(".source mark").inner_text() == words[0].text
    assert page.locator(".source").locator("script, img, iframe, meta, p").count() == 0
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download the exact bytes").click()
    saved.value.save_as(tmp_path / "kept.bin")
    assert (tmp_path / "kept.bin").read_bytes() == HOSTILE
    assert seen.complaints == []


def test_an_outlet_leads_to_the_points_behind_its_counts(site: Site) -> None:
    """From the list to the outlet, its stories, and the points of one of them."""
    seen = site.open("/outlets", sign_in="read")
    page = seen.page
    page.get_by_role("link", name="The Daily Whistle").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The Daily Whistle"
    figure = page.locator(".figure", has=page.get_by_role("heading", name="Omits"))
    assert "Too few to say" in figure.inner_text()
    said = figure.locator(".share").inner_text()
    figure.locator("summary").click()
    figure.get_by_role("link").click()
    assert f"Omitted: {said}" in page.locator("main").inner_text()
    assert page.locator("main > section > ol.point-lines > li").count() >= int(said.split()[0])
    assert seen.complaints == []


def test_a_search_leads_to_the_version_with_the_words(site: Site) -> None:
    """The words are marked, and the result opens the text."""
    seen: Seen = site.open("/search", sign_in="read", java_script_enabled=False)
    seen.page.get_by_label("Words").fill("sacked worker")
    seen.page.get_by_role("button", name="Search").click()
    assert seen.page.locator(".found-list mark").first.inner_text() == "sacked"
    seen.page.locator(".found-list h2 a").click()
    assert "sacked worker" in seen.page.locator("#state").inner_text()
