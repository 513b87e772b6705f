"""How we behave towards servers: robots.txt, pauses, repetitions, conditional requests, who we say we are."""

from __future__ import annotations

import time
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from storydiff.errors import BadSetting, ConnectionFailed, RateLimited, RobotsDenied, ServerFailed, TooManyRedirects
from storydiff.fetch import Fetched, LocalSlots, Remembered, Request, Stage, fetch_all
from storydiff.settings import Settings
from tests.integration.fetch.conftest import LOCAL, NOW
from tests.integration.fetch.site import Site, page

DENY = page(b"User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n", type="text/plain")
BUSY = "503 Service Unavailable"
SPACED = 0.15
"""Seconds between requests whose turns are 0.3 apart: on a busy machine one is held up, and the next follows sooner."""


def get_all(urls: list[str], **settings: object) -> list[Fetched]:
    """Fetch several pages in one batch."""
    return fetch_all([Request(url=url) for url in urls], Settings(**{**LOCAL, **settings}), clock=lambda: NOW)


def test_robots_obeyed():
    """What robots.txt forbids is not asked for; it is read once for all pages of the batch."""
    with Site({"/robots.txt": DENY, "/open": page(), "/private/open": page()}) as site:
        got = get_all([site.base + path for path in ("/private/a", "/open", "/private/open", "/x.pdf", "/private/b")])
    assert [type(each.error) for each in got] == [RobotsDenied, type(None), type(None), RobotsDenied, RobotsDenied]
    assert site.paths().count("/robots.txt") == 1
    assert sorted(site.paths()[1:]) == ["/open", "/private/open"]
    assert "robots.txt" in got[0].error.message


def test_robots_remembered():
    """Batches that share what they remember ask once an hour, then obey what stands there now."""
    remembered, now = Remembered(), NOW

    def look(site: Site) -> Fetched:
        wish = [Request(url=f"{site.base}/private/a")]
        return fetch_all(wish, Settings(**LOCAL), clock=lambda: now, remembered=remembered)[0]

    with Site({"/robots.txt": page(status="404 Not Found"), "/private/a": page()}) as site:
        assert look(site).error is None
        site.routes["/robots.txt"] = DENY
        now = NOW + timedelta(minutes=59)
        assert look(site).error is None
        assert site.paths().count("/robots.txt") == 1
        now = NOW + timedelta(minutes=60)
        assert isinstance(look(site).error, RobotsDenied)
        assert site.paths().count("/robots.txt") == 2
        assert isinstance(look(site).error, RobotsDenied)
        assert site.paths().count("/robots.txt") == 2


def test_robots_that_could_not_be_read_are_asked_for_again():
    """A passing failure of robots.txt is not held against the site for an hour."""
    remembered = Remembered()
    with Site({"/robots.txt": page(status=BUSY), "/": page()}) as site:
        wish, settings = [Request(url=site.base)], Settings(**{**LOCAL, "retries": 0})
        assert fetch_all(wish, settings, clock=lambda: NOW, remembered=remembered)[0].error is not None
        site.routes["/robots.txt"] = page(status="404 Not Found")
        assert fetch_all(wish, settings, clock=lambda: NOW, remembered=remembered)[0].error is None


def test_robots_for_us_by_name():
    """A group that names storydiff counts before the one for all."""
    rules = b"User-agent: *\nDisallow:\n\nUser-agent: StoryDiff\nDisallow: /\n"
    with Site({"/robots.txt": page(rules, type="text/plain"), "/": page()}) as site:
        assert isinstance(get_all([site.base])[0].error, RobotsDenied)


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"])
def test_robots_absent(get, status):
    """No robots.txt (any 4xx) allows everything."""
    with Site({"/robots.txt": page(status=status), "/": page()}) as site:
        assert get(site.base).error is None


def test_robots_unreadable(get):
    """While robots.txt cannot be read (5xx), nothing is allowed, and the error says so."""
    with Site({"/robots.txt": page(status=BUSY), "/": page()}) as site:
        got = get(site.base, retries=0)
    assert isinstance(got.error, RobotsDenied)
    assert "answered 503 when asked for its robots.txt" in got.error.message
    assert "RFC 9309" in got.error.message
    assert "/" not in site.paths()


def test_robots_unreachable(get):
    """A server that breaks off at robots.txt is told as what it is: out of reach."""
    with Site({"/robots.txt": lambda _, __: None, "/": page()}) as site:
        got = get(site.base, retries=0)
    assert isinstance(got.error, ConnectionFailed)
    assert "/" not in site.paths()


