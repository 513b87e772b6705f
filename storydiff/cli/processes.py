"""Several processes as one: started together, restarted when one falls over, stopped together, none left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

from storydiff.cli.failures import printable

GRACE = 40.0
"""Seconds that a process is given to finish what it is at; then it is killed. What it held is done again later."""
LOOK = 0.1
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 0.5, 30.0, 60.0
"""Seconds before a fallen process is started again, doubling; one that ran for long begins anew."""
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to run. Those later in a list are stopped first."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None
    """Where it writes what it says, to be shown when it falls over; None for a process that speaks to the user."""


@dataclass(slots=True)
class _Running:
    command: Command
    process: subprocess.Popen[bytes]
    since: float
    pause: float = FIRST_PAUSE
    due: float | None = None


class Fallen(Exception):
    """A process ended that was not to end."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"{name} ended with code {code}")
        self.code = code


class Together:
    """Processes that live and end together. A context manager: at its end all are stopped."""

    def __init__(self) -> None:
        self._running: list[_Running] = []
        self._asked = False

    def __enter__(self) -> Together:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_all()

    def start(self, command: Command) -> None:
        """Run the command until the end."""
        self._running.append(_Running(command, _started(command), time.monotonic()))

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Whether it became ready in time. Fallen when a process ends instead; False when asked to stop."""
        end = time.monotonic() + seconds
        while not self._asked and time.monotonic() < end:
            for each in self._running:
                if each.process.poll() is not None:
                    _tell_log(each.command)
                    raise Fallen(each.command.name, each.process.returncode)
            if ready():
                return True
            time.sleep(LOOK)
        return False

    def watch(self, *, restarts: bool) -> int:
        """Until asked to stop; gives the exit code. Without `restarts`, the first process that ends ends all."""
        while not self._asked:
            time.sleep(LOOK)
            for each in self._running:
                if each.process.poll() is None:
                    continue
                if not restarts:
                    return _code(each.process.returncode)
                self._again(each)
        return 0

    def _again(self, each: _Running) -> None:
        now = time.monotonic()
        if each.due is None:
            _tell_log(each.command)
            each.pause = FIRST_PAUSE if now - each.since > STEADY else min(2 * each.pause, LONGEST_PAUSE)
            each.due = now + each.pause
            click.echo(
                f"storydiff: {each.command.name} ended with code {each.process.returncode}; again soon", err=True
            )
        if now >= each.due:
            each.process, each.since, each.due = _started(each.command), now, None

    def _stop_soon(self, _: int, __: FrameType | None) -> None:
        self._asked = True

    def _stop_all(self) -> None:
        """The last started goes first, so that whoever needs the queue still has it while it finishes."""
        for each in reversed(self._running):
            if each.process.poll() is None:
                each.process.terminate()
                try:
                    each.process.wait(GRACE)
                except subprocess.TimeoutExpired:
                    os.killpg(each.process.pid, signal.SIGKILL)
                    each.process.wait()


def _started(command: Command) -> subprocess.Popen[bytes]:
    """In a group of its own: Ctrl-C reaches only us, and we stop them in order."""
    environment = {**os.environ, **command.environment}
    tied = _tied if sys.platform == "linux" else None
    with command.log.open("wb") if command.log else nullcontext() as said:
        return subprocess.Popen(  # noqa: S603
            command.arguments,
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=tied,  # noqa: PLW1509
        )


def _tell_log(command: Command) -> None:
    """What a process that keeps to itself said before it fell."""
    if command.log and command.log.exists():
        click.echo(printable(command.log.read_text(encoding="utf8", errors="replace")), err=True, nl=False)


def _tied() -> None:
    """On Linux the kernel tells the child when we are gone, however we went."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _code(status: int) -> int:
    return status if status >= 0 else 128 - status
