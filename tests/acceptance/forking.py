"""Runs of the real command in processes that are forked from one which has loaded the libraries.

Loading them takes most of a short run of `storydiff`. Nothing of storydiff itself is loaded beforehand, and a forked
process is a process: arguments, environment, standard streams and exit code are its own, and it ends as any Python
does. That the command starts by itself is tested where it is run with a terminal, a pipe or a signal.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LIBRARIES = (
    *(
        "aiohttp",
        "alembic.autogenerate",
        "alembic.command",
        "alembic.runtime.migration",
        "babel",
        "click",
        "css_inline",
    ),
    *(
        "jinja2",
        "lxml.html",
        "numpy",
        "opentelemetry.trace",
        "platformdirs",
        "prometheus_client",
        "protego",
        "py3langid",
    ),
    *(
        "rapidfuzz.distance",
        "rapidfuzz.fuzz",
        "redis.asyncio",
        "rich.console",
        "rich.progress",
        "rich.table",
        "sentencex",
    ),
    *("sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite", "Stemmer", "trafilatura", "warcio"),
)
ROOT = Path(__file__).parents[2]
REQUEST = 1 << 16
SECONDS = 300.0
"""What a run may take; then it is killed, and its exit code says so."""


class Forking:
    """The process that has the libraries, and is asked for runs; for one thread at a time."""

    def __init__(self, asks: socket.socket) -> None:
        self._asks = asks
        self._answers = asks.makefile("r", encoding="ascii")

    def run(
        self, arguments: Sequence[str], env: Mapping[str, str], stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """`storydiff` with these arguments and no other environment; its streams are pipes."""
        given, told, failed = os.pipe(), os.pipe(), os.pipe()
        theirs = (given[0], told[1], failed[1])
        request = json.dumps([["storydiff", *arguments], dict(env)]) + "\n"
        socket.send_fds(self._asks, [request.encode()], theirs)
        for each in theirs:
            os.close(each)
        patience = threading.Timer(SECONDS, os.kill, (int(self._answers.readline()), signal.SIGKILL))
        patience.start()
        with ThreadPoolExecutor(2) as beside:
            texts = beside.map(_read, (told[0], failed[0]))
            with contextlib.suppress(BrokenPipeError), os.fdopen(given[1], "w", encoding="utf8") as pipe:
                pipe.write(stdin)
            out, error = texts
        code = int(self._answers.readline())
        patience.cancel()
        return subprocess.CompletedProcess(["storydiff", *arguments], code, out, error)

    def close(self) -> None:
        """No more runs: the process ends."""
        self._answers.close()
        self._asks.close()


@contextlib.contextmanager
def forking(env: Mapping[str, str]) -> Iterator[Forking]:
    """The process, started in that environment and ended afterwards."""
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.acceptance.forking", str(theirs.fileno())],
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


def _serve(door: socket.socket) -> None:
    """Fork for each request, and tell of the process and of its end. Comes back in each of those processes."""
    while True:
        request, streams = _request(door)
        if not request:
            os._exit(0)
        child = os.fork()
        if child == 0:
            door.close()
            _become(request, streams)
            return
        for each in streams:
            os.close(each)
        door.sendall(f"{child}\n".encode())
        door.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n".encode())


def _request(door: socket.socket) -> tuple[bytes, list[int]]:
    request, streams, _, _ = socket.recv_fds(door, REQUEST, 3)
    while request and not request.endswith(b"\n"):
        request += door.recv(REQUEST)
    return request, streams


def _become(request: bytes, streams: Sequence[int]) -> None:
    sys.argv, env = json.loads(request)
    os.environ.clear()
    os.environ.update(env)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)


if __name__ == "__main__":
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module("storydiff", run_name="__main__", alter_sys=True)
