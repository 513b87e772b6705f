"""How far a job is, page by page: a pure function of what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storydiff.model import Extent
from storydiff.store import Check, Job, JobState

IDLE = timedelta(seconds=30)
"""Pages wait so long at most while workers run and nothing else is to be fetched: they look every few seconds."""


class Stage(StrEnum):
    """How far one page is."""

    WAITING = "waiting"
    READ = "read"
    PART = "part"
    UNREAD = "unread"
    SAME = "same"
    """It led to an article that another address led to already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored of an article."""

    outlet: str
    headline: str | None
    extent: Extent
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One page."""

    url: str
    host: str
    outlet: str | None
    headline: str | None
    stage: Stage
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All of it. Two that are equal look the same."""

    story: str
    title: str
    state: JobState
    lines: tuple[Line, ...]
    collation: int | None
    is_idle: bool
    """Nothing has happened for so long that no worker seems to run."""

    @property
    def done(self) -> int:
        """Pages that were tried."""
        return sum(line.stage is not Stage.WAITING for line in self.lines)

    @property
    def readable(self) -> int:
        """Articles of which some text could be read."""
        return sum(line.stage in (Stage.READ, Stage.PART) for line in self.lines)

    @property
    def has_ended(self) -> bool:
        """Nothing more will come."""
        return self.state in (JobState.DONE, JobState.FAILED)


def progress_of(job: Job, title: str, checks: Sequence[Check], known: Mapping[str, Known], now: datetime) -> Progress:
    """The progress of a job that fetches pages of a story; `known` is by article."""
    begun = job.created or now
    ours = [check for check in checks if _is_part(check, begun, now)]
    last = max([begun, *(check.checked for check in ours if check.checked is not None)])
    is_open = job.state in (JobState.QUEUED, JobState.RUNNING)
    return Progress(
        story=job.story or "",
        title=title,
        state=job.state,
        lines=tuple(_lines(ours, known, begun)),
        collation=(job.result or {}).get("collation"),
        is_idle=is_open and now - last > IDLE,
    )


def _is_part(check: Check, begun: datetime, now: datetime) -> bool:
    """Whether the job is about that page: it was tried since, or is due."""
    tried = check.checked is not None and check.checked >= begun
    return tried or (check.next_check is not None and check.next_check <= now) or check.added >= begun


def _lines(checks: Sequence[Check], known: Mapping[str, Known], begun: datetime) -> Iterator[Line]:
    seen: set[str] = set()
    for check in checks:
        found = known.get(check.article) if check.article else None
        stage, why = _stage(check, found, begun, seen)
        yield Line(
            url=check.url,
            host=check.host,
            outlet=found.outlet if found else None,
            headline=found.headline if found and stage is not Stage.WAITING else None,
            stage=stage,
            why=why,
        )
        if check.article and stage is not Stage.WAITING:
            seen.add(check.article)


def _stage(check: Check, found: Known | None, begun: datetime, seen: set[str]) -> tuple[Stage, str]:
    if check.checked is None or check.checked < begun:
        return Stage.WAITING, ""
    if check.article in seen:
        return Stage.SAME, "The same article as above."
    if found is None:
        return Stage.UNREAD, "The page could not be fetched."
    if check.failures or found.extent is Extent.BLOCKED:
        return Stage.UNREAD, found.trouble or "No article could be read there."
    if found.extent is Extent.TRUNCATED:
        return Stage.PART, "Only the beginning could be read; nothing is said to be missing in it."
    return Stage.READ, ""
