"""`storydiff doctor`: what is configured, and whether it works."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable

import click

from storydiff import __version__
from storydiff.cli.checks import CHECKS
from storydiff.cli.failures import printable
from storydiff.cli.options import kept, settings
from storydiff.errors import StorydiffError
from storydiff.settings import Settings

WIDEST = 120
MARKS = {True: click.style("works", fg="green"), False: click.style("fails", fg="red", bold=True), None: "–    "}


@click.command("doctor")
@click.option("--all", "everything", is_flag=True, help="Also list the settings that have their default.")
@kept
def command(db: str | None, *, everything: bool) -> int:
    """Say what is configured, and try it: database, archive, queue, licences, mail server, traces,
    certificates.

    Nothing is changed and no mail is sent. Exits with 4 when something that is configured does not work.
    """
    chosen = settings(db)
    click.echo(f"storydiff {__version__}, Python {sys.version.split()[0]}\n")
    _tell_settings(everything=everything)
    click.echo("\nWhat works")
    results = [_tried(name, check, chosen, otherwise) for name, check, otherwise in CHECKS]
    failed = results.count(False)
    if failed:
        click.echo(f"\n{failed} {'does' if failed == 1 else 'do'} not work.")
    return 4 if failed else 0


def _tell_settings(*, everything: bool) -> None:
    rows = [(name, default, _source(name)) for name, default, _ in Settings.rows()]
    shown = [row for row in rows if everything or row[2]]
    click.echo("Settings")
    for name, default, source in shown:
        value = _value(name, source) if source else "not set" if default == "–" else f"{default} (default)"
        click.echo(f"  {name:<32} {printable(value)}")
    if len(shown) < len(rows):
        said = f"{len(rows) - len(shown)} others are" if shown else "All are"
        click.echo(f"  {said} as they come; `storydiff doctor --all` lists them.")


def _source(name: str) -> str | None:
    """The variable that sets it; None when none does."""
    return next((each for each in (name, f"{name}_FILE") if each in os.environ), None)


def _value(name: str, source: str) -> str:
    origin = f"from {os.environ[source]}" if source != name else ""
    if name in Settings.secrets():
        return f"set (secret{', ' if origin else ''}{origin})"
    return origin or os.environ[source]


def _tried(name: str, check: Callable[[Settings], str | None], chosen: Settings, otherwise: str) -> bool | None:
    """Whether it works, None when it is not configured; says so."""
    try:
        said = check(chosen)
        works, lines = (True if said else None), [said or otherwise]
    except StorydiffError as error:
        works, lines = False, [error.message, error.hint]
    start = f"  {name:<10}{MARKS[works]}  "
    told = [part for line in lines if line.strip() for part in _wrapped(printable(line), len(click.unstyle(start)))]
    click.echo(start + f"\n{' ' * len(click.unstyle(start))}".join(told))
    return works


def _wrapped(line: str, indent: int) -> list[str]:
    """In lines that fit the terminal; whole where a program or a file reads."""
    if not sys.stdout.isatty():
        return [line]
    width = max(min(shutil.get_terminal_size().columns, WIDEST) - indent, 40)
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
