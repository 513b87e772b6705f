"""Stored values as the JSON of answers: the one place where their keys are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from storydiff.diff.habits import PAIRS
from storydiff.diff.rates import Rate, Tally, rate
from storydiff.model import Version
from storydiff.store import Article, CollationSummary, PointState
from storydiff.store.browse import Listed, OutletCounts, article_name
from storydiff.store.jobs import Job
from storydiff.store.keys import SCOPES, Key

Values = dict[str, Any]


def time(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, as in the public format."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def story(listed: Listed) -> Values:
    """A story and how much of it is stored."""
    counts = listed.counts
    return {
        "slug": counts.story.slug,
        "title": counts.story.title,
        "created": time(counts.story.created),
        "archived": time(listed.archived),
        "outlets": counts.outlets,
        "articles": counts.articles,
        "versions": counts.versions,
        "collations": counts.collations,
        "fetched": time(counts.fetched),
        "collated": time(counts.collated),
        "summary": None if listed.figures is None else {**asdict(listed.figures), "changed": time(listed.changed)},
    }


def article(each: Article) -> Values:
    """An article and how its last fetch went."""
    problem = each.last.problem
    return {
        "id": article_name(each.article),
        "outlet": each.outlet.name,
        "domain": each.outlet.domain,
        "url": each.url,
        "fetched": time(each.last.fetched),
        "status": each.last.status,
        "problem": None if problem is None else {"code": problem.code, "message": problem.message},
    }


def collation_line(each: CollationSummary) -> Values:
    """One line about a collation."""
    counts = {"points": each.points, "discrepancies": each.discrepancies}
    return {"number": each.number, "engine": each.engine, "made": time(each.made), **counts}


def point_state(each: PointState) -> Values:
    """What a point was in one collation."""
    return {
        "number": each.number,
        "made": time(each.made),
        "statement": each.statement,
        "independent_sources": each.independent_sources,
        "statuses": {outlet: status.value for outlet, status in each.statuses.items()},
    }


def version_line(each: Version) -> Values:
    """One line about a version."""
    return {
        "id": each.id,
        "outlet": each.outlet,
        "url": each.url,
        "extent": each.extent.value,
        "headline": each.headline,
        "published": time(each.published),
        "modified": time(each.modified),
        "fetched": time(each.fetched),
        "words": sum(len(paragraph.text.split()) for paragraph in each.paragraphs),
        "snapshot": each.snapshot,
    }


def outlet(each: OutletCounts, tallies: Mapping[str, Tally]) -> Values:
    """An outlet, what the newsroom's stories have of it, and what it tends to do."""
    counts = {"stories": each.stories, "articles": each.articles}
    habits = {figure: _rate(rate(tallies.get(figure, Tally()))) for figure in PAIRS}
    return {"name": each.outlet.name, "domain": each.outlet.domain, **counts, "habits": habits}


def _rate(each: Rate) -> Values:
    counts = {"hits": each.tally.hits, "cases": each.tally.of, "stories": each.tally.stories}
    shares = {name: getattr(each, name) for name in ("share", "low", "high")}
    return {**counts, **{name: None if value is None else round(value, 4) for name, value in shares.items()}}


def job(each: Job) -> Values:
    """Work that goes on after the answer."""
    return {
        "id": each.id,
        "kind": each.kind,
        "story": each.story,
        "state": each.state.value,
        "done": each.done,
        "total": each.total,
        "error": _trouble(each.error),
        "result": each.result,
        "created": time(each.created),
        "updated": time(each.updated),
    }


def _trouble(error: Mapping[str, Any] | None) -> Values | None:
    return None if error is None else {"code": str(error.get("code", "")), "message": str(error.get("message", ""))}


def key(each: Key) -> Values:
    """A key without its secret."""
    times = {"created": time(each.created), "last_used": time(each.last_used), "revoked": time(each.revoked)}
    return {"id": each.id, "name": each.name, "scope": max(each.scopes, key=SCOPES.index), **times}
