"""What people do about sources and suggestions: have a source watched, take a suggestion, or dismiss it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from storydiff.discover.addresses import absolute, key_of
from storydiff.errors import AddressRefused
from storydiff.pipeline.desk import Desk
from storydiff.pipeline.intake import admitted, take_pages
from storydiff.store import Job, MatchState, Source, Suggestion

LONGEST = 2000
"""Characters of an address, as `discover.addresses` has it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A suggestion that was taken, with the job that follows its page."""

    suggestion: Suggestion
    job: Job


def watch_source(desk: Desk, url: str, *, name: str = "", adds: bool = True) -> Source:
    """Have an address read from now on. AddressRefused, SourceKnown, TooManySources."""
    (url,) = admitted(desk.settings, [url])
    clean = absolute(url, url)
    if clean is None:
        raise AddressRefused("The address cannot be read.", hint="Write it like https://outlet.example/feed.")
    # The fragment goes; parameters stay as they are written, since some feeds are told apart by them.
    kept = urlsplit(url)._replace(fragment="").geturl()
    most = desk.settings.sources
    return desk.store.sources.create(kept, key_of(kept), now=desk.clock(), most=most, name=name, adds=adds)


def accept(desk: Desk, slug: str, suggestion: str) -> Taken | None:
    """Add what was suggested to its story, as if it had been posted; None when it is decided, or was never suggested.

    UnknownStory. The page is watched before the decision is written: what breaks off in between can be done again.
    """
    found = desk.store.matches.get(slug, suggestion)
    if found is None or found.state is not MatchState.SUGGESTED:
        return None
    job = take_pages(desk, slug, [found.url])
    decided = desk.store.matches.decide(slug, suggestion, MatchState.ACCEPTED, now=desk.clock())
    return Taken(decided or found, job)


def dismiss(desk: Desk, slug: str, suggestion: str) -> Suggestion | None:
    """Never suggest it for this story again; None when it is decided, or was never suggested. UnknownStory."""
    return desk.store.matches.decide(slug, suggestion, MatchState.DISMISSED, now=desk.clock())
