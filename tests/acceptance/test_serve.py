"""`storydiff serve`: one command, real processes, a real newsroom over HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from storydiff.testing import Newsroom
from tests.acceptance.conftest import Cli, environment, urls

PATIENCE = 240.0


class Serving:
    """A running service, and what it printed."""

    def __init__(self, process: subprocess.Popen[str], ports: tuple[int, int], log: Path) -> None:
        self.process, self.port, self.web, self._log = process, *ports, log

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf8")

    def ask(self, method: str, path: str, key: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def until(true: Callable[[], bool], why: Callable[[], str] = lambda: "") -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, why()
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def serving(home: Path, newsroom: Newsroom, *options: str) -> Iterator[Serving]:
    ports, log = (free_port(), free_port()), home / f"serve-{time.monotonic_ns()}.log"
    listening = {"STORYDIFF_API_PORT": str(ports[0]), "STORYDIFF_WEB_PORT": str(ports[1])}
    env = environment(home, newsroom, STORYDIFF_TICK_SECONDS="1", **listening)
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "storydiff", "serve", "-c", "1", *options],
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    serving_ = Serving(process, ports, log)
    try:
        until(lambda: "storydiff is running" in serving_.said or process.poll() is not None, lambda: serving_.said)
        assert process.poll() is None, serving_.said
        yield serving_
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


def descendants(parent: int) -> set[int]:
    """Process ids below one, from /proc."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, wave = set[int](), [parent]
    while wave:
        below = children.get(wave.pop(), [])
        found.update(below)
        wave.extend(below)
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_one_command_serves_and_a_restart_loses_nothing(tmp_path: Path, newsroom: Newsroom) -> None:
    """A story posted just before SIGTERM is fetched and compared after the next start, whatever the queue is then."""
    with serving(tmp_path, newsroom) as first:
        _signed_in(first)
        key = re.search(r"sd_\S+", first.said)
        assert key is not None, first.said
        assert "/docs" in first.said
        assert "queue" in first.said
        secret = key[0]
        job = first.ask("POST", "/v1/stories", secret, {"urls": urls(newsroom), "slug": "mill"})
        assert first.stop() == 0
    with serving(tmp_path, newsroom, "--memory") as second:
        assert "in the worker's memory" in second.said
        assert "sd_" not in second.said
        assert "token=" not in second.said
        done = lambda: second.ask("GET", "/v1/stories/mill", secret)["collations"] > 0  # noqa: E731
        until(done, lambda: second.said)
        found = second.ask("GET", "/v1/stories/mill/collations/latest?ours=Harbour%20Post", secret)
        assert [each["type"] for each in found["discrepancies"]] == ["number"]
        assert found["ours"]["outlet"] == "Harbour Post"
        assert second.ask("GET", f"/v1/jobs/{job['id']}", secret)["state"] == "done"
        assert second.stop(signal.SIGINT) == 0


def _signed_in(running: Serving) -> None:
    """The link that the first start prints opens the stories."""
    link = re.search(rf"http://127.0.0.1:{running.web}/sign-in\?token=(\S+)", running.said)
    assert link is not None, running.said
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(link[0], timeout=20) as answer:
        assert "signs you in" in answer.read().decode()
    form = urllib.parse.urlencode({"token": link[1], "csrf": ""}).encode()
    with browser.open(f"http://127.0.0.1:{running.web}/sign-in/link", form, timeout=20) as answer:
        text = answer.read().decode()
        assert answer.url.endswith("/stories")
    assert "New comparison" in text
    assert "API key" in text


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ties children to a killed parent on Linux only")
def test_no_child_outlives_the_command(tmp_path: Path, newsroom: Newsroom) -> None:
    """Not after SIGKILL either; and a child that is killed is started again."""
    with serving(tmp_path, newsroom) as running:
        below = descendants(running.process.pid)
        assert below
        told = [Path(f"/proc/{p}/environ").read_bytes().decode() for p in below]
        assert all(f"STORYDIFF_WEB_URL=http://127.0.0.1:{running.web}\0" in each for each in told if "API_PORT" in each)
        assert sum("WEB_URL" in each for each in told) >= 3
        api = next(p for p in below if b"storydiff.api" in Path(f"/proc/{p}/cmdline").read_bytes())
        os.kill(api, signal.SIGKILL)
        again = lambda: any(  # noqa: E731
            b"storydiff.api" in Path(f"/proc/{p}/cmdline").read_bytes() and p != api
            for p in descendants(running.process.pid)
            if alive(p)
        )
        until(again, lambda: running.said)
        until(lambda: _healthy(running.port), lambda: running.said)
        below |= descendants(running.process.pid)
        running.process.kill()
        running.process.wait(PATIENCE)
        until(lambda: not [p for p in below if alive(p)], lambda: str([p for p in below if alive(p)]))


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_a_port_that_is_taken(cli: Cli) -> None:
    """Nothing is left running, and the exit code says that it failed."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = cli("serve", "--memory", env={"STORYDIFF_API_PORT": str(taken.getsockname()[1])})
    assert ran.returncode == 4
    assert "in use" in ran.stderr


def test_a_port_that_the_pages_cannot_have(cli: Cli) -> None:
    """It is said which setting changes it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        pages = {"STORYDIFF_API_PORT": "0", "STORYDIFF_WEB_PORT": str(taken.getsockname()[1])}
        ran = cli("serve", "--memory", env=pages)
    assert ran.returncode == 4
    assert "Set STORYDIFF_WEB_PORT" in ran.stderr


