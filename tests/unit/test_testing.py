"""The shipped newsroom, clock and builders do what they promise, over real HTTP on loopback."""

from __future__ import annotations

import doctest
import gzip
import http.client
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import storydiff.testing.clock
import storydiff.testing.newsroom
from storydiff.model import Status
from storydiff.testing import (
    Fault,
    FixedClock,
    Newsroom,
    builders,
    caption,
    collation,
    moment,
    point,
    reported,
    span,
    version,
)

HOST = "harbour.example"
PAGE = "<!doctype html><h1>Storm</h1>" + "<p>The harbour of Vell is closed.</p>" * 20


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as room:
        room.publish(HOST, "/storm", PAGE, at="2026-05-15T09:00Z")
        yield room


def ask(
    room: Newsroom, path: str = "/storm", host: str = HOST, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=5)
    try:
        connection.request(method, path, headers={"Host": host, **{k.replace("_", "-"): v for k, v in headers.items()}})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_answers_by_host_and_by_path(newsroom: Newsroom) -> None:
    """An outlet is reached under its own name, with www, and under the server's own address."""
    assert ask(newsroom)[2].decode() == PAGE
    assert ask(newsroom, host=f"www.{HOST}:80")[0] == 200
    assert ask(newsroom, f"/{HOST}/storm", host="127.0.0.1")[2].decode() == PAGE
    assert ask(newsroom, "/storm", host="other.example")[0] == 404


def test_query_is_ignored_unless_published(newsroom: Newsroom) -> None:
    """A page answers with any query, and a query can have a page of its own."""
    newsroom.publish(HOST, "/storm?page=2", "second page")
    assert ask(newsroom, "/storm?utm_source=x")[2].decode() == PAGE
    assert ask(newsroom, "/storm?page=2")[2] == b"second page"


def test_states_follow_the_clock(newsroom: Newsroom) -> None:
    """The clock decides which state is served; before the first one there is no page."""
    newsroom.publish(HOST, "/storm", "later", at="2026-05-15T12:00Z")
    assert ask(newsroom)[2] == b"later"
    newsroom.clock.set("2026-05-15T11:59Z")
    assert ask(newsroom)[2].decode() == PAGE
    newsroom.clock.set("2026-05-15T08:59Z")
    assert ask(newsroom)[0] == 404


def test_conditional_get(newsroom: Newsroom) -> None:
    """An unchanged page is 304 for its ETag and for its date; a new state is sent whole."""
    _, headers, _ = ask(newsroom)
    status, again, body = ask(newsroom, If_None_Match=headers["ETag"])
    assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
    assert ask(newsroom, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(newsroom, If_Modified_Since="yesterday")[0] == 200
    newsroom.publish(HOST, "/storm", PAGE + "<p>Update.</p>", at="2026-05-15T10:00Z")
    assert ask(newsroom, If_None_Match=headers["ETag"])[0] == 200
    assert ask(newsroom, If_Modified_Since=headers["Last-Modified"])[0] == 200


def test_gzip_when_asked(newsroom: Newsroom) -> None:
    """Pages are compressed for clients that take it; a body that is encoded already is left alone."""
    _, headers, body = ask(newsroom, Accept_Encoding="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).decode() == PAGE
    bomb = gzip.compress(b"0" * 100_000)
    newsroom.publish(HOST, "/bomb", bomb, headers={"Content-Encoding": "gzip"})
    assert ask(newsroom, "/bomb", Accept_Encoding="gzip")[2] == bomb


def test_head_has_no_body(newsroom: Newsroom) -> None:
    """HEAD gives the length and no bytes."""
    status, headers, body = ask(newsroom, method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(len(PAGE)), b"")


def test_status_type_and_redirect(newsroom: Newsroom) -> None:
    """A page may have its own status and type; a redirect stays within the outlet in both ways of asking."""
    newsroom.publish(HOST, "/wall", "consent", status=403, content_type="text/html")
    newsroom.redirect(HOST, "/old", "/storm", status=308)
    status, headers, body = ask(newsroom, "/wall")
    assert (status, headers["Content-Type"], body, headers["ETag"]) == (403, "text/html", b"consent", None)
    assert (ask(newsroom, "/old")[0], ask(newsroom, "/old")[1]["Location"]) == (308, "/storm")
    assert ask(newsroom, f"/{HOST}/old", host="127.0.0.1")[1]["Location"] == f"/{HOST}/storm"


def test_robots_of_each_outlet(newsroom: Newsroom) -> None:
    """Each outlet has its own robots.txt; the server's own address has all rules under the outlets' paths."""
    newsroom.robots("closed.example", "User-agent: *\nDisallow: /\nCrawl-delay: 3\n")
    assert b"Disallow: /\n" in ask(newsroom, "/robots.txt", host="closed.example")[2]
    assert b"Allow: /" in ask(newsroom, "/robots.txt")[2]
    joint = ask(newsroom, "/robots.txt", host="127.0.0.1")[2].decode()
    assert "Disallow: /closed.example/" in joint
    assert "Crawl-delay: 3" in joint


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.ERROR, 500), (Fault.UNAVAILABLE, 503), (Fault.TOO_MANY, 429), (Fault.NOT_FOUND, 404), (Fault.GONE, 410)],
)
def test_faults_with_a_status(newsroom: Newsroom, fault: Fault, status: int) -> None:
    """A fault lasts for the given number of requests, spares robots.txt, and names the wait where HTTP has one."""
    newsroom.fail(HOST, fault, times=2, retry_after="7")
    assert ask(newsroom, "/robots.txt")[0] == 200
    assert [ask(newsroom)[0] for _ in range(3)] == [status, status, 200]
    newsroom.fail(HOST, fault, retry_after="7")
    assert ask(newsroom)[1]["Retry-After"] == ("7" if status in (429, 503) else None)
    newsroom.recover(HOST)
    assert ask(newsroom)[0] == 200


