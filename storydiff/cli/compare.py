"""`storydiff compare`: fetch, compare, keep, show."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

import click

from storydiff.cli.failures import printable, tell
from storydiff.cli.options import Showing, clock, kept, settings, shown, slugs
from storydiff.errors import ArchiveError, StoreError
from storydiff.pipeline.collect import News, Report, Stopped, sources_of
from storydiff.pipeline.compare import Comparison, compare
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.pipeline.naming import checked
from storydiff.pipeline.sources import Source, gather
from storydiff.settings import Settings

DISCREPANCIES_FOUND = 1


@click.command("compare")
@click.argument("sources", nargs=-1, type=click.Path(allow_dash=True), metavar="SOURCE...")
@click.option(
    "--story",
    "slug",
    metavar="SLUG",
    shell_complete=slugs,
    help="Keep it under this name. Alone, fetches all its pages again.",
)
@shown
@click.option("--exit-code", "as_exit_code", is_flag=True, help="Exit with 1 when there are discrepancies.")
@click.option("--no-store", is_flag=True, help="Keep nothing: neither the stories nor the fetched bytes.")
@click.option("--ignore-robots", is_flag=True, help="On your own hosts (STORYDIFF_IGNORE_ROBOTS_HOSTS) only.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks; errors are still said.")
@click.option("-v", "--verbose", is_flag=True, help="Say what came of every source.")
@kept
def command(sources: tuple[str, ...], **options: Any) -> int:
    """Compare how several outlets tell one story.

    SOURCE is the address of a page, an HTML or text file, a folder of them, or - for standard input. A file is called
    after its outlet: harbour-post.html, or harbour-post/story.html.

    \b
    storydiff compare https://a.example/1 https://b.example/2 --html report.html
    storydiff compare --story flood --ours 'Harbour Post' https://a.example/1 https://b.example/2
    storydiff compare --story flood --only changed
    """
    showing = Showing.of(options)
    chosen = settings(options["db"])
    with ExitStack() as stack:
        desk, refused = _desk(stack, chosen, keep=not options["no_store"])
        found = _compared(desk, sources, options)
        showing.show(found.collation)
        _remarks(found, options)
    error = found.unkept or refused
    if error is not None:
        tell(error)
        return error.exit_code
    return DISCREPANCIES_FOUND if options["as_exit_code"] and found.collation.discrepancies else 0


def _desk(stack: ExitStack, chosen: Settings, *, keep: bool) -> tuple[Desk, StoreError | None]:
    """The desk; one without a store when the store refuses, with the reason: the comparison is shown all the same."""
    try:
        return stack.enter_context(open_desk(chosen, clock, keep_stories=keep, keep_pages=keep)), None
    except StoreError as error:
        return stack.enter_context(open_desk(chosen, clock, keep_stories=False)), error


def _compared(desk: Desk, arguments: Sequence[str], options: dict[str, Any]) -> Comparison:
    slug = checked(options["slug"]) if options["slug"] else None
    sources = _sources(desk, slug, arguments)
    urls = [source.url for source in sources if source.url]
    try:
        with _progress(urls, quiet=options["quiet"]) as report:
            return compare(desk, slug, sources, progress=report, ignore_robots=options["ignore_robots"])
    except Stopped as stop:
        if stop.slug and not options["no_store"]:
            click.echo(f"{len(stop.gathered)} of {len(sources)} sources are kept in story {stop.slug}.", err=True)
        raise


def _sources(desk: Desk, slug: str | None, arguments: Sequence[str]) -> tuple[Source, ...]:
    """The sources named; with --story also those that the story has already."""
    if slug and not arguments:
        desk.store.stories.get(slug)
    known = sources_of(desk, slug) if slug and desk.store.stories.exists(slug) else ()
    # A story that is kept may begin with its first outlet, and one of files is compared as it was read last.
    named = gather(arguments, sys.stdin.buffer.read, known=2 if slug else 0, most=desk.settings.max_bytes)
    fresh = {source.place for source in named}
    return (*(source for source in known if source.place not in fresh), *named)


def _progress(urls: Sequence[str], *, quiet: bool) -> AbstractContextManager[Report | None]:
    if quiet or not urls or not sys.stderr.isatty():
        return nullcontext()
    lines: AbstractContextManager[Report] = importlib.import_module("storydiff.cli.progress").lines(urls)
    return lines


def _remarks(found: Comparison, options: dict[str, Any]) -> None:
    """What the user should know beside the comparison, on standard error."""
    if options["quiet"]:
        return
    for each in found.news:
        remark = _remark(each, verbose=options["verbose"])
        if remark:
            click.echo(printable(remark), err=True)
    _unarchived(found.news)
    slug = found.collation.story.slug
    if found.collation.number is not None and not options["no_store"] and sys.stderr.isatty():
        click.echo(f"Kept as story {slug}; `storydiff compare --story {slug}` fetches it again.", err=True)


def _unarchived(news: Sequence[News]) -> None:
    """One line for all pages whose bytes could not be kept: their readers cannot check the words later."""
    problems = [problem for each in news if each.version for problem in each.version.problems]
    why = [problem.message for problem in problems if problem.code == ArchiveError().code]
    if why:
        click.echo(f"{len(why)} of {len(news)} pages are not archived: {printable(why[0])}", err=True)
        click.echo("`storydiff doctor` tries the archive.", err=True)


def _remark(news: News, *, verbose: bool) -> str:
    if news.same_as:
        return f"{news.source}: is the same article as {news.same_as}; it is compared once."
    if not verbose:
        return ""
    if news.version is None:
        return f"{news.source}: unchanged."
    state = "new" if news.is_new else "unchanged"
    problems = "".join(f" {problem.message}" for problem in news.version.problems)
    return f"{news.source}: {news.version.outlet}, {news.version.extent}, {state}.{problems}"
