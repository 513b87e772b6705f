"""What the service needs: who may ask, what is due, and whom to tell."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _belongs(table: str, owner: str, owners: str) -> sa.ForeignKeyConstraint:
    """Goes away with its owner."""
    name = f"fk_{table}_{owner}_id"
    return sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owners}.id"], name=name, ondelete="CASCADE")


def _stories() -> list[sa.Column[Any]]:
    return [
        sa.Column("archived", MOMENT),
        sa.Column("dirty", sa.Integer, server_default="0", nullable=False),
        sa.Column("settled", sa.Integer, server_default="0", nullable=False),
        sa.Column("dirty_since", MOMENT),
        sa.Column("collate_at", MOMENT),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("claimed_until", MOMENT),
        sa.Column("fetch_rung", MOMENT),
        sa.Column("collate_rung", MOMENT),
        sa.Column("announced", sa.Integer, server_default="0", nullable=False),
    ]


def _newsrooms() -> None:
    op.create_table(
        "newsrooms",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, server_default="", nullable=False),
        sa.Column("ours", sa.Text),
        sa.Column("created", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_newsrooms"),
        sa.UniqueConstraint("name", name="uq_newsrooms_name"),
    )


def _keys() -> None:
    op.create_table(
        "keys",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("created", MOMENT),
        sa.Column("last_used", MOMENT),
        sa.Column("revoked", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_keys"),
        sa.UniqueConstraint("key", name="uq_keys_key"),
    )
    op.create_index("ix_keys_newsroom", "keys", ["newsroom"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("job", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("story_id", NUMBER),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer, server_default="0", nullable=False),
        sa.Column("total", sa.Integer, server_default="0", nullable=False),
        sa.Column("error", sa.JSON),
        sa.Column("result", sa.JSON),
        sa.Column("created", MOMENT),
        sa.Column("updated", MOMENT),
        _belongs("jobs", "story", "stories"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint("job", name="uq_jobs_job"),
    )
    op.create_index("ix_jobs_newsroom_state", "jobs", ["newsroom", "state"])
    op.create_index("ix_jobs_story_id", "jobs", ["story_id"])


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("response", sa.JSON),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_idempotency"),
        sa.UniqueConstraint("newsroom", "key", name="uq_idempotency_newsroom_key"),
    )
    op.create_index("ix_idempotency_expires", "idempotency", ["expires"])


def _checks() -> None:
    op.create_table(
        "checks",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("article_id", NUMBER),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.String(300), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("added", MOMENT, nullable=False),
        sa.Column("next_check", MOMENT),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("claimed_until", MOMENT),
        sa.Column("checked", MOMENT),
        sa.Column("reached", MOMENT),
        sa.Column("changed", MOMENT),
        sa.Column("unchanged", sa.Integer, server_default="0", nullable=False),
        sa.Column("failures", sa.Integer, server_default="0", nullable=False),
        _belongs("checks", "story", "stories"),
        _belongs("checks", "article", "articles"),
        sa.PrimaryKeyConstraint("id", name="pk_checks"),
        sa.UniqueConstraint("story_id", "hash", name="uq_checks_story_id_hash"),
    )
    op.create_index("ix_checks_article_id", "checks", ["article_id"])
    op.create_index("ix_checks_host", "checks", ["host"])
    op.create_index("ix_checks_next_check", "checks", ["next_check"])


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("check_id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("words", sa.Integer),
        sa.Column("changed", sa.Boolean, nullable=False),
        _belongs("visits", "check", "checks"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index("ix_visits_at", "visits", ["at"])
    op.create_index("ix_visits_check_id_at", "visits", ["check_id", "at"])


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("resolved", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("newsroom", "key", name="uq_alerts_newsroom_key"),
    )


def _endpoints() -> None:
    op.create_table(
        "endpoints",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("endpoint", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("description", sa.Text, server_default="", nullable=False),
        sa.Column("filters", sa.JSON, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("old_secret", sa.Text),
        sa.Column("old_until", MOMENT),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("created", MOMENT),
        sa.Column("failing_since", MOMENT),
        sa.Column("failures", sa.Integer, server_default="0", nullable=False),
        sa.Column("hold_until", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_endpoints"),
        sa.UniqueConstraint("endpoint", name="uq_endpoints_endpoint"),
    )
    op.create_index("ix_endpoints_newsroom", "endpoints", ["newsroom"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("newsroom", sa.String(64), server_default="", nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("story_id", NUMBER),
        sa.Column("severity", sa.Integer, nullable=False),
        sa.Column("outlets", sa.JSON, nullable=False),
        sa.Column("ours", sa.Text),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _belongs("events", "story", "stories"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("newsroom", "event", name="uq_events_newsroom_event"),
    )
    op.create_index("ix_events_story_id", "events", ["story_id"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("delivery", sa.String(64), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("endpoint_id", NUMBER, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, server_default="0", nullable=False),
        sa.Column("due", MOMENT),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("claimed_until", MOMENT),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("finished", MOMENT),
        _belongs("deliveries", "event", "events"),
        _belongs("deliveries", "endpoint", "endpoints"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("event_id", "endpoint_id", name="uq_deliveries_event_id_endpoint_id"),
        sa.UniqueConstraint("delivery", name="uq_deliveries_delivery"),
    )
    op.create_index("ix_deliveries_endpoint_id", "deliveries", ["endpoint_id"])
    op.create_index("ix_deliveries_state_due", "deliveries", ["state", "due"])


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("delivery_id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("error", sa.Text),
        sa.Column("answer", sa.Text),
        sa.Column("seconds", sa.Float, nullable=False),
        _belongs("attempts", "delivery", "deliveries"),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_delivery_id", "attempts", ["delivery_id"])


TABLES = {
    "newsrooms": _newsrooms,
    "keys": _keys,
    "jobs": _jobs,
    "idempotency": _idempotency,
    "checks": _checks,
    "visits": _visits,
    "alerts": _alerts,
    "endpoints": _endpoints,
    "events": _events,
    "deliveries": _deliveries,
    "attempts": _attempts,
}


def upgrade() -> None:
    for column in _stories():
        op.add_column("stories", column)
    for make in TABLES.values():
        make()
    # What was collated before is not news.
    op.execute(
        "UPDATE stories SET announced = coalesce("
        "(SELECT max(number) FROM collations WHERE collations.story_id = stories.id), 0)"
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for column in reversed(_stories()):
        op.drop_column("stories", column.name)
