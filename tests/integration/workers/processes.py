"""The real commands as processes: workers with a clock inside, on a private queue and database."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.integration.digest.letterbox import free_port

WORKER = (sys.executable, "-m", "celery", "-A", "workers.app", "worker", "-Q", "fetch,collate,notify", "-l", "INFO")
QUIET = ("--without-mingle", "--without-gossip")
"""Workers do not wait for greetings of others when they start."""


class Worker:
    """A worker process with its children. Its output goes to a log, across restarts."""

    def __init__(self, env: dict[str, str], log: Path, *, children: int = 1, clock: bool = True) -> None:
        self._env, self._log = env, log
        self._command = [*WORKER, *QUIET, "-c", str(children), *(["-B"] if clock else [])]
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def start(self) -> None:
        """Start, or start again."""
        self.starts += 1
        name = f"w{os.getpid()}-{id(self)}-{self.starts}@test"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._command, "-n", name],
                env=self._env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

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
def api_process(env: dict[str, str], log: Path) -> Iterator[str]:
    """The address of the API in a process of its own."""
    port = free_port()
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "storydiff.api"], env={**env, "STORYDIFF_API_PORT": str(port)}, stderr=out
        )
    try:
        deadline = time.monotonic() + 20
        while '"listening"' not in log.read_text():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
