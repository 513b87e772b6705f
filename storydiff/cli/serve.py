"""`storydiff serve`: the whole service on one machine, or one part of it on one of many."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import click

from storydiff.cli import parts
from storydiff.cli.options import clock, settings
from storydiff.cli.parts import QUEUES
from storydiff.cli.processes import Command, Fallen, Together
from storydiff.digest.links import SIGN_IN, Links
from storydiff.errors import BadSetting
from storydiff.pipeline.desk import archive_of, database_url, must_be_usable
from storydiff.settings import PREFIX, Settings
from storydiff.store import Grant, PassKind, open_store

READY = 60.0
"""Seconds that the parts are given to come up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """What is said of a service that is up."""

    settings: Settings
    api: str
    web: str
    """Addresses at which the two listen, as seen from this machine."""
    queue: str
    first: tuple[str, str] | None
    """The secrets of an admin key and of a link to sign in with, when nothing was set up before."""


@click.group("serve", invoke_without_command=True)
@click.option("--memory", is_flag=True, help="Use no Redis, even where there is one: the worker keeps its own queue.")
@click.option("-c", "--concurrency", type=click.IntRange(1), default=2, help="Tasks that the worker does at once.")
@click.pass_context
def command(context: click.Context, concurrency: int, *, memory: bool) -> None:
    """Run the service: web pages, API, worker and clock, in one command or each by itself.

    Without a part named, all of it runs here, on SQLite and a Redis of its own unless the settings name others.

    \b
    storydiff serve                      one desk, or a try-out: nothing to set up
    storydiff serve web                  one part on one of many machines; the settings
    storydiff serve api                  STORYDIFF_DATABASE_URL and STORYDIFF_REDIS_URL
    storydiff serve worker -Q fetch      say where the others are
    storydiff serve beat
    storydiff serve migrate              only the tables of the database
    """
    if context.invoked_subcommand is None:
        context.exit(_everything(settings(None), concurrency, memory=memory))


@command.command("api")
def api() -> None:
    """The API alone."""
    sys.exit(_part(settings(None), parts.api({}), needs_queue=False))


@command.command("web")
def web() -> None:
    """The web pages alone."""
    sys.exit(_part(settings(None), parts.web({}), needs_queue=False))


@command.command("worker")
@click.option("-Q", "--queues", default=QUEUES, help=f"The queues to serve, of {QUEUES} (default: all).")
@click.option("-c", "--concurrency", type=click.IntRange(1), default=2, help="Tasks done at once (default: 2).")
def worker(queues: str, concurrency: int) -> None:
    """A worker alone."""
    unknown = set(queues.split(",")) - set(QUEUES.split(","))
    if unknown:
        raise BadSetting(f"There is no queue {', '.join(sorted(unknown))}.", hint=f"The queues are {QUEUES}.")
    sys.exit(_part(settings(None), parts.worker({}, queues, concurrency), needs_queue=True))


@command.command("beat")
def beat() -> None:
    """The clock alone: it rings for what is due. One is enough; two do no harm."""
    sys.exit(_part(settings(None), parts.beat({}), needs_queue=True))


@command.command("migrate")
def migrate() -> None:
    """Bring the database to this version's tables, and end. Every part does so too; this is for doing it first."""
    with open_store(database_url(settings(None))) as store:
        click.echo(f"{store.where} is up to date.", err=True)


def _part(found: Settings, part: Command, *, needs_queue: bool) -> int:
    if needs_queue and not found.redis_url:
        hint = "Set STORYDIFF_REDIS_URL; `storydiff serve` alone needs none."
        raise BadSetting("Parts on several machines share a queue in Redis.", hint=hint)
    must_be_usable(found)
    open_store(database_url(found)).close()  # says what is wrong with the database before anything starts
    with parts.figures() as shared, Together() as together:
        together.start(Command(name=part.name, arguments=part.arguments, environment={**part.environment, **shared}))
        return together.watch(restarts=False)


def _everything(found: Settings, concurrency: int, *, memory: bool) -> int:
    must_be_usable(found)
    try:
        ports = {name: parts.free_port(host, port, name) for name, host, port in _places(found)}
    except parts.Taken as taken:
        click.echo(f"storydiff: {taken}", err=True)
        return 4
    addresses = {name: parts.address(host, ports[name]) for name, host, _ in _places(found)}
    first = _first_secrets(found)
    with parts.private_folder() as folder, parts.figures() as figures, Together() as together:
        queue, redis = parts.queue(found, folder, memory=memory)
        shared = {**figures, **{f"{PREFIX}{name}_PORT": str(port) for name, port in ports.items()}}
        shared |= {f"{PREFIX}REDIS_URL": queue, f"{PREFIX}WEB_URL": found.web_url or addresses["WEB"]}
        try:
            for part in redis:
                together.start(part)
                together.wait_until(lambda: parts.answers(folder / "redis.sock"), READY)
            for part in [*parts.working(shared, concurrency, queue), parts.api(shared), parts.web(shared)]:
                together.start(part)
            if not together.wait_until(lambda: _all_answer(found, ports), READY):
                return 0
        except Fallen as fallen:
            click.echo(f"storydiff: {fallen}; the lines above say why.", err=True)
            return fallen.code if fallen.code > 0 else 1
        told = "STORYDIFF_REDIS_URL" if queue else "in the worker's memory (no Redis found or wanted)"
        told = f"Redis of its own ({redis[0].arguments[0]})" if redis else told
        _say(_Running(settings=found, api=addresses["API"], web=addresses["WEB"], queue=told, first=first))
        return together.watch(restarts=True)


def _places(found: Settings) -> tuple[tuple[str, str, int], ...]:
    """What listens, and where."""
    return ("API", found.api_host, found.api_port), ("WEB", found.web_host, found.web_port)


def _all_answer(found: Settings, ports: dict[str, int]) -> bool:
    return all(parts.answers((parts.reached(host), ports[name])) for name, host, _ in _places(found))


def _first_secrets(found: Settings) -> tuple[str, str] | None:
    """The secrets of an admin key and a link, when the database has no key yet. Also brings it up to date."""
    with open_store(database_url(found)) as store:
        if store.keys.list():
            return None
        key, secret = store.keys.create("first key", ["admin"], now=clock())
        grant = Grant(scope="admin", key=key.id)
        return secret, store.passes.create(PassKind.LINK, grant, now=clock())[1]


def _say(running: _Running) -> None:
    with open_store(database_url(running.settings)) as store:
        stories = store.where
    lines = [
        ("web", f"{running.web}  (`storydiff key link` makes a link that signs in)"),
        ("API", f"{running.api}/v1  (try it at {running.api}/docs)"),
        ("stories", stories),
        ("archive", archive_of(running.settings).where),
        ("queue", running.queue),
    ]
    if running.first:
        key, link = running.first
        lines[:0] = [
            ("open", Links(running.web).to(SIGN_IN, token=link) or ""),
            ("", "signs you in, within 20 minutes"),
        ]
        lines += [("key", key), ("", "an admin key, shown this once; `storydiff key create` makes others")]
    click.echo("storydiff is running. Ctrl-C stops it; what is due then is done after the next start.")
    for name, text in lines:
        click.echo(f"  {name:<8} {text}")
    sys.stdout.flush()
