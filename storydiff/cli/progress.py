"""A line per page while they are fetched: on a terminal only, on standard error, gone when done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from storydiff.cli.failures import printable
from storydiff.fetch import Fetched
from storydiff.fetch import Progress as Step
from storydiff.fetch.values import Stage

SAYINGS = {
    Stage.ROBOTS: "reading robots.txt",
    Stage.WAITING: "waiting for its turn",
    Stage.FETCHING: "fetching",
    Stage.RETRYING: "trying again",
    Stage.REDIRECTED: "following a redirect",
}

Report = Callable[[Fetched | Step], None]
Display = AbstractContextManager[Report | None]


def said(event: Fetched | Step) -> str:
    """What one step is, in a few words."""
    if isinstance(event, Step):
        wait = f" ({event.seconds:.0f} s)" if event.seconds >= 1 else ""
        return SAYINGS[event.stage] + wait
    if event.error:
        return event.error.message
    return "unchanged" if event.not_modified else f"{len(event.body) / 1000:.0f} kB"


@contextmanager
def lines(urls: Sequence[str], console: Console | None = None) -> Iterator[Report]:
    """A progress display with a line for each address, on standard error unless a console is given; its callback takes
    the events of `fetch_all`."""
    columns = (
        SpinnerColumn(finished_text="·"),
        TextColumn("{task.fields[host]}", markup=False),
        BarColumn(bar_width=12),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console or Console(stderr=True), transient=True) as display:
        width = max((len(_host(url)) for url in urls), default=0)
        tasks = {url: display.add_task("waiting", total=None, host=_host(url).ljust(width)) for url in urls}
        yield lambda event: _show(display, tasks, event)


def _show(display: Progress, tasks: dict[str, TaskID], event: Fetched | Step) -> None:
    if event.url not in tasks:
        return
    text = printable(said(event))[:100]
    if isinstance(event, Fetched):
        display.update(tasks[event.url], description=text, total=1, completed=1)
    else:
        display.update(tasks[event.url], description=text)


def _host(url: str) -> str:
    return printable(urlsplit(url).netloc or url)[:40]


@contextmanager
def silent() -> Iterator[Report | None]:
    """No display: standard error is no terminal, or --quiet."""
    yield None
