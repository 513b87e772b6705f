"""Digests and mails made in tests without a desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storydiff.digest.address import sender
from storydiff.digest.compose import Digest, compose
from storydiff.digest.links import Links
from storydiff.digest.mail import Envelope, message
from storydiff.digest.page import Letter, letter
from storydiff.model import Collation
from storydiff.store import Wants
from tests.builders import at

BASE = "https://storydiff.paper.example"
NOW = at(4, "07:00")


def digest(*collations: Collation, ours: str | None = None, **fields: Any) -> Digest:
    return compose(collations, fields.pop("wants", Wants(ours=ours)), now=fields.pop("now", NOW), **fields)


def texts(made: Digest, section: str) -> list[str]:
    return [item.text for part in made.parts if part.section == section for item in part.items]


def as_letter(made: Digest, base: str = BASE, zone: str = "UTC", actions: Sequence[tuple[str, str]] = ()) -> Letter:
    return letter(made, Links(base), zone, foot=("reader@paper.example gets this.",), actions=tuple(actions))


def mail(made: Letter, *, date: datetime = NOW, **fields: Any) -> str:
    given = {"sender": sender("storydiff <digest@paper.example>"), "recipient": "reader@paper.example"} | fields
    return message(made, Envelope(**{"date": date, "message_id": "<dig_1@paper.example>", "token": "t" * 90, **given}))
