"""`storydiff digest`: who gets which mail, what it would say, and sending it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from storydiff.cli.failures import printable
from storydiff.cli.groups import Group
from storydiff.cli.options import clock, kept, settings, write
from storydiff.digest.describe import DAYS, described
from storydiff.digest.html import to_html
from storydiff.digest.phrases import local
from storydiff.digest.plain import to_text
from storydiff.digest.schedule import next_slot
from storydiff.errors import MailError, UnknownSubscription
from storydiff.pipeline import digests
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.store import Rhythm, Subscription, SubscriptionState, Timing, Wants

F = TypeVar("F", bound=Callable[..., Any])
RHYTHMS = [rhythm.value for rhythm in Rhythm]


class Hours(click.ParamType["tuple[int, int]"]):
    """Two hours, such as 22-6."""

    name = "FROM-TO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """The two as numbers; the command checks whether they are hours."""
        parts = str(value).split("-")
        if len(parts) != 2 or not all(part.isdigit() for part in parts):
            self.fail(f"{value!r} must look like 22-6.", param, ctx)
        return int(parts[0]), int(parts[1])


def wishes(command: F) -> F:
    """Adds the options that say what a reader wants, and when."""
    for option in reversed(
        [
            click.option("--ours", metavar="OUTLET", help="The outlet whose desk reads: we lack, we differ."),
            click.option("--story", "stories", multiple=True, metavar="SLUG", help="Only this story; may be repeated."),
            click.option("--outlet", "outlets", multiple=True, help="Only what is about this outlet; repeatable."),
            click.option("--term", "terms", multiple=True, help="Only what has this word or phrase; repeatable."),
            click.option("--language", "languages", multiple=True, help="Only texts in it, such as en; repeatable."),
            click.option(
                "--sources", type=click.IntRange(1), default=2, show_default=True, help="Independent sources needed."
            ),
            click.option("--every", type=click.Choice(RHYTHMS), default="daily", show_default=True, help="How often."),
            click.option("--at", "hour", type=click.IntRange(0, 23), default=7, show_default=True, help="The hour."),
            click.option("--day", type=click.Choice(DAYS, case_sensitive=False), help="Of the weekly digest."),
            click.option("--zone", default="UTC", show_default=True, help="Time zone, such as Europe/Vienna."),
            click.option("--quiet", type=Hours(), help="Hours without mail, such as 22-6."),
            click.option("--always", is_flag=True, help="Send daily and weekly digests also when nothing is new."),
        ]
    ):
        command = option(command)
    return command


@click.group("digest", cls=Group)
def command() -> None:
    """Digests by mail: subscribe, list, preview, send, unsubscribe."""


@command.command("subscribe")
@click.argument("address")
@wishes
@kept
def subscribe(address: str, db: str | None, **wished: Any) -> None:
    """Enter ADDRESS for a digest. Nothing is sent before it has confirmed by the link in the mail it gets now.

    \b
    storydiff digest subscribe desk@paper.example --ours 'Harbour Post' --at 7 --zone Europe/Vienna
    storydiff digest subscribe night@paper.example --story flood --every hourly --quiet 1-6
    """
    with _desk(db) as desk:
        made = digests.subscribe(desk, address, *_wished(wished))
    click.echo(f"{made.id}: a mail to {made.address} asks to confirm: {printable(described(made))}.")


@command.command("confirm")
@click.argument("token")
@kept
def confirm(token: str, db: str | None) -> None:
    """Confirm a subscription by the TOKEN in its mail."""
    with _desk(db) as desk:
        found = digests.confirm(desk, token)
    if found.state is not SubscriptionState.ACTIVE:
        raise UnknownSubscription("This subscription has ended.", hint="Subscribe again.")
    click.echo(f"{found.address} gets digests: {printable(described(found))}.")


@command.command("list")
@click.option("--all", "ended", is_flag=True, help="Those that have ended too.")
@kept
def list_(db: str | None, *, ended: bool) -> None:
    """Every subscription: its state, and when it was sent last and comes next."""
    with _desk(db) as desk:
        found = desk.store.subscriptions.list(ended=ended)
    if not found:
        click.echo("Nobody is subscribed yet; `storydiff digest subscribe ADDRESS` enters somebody.", err=True)
    for each in found:
        click.echo(printable(f"{each.id}  {each.address}  {_state(each)}"))
        click.echo(printable(f"    {described(each)}"))
        if each.sends:
            sent = f"sent {local(each.sent, each.timing.zone)}" if each.sent else "never sent"
            click.echo(f"    {sent}, next {local(next_slot(each.timing, clock()), each.timing.zone)} at the earliest")


@command.command("ask")
@click.argument("subscription")
@kept
def ask(subscription: str, db: str | None) -> None:
    """Send the mail that asks SUBSCRIPTION's address for confirmation again."""
    with _desk(db) as desk:
        found = digests.ask(desk, subscription)
    asked = found.state is SubscriptionState.PENDING
    click.echo(f"{found.address} was asked again." if asked else f"{found.address} needs no asking: {_state(found)}.")


