"""Nothing is lost, whatever dies."""

from pathlib import Path

from tests.forking import Forking
from tests.integration.postgres_server import postgres_server
from tests.integration.workers.siege import Siege


def test_nothing_is_lost(tmp_path: Path, forked: Forking) -> None:
    """Faulty outlets, workers killed with SIGKILL every few seconds, a queue that restarts empty: at the end every page
    has its last version, every story its last collation, and every event has arrived and counts once."""
    database = f"sqlite:///{tmp_path / 's.sqlite'}"
    siege = Siege(folder=tmp_path, stories=10, outlets=4, database=database, most_kills=4, start=forked.start)
    siege.run(seconds=150)
    assert siege.figures["kills"] >= 3
    assert siege.figures["pages"] == 40
    assert siege.figures["events"] >= 30


def test_nothing_is_lost_on_a_server(tmp_path: Path, forked: Forking) -> None:
    """The same on PostgreSQL, which is torn down on the way."""
    with postgres_server() as postgres:
        siege = Siege(
            folder=tmp_path,
            stories=4,
            outlets=3,
            database=postgres.url,
            kill_every=4,
            most_kills=3,
            start=forked.start,
        )
        siege.disturb.append(postgres.restart)
        siege.run(seconds=150)
    assert siege.figures["kills"] >= 2
    assert siege.figures["pages"] == 12