def test_reset_and_cut(newsroom: Newsroom) -> None:
    """RESET breaks before the answer, CUT in the middle of it; the log shows that no whole answer was given."""
    newsroom.fail(HOST, Fault.RESET, times=1)
    with pytest.raises(ConnectionResetError):
        ask(newsroom)
    newsroom.fail(HOST, Fault.CUT, times=1)
    with pytest.raises(http.client.IncompleteRead):
        ask(newsroom)
    assert ask(newsroom)[0] == 200
    assert [r.status for r in newsroom.requests] == [0, 0, 200]


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.DRIP])
def test_endless_answers_end_with_the_newsroom(fault: Fault) -> None:
    """HANG and DRIP keep a client waiting, and stopping the newsroom frees it at once and leaves no thread."""
    before = threading.active_count()
    with Newsroom() as room:
        room.publish(HOST, "/storm", PAGE)
        room.fail(HOST, fault)
        connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=0.1)
        connection.request("GET", "/storm", headers={"Host": HOST})
        with pytest.raises(TimeoutError):
            connection.getresponse().read()
        start = time.monotonic()
    connection.close()
    assert time.monotonic() - start < 2
    assert threading.active_count() == before


def test_log_tells_who_asked_for_what(newsroom: Newsroom) -> None:
    """The log has outlet, path with its query, status and the client's headers."""
    ask(newsroom, "/storm?x=1", User_Agent="tester/1")
    ask(newsroom, "/nothing", host="other.example")
    first, second = newsroom.requests
    assert (first.method, first.domain, first.path, first.status) == ("GET", HOST, "/storm?x=1", 200)
    assert first.headers["user-agent"] == "tester/1"
    assert (second.domain, second.status) == ("", 404)
    assert newsroom.requests_to(HOST) == (first,)


