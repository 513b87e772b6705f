"""`storydiff key`: the API keys of a newsroom, and links to sign in to the web pages with."""

from __future__ import annotations

import re

import click

from storydiff.cli.failures import printable
from storydiff.cli.groups import Group
from storydiff.cli.options import clock, kept, settings
from storydiff.cli.parts import address
from storydiff.digest.address import checked
from storydiff.digest.links import SIGN_IN, Links
from storydiff.errors import BadSetting
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.report.times import clock as shown_time
from storydiff.store import SCOPES, Grant, Key, PassKind

NEWSROOM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 64
of_newsroom = click.option(
    "--newsroom", default="", metavar="NAME", help="Whose key; without, that of the stories of the command line."
)


@click.group("key", cls=Group)
def command() -> None:
    """The keys with which programs use the API, and links with which people sign in to the web pages.

    Each newsroom that shares a database has its own keys, and sees its own stories only.
    """


@command.command("create")
@click.argument("name")
@click.option("--scope", type=click.Choice(SCOPES), default="read", help="What it may do (default: read).")
@click.option("--ours", metavar="OUTLET", help="The newsroom's own outlet, whose desk reads.")
@click.option("--contact", metavar="ADDRESS", help="Mail address of the newsroom's desk, told of what goes wrong.")
@of_newsroom
@kept
def create(name: str, scope: str, newsroom: str, ours: str | None, contact: str | None, db: str | None) -> None:
    """Make a key called NAME, and print it: it cannot be shown again."""
    to = checked(contact) if contact else None
    with open_desk(settings(db), clock, keep_pages=False) as desk:
        store = desk.store.of(_checked(newsroom))
        store.newsrooms.create(newsroom, now=clock(), ours=ours)
        store.newsrooms.change(newsroom, ours=ours, contact=to)
        key, secret = store.keys.create(name, [scope], now=clock())
    click.echo(f"{key.id} may {scope}. Keep it safe, it is not shown again:", err=True)
    click.echo(secret)


@command.command("list")
@of_newsroom
@kept
def list_(newsroom: str, db: str | None) -> None:
    """The keys of a newsroom, without their secrets."""
    with open_desk(settings(db), clock, keep_pages=False) as desk:
        keys = desk.store.of(_known(desk, newsroom)).keys.list()
    if not keys:
        click.echo("There is no key yet; `storydiff key create NAME` makes one.", err=True)
    for key in keys:
        click.echo(printable(_line(key)))


@command.command("revoke")
@click.argument("key")
@of_newsroom
@kept
def revoke(key: str, newsroom: str, db: str | None) -> None:
    """End a key, by the id that `list` shows. Running API processes stop taking it within five seconds."""
    with open_desk(settings(db), clock, keep_pages=False) as desk:
        if not desk.store.of(_known(desk, newsroom)).keys.revoke(key, now=clock()):
            raise BadSetting(f"There is no key {key} here.", hint="`storydiff key list` shows the keys there are.")
    click.echo(f"{key} is ended.", err=True)


@command.command("link")
@click.option("--scope", type=click.Choice(SCOPES), default="write", help="What its visitor may do (default: write).")
@of_newsroom
@kept
def link(scope: str, newsroom: str, db: str | None) -> None:
    """Print a link that signs in to the web pages, once, within 20 minutes."""
    found = settings(db)
    with open_desk(found, clock, keep_pages=False) as desk:
        passes = desk.store.of(_known(desk, newsroom)).passes
        secret = passes.create(PassKind.LINK, Grant(scope=scope), now=clock())[1]
    base = found.web_url or address(found.web_host, found.web_port)
    click.echo(Links(base).to(SIGN_IN, token=secret))


def _checked(newsroom: str) -> str:
    if newsroom and (not NEWSROOM.fullmatch(newsroom) or len(newsroom) > LONGEST):
        hint = f"Use lower-case letters, digits and hyphens, {LONGEST} at most."
        raise BadSetting(f"{newsroom!r} cannot be the name of a newsroom.", hint=hint)
    return newsroom


def _known(desk: Desk, newsroom: str) -> str:
    if newsroom and desk.store.newsrooms.get(newsroom) is None:
        names = ", ".join(each.name for each in desk.store.newsrooms.list() if each.name) or "none"
        raise BadSetting(f"There is no newsroom {newsroom!r}.", hint=f"The newsrooms are: {names}.")
    return newsroom


def _line(key: Key) -> str:
    used = f"used {shown_time(key.last_used)}" if key.last_used else "never used"
    state = f"ended {shown_time(key.revoked)}" if key.revoked else used
    return f"{key.id}  {max(key.scopes, key=SCOPES.index):<5}  {state:<28}  {key.name}"
