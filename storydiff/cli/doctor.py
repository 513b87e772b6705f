"""`storydiff doctor`: what is configured, and whether it works."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import click
import redis

from storydiff.cli.failures import printable
from storydiff.cli.options import kept, settings
from storydiff.errors import StorydiffError
from storydiff.pipeline.desk import archive_of, database_url
from storydiff.settings import Settings
from storydiff.store import open_store

SECONDS = 2
"""How long Redis may take to answer."""


@click.command("doctor")
@kept
def command(db: str | None) -> int:
    """Say what is configured, and whether the database, the archive, Redis and the browser can be used.

    Exits with 4 when something that is configured does not work.
    """
    chosen = settings(db)
    click.echo("Settings")
    for name, default, _ in Settings.rows():
        click.echo(f"  {name:<32} {printable(_value(name, default))}")
    click.echo("\nReachable")
    results = [_check(name, probe) for name, probe in _probes(chosen)]
    return 0 if all(results) else 4


def _value(name: str, default: str) -> str:
    where = name if name in os.environ else f"{name}_FILE" if f"{name}_FILE" in os.environ else None
    if where is None:
        return f"{default} (default)" if default != "–" else "not set"
    return "set (secret)" if name in Settings.secrets() else os.environ[where]


def _check(name: str, probe: Callable[[], str]) -> bool:
    try:
        said, works = probe(), True
    except StorydiffError as error:
        said, works = f"{error.message} {error.hint}", False
    except (OSError, redis.RedisError) as error:
        said, works = str(error), False
    mark = click.style("works ", fg="green") if works else click.style("fails ", fg="red", bold=True)
    click.echo(f"  {name:<10} {mark} {printable(said)}")
    return works


def _probes(chosen: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "database", lambda: _database(chosen)
    yield "archive", lambda: _archive(chosen)
    if chosen.redis_url:
        yield "Redis", lambda: _redis(chosen.redis_url)


def _database(chosen: Settings) -> str:
    with open_store(database_url(chosen)) as store:
        return f"{store.where} ({len(store.stories.list())} stories)"


def _archive(chosen: Settings) -> str:
    archive = archive_of(chosen)
    return f"{archive.where} ({archive.check()})"


def _redis(url: str) -> str:
    server = redis.Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    info = server.info("server")
    return f"Redis {info['redis_version']}"
