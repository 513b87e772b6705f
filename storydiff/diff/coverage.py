"""What each version does with each point: reported, partial, conflicts, omitted or unknown.

The order of the questions keeps us from accusing an outlet of our own failure. First what cannot be judged: a version
that was taken for another story or could not be read. Then what the version says: its readings, against the statement
and the discrepancies. Silence is an omission only where the whole text was there to read, in a language that can be
compared, and where the text as a whole neither bears the statement out nor comes close to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storydiff.model import BODY_ROLES, Cell, Discrepancy, DiscrepancyType, Extent, Span, Status, Version

TRUNCATED = "only part of the article could be read"
BLOCKED = "the article could not be read"
FOREIGN = "in another language: too little survives translation to tell"
CLOSE = "tells something close to it: the words do not decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was found of a point in one version."""

    evidence: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    support: float | None = None
    surely_absent: bool = True
    """False when silence proves nothing, because the languages differ."""
    closest: tuple[Span, ...] = ()
    """Words that come so close to telling it that silence is not certain."""


def cell(version: Version, told: Told, *, apart: str | None, against: bool) -> Cell:
    """The cell of one version. `apart`: why it is not part of the story; `against`: it contradicts the statement."""
    unknown = apart or _unreadable(version)
    if unknown:
        return Cell(status=Status.UNKNOWN, reason=unknown)
    if told.evidence:
        status = Status.CONFLICTS if against else Status.PARTIAL if told.missing else Status.REPORTED
        missing = told.missing if status is Status.PARTIAL else ()
        return Cell(status=status, evidence=told.evidence, missing=missing, support=told.support)
    if version.extent is not Extent.COMPLETE:
        return _unknown(TRUNCATED, told)
    if not told.surely_absent:
        return _unknown(FOREIGN, told)
    if told.closest:
        return _unknown(CLOSE, told)
    return Cell(status=Status.OMITTED, support=told.support)


def _unknown(reason: str, told: Told) -> Cell:
    """With the closest words, so that a reader can judge what the words alone do not decide."""
    return Cell(status=Status.UNKNOWN, evidence=told.closest, reason=reason, support=told.support)


def against(statement_version: str, discrepancies: Sequence[Discrepancy]) -> set[str]:
    """The versions whose every reading of some disputed detail differs from the statement's.

    Other words in a quotation are a discrepancy, but who prints them still reports what was said.
    """
    telling = (each for each in discrepancies if each.type is not DiscrepancyType.QUOTE)
    return {version for each in telling for version in _other_side(statement_version, each)}


def _other_side(statement_version: str, discrepancy: Discrepancy) -> set[str]:
    values: dict[str, set[str]] = {}
    for reading in discrepancy.readings:
        values.setdefault(reading.version, set()).add(reading.value)
    stated = values.get(statement_version, set())
    return {version for version, said in values.items() if stated and not said & stated}


def _unreadable(version: Version) -> str | None:
    if version.extent is Extent.BLOCKED or not any(p.role in BODY_ROLES for p in version.paragraphs):
        return " ".join(problem.message for problem in version.problems) or BLOCKED
    return None


def by_version(spans: Sequence[Span]) -> Mapping[str, tuple[Span, ...]]:
    """Spans of one point grouped by version, in reading order."""
    grouped: dict[str, list[Span]] = {}
    for span in sorted(spans):
        grouped.setdefault(span.version, []).append(span)
    return {version: tuple(group) for version, group in grouped.items()}
