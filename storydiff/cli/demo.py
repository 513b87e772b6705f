"""`storydiff demo`: the very same pipeline on a newsroom that comes with storydiff."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from storydiff import demo
from storydiff.cli import progress
from storydiff.cli.options import look, write
from storydiff.errors import BadSetting
from storydiff.model import Collation
from storydiff.pipeline.compare import Comparison, compare
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.pipeline.sources import gather
from storydiff.report.history import to_history
from storydiff.report.html import to_html
from storydiff.report.table import to_table
from storydiff.report.times import clock as shown_time
from storydiff.testing import Newsroom

REPORT = "storydiff-demo.html"


@click.command("demo")
@click.option("--html", default=REPORT, type=click.Path(dir_okay=False), metavar="FILE", help="Where the page goes.")
@click.option("--keep", type=click.Path(file_okay=False), metavar="FOLDER", help="Keep the stories and bytes there.")
@click.option("--serve", is_flag=True, help="Go on serving the newsroom afterwards, until Ctrl-C.")
def command(html: str, keep: str | None, *, serve: bool) -> None:
    """See a whole comparison at work: fourteen invented outlets on this machine, one event, three moments.

    Starts a newsroom on loopback HTTP, fetches every outlet's page, compares them, writes the HTML report; then moves
    the newsroom's clock and fetches again, to show what was changed silently. No network and no setting is needed.
    """
    if not Path(html).absolute().parent.is_dir():
        raise BadSetting(f"{html}: its folder does not exist.", hint="Choose another file with --html.")
    with tempfile.TemporaryDirectory(prefix="storydiff-demo-") as temporary, demo.newsroom() as newsroom:
        folder = _folder(keep) if keep else Path(temporary)
        places = {"database_url": f"sqlite:///{folder / 'stories.sqlite'}", "archive": str(folder / "archive")}
        with open_desk(newsroom.settings(**places), newsroom.clock) as desk:
            found = _morning(desk, newsroom)
            found = _later(desk, newsroom, found)
        write(to_html(found), html)
        _farewell(html, folder if keep else None)
        if serve:
            _serve(newsroom)


def _folder(path: str) -> Path:
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"{path}: cannot be made ({error.strerror}).", hint="Choose another folder.") from error
    return Path(path).absolute()


def _morning(desk: Desk, newsroom: Newsroom) -> Collation:
    count = len(demo.outlets())
    click.echo(f"A newsroom of {count} invented outlets is open at {newsroom.local_url('')}.", err=True)
    _step(f"{shown_time(newsroom.now)}: fetching every outlet's page and comparing them")
    found = _compared(desk, newsroom).collation
    click.echo(to_table(found, look=look()), nl=False)
    return found


def _later(desk: Desk, newsroom: Newsroom, found: Collation) -> Collation:
    for moment in demo.MOMENTS[1:]:
        newsroom.clock.set(moment)
        _step(f"{shown_time(moment)}: fetching the same pages again")
        compared = _compared(desk, newsroom)
        found, new = compared.collation, sum(each.is_new for each in compared.news)
        click.echo(f"{new} of {len(compared.news)} pages {'has' if new == 1 else 'have'} changed.")
    click.echo("\nWhat was changed in between:\n")
    click.echo(to_history(found, look=look()), nl=False)
    return found


def _compared(desk: Desk, newsroom: Newsroom) -> Comparison:
    urls = demo.sources(newsroom)
    with _progress(urls) as report:
        return compare(desk, demo.SLUG, gather(urls, bytes), progress=report)


def _progress(urls: Sequence[str]) -> progress.Display:
    return progress.lines(urls, Console(stderr=True)) if sys.stderr.isatty() else progress.silent()


def _step(text: str) -> None:
    click.echo(click.style(f"\n{text}\n", bold=True))


def _farewell(html: str, kept: Path | None) -> None:
    click.echo(f"\nThe whole comparison as one page: {Path(html).absolute()}\n")
    click.echo("Try next:")
    if kept is None:
        click.echo("  storydiff demo --keep demo       and look around in what it keeps:")
    database, archive = (kept or Path("demo")) / "stories.sqlite", (kept or Path("demo")) / "archive"
    click.echo(f"  storydiff story show {demo.SLUG} --only exclusive --db {database}")
    click.echo(f"  storydiff show {demo.SLUG} 1 --db {database}")
    click.echo(f"  STORYDIFF_ARCHIVE={archive} storydiff show {demo.SLUG} 1 'NPB News' --bytes --db {database}")
    click.echo(f"  STORYDIFF_DATABASE_URL=sqlite:///{database} STORYDIFF_ARCHIVE={archive} storydiff serve")
    click.echo("  storydiff compare https://... https://... https://... --html report.html")
    click.echo("  storydiff compare --help")


def _serve(newsroom: Newsroom) -> None:
    """Stay open, and say how other commands reach the outlets: by their names, since one host is one outlet to them."""
    reach = newsroom.settings()
    routes = " ".join(":".join(map(str, route)) for route in reach.resolve)
    click.echo("\nThe newsroom goes on until Ctrl-C. In another shell, so that the outlets' names lead here:")
    click.echo(f"  export STORYDIFF_ALLOW_HOSTS='{' '.join(reach.allow_hosts)}' STORYDIFF_RESOLVE='{routes}'")
    click.echo(f"\nThen compare some of its pages; a browser finds them at {newsroom.local_url('')}:")
    for outlet in demo.outlets():
        click.echo(f"  {newsroom.url(outlet['domain'], outlet['path'])}")
    newsroom.wait()
