"""Beginning, watching, sharing, subscribing: in the browser, with real pages fetched on loopback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storydiff.digest.tokens import Purpose, Signer
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.watch import Claim, check_story
from storydiff.pipeline.watch_collate import settle_story
from storydiff.serving.service import open_service
from storydiff.store import Subscription, SubscriptionState, Timing, Wants
from storydiff.testing import Newsroom
from storydiff.web.app import make_app
from tests.acceptance.conftest import newsroom, urls  # noqa: F401
from tests.e2e.conftest import Seen
from tests.integration.api.test_isolation import suggested
from tests.integration.digest.conftest import SECRET
from tests.served import served

pytestmark = pytest.mark.e2e
CLAIM = Claim(owner="test", lease=timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Office:
    """Served pages, what fetches and compares for them, and a reader's subscription."""

    base: str
    desk: Desk
    key: str
    subscription: Subscription
    open: Callable[..., Seen]
    beside: ThreadPoolExecutor

    def work(self, slug: str) -> None:
        """What the workers do; beside, since playwright's own loop runs in this thread."""
        self.beside.submit(lambda: (check_story(self.desk, slug, CLAIM), settle_story(self.desk, slug, CLAIM))).result()

    def link(self, purpose: Purpose) -> str:
        return (
            f"/digest/{purpose.value}?token={Signer((SECRET,)).token(purpose, self.subscription.id, self.desk.clock())}"
        )


@pytest.fixture
def office(browser: Any, newsroom: Newsroom, tmp_path: Path) -> Iterator[Office]:  # noqa: F811
    """It can fetch the newsroom's pages; mail is set up, and goes nowhere."""
    settings = newsroom.settings(
        database_url=f"sqlite:///{tmp_path / 'stories.sqlite'}", archive=str(tmp_path / "archive"), host_delay=0.0,
        api_rate=100_000, smtp_host="127.0.0.1", smtp_port=1, smtp_tls="none", mail_from="digest@left.example",
        signing_secret=SECRET, sign_in=("left.example",), web_url="http://diff.left.example",
    )  # fmt: skip
    contexts = []
    with (
        open_service(settings, lambda: datetime.now(UTC)) as service,
        served(make_app, service) as base,
        ThreadPoolExecutor(1) as beside,
    ):
        desk = service.desk("")
        key = desk.store.keys.create("desk", ["admin"], now=desk.clock())[1]
        made = desk.store.subscriptions.create("ann@left.example", Wants(), Timing(), now=desk.clock())

        def opened(path: str, *, is_known: bool = True, width: int = 1440, **options: Any) -> Seen:
            context = browser.new_context(viewport={"width": width, "height": 900}, base_url=base, **options)
            contexts.append(context)
            seen = Seen(context.new_page())
            if is_known:
                seen.page.goto("/sign-in")
                seen.page.get_by_label("API key").fill(key)
                seen.page.locator("form[action='/sign-in/key'] button").click()
            seen.page.goto(path)
            return seen

        yield Office(base, desk, key, desk.store.subscriptions.confirm(made.id, now=desk.clock()), opened, beside)
        for context in contexts:
            context.close()


def begun(office: Office, seen: Seen, addresses: list[str]) -> str:
    """Pastes the addresses, presses the button, and gives the story's slug."""
    seen.page.get_by_label("Addresses of the articles").fill("Please compare:\n" + "\n".join(addresses))
    seen.page.get_by_role("button", name="Compare").click()
    seen.page.wait_for_url("**/jobs/**")
    return str(seen.page.locator(".of a").get_attribute("href")).rpartition("/")[2]


def compared(office: Office, addresses: list[str]) -> str:
    seen = office.open("/new")
    slug = begun(office, seen, addresses)
    office.work(slug)
    seen.page.wait_for_url(f"**/stories/{slug}")
    return slug


def test_a_new_comparison_leads_to_the_story(office: Office, newsroom: Newsroom) -> None:  # noqa: F811
    """The progress fills by itself while pages come in, and opens the comparison when all could be read."""
    seen = office.open("/new")
    slug = begun(office, seen, urls(newsroom))
    page = seen.page
    assert page.locator(".pages .waiting").count() == 3
    office.work(slug)
    page.wait_for_url(f"**/stories/{slug}")
    assert "Mill" in page.get_by_role("heading", level=1).inner_text()
    assert seen.complaints == []


def test_the_progress_says_what_could_not_be_read(office: Office, newsroom: Newsroom) -> None:  # noqa: F811
    """It stays, says why, tells a screen reader, and the keyboard is on what leads on."""
    seen = office.open("/new")
    slug = begun(office, seen, [*urls(newsroom)[:2], newsroom.url("valley-echo.example", "/gone")])
    office.work(slug)
    seen.page.wait_for_selector("#job[data-ended]")
    assert seen.page.locator(".pages .unread .why").inner_text() != ""
    assert "2 readable" in seen.page.locator("#said").inner_text()
    seen.page.wait_for_selector("#on:focus")  # a function that is asked again would need what the page's policy forbids
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url(f"**/stories/{slug}")


