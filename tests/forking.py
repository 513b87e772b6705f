"""Runs of the real command in processes that are forked from one which has loaded what they load.

Loading takes most of a short run of `storydiff`. A forked process is a process: arguments, environment, standard
streams and exit code are its own, and it ends as any Python does. The command line is loaded by each run; the modules
below it are loaded beforehand, as they read no setting and no clock when they are. That the command starts by itself is
tested where it is run with a terminal, a pipe or a signal.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import storydiff

LIBRARIES = (
    *("alembic.autogenerate", "alembic.command", "alembic.runtime.migration", "babel", "celery.bin.celery"),
    *("css_inline", "kombu.transport.redis", "opentelemetry.trace", "redis.asyncio", "rich.console", "rich.progress"),
    *("rich.table", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite", "trafilatura", "warcio"),
)
"""What storydiff's modules load only when they run."""
OWN = ("cli", "__main__", "migrations")
"""Parts of names of modules that each run loads for itself: the command line, and what a run starts with."""
ROOT = Path(__file__).parents[1]
REQUEST = 1 << 16
SECONDS = 300.0
"""What a run may take; then it is killed, and its exit code says so."""


class Started:
    """A process that was forked and goes on by itself; its parent is not this process, which can yet wait for its end."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """None while it runs, 0 when it has ended in whatever way."""
        if self._handle >= 0:
            if not select.select([self._handle], [], [], 0)[0]:
                return None
            self._forget()
        return 0

    def wait(self, timeout: float) -> int:
        """Until it has ended, as `subprocess.Popen.wait`."""
        if self._handle >= 0:
            if not select.select([self._handle], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            self._forget()
        return 0

    def terminate(self) -> None:
        """SIGTERM, if it runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGTERM)

    def _forget(self) -> None:
        os.close(self._handle)
        self._handle = -1


class Forking:
    """The process that has all loaded, and is asked for others; for one thread at a time."""

    def __init__(self, asks: socket.socket) -> None:
        self._asks = asks
        self._answers = asks.makefile("r", encoding="ascii")

    def run(
        self, arguments: Sequence[str], env: Mapping[str, str], stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """`storydiff` with these arguments and no other environment; its streams are pipes."""
        given, told, failed = os.pipe(), os.pipe(), os.pipe()
        pid = self._ask(["storydiff", *arguments], env, (given[0], told[1], failed[1]), waits=True)
        patience = threading.Timer(SECONDS, os.kill, (pid, signal.SIGKILL))
        patience.start()
        with ThreadPoolExecutor(2) as beside:
            texts = beside.map(_read, (told[0], failed[0]))
            with contextlib.suppress(BrokenPipeError), os.fdopen(given[1], "w", encoding="utf8") as pipe:
                pipe.write(stdin)
            out, error = texts
        code = int(self._answers.readline())
        patience.cancel()
        return subprocess.CompletedProcess(["storydiff", *arguments], code, out, error)

    def start(self, module: str, arguments: Sequence[str], env: Mapping[str, str], log: Path) -> Started:
        """`python -m module` with these arguments, in a session of its own; its output is added to the log."""
        assert "PROMETHEUS_MULTIPROC_DIR" not in env, "prometheus_client reads it when it is loaded: start it anew"
        nothing, out = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        return Started(self._ask([module, *arguments], env, (nothing, out, os.dup(out)), waits=False))

    def _ask(self, argv: Sequence[str], env: Mapping[str, str], streams: tuple[int, int, int], *, waits: bool) -> int:
        """The id of the process; the streams are closed here."""
        request = json.dumps([argv, dict(env), waits]) + "\n"
        socket.send_fds(self._asks, [request.encode()], streams)
        for each in streams:
            os.close(each)
        return int(self._answers.readline())

    def close(self) -> None:
        """No more runs: the process ends."""
        self._answers.close()
        self._asks.close()


@contextlib.contextmanager
def forking(env: Mapping[str, str]) -> Iterator[Forking]:
    """The process, started in that environment and ended afterwards."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.forking", str(theirs.fileno())],
        # A second thread, of the algebra that nobody asked for, would be lost in the fork.
        env={**env, "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        pass_fds=[theirs.fileno()],
        cwd=ROOT,
    )
    theirs.close()
    made = Forking(ours)
    try:
        yield made
    finally:
        made.close()
        process.communicate(timeout=SECONDS)


def _read(pipe: int) -> str:
    with os.fdopen(pipe, encoding="utf8") as stream:
        return stream.read()


def _serve(door: socket.socket) -> str:
    """Fork for each request, and tell of the process, and of its end where that is waited for.

    Comes back in each of those processes, with the name of the module that it is to run.
    """
    while True:
        request, streams = _request(door)
        if not request:
            os._exit(0)
        argv, env, waits = json.loads(request)
        child = os.fork()
        if child == 0:
            door.close()
            return _become(argv, env, streams, leads=not waits)
        for each in streams:
            os.close(each)
        door.sendall(f"{child}\n".encode())
        if waits:
            door.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n".encode())
        _bury()


def _bury() -> None:
    """Let go of those who have ended since."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _request(door: socket.socket) -> tuple[bytes, list[int]]:
    request, streams, _, _ = socket.recv_fds(door, REQUEST, 3)
    while request and not request.endswith(b"\n"):
        request += door.recv(REQUEST)
    return request, streams


def _become(argv: list[str], env: Mapping[str, str], streams: Sequence[int], *, leads: bool) -> str:
    sys.argv = argv
    os.environ.clear()
    os.environ.update(env)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    if leads:
        os.setsid()
    return argv[0]


def _load() -> None:
    """The libraries, and storydiff's modules below the command line."""
    found = (each.name for each in pkgutil.walk_packages(storydiff.__path__, "storydiff."))
    for name in (*LIBRARIES, *(each for each in found if not set(OWN) & set(each.split(".")))):
        importlib.import_module(name)


if __name__ == "__main__":
    _load()
    gc.freeze()
    runpy.run_module(_serve(socket.socket(fileno=int(sys.argv[1]))), run_name="__main__", alter_sys=True)