def test_robots_rate_limited(get):
    """A 429 for robots.txt is no absent file: it asks to slow down."""
    with Site({"/robots.txt": page(status="429 Too Many Requests"), "/": page()}) as site:
        assert isinstance(get(site.base, retries=0).error, RateLimited)


def test_robots_redirected(get):
    """A robots.txt that has moved is followed."""
    with Site({"/robots.txt": page(status="301 M", Location="/rules"), "/rules": DENY, "/private": page()}) as site:
        assert isinstance(get(site.base + "/private").error, RobotsDenied)


def test_robots_redirected_inside(get):
    """A robots.txt cannot lead us to a private place either."""
    with Site({"/robots.txt": page(status="301 M", Location="http://169.254.169.254/"), "/": page()}) as site:
        got = get(site.base)
    assert got.error.code == "address_refused"


def test_robots_huge(get):
    """Of a huge robots.txt the first 500 KB count; a rule torn at the cut is left out, not widened."""
    line = b"Disallow: /private/%06d\n"
    rules = b"User-agent: *\n" + b"".join(line % i for i in range(40_000))
    with Site({"/robots.txt": page(rules, type="text/plain"), "/private": page(), "/private/000007": page()}) as site:
        assert get(site.base + "/private").error is None
        assert isinstance(get(site.base + "/private/000007").error, RobotsDenied)


def test_robots_at_every_hop():
    """A redirect to another site is followed only when that site's own rules allow it."""
    with Site({"/robots.txt": DENY, "/private": page()}, host="127.0.0.2") as other, Site({}) as site:
        site.routes = {"/": page(status="302 Found", Location=f"{other.base}/private")}
        got = get_all([site.base], allow_hosts=("127.0.0.1", "127.0.0.2"))[0]
    assert isinstance(got.error, RobotsDenied)
    assert other.paths() == ["/robots.txt"]


def test_robots_ignored_on_own_hosts():
    """robots.txt is ignored only on the user's own hosts; on others the wish is refused before any request."""
    with Site({"/robots.txt": DENY, "/private": page()}) as site:
        wish = [Request(url=f"{site.base}/private")]
        settings = Settings(**LOCAL, ignore_robots_hosts=("127.0.0.1",))
        assert fetch_all(wish, settings, clock=lambda: NOW, ignore_robots=True)[0].error is None
        assert isinstance(fetch_all(wish, settings, clock=lambda: NOW)[0].error, RobotsDenied)
        before = len(site.asked)
        with pytest.raises(BadSetting, match=r"127\.0\.0\.1"):
            fetch_all(wish, Settings(**LOCAL), clock=lambda: NOW, ignore_robots=True)
        assert len(site.asked) == before


def test_pages_of_one_host_are_spaced():
    """Requests to one host keep their distance, robots.txt included."""
    with Site({"/": page()}) as site:
        get_all([f"{site.base}/?{i}" for i in range(3)], host_delay=0.3)
    times = [each.at for each in site.asked]
    assert len(times) == 4
    assert all(after - before > SPACED for before, after in pairwise(times))


def test_pages_stay_spaced_when_places_are_taken():
    """Pages whose turn came while all places were taken do not all start at once when one is free."""
    with Site({}, host="127.0.0.2") as slow, Site({"/": page()}) as site:
        slow.routes = {"/robots.txt": lambda _, __: slow.wait(1.2)}
        urls = [f"{slow.base}/robots.txt", *[f"{site.base}/?{i}" for i in range(3)]]
        get_all(urls, host_delay=0.3, concurrency=1, retries=0, allow_hosts=("127.0.0.1", "127.0.0.2"))
    times = [each.at for each in site.asked]
    assert len(times) == 4
    assert all(after - before > SPACED for before, after in pairwise(times))


def test_hosts_do_not_wait_for_each_other():
    """Pages of different hosts go at the same time."""
    with Site({"/": page()}, host="127.0.0.2") as one, Site({"/": page()}, host="127.0.0.3") as two:
        begun = time.monotonic()
        get_all([one.base, two.base], host_delay=1.0, allow_hosts=("127.0.0.2", "127.0.0.3"))
        assert time.monotonic() - begun < 1.9


def test_crawl_delay():
    """A Crawl-delay longer than our own is honoured between pages; the first page does not wait for it."""
    rules = page(b"User-agent: *\nCrawl-delay: 1.5\n", type="text/plain")
    with Site({"/robots.txt": rules, "/": page()}) as site:
        begun = time.monotonic()
        get_all([site.base + "/?1", site.base + "/?2"], host_delay=0.01)
    first, second = (each.at for each in site.asked if each.path != "/robots.txt")
    assert second - first > 1.2
    assert first - begun < 1.4


