"""The tables of the digest: who reads, what each subscription wants, and what was told.

    readers ─┬─ subscriptions ── digests      a person's address; what is sent to it when; each mail
             └─ told                          what a person was told, by which mail: never twice

A row of `told` is written when a mail is composed and taken back when the mail is given up.
"""

from __future__ import annotations

import sqlalchemy as sa

from storydiff.store.schema import Moment, belongs_to, metadata, row_key

readers = sa.Table(
    "readers",
    metadata,
    row_key(),
    sa.Column("newsroom", sa.String(64), nullable=False, server_default=""),
    sa.Column("address", sa.String(320), nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("paused", Moment),
    sa.Column("reason", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
    sa.UniqueConstraint("newsroom", "address"),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    row_key(),
    belongs_to("reader", "readers"),
    sa.Column("subscription", sa.String(64), nullable=False, unique=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("wants", sa.JSON, nullable=False),
    sa.Column("schedule", sa.JSON, nullable=False),
    sa.Column("created", Moment, nullable=False),
    sa.Column("asked", Moment),
    sa.Column("confirmed", Moment),
    sa.Column("ended", Moment),
    # The slot of the schedule that was dealt with last, and when the last mail that was really sent was composed.
    sa.Column("slot", Moment),
    sa.Column("sent", Moment),
    sa.Index("ix_subscriptions_reader_id", "reader_id"),
)

digests = sa.Table(
    "digests",
    metadata,
    row_key(),
    belongs_to("subscription", "subscriptions"),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("story", sa.Text),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("message", sa.Text),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("composed", Moment, nullable=False),
    sa.Column("due", Moment),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("handed", sa.Integer, nullable=False, server_default="0"),
    sa.Column("error", sa.Text),
    sa.Column("finished", Moment),
    sa.Column("claimed_by", sa.String(64)),
    sa.Column("claimed_until", Moment),
    sa.Index("ix_digests_subscription_id", "subscription_id"),
    sa.Index("ix_digests_state_due", "state", "due"),
)

told = sa.Table(
    "told",
    metadata,
    row_key(),
    belongs_to("reader", "readers"),
    belongs_to("digest", "digests"),
    sa.Column("key", sa.String(64), nullable=False),
    sa.UniqueConstraint("reader_id", "key"),
    sa.Index("ix_told_digest_id", "digest_id"),
)
