"""`storydiff story`: the stories kept here."""

from __future__ import annotations

from typing import Any

import click

from storydiff.cli.failures import printable
from storydiff.cli.groups import Group
from storydiff.cli.options import Showing, clock, kept, look, shown, slugs, stored, write
from storydiff.errors import UnknownStory
from storydiff.model import Collation
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.pipeline.retention import forget_story
from storydiff.report.history import to_history
from storydiff.report.json import dumps
from storydiff.report.phrases import count
from storydiff.report.times import clock as shown_time
from storydiff.store import StoryCounts


@click.group("story", cls=Group)
def command() -> None:
    """The stories kept here: list, show, history, export, remove."""


@command.command("list")
@kept
def list_(db: str | None) -> None:
    """Every story with how much of it is kept, the latest fetched first."""
    with open_desk(stored(db), clock, keep_pages=False) as desk:
        stories = sorted(desk.store.stories.list(), key=lambda s: (s.fetched is not None, s.fetched), reverse=True)
    if not stories:
        click.echo("No story is kept here yet; `storydiff compare URL URL` keeps one.", err=True)
    width = max((len(each.story.slug) for each in stories), default=0)
    for counts in stories:
        click.echo(printable(_line(counts, width)))


@command.command("show")
@click.argument("slug", shell_complete=slugs)
@click.option("--number", type=click.IntRange(1), metavar="N", help="The N-th collation instead of the latest.")
@shown
@kept
def show(slug: str, db: str | None, number: int | None, **options: Any) -> None:
    """Show the story as it was compared last; nothing is fetched."""
    with open_desk(stored(db), clock, keep_pages=False) as desk:
        found = collation_of(desk, slug, number)
    Showing.of(options).show(found)


@command.command("history")
@click.argument("slug", shell_complete=slugs)
@kept
def history(slug: str, db: str | None) -> None:
    """What was changed in the story's articles, silently or not, and when the story was compared."""
    with open_desk(stored(db), clock, keep_pages=False) as desk:
        found = collation_of(desk, slug, None)
        collations = desk.store.collations.list(slug)
    click.echo(to_history(found, look=look()), nl=False)
    click.echo("\nCompared:")
    for each in collations:
        conflicts = count(each.discrepancies - each.updates, "conflict")
        overtaken = f", {each.updates} overtaken by a later update" if each.updates else ""
        click.echo(
            f"  {each.number:>3}  {shown_time(each.made)}  {count(each.points, 'point')}, {conflicts}{overtaken}"
        )


@command.command("export")
@click.argument("slug", shell_complete=slugs)
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to a file.")
@kept
def export(slug: str, output: str | None, db: str | None) -> None:
    """The latest collation as JSON (schema storydiff/collation/1), with all texts."""
    with open_desk(stored(db), clock, keep_pages=False) as desk:
        write(dumps(collation_of(desk, slug, None)), output)


@command.command("remove")
@click.argument("slug", shell_complete=slugs)
@click.option("--yes", is_flag=True, help="Do not ask.")
@kept
def remove(slug: str, db: str | None, *, yes: bool) -> None:
    """Forget the story with all its versions and collations, and drop its pages from the archive."""
    with open_desk(stored(db), clock) as desk:
        desk.store.stories.get(slug)
        if not yes:
            click.confirm(f"Forget {slug} with everything kept of it?", abort=True)
        forget_story(desk, slug)


def collation_of(desk: Desk, slug: str, number: int | None) -> Collation:
    """The story's collation of that number, or its latest; UnknownStory when there is none."""
    desk.store.stories.get(slug)
    collations = desk.store.collations
    collation = collations.latest(slug) if number is None else collations.get(slug, number)
    if collation is None:
        which = "has not been compared yet" if number is None else f"has no collation {number}"
        raise UnknownStory(f"{slug} {which}.", hint=f"storydiff compare --story {slug} URL URL")
    return collation


def _line(counts: StoryCounts, width: int) -> str:
    versions = f"{count(counts.articles, 'article')}, {count(counts.versions, 'version')}"
    return f"{counts.story.slug:<{width}}  {versions:<26}  fetched {shown_time(counts.fetched)}  {counts.story.title}"