def test_turns_carry_over():
    """Batches that share their turns keep the distance between them too."""
    slots = LocalSlots()
    with Site({"/robots.txt": page()}) as site:
        for _ in range(2):
            request = Request(url=f"{site.base}/robots.txt")
            fetch_all([request], Settings(**{**LOCAL, "host_delay": 0.3}), clock=lambda: NOW, slots=slots)
    first, second = site.times("/robots.txt")
    assert second - first > SPACED


@pytest.mark.parametrize("status", ["429 Too Many Requests", "502 Bad Gateway", BUSY, "504 Gateway Timeout"])
def test_passing_statuses_are_tried_again(get, status):
    """A failure that may pass is tried again, and the page that comes then is the page."""
    with Site({"/": [page(status=status), page()]}) as site:
        got = get(site.base)
    assert got.error is None
    assert got.status == 200
    assert site.paths().count("/") == 2


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "410 Gone", "500 Internal Server Error"])
def test_lasting_statuses_are_not(get, status):
    """A failure that would be the same again is not repeated."""
    with Site({"/": page(status=status)}) as site:
        get(site.base)
    assert site.paths().count("/") == 1


def test_resets_are_tried_again(get):
    """A broken connection is tried again as often as the settings say, and not once more by the library."""
    with Site({"/": lambda _, __: None}) as site:
        got = get(site.base, retries=2)
    assert isinstance(got.error, ConnectionFailed)
    assert site.paths().count("/") == 3
    with Site({"/": [lambda _, __: None, page()]}) as site:
        assert get(site.base, retries=1).error is None


@pytest.mark.parametrize("after", ["1", format_datetime(NOW + timedelta(seconds=1), usegmt=True)])
def test_retry_after(get, after):
    """Retry-After is honoured, as a number of seconds and as a date."""
    with Site({"/": [page(status=BUSY, Retry_After=after), page()]}) as site:
        got = get(site.base)
    first, second = site.times("/")
    assert got.error is None
    assert 0.98 < second - first < 5


def test_retry_after_too_long(get):
    """A Retry-After beyond the time of the page is not waited for: the error says when to come back."""
    with Site({"/": page(status="429 Too Many Requests", Retry_After="3600")}) as site:
        begun = time.monotonic()
        got = get(site.base)
        assert time.monotonic() - begun < 4.5, "the page has five seconds"
    assert isinstance(got.error, RateLimited)
    assert got.error.hint == "It asks us to come back in 60 minutes."
    assert got.retry_after == 3600
    assert site.paths().count("/") == 1


def test_retry_after_holds_for_the_host():
    """When a host asks us to stay away for long, the other pages there are not asked for."""
    slots = LocalSlots()
    limited = page(status="429 Too Many Requests", Retry_After="600")
    with Site({"/a": limited, "/robots.txt": page()}) as site:
        settings = Settings(**LOCAL)
        for path in ("/a", "/b"):
            got = fetch_all([Request(url=site.base + path)], settings, clock=lambda: NOW, slots=slots)[0]
            assert isinstance(got.error, RateLimited)
    assert "/b" not in site.paths()
    assert got.retry_after == pytest.approx(600, abs=5)


def test_body_of_a_repeated_failure(get):
    """After the last try the error carries the body that came with it."""
    with Site({"/": page(b"<p>Back soon</p>", BUSY)}) as site:
        got = get(site.base, retries=1)
    assert isinstance(got.error, ServerFailed)
    assert got.body == b"<p>Back soon</p>"
    assert site.paths().count("/") == 2


def test_redirects_followed(get):
    """Redirects of all kinds lead to the page; the way is kept."""
    hops = {f"/{code}": page(status=f"{code} Moved", Location=f"/{nxt}") for code, nxt in [(301, 302), (302, 303)]}
    hops |= {"/303": page(status="303 See Other", Location="307"), "/307": page(status="307 T", Location="?late")}
    with Site({**hops, "/307?late": page(status="308 P", Location="//127.0.0.1:{port}/seite%20ä")}) as site:
        site.routes = {
            **hops,
            "/307?late": page(status="308 P", Location=f"//127.0.0.1:{site.port}/end ä".encode().decode("utf-8")),
            "/end%20%C3%A4": page(),
        }
        got = get(f"{site.base}/301")
    assert got.error is None
    assert got.final_url == f"{site.base}/end%20%C3%A4"
    assert [url.removeprefix(site.base) for url in got.redirects] == ["/301", "/302", "/303", "/307", "/307?late"]


