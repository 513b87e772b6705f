"""A log is one JSON object a line, whatever the words are."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from storydiff.logs import LONGEST, JsonLines, about, set_up

HOSTILE = (
    "two\nlines", "a\r\nlevel: error", "next\x85line", "line\u2028paragraph\u2029", "\x1b[2Jclear", "\x9b31mred",
    "\u202egnorw", "nul\0", "half \ud83d sign", '"},\n{"level": "error"', "tab\tquote\"back\\slash",
)  # fmt: skip


def record(message: str, *arguments: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("storydiff.test", logging.INFO, "f.py", 1, message, arguments, None)
    vars(made).update(extra)
    return made


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_on_one_line(words: str) -> None:
    """As message, argument, id, value and key: one line of plain signs that reads back as what was said."""
    with about(outlet=words):
        line = JsonLines().format(record("said %s", words, url=words, more={words: [words]}))
    assert len(line.splitlines()) == 1
    assert all(sign.isprintable() for sign in line)
    read = json.loads(line)
    assert (read["message"], read["url"], read["outlet"], read["more"]) == (
        f"said {words}",
        words,
        words,
        {words: [words]},
    )


def test_hostile_words_in_a_traceback() -> None:
    """The traceback is one text of the line."""
    try:
        int("a\nb\u2028c")
    except ValueError:
        made = record("failed")
        made.exc_info = sys.exc_info()
    line = JsonLines().format(made)
    assert len(line.splitlines()) == 1
    assert "ValueError: invalid literal" in json.loads(line)["error"]


def test_ids_are_of_the_lines_inside() -> None:
    """Inner ids add to outer ones, empty ones add nothing, and all end with their block."""
    with about(task="t1", newsroom=""), about(story="mill"):
        inside = json.loads(JsonLines().format(record("in")))
    outside = json.loads(JsonLines().format(record("out")))
    assert (inside["task"], inside["story"]) == ("t1", "mill")
    assert "newsroom" not in inside
    assert not {"task", "story"} & outside.keys()


def test_a_line_never_fails_and_never_fills_the_disk() -> None:
    """Arguments that do not fit, values that are no JSON, texts without end."""
    assert "one" in json.loads(JsonLines().format(record("%d", "one")))["message"]
    assert json.loads(JsonLines().format(record("x", value={1, 2}, no=b"\xff")))["value"] == "{1, 2}"
    assert len(json.loads(JsonLines().format(record("x" * 10**6)))["message"]) == LONGEST + 1


def test_set_up_sends_all_to_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries' lines too; those that repeat what ours say are quiet."""
    stream, root = io.StringIO(), logging.getLogger()
    monkeypatch.setattr(sys, "stderr", stream)
    kept, level = root.handlers[:], root.level
    try:
        set_up()
        logging.getLogger("some.library").info("hello")
        logging.getLogger("celery.beat").info("Scheduler: Sending due task %s", "tick")
        logging.getLogger("celery.app.trace").info("Task succeeded")
        logging.getLogger("celery.app.trace").warning("trouble")
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
    assert [json.loads(line)["message"] for line in stream.getvalue().splitlines()] == ["hello", "trouble"]
