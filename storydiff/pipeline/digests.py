"""Digests from subscribing to sending. The command line, a worker and the web pages call these and nothing else.

Sending has two steps: `preparing` decides for each due subscription what is new and keeps the finished mails; then each
mail that is kept and due is handed over, one at a time, and how that went is noted before the next. A process that dies
anywhere in between loses nothing: the next call goes on, and at most the one mail it held is sent a second time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from storydiff.digest import address, schedule
from storydiff.digest.describe import invitation
from storydiff.digest.mail import Envelope, message, message_id
from storydiff.digest.page import Letter
from storydiff.digest.send import Mailer, Stage, ready
from storydiff.digest.tokens import Purpose, Signer
from storydiff.errors import MailError
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.handing import LEASE, UNHURRIED, Haste, hand_over, owner
from storydiff.pipeline.preparing import Shelf, action, composed, letter_of, prepare
from storydiff.store import DigestState, Subscription, SubscriptionState, Timing, Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a call of `send_due` did, in mails."""

    prepared: int = 0
    sent: int = 0
    waiting: int = 0
    """Could not be handed over now; will be tried again."""
    failed: int = 0
    trouble: str = ""
    """Why the mail server could not be used."""


def subscribe(desk: Desk, to: str, wants: Wants, timing: Timing) -> Subscription:
    """A new subscription; the address is asked to confirm it. BadAddress, BadSetting; MailError when mail fails.

    When the mail cannot be sent the subscription stays, and `ask` sends it again.
    """
    _equipped(desk)
    where = address.checked(to)
    return ask(desk, desk.store.subscriptions.create(where, wants, schedule.checked(timing), now=desk.clock()).id)


def ask(desk: Desk, subscription: str) -> Subscription:
    """Send the mail that asks for confirmation. An address that has confirmed is not asked again."""
    found = desk.store.subscriptions.get(subscription)
    if found.state is not SubscriptionState.PENDING:
        return found
    sender, now = address.sender(desk.settings.mail_from), desk.clock()
    token = Signer.of(desk.settings.signing_secret).token(Purpose.CONFIRM, found.id, now)
    name = f"ask_{hashlib.sha256(token.encode()).hexdigest()[:24]}"
    text = message(
        invitation(found, action(desk, Purpose.CONFIRM, token), now),
        Envelope(sender=sender, recipient=found.address, date=now, message_id=message_id(name, sender)),
    )
    with Mailer(desk.settings) as mailer:
        reply = mailer.send(found.address, text)
    if reply.stage is not Stage.ACCEPTED:
        raise MailError(f"{found.address} could not be asked to confirm: {reply.said}")
    return desk.store.subscriptions.asked(found.id, now=now)


def confirm(desk: Desk, token: str) -> Subscription:
    """What the link in that mail does; BadToken."""
    return desk.store.subscriptions.confirm(_read(desk, Purpose.CONFIRM, token), now=desk.clock())


def unsubscribe(desk: Desk, token: str) -> Subscription:
    """What the link in every digest does, also as a single POST; doing it twice is no error. BadToken."""
    return desk.store.subscriptions.end(_read(desk, Purpose.UNSUBSCRIBE, token), now=desk.clock())


def subscription_of(desk: Desk, token: str) -> Subscription:
    """The subscription that a settings link opens; BadToken."""
    return desk.store.subscriptions.get(_read(desk, Purpose.SETTINGS, token))


def change(desk: Desk, subscription: str, wants: Wants, timing: Timing) -> Subscription:
    """The subscription with other wants and times; BadSetting, UnknownSubscription."""
    return desk.store.subscriptions.change(subscription, wants, schedule.checked(timing))


def preview(desk: Desk, subscription: Subscription) -> Letter:
    """The next mail, about all stories at once, as it would be now. Nothing is kept or sent."""
    now = desk.clock()
    digest = composed(Shelf(desk), replace(subscription, confirmed=subscription.confirmed or now), now)
    return letter_of(desk, subscription, digest, now)


def send_due(desk: Desk, now: datetime | None = None, *, only: str | None = None, haste: Haste = UNHURRIED) -> Sent:
    """Prepare what is due in the desk's newsroom, and hand over every mail that waits. BadSetting.

    `only` names a subscription that is sent now, whatever its schedule says; no other is prepared. What `haste` leaves
    no time for waits for the next call.
    """
    _equipped(desk)
    now = now or desk.clock()
    prepared = prepare(desk, now, owner=owner(), until=now + LEASE, only=only)
    done: list[DigestState] = []
    trouble = ""
    with Mailer(desk.settings, seconds=haste.answer) as mailer:
        try:
            done.extend(hand_over(desk, desk.store.digests, mailer, now, now + haste.run))
        except MailError as error:
            trouble = error.message
    counts = {state: done.count(state) for state in DigestState}
    return Sent(
        prepared=prepared,
        sent=counts[DigestState.SENT],
        waiting=counts[DigestState.WAITING],
        failed=counts[DigestState.FAILED],
        trouble=trouble,
    )


def _equipped(desk: Desk) -> None:
    """BadSetting when mails could not be sent with these settings."""
    ready(desk.settings)
    address.sender(desk.settings.mail_from)
    Signer.of(desk.settings.signing_secret)


def _read(desk: Desk, purpose: Purpose, token: str) -> str:
    return Signer.of(desk.settings.signing_secret).read(purpose, token, desk.clock())
