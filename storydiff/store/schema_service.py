"""The tables of the service: who may ask, what is due, and whom to tell.

    newsrooms ── keys, jobs, idempotency, alerts, notices      by the newsroom's name
    stories ─┬─ checks ── visits                      pages to fetch again, and how each attempt went
             └─ events ── deliveries ── attempts
    endpoints ─────┘

Whatever is due stands here. A queue only rings; when it is lost, the next tick rings again.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from storydiff.store.schema import Moment, belongs_to, metadata, row_key


def _newsroom() -> sa.Column[Any]:
    return sa.Column("newsroom", sa.String(64), nullable=False, server_default="")


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


newsrooms = sa.Table(
    "newsrooms",
    metadata,
    row_key(),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("ours", sa.Text),
    sa.Column("contact", sa.String(320)),
    sa.Column("created", Moment),
)

keys = sa.Table(
    "keys",
    metadata,
    row_key(),
    _newsroom(),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("scopes", sa.JSON, nullable=False),
    sa.Column("created", Moment),
    sa.Column("last_used", Moment),
    sa.Column("revoked", Moment),
    sa.Index("ix_keys_newsroom", "newsroom"),
)

jobs = sa.Table(
    "jobs",
    metadata,
    row_key(),
    _newsroom(),
    sa.Column("job", sa.String(64), nullable=False, unique=True),
    sa.Column("kind", sa.String(32), nullable=False),
    belongs_to("story", "stories", always=False),
    sa.Column("state", sa.String(16), nullable=False),
    _count("done"),
    _count("total"),
    sa.Column("error", sa.JSON),
    sa.Column("result", sa.JSON),
    sa.Column("created", Moment),
    sa.Column("updated", Moment),
    sa.Index("ix_jobs_newsroom_state", "newsroom", "state"),
    sa.Index("ix_jobs_story_id", "story_id"),
)

idempotency = sa.Table(
    "idempotency",
    metadata,
    row_key(),
    _newsroom(),
    sa.Column("key", sa.String(255), nullable=False),
    sa.Column("request", sa.String(64), nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("response", sa.JSON),
    sa.Column("expires", Moment, nullable=False, index=True),
    sa.UniqueConstraint("newsroom", "key"),
)

checks = sa.Table(
    "checks",
    metadata,
    row_key(),
    belongs_to("story", "stories"),
    belongs_to("article", "articles", always=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("host", sa.String(300), nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("added", Moment, nullable=False),
    sa.Column("next_check", Moment, index=True),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
    sa.Column("checked", Moment),
    sa.Column("reached", Moment),
    sa.Column("changed", Moment),
    _count("unchanged"),
    _count("failures"),
    sa.UniqueConstraint("story_id", "hash"),
    sa.Index("ix_checks_article_id", "article_id"),
    sa.Index("ix_checks_host", "host"),
)

visits = sa.Table(
    "visits",
    metadata,
    row_key(),
    belongs_to("check", "checks"),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("code", sa.String(64), nullable=False),
    sa.Column("words", sa.Integer),
    sa.Column("changed", sa.Boolean, nullable=False),
    sa.Index("ix_visits_check_id_at", "check_id", "at"),
)

alerts = sa.Table(
    "alerts",
    metadata,
    row_key(),
    _newsroom(),
    sa.Column("key", sa.String(400), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("seen", Moment, nullable=False),
    sa.Column("resolved", Moment),
    sa.Column("noticed", Moment),
    sa.UniqueConstraint("newsroom", "key"),
)

notices = sa.Table(
    "notices",
    metadata,
    row_key(),
    _newsroom(),
    sa.Column("notice", sa.String(64), nullable=False, unique=True),
    sa.Column("address", sa.String(320), nullable=False),
    sa.Column("message", sa.Text),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("composed", Moment, nullable=False),
    sa.Column("due", Moment),
    _count("tries"),
    _count("handed"),
    sa.Column("error", sa.Text),
    sa.Column("finished", Moment),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
    sa.Index("ix_notices_newsroom", "newsroom"),
    sa.Index("ix_notices_state_due", "state", "due"),
)

endpoints = sa.Table(
    "endpoints",
    metadata,
    row_key(),
    _newsroom(),
    sa.Column("endpoint", sa.String(64), nullable=False, unique=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False, server_default=""),
    sa.Column("filters", sa.JSON, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("old_secret", sa.Text),
    sa.Column("old_until", Moment),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("created", Moment),
    sa.Column("failing_since", Moment),
    _count("failures"),
    sa.Column("hold_until", Moment),
    sa.Column("contact", sa.String(320)),
    sa.Index("ix_endpoints_newsroom", "newsroom"),
)

events = sa.Table(
    "events",
    metadata,
    row_key(),
    _newsroom(),
    sa.Column("event", sa.String(64), nullable=False),
    sa.Column("type", sa.String(32), nullable=False),
    belongs_to("story", "stories", always=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("outlets", sa.JSON, nullable=False),
    sa.Column("ours", sa.Text),
    sa.Column("data", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("newsroom", "event"),
    sa.Index("ix_events_story_id", "story_id"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    row_key(),
    sa.Column("delivery", sa.String(64), nullable=False, unique=True),
    belongs_to("event", "events"),
    belongs_to("endpoint", "endpoints"),
    sa.Column("state", sa.String(16), nullable=False),
    _count("tries"),
    sa.Column("due", Moment),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
    sa.Column("created", Moment, nullable=False),
    sa.Column("finished", Moment),
    sa.UniqueConstraint("event_id", "endpoint_id"),
    sa.Index("ix_deliveries_state_due", "state", "due"),
    sa.Index("ix_deliveries_endpoint_id", "endpoint_id"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    row_key(),
    belongs_to("delivery", "deliveries"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("error", sa.Text),
    sa.Column("answer", sa.Text),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Index("ix_attempts_delivery_id", "delivery_id"),
)