def test_a_new_comparison_without_scripts(office: Office, newsroom: Newsroom) -> None:  # noqa: F811
    """The progress renews itself until there is something to open."""
    seen = office.open("/new", java_script_enabled=False)
    slug = begun(office, seen, urls(newsroom))
    office.work(slug)
    seen.page.get_by_role("link", name="Open the comparison").wait_for()
    seen.page.get_by_role("link", name="Open the comparison").click()
    assert seen.page.url.endswith(f"/stories/{slug}")


def test_a_shared_link_opens_for_a_stranger_and_ends(office: Office, newsroom: Newsroom) -> None:  # noqa: F811
    """The page asks nobody for anything, its own script runs under its policy; when ended it says so."""
    slug = compared(office, urls(newsroom))
    seen = office.open(f"/stories/{slug}/share")
    seen.page.get_by_label("one day").check()
    seen.page.get_by_role("button", name="Make a link").click()
    path = seen.page.get_by_label("The link", exact=True).input_value().removeprefix("http://diff.left.example")
    stranger = office.open(path, is_known=False)
    assert stranger.page.get_by_role("heading", level=1).inner_text() != ""
    assert [request.url for request in stranger.requests] == [office.base + path]
    assert stranger.complaints == []
    seen.page.get_by_role("button", name=re.compile("^End")).click()
    assert "None." in seen.page.get_by_role("main").inner_text()
    stranger.page.reload()
    assert "shows nothing any more" in stranger.page.get_by_role("main").inner_text()


def test_unsubscribing_takes_one_button(office: Office) -> None:
    """The link in a mail, without signing in."""
    seen = office.open(office.link(Purpose.UNSUBSCRIBE), is_known=False)
    seen.page.get_by_role("button", name="Unsubscribe").click()
    assert "You get no more of it" in seen.page.get_by_role("main").inner_text()
    assert office.desk.store.subscriptions.get(office.subscription.id).state is SubscriptionState.ENDED
    assert seen.complaints == []


def test_subscribing_and_looking_at_the_next_mail(office: Office, newsroom: Newsroom) -> None:  # noqa: F811
    """By keyboard and screen reader names alone; the preview is the mail, in its frame."""
    compared(office, urls(newsroom))
    seen = office.open("/digest/new", timezone_id="Asia/Tokyo")
    page = seen.page
    assert page.get_by_label("Time zone").input_value() == "Asia/Tokyo"
    page.get_by_label("To whom").fill("desk@paper.example")
    page.get_by_label("every week").check()
    page.get_by_label("On (weekly)").select_option(label="Friday")
    page.get_by_label("Our outlet").fill("Harbour Post")
    page.get_by_role("button", name="Subscribe").click()
    assert "Every Friday at 7:00 (Asia/Tokyo)" in page.get_by_role("main").inner_text()
    page.get_by_role("link", name=re.compile("Look at the next.*desk@paper.example")).click()
    assert "storydiff for Harbour Post" in page.frame_locator("iframe").locator("body").inner_text()
    assert seen.complaints == []


PATHS = ("/sign-in", "/sign-in/sent", "/me", "/new", "{job}", "{share}", "/digest", "/digest/new", "{edit}", "/feeds", "/newsroom",
         "/newsroom/sources", "{story}",
         "{confirm}", "{unsubscribe}", "{settings}", "/digest/settings?token=x")  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1920, "dark")])
def test_the_pages_are_readable_by_all(office: Office, newsroom: Newsroom, width: int, scheme: str) -> None:  # noqa: F811
    """No violation, nothing to complain of, no request to anybody else, and no sideways scrolling."""
    maker = office.open("/new")
    slug = begun(office, maker, [*urls(newsroom)[:2], newsroom.url("valley-echo.example", "/gone")])
    job = maker.page.url.removeprefix(office.base)
    office.work(slug)
    office.beside.submit(lambda: suggested(office.desk.store, slug)).result()
    names = {
        "job": job,
        "story": f"/stories/{slug}",
        "share": f"/stories/{slug}/share",
        "edit": f"/digest/{office.subscription.id}",
    }
    names |= {each.value: office.link(each) for each in Purpose}
    seen = office.open("/stories", width=width, color_scheme=scheme)
    for path in PATHS:
        where = path.format_map(names)
        seen.page.goto(where)
        assert seen.violations() == [], where
        assert seen.sideways() == 0, where
    seen.page.goto(names["share"])
    seen.page.get_by_role("button", name="Make a link").click()
    assert (seen.violations(), seen.sideways()) == ([], 0)
    seen.page.goto("/new")
    seen.page.get_by_label("Addresses of the articles").fill("x/" + "y" * 3000)
    seen.page.get_by_role("button", name="Compare").click()
    assert (seen.violations(), seen.sideways()) == ([], 0)
    # A browser itself says in its console that a page came with 410 or 422; nothing else may stand there.
    assert [each for each in seen.complaints if "status of 4" not in each] == []
    assert all(request.url.startswith((office.base, "data:")) for request in seen.requests)
