"""Bad input gets a clear sentence and a documented exit code; a failed outlet never stops the others."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from storydiff.testing import Fault, Newsroom
from tests.acceptance.conftest import CAUSE, HURT, LEDE, STREET, Cli, publish, urls


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "at least two sources; none was given"),
        (["https://a.example/1"], "only one was given"),
        (["https://a.example/1", "ftp://b.example/2"], "only http and https"),
        (["https://a.example/1", "no-such-file.html"], "no such file"),
        (["https://a.example/1", "https://b.example/2", "--story", "Not A Slug"], "not-a-slug"),
        (["--story", "unheard-of"], "No story 'unheard-of' is stored here"),
        (["https://a.example/1", "https://b.example/2", "--format", "docx"], "--format"),
        (["https://a.example/1", "https://b.example/2", "--point", "0"], "--point"),
    ],
)
def test_a_request_that_cannot_be_served(cli: Cli, arguments: list[str], said: str) -> None:
    """Exit 2, one clear message on standard error, nothing on standard output."""
    ran = cli("compare", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_message_without_advice_is_one_line(cli: Cli, tmp_path: Path) -> None:
    """No empty line stands where there is nothing to advise."""
    (tmp_path / "post.html").write_bytes(b"")
    ran = cli("compare", str(tmp_path / "post.html"), "https://a.example/1")
    assert (ran.returncode, ran.stderr) == (2, f"storydiff: {tmp_path}/post.html: is empty.\n")


def test_nothing_readable(cli: Cli, newsroom: Newsroom) -> None:
    """When fewer than two pages can be read, exit 3 and a reason for each."""
    newsroom.fail("coast-daily.example", Fault.NOT_FOUND)
    newsroom.fail("valley-echo.example", Fault.GONE)
    ran = cli("compare", *urls(newsroom), env={"STORYDIFF_RETRIES": "0"})
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "http://coast-daily.example/mill: " in ran.stderr
    assert "http://valley-echo.example/mill: " in ran.stderr


def test_each_failure_has_its_own_column_and_reason(cli: Cli, newsroom: Newsroom) -> None:
    """Names that do not resolve, refused addresses, errors, walls, other types, empty and huge pages: all said, none
    counted as an omission, and the good outlets are compared."""
    room = newsroom
    big = "<html><body>" + "<p>All work and no play makes a dull page.</p>" * 40_000
    bad = {
        "http://192.168.7.9/x": "address_refused",
        "http://nowhere.invalid/x": "name_not_resolved",
        room.publish("gone.example", "/a", "<p>Gone.</p>", status=410): "gone",
        room.publish("wall.example", "/a", "<p>Subscribers only.</p>", status=403): "forbidden",
        room.publish("missing.example", "/a", "<p>Not here.</p>", status=404): "not_found",
        room.publish("busy.example", "/a", "<p>Slow down.</p>", status=429): "rate_limited",
        room.publish("broken.example", "/a", "<p>Oops.</p>", status=500): "server_failed",
        room.publish("pdf.example", "/a", b"%PDF-1.7 ...", content_type="application/pdf"): "not_html",
        room.publish("big.example", "/a", big): "too_large",
        room.publish("empty.example", "/a", "<html><body><nav>Home</nav></body></html>"): "needs_javascript",
    }
    room.redirect("loop.example", "/a", "http://loop.example/b")
    bad[room.redirect("loop.example", "/b", "http://loop.example/a")] = "too_many_redirects"
    room.robots("robots.example", "User-agent: *\nDisallow: /\n")
    bad[room.publish("robots.example", "/a", "<p>Private.</p>")] = "robots_denied"
    ran = cli("compare", *urls(room), *bad, "--json", env={"STORYDIFF_RETRIES": "0", "STORYDIFF_MAX_BYTES": "500000"})
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    failed = {v["url"]: v for v in found["versions"] if v["extent"] == "blocked"}
    reasons = {url: [p["code"] for p in version["problems"]] for url, version in failed.items()}
    assert {url: codes[:1] for url, codes in reasons.items()} == {url: [code] for url, code in bad.items()}
    statuses = {p["coverage"][v["id"]]["status"] for v in failed.values() for p in found["points"]}
    assert statuses == {"unknown"}
    assert len(found["versions"]) == 3 + len(bad)


def test_a_slow_server_is_given_up(cli: Cli, newsroom: Newsroom) -> None:
    """Hanging and dripping servers end at the time limit; the others are compared."""
    publish(newsroom, "Hang Times", CAUSE, headline="Never")
    publish(newsroom, "Drip Times", CAUSE, headline="Never")
    newsroom.fail("hang-times.example", Fault.HANG)
    newsroom.fail("drip-times.example", Fault.DRIP)
    slow = [newsroom.url(f"{name}.example", "/mill") for name in ("hang-times", "drip-times")]
    ran = cli("compare", *urls(newsroom), *slow, "--json", env={"STORYDIFF_TIMEOUT": "2", "STORYDIFF_RETRIES": "0"})
    found = json.loads(ran.stdout)
    assert {v["url"] for v in found["versions"] if [p["code"] for p in v["problems"]] == ["timed_out"]} == set(slow)


def test_two_addresses_of_one_article(cli: Cli, newsroom: Newsroom) -> None:
    """They are compared once, and that is said."""
    newsroom.redirect("harbour-post.example", "/old", "http://harbour-post.example/mill")
    ran = cli("compare", "http://harbour-post.example/old", *urls(newsroom), "--json")
    assert len(json.loads(ran.stdout)["versions"]) == 3
    assert "is the same article as http://harbour-post.example/old" in ran.stderr


def test_another_story_is_said_not_forced(cli: Cli, newsroom: Newsroom) -> None:
    """A page about something else gets no omissions: it is set apart, with the reason."""
    publish(
        newsroom,
        "Sports Weekly",
        "Brackwater United beat Norden 3-1 on Saturday and moved up to second place in the northern league.",
        "Striker Lio Marrant scored twice before the break, and goalkeeper Sven Abt saved a penalty late on.",
        "Coach Petra Vogt praised the young defence and said the club would sign no new players this season.",
        headline="United climb to second after beating Norden",
    )
    ran = cli("compare", *urls(newsroom), newsroom.url("sports-weekly.example", "/mill"), "--json")
    found = json.loads(ran.stdout)
    other = next(v for v in found["versions"] if v["outlet"] == "Sports Weekly")
    assert other["apart"]
    assert {p["coverage"][other["id"]]["status"] for p in found["points"]} == {"unknown"}


def test_a_database_that_refuses_costs_the_storing_only(cli: Cli, newsroom: Newsroom, tmp_path: Path) -> None:
    """Newer schema, no database at all, a folder that cannot be written: the comparison is shown, then exit 4."""
    newer, torn = tmp_path / "newer.sqlite", tmp_path / "torn.sqlite"
    with sqlite3.connect(newer) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    torn.write_bytes(b"SQLite format 3\0" + b"torn" * 500)
    for path, said in [(newer, "newer storydiff"), (torn, "torn.sqlite"), (Path("/proc/none/x.sqlite"), "/proc/none")]:
        ran = cli("compare", *urls(newsroom), "--db", str(path))
        assert ran.returncode == 4, ran.stderr
        assert "Coast Daily" in ran.stdout
        assert said in ran.stderr
        assert "Traceback" not in ran.stderr


def test_a_locked_database_is_said(cli: Cli, newsroom: Newsroom, tmp_path: Path) -> None:
    """While another program holds the write lock, the comparison is shown and not stored."""
    path = tmp_path / "held.sqlite"
    assert cli("compare", *urls(newsroom), "--db", str(path), "--quiet").returncode == 0
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    publish(newsroom, "Valley Echo", LEDE.format(dead="nine"), HURT, CAUSE, STREET, headline="Nine die")
    ran = cli("compare", *urls(newsroom), "--db", str(path))
    holder.close()
    assert ran.returncode == 4
    assert "Valley Echo" in ran.stdout
    assert "locked" in ran.stderr.lower()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small disk")
def test_a_full_disk_costs_the_storing_only(cli: Cli, newsroom: Newsroom, tmp_path: Path) -> None:
    """With no room for database and archive, the comparison is shown and the reason said."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.system(f"mount -t tmpfs -o size=48k tmpfs {disk} 2>/dev/null") != 0:
        pytest.skip("no disk can be mounted here")
    try:
        ran = cli(
            "compare", *urls(newsroom), "--db", str(disk / "s.sqlite"), env={"STORYDIFF_ARCHIVE": str(disk / "a")}
        )
    finally:
        os.system(f"umount {disk}")
    assert ran.returncode == 4, ran.stderr
    assert "Coast Daily" in ran.stdout
    assert "full" in ran.stderr.lower()


