"""Nothing is lost, whatever dies."""

from pathlib import Path

from tests.integration.workers.siege import Siege


def test_nothing_is_lost(tmp_path: Path) -> None:
    """Faulty outlets, workers killed with SIGKILL every few seconds, a queue that restarts empty: at the end every page
    has its last version, every story its last collation, and every event has arrived and counts once."""
    siege = Siege(folder=tmp_path, stories=16, outlets=4, database=f"sqlite:///{tmp_path / 's.sqlite'}")
    siege.run(seconds=120)
    assert siege.figures["kills"] >= 3
    assert siege.figures["pages"] == 64
    assert siege.figures["events"] >= 48
