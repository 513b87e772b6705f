"""Upgrading with data in the database."""

import pytest
import sqlalchemy as sa

from storydiff.store import open_store
from storydiff.store.engine import Database
from storydiff.store.migrate import upgrade
from storydiff.store.migrations import REVISIONS

OLD = (
    "INSERT INTO stories (id, newsroom, slug, title) VALUES (1, '', 'mill', 'Mill fire'), (2, '', 'flood', '')",
    "INSERT INTO collations (story_id, number, engine, result) VALUES (1, 1, 'e', '{}'), (1, 2, 'e', '{}')",
)

SINCE = {
    "0002": (
        (
            "INSERT INTO alerts (newsroom, key, kind, subject, message, since, seen) VALUES ('', 'watch:echo.example',"
            " 'watch', 'echo.example', 'silent', '2026-05-05 12:00:00', '2026-05-05 12:00:00')"
        ),
        (
            "INSERT INTO endpoints (newsroom, endpoint, kind, url, filters, secret, state) VALUES ('', 'ep_1', 'webhook',"
            " 'https://desk.example/hook', '{}', 'whsec_c2VjcmV0', 'active')"
        ),
    ),
}
"""Rows of a table that came with that revision."""


def at_first(url: str) -> None:
    """A database of the first revision with two stories, one of them collated twice."""
    database = Database(url)
    upgrade(database, "0001")
    with database.writing() as connection:
        for statement in OLD:
            connection.execute(sa.text(statement))
    database.close()


def test_what_was_collated_before_is_no_news(url: str) -> None:
    """After the upgrade from the first revision, old collations count as told, and nothing waits to be collated."""
    at_first(url)
    with open_store(url) as store:
        assert [counts.story.title for counts in store.stories.list()] == ["", "Mill fire"]
        assert (store.events.announced("mill"), store.events.announced("flood")) == (2, 0)
        assert store.schedule.burst("mill").dirty == store.schedule.burst("mill").settled


def test_a_worker_of_the_first_revision_goes_on(url: str) -> None:
    """What an old process writes after the upgrade fits the new tables."""
    at_first(url)
    open_store(url).close()
    database = Database(url)
    with database.writing() as connection:
        connection.execute(sa.text("INSERT INTO stories (id, newsroom, slug, title) VALUES (3, '', 'storm', '')"))
    database.close()
    with open_store(url) as store:
        assert store.schedule.burst("storm").dirty == 0
        assert store.schedule.archived("storm") is None


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_every_revision_is_upgraded_with_data_in_it(url: str, revision: str) -> None:
    """The rows stay, and what was wrong before is no news now."""
    at_first(url)
    database = Database(url)
    upgrade(database, revision)
    with database.writing() as connection:
        for since, statements in SINCE.items():
            for statement in statements if revision >= since else ():
                connection.execute(sa.text(statement))
    database.close()
    with open_store(url) as store:
        assert [len(store.collations.list(slug)) for slug in ("mill", "flood")] == [2, 0]
        assert len(store.notices.unsaid()) == (revision >= "0006")
        known = 1 if revision >= "0002" else 0
        assert [alert.subject for alert in store.alerts.list()] == ["echo.example"] * known
        assert [each.contact for each in store.endpoints.list()] == [None] * known