def test_a_link_to_sign_in_with(cli: Cli) -> None:
    """Printed with the address of the pages; a newsroom that nobody made has none."""
    assert re.fullmatch(r"http://127\.0\.0\.1:8751/sign-in\?token=\S{43}\n", cli("key", "link").stdout)
    with_base = cli("key", "link", "--scope", "admin", env={"STORYDIFF_WEB_URL": "https://diff.example/"})
    assert with_base.stdout.startswith("https://diff.example/sign-in?token=")
    assert cli("key", "link", "--newsroom", "nobody").returncode == 2


def test_parts_need_a_queue(cli: Cli) -> None:
    """Without Redis a worker of its own could not be reached, so it says so."""
    for part in ("worker", "beat"):
        ran = cli("serve", part)
        assert ran.returncode == 2
        assert "STORYDIFF_REDIS_URL" in ran.stderr


def test_a_queue_that_is_none(cli: Cli) -> None:
    """A misspelt queue would be served by nobody."""
    ran = cli("serve", "worker", "-Q", "fetch,collat", env={"STORYDIFF_REDIS_URL": "redis://127.0.0.1:1"})
    assert ran.returncode == 2
    assert "collat" in ran.stderr


def test_keys_on_the_command_line(cli: Cli) -> None:
    """Made, listed without their secret, ended."""
    made = cli("key", "create", "cms", "--scope", "write", "--newsroom", "harbour-post", "--ours", "Harbour Post")
    secret = made.stdout.strip()
    assert secret.startswith("sd_")
    listed = cli("key", "list", "--newsroom", "harbour-post").stdout
    assert "write" in listed
    assert "cms" in listed
    assert secret not in listed
    assert cli("key", "list").stdout == ""
    ident = listed.split()[0]
    assert cli("key", "revoke", ident).returncode == 2
    assert cli("key", "revoke", ident, "--newsroom", "harbour-post").returncode == 0
    assert "ended" in cli("key", "list", "--newsroom", "harbour-post").stdout
    assert cli("key", "list", "--newsroom", "nobody").returncode == 2
    assert cli("key", "create", "x", "--newsroom", "Not A Name").returncode == 2


def test_purge(cli: Cli, newsroom: Newsroom, tmp_path: Path) -> None:
    """What is old goes with its archived bytes; what is not stays; a dry run forgets nothing."""
    cli("compare", "--story", "mill", *urls(newsroom))
    archive = tmp_path / "data" / "storydiff" / "archive"
    assert list(archive.rglob("*.warc.gz"))
    assert "mill" not in cli("purge", "--older-than", "1h", "--yes").stdout
    assert "mill" in cli("story", "list").stdout
    assert cli("purge", "--older-than", "yesterday").returncode == 2
    assert cli("purge").returncode == 2
    assert "1 stories" in cli("purge", "--everything-of", "", "--dry-run").stdout
    assert "mill" in cli("story", "list").stdout
    assert cli("purge", "--everything-of", "", "--yes").returncode == 0
    assert "mill" not in cli("story", "list").stdout
    assert not list(archive.rglob("*.warc.gz"))
