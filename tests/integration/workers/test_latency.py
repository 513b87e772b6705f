"""A story that is posted does not wait behind background work."""

from pathlib import Path

from tests.forking import Forking
from tests.integration.workers.waiting import Waiting


def test_a_posted_story_is_fetched_first(tmp_path: Path, forked: Forking) -> None:
    """While re-checks wait in the queue, a page that is posted is fetched after a few of them. 5,000: `bench latency`."""
    waiting = Waiting(tmp_path, waiting=80, start=forked.start)
    waiting.run()
    assert waiting.found[0].before < 30
    assert waiting.left > 0, "there were others to wait behind"
