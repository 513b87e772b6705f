"""Options that several commands share, and the values they become."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from storydiff.errors import BadSetting, StorydiffError
from storydiff.model import Collation
from storydiff.pipeline.desk import open_desk
from storydiff.report.csv import to_csv
from storydiff.report.json import dumps
from storydiff.report.look import Look
from storydiff.report.markdown import to_markdown
from storydiff.report.point import to_point
from storydiff.report.table import to_table
from storydiff.report.view import Only
from storydiff.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

FORMATS: dict[str, Callable[[Collation, Only | None, str | None], str]] = {
    "table": lambda found, only, ours: to_table(found, only=only, ours=ours, look=look()),
    "json": lambda found, _, ours: dumps(found, ours=ours),
    "markdown": lambda found, only, ours: to_markdown(found, only=only, ours=ours),
    "csv": lambda found, only, ours: to_csv(found, only=only, ours=ours),
    "html": lambda found, _, ours: page(found, ours),
}
"""Name -> how a collation is written. The JSON and the HTML page hold all points whatever is filtered."""


def page(found: Collation, ours: str | None) -> str:
    """The HTML page. What makes it is loaded for it alone."""
    text: str = importlib.import_module("storydiff.report.html").to_html(found, ours=ours)
    return text


SHORT = ("json", "markdown", "csv")
WHOLE = ("json", "html")
STANDARD_OUTPUT = "-"


def look(stream: Any = None) -> Look:
    """What standard output can show."""
    stream = stream or sys.stdout or io.StringIO()
    width = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else None
    return Look.of(stream, os.environ, width)


def clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def slugs(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The stories whose names begin so, for the completion of a shell; none when they cannot be looked up."""
    try:
        with open_desk(stored(ctx.params.get("db")), clock, keep_pages=False) as desk:
            names = [counts.story.slug for counts in desk.store.stories.list()]
    except StorydiffError:
        return []
    return [name for name in names if name.startswith(incomplete)]


def kept(command: F) -> F:
    """Adds --db: where the stories are kept."""
    return click.option(
        "--db", metavar="FILE", help="SQLite file (or SQLAlchemy URL) of the stories; else STORYDIFF_DATABASE_URL."
    )(command)


def shown(command: F) -> F:
    """Adds the options that say how a collation is shown and where it goes."""
    for option in reversed(
        [
            click.option("--format", "form", type=click.Choice([*FORMATS]), help="How to write it (default: table)."),
            *(click.option(f"--{name}", "form", flag_value=name, help=f"Short for --format {name}.") for name in SHORT),
            click.option(
                "--html", "html", type=click.Path(dir_okay=False), metavar="FILE", help="Also write the page."
            ),
            click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to a file."),
            click.option("--ours", metavar="OUTLET", help="Our own outlet: only we have, we lack, we differ."),
            click.option(
                "--only", type=click.Choice([only.value for only in Only]), help="Only the points of that sort."
            ),
            click.option("--point", type=click.IntRange(1), metavar="N", help="The evidence for one point."),
        ]
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """The options of `shown`."""

    form: str | None = None
    html: str | None = None
    output: str | None = None
    ours: str | None = None
    only: str | None = None
    point: int | None = None

    @classmethod
    def of(cls, options: dict[str, Any]) -> Showing:
        """Takes its own options out of a command's."""
        asked = cls(**{name: options.pop(name) for name in ("form", "html", "output", "ours", "only", "point")})
        if asked.point is not None and (asked.only or asked.form not in (None, "table")):
            raise click.UsageError("--point gives the words of one point as text: leave out --only and the format.")
        if asked.only and asked.form in WHOLE:
            raise click.UsageError(f"--only filters table, Markdown and CSV; --format {asked.form} holds all points.")
        return asked

    def show(self, found: Collation) -> None:
        """Write the collation as asked for: to standard output or a file, and the HTML page beside it."""
        write(self._text(found), self.output)
        if self.html is not None:
            write(page(found, self.ours), self.html)

    def _text(self, found: Collation) -> str:
        if self.point is not None:
            return to_point(found, self.point, look=look())
        return FORMATS[self.form or "table"](found, Only(self.only) if self.only else None, self.ours)


def settings(db: str | None = None, **changes: Any) -> Settings:
    """Settings from the environment; --db wins."""
    if db:
        changes["database_url"] = db if "://" in db else f"sqlite:///{Path(db).expanduser().absolute()}"
    return Settings.from_env(**changes)


def stored(db: str | None = None) -> Settings:
    """The same for what is kept already: a file that --db names must be there, and is not made."""
    if db and "://" not in db and not Path(db).expanduser().is_file():
        raise BadSetting(f"{db}: there is no such file.", hint="--db names the file in which `compare` keeps stories.")
    return settings(db)


def write(text: str, path: str | None) -> None:
    """To standard output (also for "-"), or to a file; BadSetting when the file cannot be written."""
    if path is None or path == STANDARD_OUTPUT:
        click.echo(text, nl=False)
        return
    try:
        Path(path).write_text(text, encoding="utf8", newline="")
    except OSError as error:
        said = f"{path or 'A file without a name'}: cannot be written ({error.strerror})."
        raise BadSetting(said, hint="Choose another file.") from error
