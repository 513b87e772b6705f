"""A desk with a story of its own, and a mail server that it sends through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from storydiff.model import Change, ChangeKind, Collation, Discrepancy, DiscrepancyType, Revision, Story
from storydiff.pipeline import digests
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.settings import Settings
from storydiff.store import Subscription, Timing, Wants
from storydiff.testing import FixedClock
from tests.builders import at, cell, collation, point, reading, version
from tests.integration.digest.letterbox import Letterbox, parts, server

SECRET = "0123456789abcdef0123456789abcdef"
MORNING = at(4, "07:00")


def story(slug: str = "alder-quay-fire", *, hour: str = "06:00", extra: int = 0, **fields: Any) -> Collation:
    """A story of three outlets: Coast Daily lacks the crane, differs in the dead; `extra` further points follow."""
    more = [f"Detail number {n} was reported by the fire service." for n in range(extra)]
    ours = version("Coast Daily", "Two people died in the fire.", published=at(4, "05:00"))
    post = version("Harbour Post", "Three people died in the fire.", "A crane fell into the water.", *more,
                   published=at(4, "05:10"))  # fmt: skip
    echo = version("Valley Echo", "Three people died in the fire.", "A crane fell.", *more, published=at(4, "05:20"))
    dead = point(1, "Three people died in the fire.", {
        ours: cell(ours, "conflicts", "Two people died in the fire."),
        post: cell(post, "reported", "Three people died in the fire."),
        echo: cell(echo, "reported", "Three people died in the fire."),
    }, sources=3)  # fmt: skip
    crane = point(2, "A crane fell into the water.", {
        ours: cell(ours, "omitted"), post: cell(post, "reported", "A crane fell into the water."),
        echo: cell(echo, "reported", "A crane fell."),
    }, sources=2)  # fmt: skip
    rest = [
        point(3 + n, text, {ours: cell(ours, "omitted"), post: cell(post, "reported", text),
                            echo: cell(echo, "reported", text)}, sources=2)
        for n, text in enumerate(more)
    ]  # fmt: skip
    readings = (reading(ours, "Two", "2"), reading(post, "Three", "3"), reading(echo, "Three", "3"))
    differ = Discrepancy(id="d1", type=DiscrepancyType.NUMBER, point="p1", readings=readings)
    title = fields.pop("title", "Fire at Alder Quay")
    made = collation(
        (ours, post, echo), (dead, crane, *rest), discrepancies=(differ,), made=at(4, hour),
        story=Story(slug=slug, title=title, created=at(4, "05:00")),
    )  # fmt: skip
    return replace(made, **fields)


def edited(before: Collation, hour: str) -> Collation:
    """The same later: Harbour Post has silently reworded its second paragraph."""
    change = Change(kind=ChangeKind.CHANGED, before="A crane fell.", after="A crane fell into the water.")
    revision = Revision(
        url="https://harbour-post.example/fire", outlet="Harbour Post", before="old", after="harbour-post",
        seen=(at(4, "05:30"), at(4, hour)), changes=(change,), silent=True,
    )  # fmt: skip
    return replace(before, revisions=(revision,), made=at(4, hour))


@dataclass
class Office:
    """A desk with its mail server and clock."""

    desk: Desk
    box: Letterbox
    clock: FixedClock
    folder: Path

    def subscribe(
        self, address: str = "reader@paper.example", *, ours: str | None = "Coast Daily", **timing: Any
    ) -> Subscription:
        """Subscribed, and confirmed by the link in the mail."""
        wants = timing.pop("wants", Wants(ours=ours))
        digests.subscribe(self.desk, address, wants, Timing(**timing))
        self.clock.advance(seconds=1)
        return digests.confirm(self.desk, token_of(parts(self.box.mails[-1])[0], "confirm"))

    def send(self) -> digests.Sent:
        return digests.send_due(self.desk, self.clock())


def token_of(text: str, purpose: str) -> str:
    found = re.search(rf"/digest/{purpose}\?token=(\S+)", text)
    assert found
    return found[1]


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def office(tmp_path: Path, box: Letterbox) -> Iterator[Office]:
    """It is five past six; the story was compared at six; mail goes to the letterbox without TLS."""
    running = server(box)
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'stories.sqlite'}", smtp_host="127.0.0.1", smtp_port=running.port,
        smtp_tls="none", mail_from="storydiff <digest@paper.example>", signing_secret=SECRET,
        web_url="https://storydiff.paper.example",
    )  # fmt: skip
    clock = FixedClock(at(4, "06:05"))
    with open_desk(settings, clock, keep_pages=False) as desk:
        desk.store.collations.save(story())
        yield Office(desk, box, clock, tmp_path)
    running.stop()
