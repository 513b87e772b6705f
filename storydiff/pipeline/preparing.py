"""Preparing digests: for each subscription whose time has come, what is new to its reader, as finished mails.

One process at a time composes for a person, so two subscriptions never tell the same thing. What is kept is booked as
told in the same transaction in which the moment of the schedule is marked as dealt with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property, lru_cache

from storydiff.digest import address, schedule
from storydiff.digest.compose import BREAKING, Digest, breaks, compose
from storydiff.digest.describe import described
from storydiff.digest.links import PURPOSES, Links
from storydiff.digest.mail import Envelope, message, message_id
from storydiff.digest.page import Action, Letter, letter
from storydiff.digest.tokens import Purpose, Signer
from storydiff.model import Collation
from storydiff.pipeline.desk import Desk
from storydiff.store import Mail, Rhythm, Subscription

KEPT = 64
"""Collations kept in memory while one subscription after the other asks for them."""
LABELS = {
    Purpose.CONFIRM: "Confirm",
    Purpose.UNSUBSCRIBE: "Unsubscribe",
    Purpose.SETTINGS: "Change what you get",
}
COMMANDS = {
    Purpose.CONFIRM: "storydiff digest confirm {token}",
    Purpose.UNSUBSCRIBE: "storydiff digest unsubscribe {token}",
}
"""What does the same where there are no web pages."""


class Shelf:
    """The latest collations of a newsroom's stories, each read once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._latest = lru_cache(KEPT)(desk.store.collations.latest)

    @cached_property
    def _collated(self) -> dict[str, datetime]:
        return {each.story.slug: each.collated for each in self.desk.store.stories.list() if each.collated}

    def since(self, moment: datetime, slugs: tuple[str, ...]) -> list[Collation]:
        """Of the stories that were compared after that moment: those named, or all; the latest compared first."""
        found = {slug: at for slug, at in self._collated.items() if at > moment and (not slugs or slug in slugs)}
        collations = (self._latest(slug) for slug in sorted(found, key=lambda slug: (found[slug], slug), reverse=True))
        return [each for each in collations if each is not None]


def prepare(desk: Desk, now: datetime, *, owner: str, until: datetime, only: str | None = None) -> int:
    """Keep the mails of every subscription that is due (or of `only`, due or not); gives how many."""
    shelf, prepared = Shelf(desk), 0
    for subscription in desk.store.subscriptions.list():
        slot = now if subscription.id == only else schedule.due_slot(subscription, now) if only is None else None
        if slot is None or not subscription.sends:
            continue
        with desk.store.subscriptions.claimed(subscription.address, owner, now=now, until=until) as held:
            prepared += _kept(shelf, subscription, slot, now) if held else 0
    return prepared


def composed(shelf: Shelf, subscription: Subscription, now: datetime) -> Digest:
    """What is new to the reader, of all stories together."""
    desk = shelf.desk
    return compose(
        shelf.since(schedule.begin_of(subscription, now), subscription.wants.stories),
        subscription.wants,
        told=desk.store.digests.told(subscription.address),
        now=now,
        since=subscription.sent,
        alerts=desk.store.alerts.list(),
    )


def letter_of(desk: Desk, subscription: Subscription, digest: Digest, now: datetime) -> Letter:
    """The digest as a letter, with links that work for this reader."""
    purposes = [each for each in (Purpose.SETTINGS, Purpose.UNSUBSCRIBE) if desk.settings.web_url or each in COMMANDS]
    signer = Signer.of(desk.settings.signing_secret)
    return letter(
        digest,
        Links(desk.settings.web_url),
        subscription.timing.zone,
        foot=(f"{subscription.address} gets this: {described(subscription)}.",),
        actions=tuple(action(desk, each, signer.token(each, subscription.id, now)) for each in purposes),
    )


def action(desk: Desk, purpose: Purpose, token: str) -> Action:
    """A link that does this, or the command that does where there are no web pages."""
    link = Links(desk.settings.web_url).to(PURPOSES[purpose], token=token)
    return LABELS[purpose], link or COMMANDS[purpose].format(token=token)


def _kept(shelf: Shelf, subscription: Subscription, slot: datetime, now: datetime) -> int:
    mails = [_mail(shelf.desk, subscription, digest, slot) for digest in _digests(shelf, subscription, now)]
    return len(mails) if shelf.desk.store.digests.prepare(subscription.id, slot, mails, now=now) else 0


def _digests(shelf: Shelf, subscription: Subscription, now: datetime) -> Iterator[Digest]:
    """One of all stories; of an hourly subscription one for each story that breaks. Empty ones only where wanted."""
    if subscription.timing.rhythm is not Rhythm.HOURLY:
        digest = composed(shelf, subscription, now)
        if digest.items or subscription.timing.always:
            yield digest
        return
    told = shelf.desk.store.digests.told(subscription.address)
    begin = max(schedule.begin_of(subscription, now), now - BREAKING)
    for each in shelf.since(begin, subscription.wants.stories):
        digest = compose([each], subscription.wants, told=told, now=now, since=subscription.sent)
        if digest.items and breaks(each, now):
            yield digest


def _mail(desk: Desk, subscription: Subscription, digest: Digest, slot: datetime) -> Mail:
    story = digest.stories[0] if len(digest.stories) == 1 else None
    sender, store = address.sender(desk.settings.mail_from), desk.store
    token = Signer.of(desk.settings.signing_secret).token(Purpose.UNSUBSCRIBE, subscription.id, digest.now)
    said = f"{store.newsroom}\n{subscription.id}\n{slot.isoformat()}\n{story}"
    name = f"dig_{hashlib.sha256(said.encode()).hexdigest()[:24]}"
    envelope = Envelope(
        sender=sender,
        recipient=subscription.address,
        list_name=store.newsroom,
        date=digest.now,
        message_id=message_id(name, sender),
        unsubscribe=Links(desk.settings.web_url).to(PURPOSES[Purpose.UNSUBSCRIBE], token=token),
        token=token,
        thread=store.digests.thread(subscription.id, story) if story else (),
    )
    return Mail(
        id=name,
        story=story,
        message_id=envelope.message_id,
        message=message(letter_of(desk, subscription, digest, digest.now), envelope),
        items=digest.items,
        keys=digest.keys,
    )
