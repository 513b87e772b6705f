"""Notices: mail to those who must know that an endpoint was paused, or that an outlet cannot be read.

Each alert is told once for each time that it comes up, to the contact of the endpoint, else to the newsroom's. What
goes wrong together goes into one mail. Where nobody is to be told yet, the alert waits until there is somebody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from storydiff.digest import address
from storydiff.digest.mail import Envelope, message, message_id
from storydiff.digest.notices import notice
from storydiff.digest.send import Mailer, ready
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.handing import UNHURRIED, Haste, hand_over
from storydiff.store import Alert, DigestState, Endpoint, Notice

GRACE = {"watch": timedelta(minutes=10)}
"""How long something must be wrong before a mail says so: an outlet that comes back within it was a hiccup."""


def send_notices(desk: Desk, now: datetime | None = None, *, haste: Haste = UNHURRIED) -> int:
    """Tell by mail what is wrong in the desk's newsroom and was not told yet; gives how many mails went out.

    BadSetting without a sender; MailError when the mail server cannot be reached: everything waits then.
    """
    ready(desk.settings)
    now = now or desk.clock()
    for each in _composed(desk, now):
        desk.store.notices.prepare(each, now=now)
    with Mailer(desk.settings, seconds=haste.answer) as mailer:
        done = list(hand_over(desk, desk.store.notices, mailer, now, now + haste.run))
    return done.count(DigestState.SENT)


def _composed(desk: Desk, now: datetime) -> Iterator[Notice]:
    """One mail for each address that is to be told of something."""
    endpoints = {each.id: each for each in desk.store.endpoints.list()}
    known = desk.store.newsrooms.get(desk.store.newsroom)
    whom: dict[str, list[Alert]] = {}
    for alert in desk.store.notices.unsaid():
        endpoint = endpoints.get(alert.subject) if alert.kind == "endpoint" else None
        to = (endpoint.contact if endpoint else None) or (known.contact if known else None)
        if to and now - alert.since >= GRACE.get(alert.kind, timedelta(0)):
            whom.setdefault(to, []).append(alert)
    for to, alerts in whom.items():
        yield _mail(desk, to, alerts, endpoints, now)


def _mail(desk: Desk, to: str, alerts: Sequence[Alert], endpoints: dict[str, Endpoint], now: datetime) -> Notice:
    sender = address.sender(desk.settings.mail_from)
    said = "\n".join([desk.store.newsroom, to, *(f"{each.kind} {each.subject} {each.since}" for each in alerts)])
    name = f"ntc_{hashlib.sha256(said.encode('utf8', 'surrogatepass')).hexdigest()[:24]}"
    envelope = Envelope(sender=sender, recipient=to, date=now, message_id=message_id(name, sender))
    return Notice(id=name, address=to, message=message(notice(alerts, endpoints, now), envelope), alerts=tuple(alerts))
