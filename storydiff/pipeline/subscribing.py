"""Subscribing on the web pages: who may, and whose subscription a link in a mail is about."""

from __future__ import annotations

from storydiff.digest import address, schedule
from storydiff.digest.send import ready
from storydiff.digest.tokens import Purpose, Signer
from storydiff.errors import BadSetting, BadToken
from storydiff.pipeline.desk import Desk
from storydiff.settings import Settings
from storydiff.store import Subscription, Timing, Wants

READER = "paused by its reader"
"""Why mail is paused when no mail server asked for it."""


def lacking(settings: Settings) -> str:
    """Why no digest can be sent with these settings; empty when one can."""
    try:
        ready(settings)
        address.sender(settings.mail_from)
        Signer.of(settings.signing_secret)
    except BadSetting as error:
        return error.message
    return ""


def enter(desk: Desk, to: str, wants: Wants, timing: Timing, *, is_proven: bool) -> Subscription:
    """A new subscription. BadAddress, BadSetting.

    `is_proven`: the reader has just signed in by a mail to that very address, so it need not be asked. Otherwise the
    subscription waits, and `digests.ask` sends the mail that asks.
    """
    made = desk.store.subscriptions.create(address.checked(to), wants, schedule.checked(timing), now=desk.clock())
    return desk.store.subscriptions.confirm(made.id, now=desk.clock()) if is_proven else made


def subscription_of(desk: Desk, purpose: Purpose, token: str) -> Subscription:
    """The subscription, of whichever newsroom, that a link in a mail is about; BadToken when it is none of ours."""
    try:
        name = Signer.of(desk.settings.signing_secret).read(purpose, token, desk.clock())
    except BadSetting:
        raise BadToken from None
    newsroom = desk.store.subscriptions.newsroom_of(name)
    if newsroom is None:
        raise BadToken
    return desk.store.of(newsroom).subscriptions.get(name)