def test_an_unwritable_output_is_said(cli: Cli, newsroom: Newsroom) -> None:
    """A file that cannot be written names itself."""
    ran = cli("compare", *urls(newsroom), "--output", "/proc/none/out.txt")
    assert ran.returncode == 2
    assert "/proc/none/out.txt" in ran.stderr


def test_robots_are_ignored_on_own_hosts_only(cli: Cli, newsroom: Newsroom) -> None:
    """--ignore-robots is refused unless the host is the user's own by setting."""
    newsroom.robots("valley-echo.example", "User-agent: *\nDisallow: /\n")
    refused = cli("compare", *urls(newsroom), "--ignore-robots")
    assert refused.returncode == 2
    assert "STORYDIFF_IGNORE_ROBOTS_HOSTS" in refused.stderr
    hosts = "harbour-post.example coast-daily.example valley-echo.example"
    ran = cli("compare", *urls(newsroom), "--ignore-robots", "--json", env={"STORYDIFF_IGNORE_ROBOTS_HOSTS": hosts})
    assert {v["extent"] for v in json.loads(ran.stdout)["versions"]} == {"complete"}


def test_pages_of_ones_own_machine_are_refused_with_the_way_to_allow_them(cli: Cli) -> None:
    """Both a private address and a port of no web page say what to set."""
    ran = cli("compare", "http://127.0.0.1:9/a", "http://192.168.7.9/b", env={"STORYDIFF_ALLOW_HOSTS": ""})
    assert ran.returncode == 3
    assert "not served on port 9" in ran.stderr
    assert ran.stderr.rstrip().endswith("list the host in STORYDIFF_ALLOW_HOSTS.")
