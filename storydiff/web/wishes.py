"""A subscription as a form: from values to fields and back, with every mistake said at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from storydiff.digest import schedule
from storydiff.digest.describe import DAYS
from storydiff.errors import BadSetting
from storydiff.pipeline.naming import SLUG
from storydiff.store import Rhythm, Timing, Wants
from storydiff.web.call import Fields

ENTRIES, LENGTH = 50, 200
"""Of a list, and characters of each entry."""
SOURCES = 50
LANGUAGE = re.compile(r"[a-z]{2,3}")
HOURS = range(24)
RHYTHMS = (
    (Rhythm.DAILY, "every day"),
    (Rhythm.WEEKLY, "every week"),
    (Rhythm.HOURLY, "every hour, while a story breaks"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """What the fields say. `troubles` is empty when it can be kept."""

    wants: Wants
    timing: Timing
    troubles: tuple[str, ...] = ()


def wished(form: Fields) -> Wished:
    """The fields as values; what cannot be understood has its default here, and is told."""
    wants = Wants(
        stories=tuple(each for each in form.all("story") if SLUG.fullmatch(each))[:ENTRIES],
        outlets=_list(form.text("outlets")),
        terms=_list(form.text("terms")),
        ours=form.text("ours")[:LENGTH] or None,
        languages=tuple(each.lower() for each in _list(form.text("languages").replace(" ", ","))),
        sources=form.number("sources") or 0,
    )
    timing = Timing(
        rhythm=next((each for each, _ in RHYTHMS if each.value == form.text("rhythm")), Rhythm.DAILY),
        hour=_hour(form.text("hour"), 7),
        weekday=_hour(form.text("weekday"), 0),
        zone=form.text("zone"),
        quiet=_quiet(form),
        always=form.text("always") == "1",
    )
    return Wished(wants=wants, timing=timing, troubles=tuple(_troubles(wants, timing)))


def fields(wants: Wants, timing: Timing) -> dict[str, Any]:
    """The values as the form shows them."""
    return {
        "stories": wants.stories,
        "outlets": "; ".join(wants.outlets),
        "terms": "; ".join(wants.terms),
        "ours": wants.ours or "",
        "languages": ", ".join(wants.languages),
        "sources": wants.sources or "",
        "rhythm": timing.rhythm.value,
        "hour": timing.hour,
        "weekday": timing.weekday,
        "zone": timing.zone,
        "quiet_from": timing.quiet[0] if timing.quiet else None,
        "quiet_to": timing.quiet[1] if timing.quiet else None,
        "always": timing.always,
        "days": tuple(enumerate(DAYS)),
        "hours": HOURS,
        "rhythms": RHYTHMS,
    }


def _troubles(wants: Wants, timing: Timing) -> Iterator[str]:
    odd = [each for each in wants.languages if not LANGUAGE.fullmatch(each)]
    if odd:
        yield f"Languages are codes such as en or de; “{odd[0]}” is none."
    if not 1 <= wants.sources <= SOURCES:
        yield f"The number of independent sources is from 1 to {SOURCES}."
    try:
        schedule.checked(timing)
    except BadSetting as error:
        yield f"{error.message} {error.hint}".strip()


def _list(text: str) -> tuple[str, ...]:
    """Entries that lines, commas or semicolons part, each once."""
    found = (" ".join(each.split())[:LENGTH] for each in re.split(r"[\n,;]", text))
    return tuple(dict.fromkeys(filter(None, found)))[:ENTRIES]


def _hour(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else default


def _quiet(form: Fields) -> tuple[int, ...]:
    begin, end = form.text("quiet_from"), form.text("quiet_to")
    if not begin and not end:
        return ()
    return tuple(_hour(each, -1) for each in (begin, end))
