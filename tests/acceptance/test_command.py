"""The command itself: help, start, pipes, signals, and what the other commands say."""

import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storydiff.testing import Fault, Newsroom
from tests.acceptance.conftest import Cli, environment, urls

HEAVY = ("aiohttp", "alembic", "celery", "jinja2", "lxml", "numpy", "redis", "rich", "sqlalchemy", "trafilatura")


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    """`storydiff --help` imports click and no big library, so that it starts at once."""
    code = (
        "import sys\ntry:\n    from storydiff.cli import main\n    main(['--help'])\nfinally:\n    print(*sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=False, timeout=60
    )
    loaded = {name.split(".")[0] for name in ran.stdout.split()}
    assert "click" in loaded
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize("name", ["compare", "demo", "doctor", "schema", "show", "story"])
def test_every_command_explains_itself(cli: Cli, name: str) -> None:
    """The list names it, and its own help has a usage line."""
    assert name in cli("--help").stdout
    assert f"Usage: storydiff {name}" in cli(name, "--help").stdout


def test_the_version(cli: Cli) -> None:
    """`--version` gives the number."""
    assert cli("--version").stdout.startswith("storydiff, version ")


def test_shell_completion(cli: Cli) -> None:
    """Click's completion knows the commands."""
    ran = cli(env={"_STORYDIFF_COMPLETE": "bash_complete", "COMP_WORDS": "storydiff co", "COMP_CWORD": "1"})
    assert "plain,compare" in ran.stdout


def test_a_terminal_gets_colour_and_progress_unless_refused(tmp_path: Path, newsroom: Newsroom) -> None:
    """On a terminal there is colour and a line per outlet; with NO_COLOR there is no colour."""
    with_colour = _on_terminal(["compare", *urls(newsroom)], environment(tmp_path, newsroom, TERM="xterm-256color"))
    without = _on_terminal(
        ["compare", *urls(newsroom)], environment(tmp_path, newsroom, TERM="xterm-256color", NO_COLOR="1")
    )
    assert "\x1b[1;31m" in with_colour or "\x1b[32m" in with_colour
    assert "harbour-post.example" in with_colour
    assert not any(code in without for code in ("\x1b[31m", "\x1b[32m", "\x1b[1;31m"))


def _on_terminal(arguments: list[str], env: dict[str, str]) -> str:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "storydiff", *arguments], env=env, stdout=slave, stderr=slave, stdin=slave
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:  # Linux: the other side is closed
            break
        if not block:
            break
        seen += block
    os.close(master)
    assert process.wait(60) == 0, seen.decode()
    return seen.decode()


def test_interrupting_keeps_what_was_fetched(tmp_path: Path, newsroom: Newsroom, cli: Cli) -> None:
    """Ctrl-C while one server hangs: exit 130, and the pages that were complete are stored."""
    newsroom.fail("valley-echo.example", Fault.HANG)
    process = subprocess.Popen(
        [sys.executable, "-m", "storydiff", "compare", "--story", "mill", *urls(newsroom)],
        env=environment(tmp_path, newsroom, STORYDIFF_TIMEOUT="300"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while len(list((tmp_path / "data").rglob("*.warc.gz"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)  # the third server has been asked, too, and the command waits for nothing else
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert "2 of 3 sources are kept in story mill" in errors
    assert "2 articles, 2 versions" in cli("story", "list").stdout


def test_a_closed_pipe_is_no_error(tmp_path: Path, newsroom: Newsroom) -> None:
    """`storydiff ... | head -1` ends quietly."""
    command = f"{sys.executable} -m storydiff compare {' '.join(urls(newsroom))} --json | head -c 10"
    ran = subprocess.run(
        ["bash", "-c", command],
        env=environment(tmp_path, newsroom),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.stderr == ""


def test_a_cell_opens_to_the_exact_bytes(cli: Cli, newsroom: Newsroom) -> None:
    """`show` gives words, address, time and digest; --bytes is exactly what the server sent."""
    cli("compare", "--story", "mill", *urls(newsroom), "--quiet")
    found = json.loads(cli("story", "export", "mill").stdout)
    version = next(v for v in found["versions"] if v["outlet"] == "Coast Daily")
    ran = cli("show", "mill", "1", "Coast Daily")
    for expected in ("Coast Daily: ", "http://coast-daily.example/mill", version["snapshot"], "[[", "UTC"):
        assert expected in ran.stdout
    sent = cli("show", "mill", "1", "coast daily", "--bytes").stdout.encode()
    assert hashlib.sha256(sent).hexdigest() == version["snapshot"]
    assert b"<title>Two dead in mill fire at Dornfeld</title>" in sent
    wrong = cli("show", "mill", "1", "Nobody Times")
    assert wrong.returncode == 2
    assert "Coast Daily" in wrong.stderr
    assert cli("show", "mill", "999", "Coast Daily").returncode == 2
    assert cli("show", "none", "1").returncode == 2


def test_forgetting_a_story(cli: Cli, newsroom: Newsroom, tmp_path: Path) -> None:
    """`story remove` deletes the rows and the pages that no other story needs; it asks first."""
    cli("compare", "--story", "mill", *urls(newsroom), "--quiet")
    assert len(list((tmp_path / "data").rglob("*.warc.gz"))) == 3
    assert cli("story", "remove", "mill", stdin="n\n").returncode != 0
    assert cli("story", "remove", "mill", "--yes").returncode == 0
    assert cli("story", "list").stdout == ""
    assert not list((tmp_path / "data").rglob("*.warc.gz"))


def test_the_doctor_tells_what_works_and_what_does_not(cli: Cli, tmp_path: Path) -> None:
    """Everything in order: exit 0. A Redis that is not there: said, exit 4. Secrets are not shown."""
    fine = cli("doctor")
    assert fine.returncode == 0, fine.stdout
    assert str(tmp_path / "data") in fine.stdout
    ill = cli("doctor", env={"STORYDIFF_REDIS_URL": "redis://:secret@127.0.0.1:1/0"})
    assert ill.returncode == 4
    assert "fails" in ill.stdout
    assert "secret@" not in ill.stdout


def test_a_misspelt_setting_is_refused(cli: Cli) -> None:
    """No setting is silently ignored."""
    ran = cli("doctor", env={"STORYDIFF_TIMOUT": "3"})
    assert ran.returncode == 2
    assert "STORYDIFF_TIMEOUT" in ran.stderr


@pytest.mark.parametrize(
    "words", [("story", "list"), ("story", "show", "mill"), ("story", "history", "mill"), ("show", "mill", "1")]
)
def test_reading_makes_no_database(cli: Cli, tmp_path: Path, words: tuple[str, ...]) -> None:
    """A file that --db names wrongly is said to be missing, and neither it nor its folder is made."""
    ran = cli(*words, "--db", str(tmp_path / "nowhere" / "stories.sqlite"))
    assert ran.returncode == 2
    assert "there is no such file" in ran.stderr
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("group", ["digest", "key", "story"])
def test_the_help_of_a_group_says_all_of_each_command(cli: Cli, group: str) -> None:
    """No line ends in three dots."""
    said = cli(group, "--help").stdout
    assert "Commands:" in said
    assert "..." not in said.partition("Commands:")[2]
