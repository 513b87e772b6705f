"""Work that no answer waits for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from threading import Event

import pytest

from storydiff.errors import MailError
from storydiff.web.beside import WAITING, Later

SOON = 20.0
"""Seconds that a test waits for the other thread at most."""


@pytest.fixture
def later() -> Iterator[Later]:
    opened = Later()
    yield opened
    opened.close()


def done(later: Later) -> None:
    """Wait until everything given so far is done."""
    reached = Event()
    later(reached.set)
    assert reached.wait(SOON)


def test_what_it_is_given_is_done_in_order(later: Later) -> None:
    """One after the other, though many come at once."""
    seen: list[int] = []
    for number in range(WAITING - 1):
        later(partial(seen.append, number))
    done(later)
    assert seen == list(range(WAITING - 1))


def test_a_failure_ends_only_itself(later: Later, caplog: pytest.LogCaptureFixture) -> None:
    """One of ours is told in a line, another with where it happened; what comes after is done."""

    def refused() -> None:
        raise MailError("The mail server said no.")

    def broken() -> None:
        raise ZeroDivisionError

    later(refused)
    later(broken)
    done(later)
    ours, other = caplog.records
    assert (ours.levelno, ours.getMessage(), ours.exc_info) == (logging.WARNING, "The mail server said no.", None)
    assert (other.levelno, other.exc_info is not None) == (logging.ERROR, True)


def test_what_is_too_much_is_dropped_and_room_comes_back(later: Later, caplog: pytest.LogCaptureFixture) -> None:
    """So many may wait, the one under way among them; failures give their room back too."""
    go, last, seen = Event(), Event(), []

    def held() -> None:
        go.wait(SOON)
        raise MailError

    def note(number: int) -> None:
        seen.append(number)
        if number == WAITING - 2:
            last.set()

    later(held)
    for number in range(WAITING + 2):
        later(partial(note, number))
    assert [each.getMessage() for each in caplog.records] == ["too much waits to be done, so something was dropped"] * 3
    go.set()
    assert last.wait(SOON)
    assert seen == list(range(WAITING - 1))
    done(later)
    for _ in range(WAITING - 1):
        later(lambda: None)
    done(later)
    assert len(caplog.records) == 4


def test_at_the_end_what_waits_is_left(later: Later) -> None:
    """What is under way is finished first."""
    begun, seen = Event(), []

    def under_way() -> None:
        begun.set()
        with suppress(RuntimeError):  # it says that the end has come
            while not Event().wait(0.005):
                later._pool.submit(seen.append, "third")
        seen.append("first")

    later(under_way)
    later(partial(seen.append, "second"))
    assert begun.wait(SOON)
    later.close()
    assert seen == ["first"]
