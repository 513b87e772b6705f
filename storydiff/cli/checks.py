"""What `storydiff doctor` tries. Each function gives a word on what works, None when nothing is configured, and raises
StorydiffError with what to do otherwise. They change nothing, bring no tables up to date, and send no mail."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from storydiff import tracing
from storydiff.digest.send import Mailer
from storydiff.digest.tokens import Signer
from storydiff.errors import StorydiffError
from storydiff.fetch.licence_file import read_licences
from storydiff.pipeline.desk import archive_of, database_url
from storydiff.settings import Settings
from storydiff.store import migrations
from storydiff.store.engine import Database
from storydiff.store.migrate import current, is_ready

SECONDS = 5.0
"""How long Redis and the mail server may take to answer."""


def database(chosen: Settings) -> str:
    """Open it for writing, and look whose tables it has; a SQLite file that is not there yet is not made."""
    with _opened(chosen) as found:
        if found.is_sqlite and not Path(found.where).exists():
            if not os.access(Path(found.where).parent, os.W_OK):
                raise StorydiffError(f"{found.where} cannot be made: its folder may not be written.", hint=ELSEWHERE)
            return f"{found.where}, made when it is first used"
        with found.writing():
            return f"{found.where}, {_tables(found)}"


def _tables(found: Database) -> str:
    ready = is_ready(found)
    with found.reading() as connection:
        at = current(connection)
    if ready:
        return f"its tables are those of this version (step {at})"
    told = "without tables" if at is None else f"its tables are of an earlier version (step {at} of {migrations.HEAD})"
    return f"{told}; the next command brings them up to date, or `storydiff serve migrate`"


def archive(chosen: Settings) -> str:
    """Write, read and remove something."""
    found = archive_of(chosen)
    return f"{found.where}, {found.check()}"


def queue(chosen: Settings) -> str | None:
    """Ask Redis for an answer."""
    if not chosen.redis_url:
        return None
    hint = "Check STORYDIFF_REDIS_URL, such as redis://host:6379/0, and that Redis runs there."
    try:
        server = redis.Redis.from_url(chosen.redis_url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
        with server:
            server.ping()
            return f"Redis {server.info('server')['redis_version']}"
    except (redis.RedisError, OSError, ValueError) as error:
        raise StorydiffError(f"Redis does not answer ({str(error).rstrip('.')}).", hint=hint) from error


def licences(chosen: Settings) -> str | None:
    """Read the file."""
    if not chosen.licences:
        return None
    return f"for {', '.join(each.host for each in read_licences(chosen.licences).all) or 'no host'}"


def mail(chosen: Settings) -> str | None:
    """Connect to the mail server, log in, and ask whether it is there."""
    if not chosen.smtp_host:
        return None
    Signer.of(chosen.signing_secret)
    with Mailer(chosen, seconds=SECONDS) as mailer:
        mailer.check()
    login = f"logged in as {chosen.smtp_user}" if chosen.smtp_user else "without login"
    return f"{chosen.smtp_host} port {chosen.smtp_port}, {chosen.smtp_tls}, {login}"


def traces(chosen: Settings) -> str | None:
    """Send the collector an empty batch."""
    if not chosen.otlp_url:
        return None
    tracing.check(chosen.otlp_url)
    return chosen.otlp_url


def certificates(_: Settings) -> str:
    """Whether this machine can tell who an https server is."""
    known = len(ssl.create_default_context().get_ca_certs())
    folder = Path(ssl.get_default_verify_paths().capath or "/nonexistent")
    if not known and not (folder.is_dir() and any(folder.iterdir())):
        hint = "On Debian or Ubuntu: apt-get install ca-certificates"
        raise StorydiffError("This machine has no root certificates, so no https page can be fetched.", hint=hint)
    return f"{known} root certificates" if known else f"root certificates in {folder}"


ELSEWHERE = "Give another place with STORYDIFF_DATABASE_URL or --db."
CHECKS: tuple[tuple[str, Callable[[Settings], str | None], str], ...] = (
    # (name, check, what it means that nothing is configured)
    ("database", database, ""),
    ("archive", archive, ""),
    ("queue", queue, "STORYDIFF_REDIS_URL is not set; `storydiff serve` runs a Redis of its own"),
    ("licences", licences, "STORYDIFF_LICENCES is not set"),
    ("mail", mail, "STORYDIFF_SMTP_HOST is not set, so no digests are mailed"),
    ("traces", traces, "STORYDIFF_OTLP_URL is not set"),
    ("https", certificates, ""),
)


@contextmanager
def _opened(chosen: Settings) -> Iterator[Database]:
    try:
        found = Database(database_url(chosen))
    except OSError as error:
        raise StorydiffError(f"The database cannot be made there ({error}).", hint=ELSEWHERE) from error
    try:
        yield found
    finally:
        found.close()