def test_reads_a_folder(tmp_path: Path) -> None:
    """A folder per outlet: addresses, later states, robots.txt, status, type and redirects come from its files."""
    outlet = tmp_path / "harbour.example"
    (outlet / "news").mkdir(parents=True)
    (outlet / "index.html").write_text("front", encoding="utf8")
    (outlet / "news" / "a.html").write_bytes("<p>é".encode("latin-1"))
    (outlet / "news" / "a@2026-05-15T12-10Z.html").write_text("later", encoding="utf8")
    (outlet / "feed.xml").write_text("<rss/>", encoding="utf8")
    (outlet / "robots.txt").write_text("User-agent: *\nDisallow: /private\n", encoding="utf8")
    (outlet / "outlet.toml").write_text(
        '[status]\n"/feed.xml" = 503\n'
        '[content_type]\n"/news/a.html" = "text/html"\n'
        '[redirects]\n"/b" = "/news/a.html"\n',
        encoding="utf8",
    )
    with Newsroom(tmp_path, now="2026-05-15T12:09Z") as room:
        assert ask(room, "/")[2] == b"front"
        status, headers, body = ask(room, "/news/a.html")
        assert (status, headers["Content-Type"], body) == (200, "text/html", b"<p>\xe9")
        assert ask(room, "/feed.xml")[0] == 503
        assert ask(room, "/b")[1]["Location"] == "/news/a.html"
        assert b"/private" in ask(room, "/robots.txt")[2]
        assert ask(room, "/outlet.toml")[0] == 404
        room.clock.advance(minutes=1)
        assert ask(room, "/news/a.html")[2] == b"later"


def test_settings_lead_the_outlets_names_here(newsroom: Newsroom) -> None:
    """The settings resolve every outlet to the newsroom's port and allow it; changes are added."""
    settings = newsroom.settings(retries=0)
    assert settings.resolve == ((HOST, "127.0.0.1", newsroom.port),)
    assert HOST in settings.allow_hosts
    assert (settings.retries, settings.host_delay) == (0, 0.0)
    assert newsroom.local_url(HOST, "/storm") == f"http://127.0.0.1:{newsroom.port}/{HOST}/storm"


def test_the_servers_own_address_lists_all_pages(newsroom: Newsroom) -> None:
    """A person who opens the server's address finds a link to every page."""
    newsroom.publish("closed.example", "/a?b=1&c=2", "page")
    page = ask(newsroom, "/", host="127.0.0.1")[2].decode()
    assert newsroom.local_url() == f"http://127.0.0.1:{newsroom.port}/"
    assert f'href="/{HOST}/storm"' in page
    assert 'href="/closed.example/a?b=1&amp;c=2"' in page


def test_port_before_start_says_what_to_do() -> None:
    """A newsroom that is not open has no port."""
    with pytest.raises(RuntimeError, match="context manager"):
        _ = Newsroom().port


def test_clock_needs_a_zone_for_datetimes() -> None:
    """Texts without zone are UTC, other zones are turned into UTC, naive datetimes are refused."""
    assert moment("2026-05-15T09:30") == datetime(2026, 5, 15, 9, 30, tzinfo=UTC)
    assert moment("2026-05-15T11:30+02:00").hour == 9
    with pytest.raises(ValueError, match="no time zone"):
        FixedClock(datetime(2026, 5, 15))  # noqa: DTZ001


def test_builders_make_whole_values() -> None:
    """Built values are the real ones: ids follow from the content and evidence is an exact slice."""
    a = version("Harbour Post", "The harbour of Vell is closed.", caption("A pier."), published="2026-05-15T06:30Z")
    b = version("Coast Daily", "Vell shut its harbour.", language="en", url="http://coast.example/1")
    row = point(
        "The harbour is closed.", {a: reported(a, "harbour of Vell"), b: reported(b, "shut", status=Status.PARTIAL)}
    )
    made = collation(a, b, points=(row,))
    where = span(a, "harbour of Vell")
    assert a.paragraphs[where.paragraph].text[where.start : where.end] == where.text
    assert a.published == datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
    assert made.version(b.id) is b
    assert made.points[0].independent_sources == 2
    assert a.id != version("Harbour Post", "The harbour of Vell is open.", caption("A pier.")).id
    with pytest.raises(ValueError, match="is not in the version of Harbour Post"):
        span(a, "lighthouse")


@pytest.mark.parametrize("module", [storydiff.testing.clock, storydiff.testing.newsroom, builders])
def test_documented_examples_hold(module: object) -> None:
    """The examples in the docstrings are true."""
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


def test_the_guides_examples_run() -> None:
    """The Python in docs/testing.md works as it stands."""
    guide = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf8")
    blocks = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, "docs/testing.md", "exec"), {})


def test_the_guide_names_every_fault() -> None:
    """Each fault stands in the table of docs/testing.md."""
    guide = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf8")
    assert [fault.name for fault in Fault if f"`{fault.name}`" not in guide] == []
