"""Whether an outlet can still be read: a pure decision over how the last attempts went.

The thresholds are judgements, set so that one bad page or one bad hour is no alarm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from storydiff.store import Visit

WINDOW = timedelta(days=14)
"""How far back attempts are looked at."""
RECENT, ENOUGH = 10, 5
"""How many of the last attempts count, and how many there must be."""
SHARE = 0.6
"""The share of the recent attempts that must have gone wrong in the same way."""
SILENT = timedelta(hours=6)
"""An outlet that gave no answer for so long is not reached."""
SHRUNK = 0.4
"""Texts of less than this share of the usual length are pieces: the page's form has changed."""
READ = frozenset({"complete", "truncated", "unchanged"})
WALLS = frozenset({"consent_wall", "paywall", "needs_javascript", "hidden_text"})
REFUSALS = frozenset({"forbidden", "robots_denied", "rate_limited"})
NO_ARTICLE = frozenset({"no_article", "not_an_article", "error_page", "empty_page"})
ABSENT = frozenset({"not_found", "gone"})
"""A page that was taken down says nothing about its outlet."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Why an outlet cannot be read."""

    code: str
    message: str


def failing(visits: Sequence[Visit], now: datetime) -> Failing | None:
    """What is wrong with an outlet; None when nothing is, or not enough is known. `visits` oldest first."""
    known = [visit for visit in visits if visit.code not in ABSENT]
    return _unreached(known, now) or _shut(known[-RECENT:]) or _shrunk(known)


def _shut(recent: Sequence[Visit]) -> Failing | None:
    """Most of the recent pages gave the same sort of obstacle."""
    if len(recent) < ENOUGH:
        return None
    for codes, code, says in OBSTACLES:
        count = sum(visit.code in codes for visit in recent)
        if count >= SHARE * len(recent):
            return Failing(code, f"{count} of the last {len(recent)} pages {says}.")
    return None


OBSTACLES = (
    (WALLS, "walled", "showed a consent or subscription wall instead of the article"),
    (REFUSALS, "refused", "were refused to us"),
    (NO_ARTICLE, "no_articles", "held no article that could be read"),
)


def _unreached(visits: Sequence[Visit], now: datetime) -> Failing | None:
    """No page was answered for a while although several were asked for."""
    answered = READ | WALLS | REFUSALS | NO_ARTICLE
    last = max((number for number, visit in enumerate(visits) if visit.code in answered), default=-1)
    since = visits[last + 1 :]
    if len(since) < ENOUGH or now - since[0].at < SILENT:
        return None
    [(code, _)] = Counter(visit.code for visit in since).most_common(1)
    return Failing("not_reached", f"Not reached since {since[0].at:%Y-%m-%d %H:%M} UTC ({code.replace('_', ' ')}).")


def _shrunk(visits: Sequence[Visit]) -> Failing | None:
    """The last texts are a fraction of what the outlet's texts were."""
    lengths = [visit.words for visit in visits if visit.words]
    recent, before = lengths[-ENOUGH:], lengths[:-ENOUGH]
    if len(before) < ENOUGH or median(recent) >= SHRUNK * median(before):
        return None
    return Failing("shrunk", f"The last texts have {median(recent):.0f} words, those before had {median(before):.0f}.")
