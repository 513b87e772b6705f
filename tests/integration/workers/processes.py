"""The real commands as processes: workers with a clock inside, on a private queue and database."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.integration.digest.letterbox import free_port

WORKER = ("-A", "workers.app", "worker", "-Q", "fetch,collate,notify", "-l", "INFO")
QUIET = ("--without-mingle", "--without-gossip")
"""Workers do not wait for greetings of others when they start."""


class Running(Protocol):
    """A process that leads a session of its own."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float) -> int: ...
    def terminate(self) -> None: ...


Start = Callable[[str, Sequence[str], Mapping[str, str], Path], Running]
"""Starts `python -m module` with arguments, an environment and a log: `anew`, or `Forking.start`, which loads nothing."""


def anew(module: str, arguments: Sequence[str], env: Mapping[str, str], log: Path) -> Running:
    """As anybody starts it, which takes 2.7 s of processor time."""
    command = [sys.executable, "-m", module, *arguments]
    with log.open("ab") as out:
        return subprocess.Popen(command, env=dict(env), stdout=out, stderr=subprocess.STDOUT, start_new_session=True)


class Worker:
    """A worker process with its children. Its output goes to a log, across restarts."""

    def __init__(self, env: dict[str, str], log: Path, *, children: int = 1, start: Start = anew) -> None:
        self._env, self._log, self._start = env, log, start
        self._arguments = [*WORKER, *QUIET, "-c", str(children), "-B"]
        self._process: Running | None = None
        self.starts = 0

    def start(self) -> None:
        """Start, or start again."""
        self.starts += 1
        name = f"w{os.getpid()}-{id(self)}-{self.starts}@test"
        self._process = self._start("celery", [*self._arguments, "-n", name], self._env, self._log)

    def kill_children(self) -> None:
        """SIGKILL for the processes that run tasks; the worker notices, and makes others."""
        if self._process is not None:
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
            for pid in children.read_text().split() if children.exists() else ():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)

    def kill(self) -> None:
        """SIGKILL for the worker and all its children: nobody tidies up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, then make it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, how)
            self._process.wait(10)

    @property
    def said(self) -> str:
        """What the worker wrote so far."""
        return self._log.read_text(encoding="utf8", errors="replace")


def until(true: Callable[[], bool], worker: Worker, seconds: float = 60) -> None:
    """Wait until it is true; the worker's log when it never is."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, worker.said[-6000:]
        time.sleep(0.1)


@contextmanager
def api_process(env: dict[str, str], log: Path, start: Start = anew) -> Iterator[str]:
    """The address of the API in a process of its own."""
    port = free_port()
    process = start("storydiff.api", [], {**env, "STORYDIFF_API_PORT": str(port)}, log)
    try:
        deadline = time.monotonic() + 60
        while '"listening"' not in log.read_text():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
