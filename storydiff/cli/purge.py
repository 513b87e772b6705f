"""`storydiff purge`: forget what is older than a newsroom keeps, or all of a newsroom."""

from __future__ import annotations

import re
from datetime import timedelta

import click

from storydiff.cli.failures import printable
from storydiff.cli.options import clock, kept, settings
from storydiff.errors import BadSetting
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.pipeline.retention import forget_newsroom, purge, stale

UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
AGE = re.compile(r"([1-9][0-9]{0,4})([hdw])")


@click.command("purge")
@click.option("--older-than", "age", metavar="AGE", help="Forget stories untouched for so long: 90d, 12w, 36h.")
@click.option("--everything-of", metavar="NEWSROOM", help="Forget a newsroom with its stories, keys and endpoints.")
@click.option("--newsroom", metavar="NAME", help="Of this newsroom only; without, of all.")
@click.option("--dry-run", is_flag=True, help="Only say which stories would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@kept
def command(
    age: str | None, everything_of: str | None, newsroom: str | None, db: str | None, *, dry_run: bool, yes: bool
) -> None:
    """Forget for good: texts, collations, events, and the archived pages that nothing else needs.

    A story counts as untouched when none of its pages was fetched and nothing of it compared since then; one that is
    still watched is fetched again and again, so it stays.

    \b
    storydiff purge --older-than 90d --dry-run
    storydiff purge --older-than 90d --yes        from a nightly job
    storydiff purge --everything-of harbour-post
    """
    if (age is None) == (everything_of is None):
        raise click.UsageError("Give either --older-than or --everything-of.")
    with open_desk(settings(db), clock) as desk:
        if everything_of is not None:
            _newsroom(desk, everything_of, yes=yes, dry_run=dry_run)
            return
        for name in _names(desk, newsroom):
            _old(_of(desk, name), _span(age or ""), yes=yes, dry_run=dry_run)


def _names(desk: Desk, newsroom: str | None) -> tuple[str, ...]:
    known = tuple(dict.fromkeys(["", *desk.store.rings.newsrooms(), *(n.name for n in desk.store.newsrooms.list())]))
    if newsroom is None:
        return known
    if newsroom not in known:
        raise BadSetting(f"There is no newsroom {newsroom!r}.")
    return (newsroom,)


def _of(desk: Desk, newsroom: str) -> Desk:
    store = desk.store.of(newsroom)
    return Desk(settings=desk.settings, store=store, clock=desk.clock, archive=desk.archive)


def _span(age: str) -> timedelta:
    parts = AGE.fullmatch(age)
    if parts is None:
        raise BadSetting(f"{age!r} is no age.", hint="Write a number and h, d or w: 36h, 90d, 12w.")
    return int(parts[1]) * UNITS[parts[2]]


def _old(desk: Desk, span: timedelta, *, yes: bool, dry_run: bool) -> None:
    before, where = desk.clock() - span, desk.store.newsroom or "the command line's stories"
    found = stale(desk, before)
    for slug in found:
        click.echo(printable(f"{slug}  ({where})"))
    if dry_run:
        return
    if found and not yes:
        click.confirm(f"Forget these {len(found)} stories with everything kept of them?", abort=True)
    gone = purge(desk, before)
    told = f"{len(gone.stories)} stories, {gone.snapshots} pages, {gone.events} events, {gone.records} jobs"
    click.echo(f"{where}: forgot {told}, {gone.announcements} announcements", err=True)


def _newsroom(desk: Desk, name: str, *, yes: bool, dry_run: bool) -> None:
    if name not in _names(desk, None):
        raise BadSetting(f"There is no newsroom {name!r}.")
    stories = [counts.story.slug for counts in desk.store.of(name).stories.list()]
    click.echo(f"{name or 'the command line'}: {len(stories)} stories, with all keys, endpoints and events")
    if dry_run:
        return
    if not yes:
        click.confirm("Forget all of it?", abort=True)
    click.echo(f"forgot it, and {forget_newsroom(desk, name)} archived pages", err=True)