def test_redirect_loop(get):
    """A circle of redirects is seen when it closes, and cookies are named as a likely cause."""
    with Site({"/a": page(status="302 F", Location="/b"), "/b": page(status="302 F", Location="/a#x")}) as site:
        got = get(f"{site.base}/a")
    assert isinstance(got.error, TooManyRedirects)
    assert "cookies" in got.error.hint
    assert site.paths() == ["/robots.txt", "/a", "/b"]


def test_redirects_without_end(get):
    """An endless chain of new addresses is left after ten."""
    chain = {f"/{i}": page(status="302 F", Location=f"/{i + 1}") for i in range(40)}
    with Site(chain) as site:
        got = get(f"{site.base}/0")
    assert isinstance(got.error, TooManyRedirects)
    assert len(site.asked) == 12


@pytest.mark.parametrize("location", ["", "http://[", "http://x.example:port/"])
def test_redirect_to_nowhere(get, location):
    """A redirect without a usable address is an error of the status."""
    with Site({"/": page(status="302 Found", Location=location)}) as site:
        got = get(site.base)
    assert got.error.code == "bad_status"
    assert "without a usable address" in got.error.message


def test_not_modified(get):
    """With the validators of last time an unchanged page costs no body."""
    with Site({"/": b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\n\r\n'}) as site:
        got = get(site.base, request={"etag": '"a1"', "last_modified": "Sun, 01 Mar 2026 09:00:00 GMT"})
    asked = site.asked[-1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"a1"', "Sun, 01 Mar 2026 09:00:00 GMT")
    assert got.not_modified
    assert (got.error, got.body, got.status, got.etag) == (None, b"", 304, '"a1"')


def test_validators_hold_on(get):
    """A 304 that does not repeat the validators leaves them as they were."""
    with Site({"/": b"HTTP/1.1 304 Not Modified\r\n\r\n"}) as site:
        got = get(site.base, request={"etag": 'W/"a1"', "last_modified": "Sun, 01 Mar 2026 09:00:00 GMT"})
    assert (got.etag, got.last_modified) == ('W/"a1"', "Sun, 01 Mar 2026 09:00:00 GMT")


def test_changed_after_all(get):
    """A server that has something new answers a conditional request with it."""
    with Site({"/": page(ETag='"a2"')}) as site:
        got = get(site.base, request={"etag": '"a1"'})
    assert not got.not_modified
    assert got.etag == '"a2"'


def test_hostile_validators(get):
    """Stored validators with line breaks in them are not sent."""
    with Site({"/": page()}) as site:
        assert get(site.base, request={"etag": '"a"\r\nX-Evil: 1', "last_modified": "ä"}).error is None
    assert not {"If-None-Match", "X-Evil", "If-Modified-Since"} & set(site.asked[-1].headers)


def test_who_we_are(get):
    """The User-Agent is honest and has the contact; codings we can undo are accepted; no cookie goes back."""
    answer = page(Set_Cookie="id=1; Path=/")
    with Site({"/": page(status="302 F", Location="/b", Set_Cookie="id=1; Path=/"), "/b": answer}) as site:
        get(site.base, contact="desk@newsroom.example\r\nX: y")
        get(f"{site.base}/b")
    first = site.asked[0].headers
    assert first["User-Agent"].startswith("storydiff/")
    assert "desk@newsroom.example" in first["User-Agent"]
    assert first["Accept-Encoding"] == "gzip, deflate, br, zstd"
    assert all("Cookie" not in each.headers for each in site.asked)
    assert all("X" not in each.headers for each in site.asked)


def test_progress_is_told():
    """Whoever watches hears each step and each finished page."""
    heard: list[object] = []
    with Site({"/": [page(status=BUSY), page(status="302 F", Location="/b")], "/b": page()}) as site:
        fetch_all([Request(url=site.base)], Settings(**LOCAL), clock=lambda: NOW, progress=heard.append)
    stages = [step.stage for step in heard[:-1]]
    assert stages == [Stage.ROBOTS, Stage.FETCHING, Stage.RETRYING, Stage.FETCHING, Stage.REDIRECTED, Stage.FETCHING]
    assert isinstance(heard[-1], Fetched)
    assert {step.url for step in heard} == {site.base}