@command.command("preview")
@click.argument("subscription")
@click.option("--html", type=click.Path(dir_okay=False), metavar="FILE", help="Also write the HTML part.")
@kept
def preview(subscription: str, html: str | None, db: str | None) -> None:
    """Show the mail that SUBSCRIPTION would get now: all that is new to its reader. Nothing is sent or noted."""
    with _desk(db) as desk:
        letter = digests.preview(desk, desk.store.subscriptions.get(subscription))
    click.echo(f"Subject: {letter.subject}\n\n{to_text(letter)}", nl=False)
    if html:
        write(to_html(letter), html)


@command.command("send")
@click.option("--now", "only", metavar="SUBSCRIPTION", help="Send this one now, whatever its schedule says.")
@kept
def send(only: str | None, db: str | None) -> None:
    """Send every digest that is due, and what could not be sent before. Run it often, by cron for instance."""
    with _desk(db) as desk:
        if only is not None:
            _may_get(desk.store.subscriptions.get(only))
        done = digests.send_due(desk, only=only)
    click.echo(f"{done.prepared} prepared, {done.sent} sent, {done.waiting} to be tried again, {done.failed} given up")
    if done.trouble:
        raise MailError(done.trouble)


@command.command("unsubscribe")
@click.argument("which")
@click.option("--forget", is_flag=True, help="WHICH is an address: delete all that is known of it.")
@kept
def unsubscribe(which: str, db: str | None, *, forget: bool) -> None:
    """End a subscription. WHICH is its id, its address (ends all of it), or the token in a mail."""
    with _desk(db) as desk:
        if forget:
            if not desk.store.subscriptions.forget(which):
                raise UnknownSubscription(f"Nobody with the address {which} is known here.")
            click.echo(f"{which} is forgotten.")
            return
        for each in _ended(desk, which):
            click.echo(f"{each.id} has ended: {each.address} gets no more of it.")


@command.command("resume")
@click.argument("address")
@kept
def resume(address: str, db: str | None) -> None:
    """Send to ADDRESS again, after it was paused because the mail server refused it."""
    with _desk(db) as desk:
        if not desk.store.subscriptions.resume(address):
            raise UnknownSubscription(f"Nobody with the address {address} is known here.")
    click.echo(f"{address} gets digests again.")


@contextmanager
def _desk(db: str | None) -> Iterator[Desk]:
    with open_desk(settings(db), clock, keep_pages=False) as desk:
        yield desk


def _wished(given: dict[str, Any]) -> tuple[Wants, Timing]:
    day = DAYS.index(given["day"].capitalize()) if given["day"] else 0
    timing = {"hour": given["hour"], "weekday": day, "zone": given["zone"], "quiet": given["quiet"] or ()}
    names = ("ours", "stories", "outlets", "terms", "languages", "sources")
    wants = Wants(**{name: given[name] for name in names})
    return wants, Timing(rhythm=Rhythm(given["every"]), always=given["always"], **timing)


def _ended(desk: Desk, which: str) -> tuple[Subscription, ...]:
    """What ended; a token in a mail is tried when it is neither address nor id."""
    store, now = desk.store.subscriptions, clock()
    if "@" in which:
        found = store.list(which)
        if not found:
            raise UnknownSubscription(f"{which} is not subscribed.")
        return tuple(store.end(each.id, now=now) for each in found)
    if which.startswith("sub_"):
        return (store.end(which, now=now),)
    return (digests.unsubscribe(desk, which),)


def _may_get(subscription: Subscription) -> None:
    if not subscription.sends:
        raise UnknownSubscription(f"{subscription.address} gets no mail: {_state(subscription)}.", hint=" ")


def _state(subscription: Subscription) -> str:
    if subscription.paused is not None:
        return f"paused: {subscription.reason}"
    if subscription.state is SubscriptionState.PENDING:
        return "waits for confirmation"
    return subscription.state.value
