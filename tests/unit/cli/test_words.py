"""What the command line says in few words."""

from datetime import UTC, datetime

import pytest

from storydiff.cli.failures import printable
from storydiff.cli.progress import said
from storydiff.errors import TimedOut
from storydiff.fetch import Fetched, Progress, Stage

PAGE = {"url": "http://a.example/", "final_url": "http://a.example/", "fetched": datetime(2026, 3, 2, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Progress(url="http://a.example/", stage=Stage.WAITING, seconds=3.2), "waiting for its turn (3 s)"),
        (Progress(url="http://a.example/", stage=Stage.ROBOTS), "reading robots.txt"),
        (Fetched(**PAGE, status=200, body=b"x" * 2100), "2 kB"),
        (Fetched(**PAGE, status=304, not_modified=True), "unchanged"),
        (Fetched(**PAGE, status=None, error=TimedOut()), "The page did not arrive in time."),
    ],
)
def test_every_step_has_its_words(event: Fetched | Progress, words: str) -> None:
    """Waiting says how long, a page how large, a failure why."""
    assert said(event) == words


def test_nothing_can_steer_the_terminal() -> None:
    """Escapes and other controls are shown as a replacement; letters of all scripts stay."""
    assert printable("a\x1b[31mb\x07\u202ec\n日本") == "a�[31mb��c\n日本"
