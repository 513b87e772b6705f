"""`storydiff discover`: who has which story, found through feeds, news sitemaps and home pages."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from storydiff.cli import progress
from storydiff.cli.compare import command as compare
from storydiff.cli.discovered import span, to_table
from storydiff.cli.failures import printable
from storydiff.cli.options import clock, kept, look, settings, write
from storydiff.discover.entry import Heard, silent
from storydiff.discover.lists import source_of, sources_in
from storydiff.discover.stories import Discovered, FoundStory
from storydiff.discover.written import to_csv, to_json
from storydiff.errors import InputError, UnreadableSource
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.pipeline.discovering import Watch, asked_about, discover

UNITS = {"m": 60, "h": 3600, "d": 86_400}
LONGEST = timedelta(days=366)
"""Feeds reach days back, sitemaps a year."""
LARGEST_LIST = 5_000_000
FORMATS: dict[str, Callable[..., str]] = {
    "table": lambda found, limit, alone: to_table(found, limit=limit, look=look(), alone=alone),
    "json": lambda found, *_: to_json(found),
    "csv": lambda found, *_: to_csv(found),
}
NOBODY = "Nobody else has this story"


class Since(click.ParamType[timedelta]):
    """A length of time such as 24h, 90m, 3d."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """From text; fails with what is expected."""
        if isinstance(value, timedelta):
            return value
        match = re.fullmatch(r"(\d{1,5})([mhd])", value.strip().lower())
        time = timedelta(seconds=int(match[1]) * UNITS[match[2]]) if match else timedelta()
        if not timedelta() < time <= LONGEST:
            self.fail(f"{value!r} is no time such as 90m, 24h or 3d, of a year at most.", param, ctx)
        return time


@click.command("discover")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--since", type=Since(), default="24h", show_default=True, metavar="TIME", help="How far back: 90m, 24h, 3d."
)
@click.option(
    "--outlets", type=click.IntRange(1), metavar="N", help="Only stories that so many outlets have. [default: 2]"
)
@click.option("--like", metavar="URL|TEXT", help="Only the story of this article: who else has it?")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Stories in the table."
)
@click.option(
    "--format", "form", type=click.Choice([*FORMATS]), default="table", help="How to write it (default: table)."
)
@click.option("--compare", "number", type=click.IntRange(1), metavar="N", help="Compare story N of the list at once.")
@click.option("--story", "slug", metavar="SLUG", help="With --compare: keep it under this name.")
@click.option("--html", type=click.Path(dir_okay=False), metavar="FILE", help="With --compare: also write the page.")
@click.option("--ours", metavar="OUTLET", help="With --compare: our own outlet.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to a file.")
@click.option("-q", "--quiet", is_flag=True, help="No progress; sources that fail are still told.")
@kept
@click.pass_context
def command(context: click.Context, /, sources: tuple[str, ...], **options: Any) -> Any:
    """Find out which stories several outlets have, and whose pages to compare.

    SOURCE is the address of an RSS, Atom or JSON feed, of a news sitemap, or of a site's home page, which leads to
    its feeds; or a file that lists such addresses, one a line or as OPML.

    \b
    storydiff discover https://a.example https://b.example/rss --since 12h
    storydiff discover https://a.example https://b.example --like https://ours.example/story
    storydiff discover https://a.example https://b.example --compare 1 --html report.html
    """
    _must_fit(options)
    named = [address for source in sources for address in _addresses(source)]
    found = _discovered(named, options)
    _failures(found.heard)
    if options["number"] is not None:
        return _compare(context, found, options)
    text = FORMATS[options["form"]](found, options["limit"], _alone(options) if options["like"] else "")
    write(text, options["output"])
    return 0


def _must_fit(options: dict[str, Any]) -> None:
    if options["number"] is None and any(options[name] for name in ("slug", "html", "ours")):
        raise click.UsageError("--story, --html and --ours say how to compare: they need --compare.")


def _alone(options: dict[str, Any]) -> str:
    """What is said when too few have the story that was asked about."""
    least = options["outlets"]
    return NOBODY if least is None else f"No story of {least} outlets: fewer have it"


def _addresses(source: str) -> tuple[str, ...]:
    """The address meant, or those in a file."""
    address = source_of(source)
    if address is not None and not Path(source).is_file():
        return (address,)
    try:
        with Path(source).open("rb") as file:
            found = sources_in(file.read(LARGEST_LIST))
    except OSError as error:
        hint = "Give the address of a feed, a sitemap or a home page, or a file with such addresses."
        raise UnreadableSource(f"{source}: is neither a web address nor a file.", hint=hint) from error
    if not found:
        hint = "One address a line, or OPML as feed readers export it. Articles are compared with `storydiff compare`."
        raise UnreadableSource(f"{source}: holds no addresses of feeds or sites.", hint=hint)
    return found


def _discovered(sources: Sequence[str], options: dict[str, Any]) -> Discovered:
    watch = _watch(quiet=options["quiet"])
    # Nothing is stored here: the store is not even opened.
    with open_desk(settings(), clock, keep_stories=False, keep_pages=False) as desk:
        return _found(desk, sources, options, watch)


def _found(desk: Desk, sources: Sequence[str], options: dict[str, Any], watch: Watch) -> Discovered:
    like = asked_about(desk, options["like"], watch=watch) if options["like"] else None
    # Of a text that is nobody's page, one outlet that has it is an answer.
    least = options["outlets"] or (1 if like and like.entry is None else 2)
    return discover(desk, sources, since=options["since"], outlets=least, like=like, watch=watch)


def _watch(*, quiet: bool) -> Watch:
    if quiet or not sys.stderr.isatty():
        return lambda _: progress.silent()
    return lambda urls: progress.lines(urls, Console(stderr=True))


def _failures(heard: Sequence[Heard]) -> None:
    """What could not be read, on standard error: what is missing below may be there."""
    mute = silent(heard)
    for each in heard:
        if each.error is not None and (each.source not in mute or mute[each.source] is each.error):
            via = "" if each.url == each.source else f" ({each.source})"
            click.echo(printable(f"{each.url}{via}: {each.error.message}"), err=True)


def _compare(context: click.Context, found: Discovered, options: dict[str, Any]) -> Any:
    story = _chosen(found, options["number"], options["since"])
    click.echo(printable(f"Comparing: {story.headline}"), err=True)
    given = {name: options[name] for name in ("slug", "html", "ours", "output", "quiet", "db")}
    return context.invoke(compare, sources=story.urls, **given)


def _chosen(found: Discovered, number: int, since: timedelta) -> FoundStory:
    if number > len(found.stories):
        count = f"{len(found.stories)} {'was' if len(found.stories) == 1 else 'were'}"
        hint = "Without --compare the list is shown; --since looks further back."
        raise InputError(f"There is no story {number}: {count} found in the last {span(since)}.", hint=hint)
    return found.stories[number - 1]
