"""Signing in by mail: who may ask for a link, and the mail that brings it."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final
from urllib.parse import quote

from storydiff.digest import address
from storydiff.digest.links import SIGN_IN, Links
from storydiff.digest.mail import Envelope, message, message_id
from storydiff.digest.page import Action, Letter
from storydiff.digest.phrases import local
from storydiff.digest.send import Mailer, Stage
from storydiff.pipeline.desk import Desk
from storydiff.settings import Settings
from storydiff.store import Grant, Pass, PassKind

MOST: Final = 3
"""Links of one address that are valid at the same time: whoever asks again and again sends nobody a flood of mail."""
SECONDS: Final = 10.0
"""For one answer of the mail server: somebody waits for this mail."""
SCOPE: Final = "write"
"""What people may do: all but keys and settings of the newsroom, which need an admin key."""
log = logging.getLogger(__name__)


def takes_mail(settings: Settings) -> bool:
    """Whether links to sign in with can be asked for by mail here."""
    return bool(settings.sign_in and settings.smtp_host and settings.mail_from and settings.web_url)


def newsrooms_of(settings: Settings, to: str) -> tuple[str, ...]:
    """The newsrooms that this address may read: those set for the address itself, else those for its domain."""
    found: dict[str, list[str]] = {}
    for entry in settings.sign_in:
        who, _, newsroom = entry.partition(":")
        found.setdefault(who.lower().removeprefix("@"), []).append(newsroom)
    whole = to.lower()
    return tuple(dict.fromkeys(found.get(whole) or found.get(whole.rpartition("@")[2], [])))


def is_let_in(settings: Settings, held: Pass) -> bool:
    """Whether a session of a person still stands: the settings may have changed since it began."""
    return held.grant.address is None or held.newsroom in newsrooms_of(settings, held.grant.address)


def send_link(desk: Desk, to: str, goal: str = "") -> bool:
    """Mail links to that address, one for each newsroom that it may read; False when nothing was sent.

    `goal` is the path that the link leads to in the end. Never raises for what a mail server does: whoever asked is
    told the same in every case, and the log says what happened.
    """
    person = to.lower()
    rooms = [room for room in newsrooms_of(desk.settings, person) if _may_have_more(desk, room, person)]
    if not rooms:
        return False
    made = {room: _made(desk, room, person) for room in rooms}
    sender, now = address.sender(desk.settings.mail_from), desk.clock()
    first = next(iter(made.values()))[0]
    links = tuple(_action(desk, room, secret, goal) for room, (_, secret) in made.items())
    envelope = Envelope(sender=sender, recipient=to, date=now, message_id=message_id(f"in_{first.name}", sender))
    with Mailer(desk.settings, seconds=SECONDS) as mailer:
        reply = mailer.send(to, message(letter(links, first.expires, person), envelope))
    if reply.stage is Stage.ACCEPTED:
        return True
    log.warning("a link to sign in with could not be mailed: %s", reply.said)
    for room, (held, _) in made.items():
        desk.store.of(room).passes.end(held.name)
    return False


def letter(links: tuple[Action, ...], expires: datetime, person: str) -> Letter:
    """The mail: what was asked for, one button, or one for each newsroom, and what to do when one did not ask."""
    return Letter(
        subject="Sign in to storydiff",
        title="storydiff",
        when="",
        tally=f"A link to sign in was asked for by {person}. It works once, until {local(expires, 'UTC')}.",
        blocks=(),
        main=links,
        foot=("If you did not ask for it, ignore this mail: nobody comes in without the link.",),
        actions=(),
    )


def _may_have_more(desk: Desk, room: str, person: str) -> bool:
    store = desk.store.of(room)
    if room and store.newsrooms.get(room) is None:
        log.warning("STORYDIFF_SIGN_IN names the newsroom %s, which does not exist", room)
        return False
    held = store.passes.list(PassKind.LINK, now=desk.clock())
    return sum(each.grant.address == person for each in held) < MOST


def _made(desk: Desk, room: str, person: str) -> tuple[Pass, str]:
    grant = Grant(scope=SCOPE, address=person)
    return desk.store.of(room).passes.create(PassKind.LINK, grant, now=desk.clock())


def _action(desk: Desk, room: str, secret: str, goal: str) -> Action:
    path = Links(desk.settings.web_url).to(SIGN_IN, token=secret) or ""
    further = f"&next={quote(goal, safe='')}" if goal else ""
    return f"Sign in to {room}" if room else "Sign in", path + further
