"""Collations that are kept ready."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydiff.errors import UnknownOutlet, UnknownStory
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.report.view import view
from storydiff.serving.opened import Opened
from storydiff.serving.refusals import NotThere
from storydiff.settings import Settings
from tests.fire import fire
from tests.unit.store.test_summaries import harbour


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 's.sqlite'}", archive=str(tmp_path / "archive"))
    with open_desk(settings, lambda: datetime.now(UTC)) as opened:
        opened.store.collations.save(fire())
        yield opened


def test_what_is_kept_is_what_is_stored(desk: Desk) -> None:
    """The second answer is the first, and a new collation is the latest at once."""
    opened = Opened()
    first = opened.collation(desk, "alder-quay-fire")
    assert first == desk.store.collations.latest("alder-quay-fire")
    assert opened.collation(desk, "alder-quay-fire", 1) is first
    desk.store.collations.save(replace(fire(), engine="test-2"))
    assert opened.collation(desk, "alder-quay-fire").engine == "test-2"
    assert opened.collation(desk, "alder-quay-fire", 1) is first
    assert opened.view(first) == view(first)
    assert opened.view(first) is opened.view(first)
    assert opened.view(first, "Fenmoor Gazette") == view(first, ours="Fenmoor Gazette")


def test_a_story_that_was_deleted_and_made_again_is_another(desk: Desk) -> None:
    """Nothing of the first is given for the second, though both have a first collation."""
    opened = Opened()
    opened.collation(desk, "alder-quay-fire")
    desk.store.stories.delete("alder-quay-fire")
    with pytest.raises(UnknownStory):
        opened.collation(desk, "alder-quay-fire")
    desk.store.collations.save(replace(harbour("alder-quay-fire"), engine="again"))
    assert opened.collation(desk, "alder-quay-fire", 1).engine == "again"


def test_what_is_not_there_is_said_each_time(desk: Desk) -> None:
    """No answer is kept for a number or an outlet that is not there."""
    opened = Opened()
    for _ in range(2):
        with pytest.raises(NotThere):
            opened.collation(desk, "alder-quay-fire", 9)
        with pytest.raises(UnknownOutlet):
            opened.view(opened.collation(desk, "alder-quay-fire"), "Nobody")


def test_the_longest_unused_goes(desk: Desk) -> None:
    """When there is no more room; what is used again stays."""
    for slug in ("a", "b", "c"):
        desk.store.collations.save(harbour(slug))
    opened = Opened(most=2 * 9)
    a, b = opened.collation(desk, "a"), opened.collation(desk, "b")
    assert opened.collation(desk, "a") is a
    opened.collation(desk, "c")
    assert opened.collation(desk, "a") is a
    assert opened.collation(desk, "b") is not b
