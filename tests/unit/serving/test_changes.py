"""What says whether anything was written."""

import asyncio
from pathlib import Path

import pytest

from storydiff.model import Story
from storydiff.serving.changes import NoChanges, changes_of
from storydiff.store import open_store
from storydiff.store.engine import Database
from tests.integration.postgres_server import Postgres, postgres_server
from tests.unit.store.conftest import postgres, postgres_url, url  # noqa: F401  fixtures: either database


def test_a_mark_moves_with_each_commit(url: str) -> None:  # noqa: F811
    """It stays while nobody writes, whoever reads, and is never the same again after a commit."""
    marks = []

    async def run() -> None:
        changes = changes_of(Database(url))
        for n in range(4):
            found = await asyncio.gather(*(changes.now() for _ in range(20)))
            store.stories.list()
            assert {*found, await changes.now()} == {found[0]}
            marks.append(found[0])
            store.stories.save(Story(slug=f"s{n}"))
        await changes.close()

    with open_store(url) as store:
        asyncio.run(run())
    assert None not in marks
    assert len(set(marks)) == 4


def test_a_server_that_restarts_is_asked_again() -> None:
    """While it is away nothing is known; afterwards a new connection says what there is."""

    async def run(server: Postgres) -> list[object]:
        changes = changes_of(Database(server.url))
        found = [await changes.now()]
        await asyncio.to_thread(server.restart)
        found.append(await changes.now())
        changes._not_before = 0.0  # type: ignore[attr-defined]  not to wait for the pause to end
        found.append(await changes.now())
        await changes.close()
        return found

    with postgres_server() as server:
        before, away, after = asyncio.run(run(server))
    assert away is None
    assert None not in (before, after)


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none"])
def test_a_server_that_is_away_says_nothing(url: str) -> None:  # noqa: F811
    """Then nothing is known, at once the second time, and nothing fails."""

    async def run() -> list[object]:
        changes = changes_of(Database(url))
        found = [await changes.now() for _ in range(3)]
        await changes.close()
        return found

    assert asyncio.run(run()) == [None] * 3


def test_a_database_in_memory_tells_nobody(tmp_path: Path) -> None:
    """Nobody else can write there, and nobody can look."""
    changes = changes_of(Database("sqlite://"))
    assert isinstance(changes, NoChanges)
    assert changes.at_once() is None
