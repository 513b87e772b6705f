"""A subscription in words, and the mail that asks whether it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from storydiff.digest.page import Action, Letter
from storydiff.digest.phrases import cut, local
from storydiff.digest.tokens import LIVES, Purpose
from storydiff.report.phrases import count
from storydiff.store import Rhythm, Subscription, Timing, Wants

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def described(subscription: Subscription) -> str:
    """ "daily at 7:00 (Europe/Vienna), as The Province reads it, from 2 independent sources"."""
    return ", ".join([*_when(subscription.timing), *_what(subscription.wants)])


def invitation(subscription: Subscription, action: Action, now: datetime) -> Letter:
    """The mail that asks for confirmation. Whoever did not subscribe need do nothing, and gets nothing."""
    until = local(now + LIVES[Purpose.CONFIRM], subscription.timing.zone)
    return Letter(
        subject="Please confirm your storydiff digest",
        title="storydiff digest",
        when="",
        tally=f"{subscription.address} was entered for a digest: {described(subscription)}.",
        blocks=(),
        foot=(
            f"Please confirm before {until} that you want it. Without that nothing is sent.",
            "If you did not ask for this, ignore this mail, and nothing comes of it.",
        ),
        main=(action,),
        actions=(),
    )


def _when(timing: Timing) -> Iterator[str]:
    if timing.rhythm is Rhythm.HOURLY:
        yield "hourly while a story breaks"
    else:
        day = f"every {DAYS[timing.weekday]}" if timing.rhythm is Rhythm.WEEKLY else "daily"
        yield f"{day} at {timing.hour}:00 ({timing.zone})"
    if timing.quiet:
        yield f"never between {timing.quiet[0]}:00 and {timing.quiet[1]}:00 ({timing.zone})"
    if timing.always:
        yield "also when nothing is new"


def _what(wants: Wants) -> Iterator[str]:
    if wants.ours:
        yield f"as {cut(wants.ours, 60)} reads it"
    lists = {"stories": wants.stories, "outlets": wants.outlets, "terms": wants.terms, "languages": wants.languages}
    yield from (f"{name}: {cut('; '.join(values), 200)}" for name, values in lists.items() if values)
    yield f"from {count(wants.sources, 'independent source')}"
