"""Summaries: what each story's latest collation comes to, so that lists read no collation."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0007", "0006", None, None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
FIGURES = ("outlets", "independent", "points", "conflicts", "drifts", "silent", "unread")
STANDINGS = ("lacks", "lacks_details", "differs", "alone")
LATEST = """
    SELECT c.story_id AS story_id, c.number AS number, c.made AS made, c.result AS result FROM collations c
    WHERE c.number = (SELECT max(o.number) FROM collations o WHERE o.story_id = c.story_id)
"""


def _counts(names: tuple[str, ...]) -> Iterator[sa.Column[int]]:
    return (sa.Column(name, sa.Integer, nullable=False) for name in names)


def upgrade() -> None:
    """Make the tables, and fill them from the latest collation of each story."""
    summaries = _table(
        "summaries",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("changed", MOMENT),
        *_counts(FIGURES),
        sa.UniqueConstraint("story_id", name="uq_summaries_story_id"),
    )
    op.create_index("ix_summaries_changed", "summaries", ["changed"])
    standings = _table(
        "standings",
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("domain", sa.Text),
        *_counts(STANDINGS),
        sa.UniqueConstraint("story_id", "outlet", name="uq_standings_story_id_outlet"),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.text(LATEST).columns(made=MOMENT)).all():
        found = json.loads(row.result) if isinstance(row.result, str) else row.result
        told = {"story_id": row.story_id, "number": row.number, "changed": row.made, **_summary(found)}
        connection.execute(sa.insert(summaries).values(told))
        for standing in _standings(found):
            connection.execute(sa.insert(standings).values(story_id=row.story_id, **standing))


def downgrade() -> None:
    """Remove them."""
    op.drop_table("standings")
    op.drop_table("summaries")


def _table(name: str, *columns: Any) -> sa.Table:
    return op.create_table(
        name,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=f"fk_{name}_story_id_stories", ondelete="CASCADE"),
    )


def _summary(found: dict[str, Any]) -> dict[str, Any]:
    versions = found.get("versions", [])
    joined = [each for each in versions if each["id"] not in found.get("apart", {})]
    family = {one: number for number, each in enumerate(found.get("families", [])) for one in each["versions"]}
    drifts = sum(each.get("drift", False) for each in found.get("discrepancies", []))
    return {
        "state": hashlib.sha256("\n".join(sorted(each["id"] for each in versions)).encode()).hexdigest(),
        "outlets": len({each["outlet"] for each in joined}),
        "independent": len({family.get(e["id"], e["id"]) for e in joined if e.get("extent") != "blocked"}),
        "points": len(found.get("points", [])),
        "conflicts": len(found.get("discrepancies", [])) - drifts,
        "drifts": drifts,
        "silent": sum(each.get("silent", False) for each in found.get("revisions", [])),
        "unread": sum(each.get("extent", "complete") != "complete" for each in joined),
    }


def _standings(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    key = {each["id"]: each["outlet"].casefold() for each in found.get("versions", [])}
    counts: dict[str, dict[str, int]] = {each: dict.fromkeys(STANDINGS, 0) for each in key.values()}
    for point in found.get("points", []):
        said: dict[str, set[str]] = defaultdict(set)
        for version, cell in point["coverage"].items():
            if version in key:
                said[key[version]].add(cell["status"])
        tellers = [each for each, statuses in said.items() if statuses & {"reported", "partial", "conflicts"}]
        for each, statuses in said.items():
            counts[each]["lacks"] += bool(tellers) and statuses == {"omitted"}
            counts[each]["lacks_details"] += "partial" in statuses and "reported" not in statuses
            counts[each]["alone"] += tellers == [each]
    open_ = [each for each in found.get("discrepancies", []) if not each.get("drift")]
    pairs = {(key[r["version"]], each["point"]) for each in open_ for r in each["readings"] if r["version"] in key}
    for each, _ in pairs:
        counts[each]["differs"] += 1
    domains = {key[each["id"]]: _domain(each.get("url")) for each in reversed(found.get("versions", []))}
    yield from ({"outlet": each, "domain": domains[each], **counts[each]} for each in sorted(counts))


def _domain(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.").casefold() or None
    except ValueError:
        return None
