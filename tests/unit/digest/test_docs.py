"""docs/digest.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from storydiff.cli.digest import command
from storydiff.digest import compose, feeds, links, send, tokens
from storydiff.settings import Settings
from storydiff.store import digests

PAGE = (Path(__file__).parents[3] / "docs" / "digest.md").read_text(encoding="utf8")
ONE_LINE = " ".join(PAGE.split())


def test_every_command_and_option_named_exists() -> None:
    """Commands, options and settings of the page are those of the program, and no command is left out."""
    named = set(re.findall(r"storydiff digest ([a-z]+)", ONE_LINE))
    assert named >= command.commands.keys() - {"list"}
    assert named <= command.commands.keys()
    known = {option for each in command.commands.values() for param in each.params for option in param.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z]+", PAGE)) - {"--story", "--number"} <= known
    variables = {name for name, _, _ in Settings.rows()}
    assert {each.removesuffix("_FILE") for each in re.findall(r"STORYDIFF_[A-Z_]+", PAGE)} <= variables


def test_every_number_named_is_the_codes() -> None:
    """Counts, hours, days and pauses."""
    assert compose.MOST == 8
    assert "shows eight items" in ONE_LINE
    assert f"{compose.BREAKING.seconds // 3600}" == "3"
    assert "within three hours" in ONE_LINE
    days = [
        tokens.LIVES[each].days
        for each in (tokens.Purpose.CONFIRM, tokens.Purpose.SETTINGS, tokens.Purpose.UNSUBSCRIBE)
    ]
    assert "for confirming after {} days, for settings after {}, for leaving after {}".format(*days) in ONE_LINE
    assert [each.seconds // 60 for each in send.LADDER] == [1, 5, 15, 60, 180, 360]
    assert "after 1, 5, 15 minutes, 1, 3 and 6 hours" in ONE_LINE
    assert f"older than {digests.STALE.seconds // 3600} hours" in ONE_LINE


def test_every_function_and_path_named_exists() -> None:
    """The feeds' functions, and where links lead."""
    for name in ("story_feed", "outlet_feed", "ours_feed", "etag", "unchanged"):
        assert f"`{name}(" in ONE_LINE
        assert callable(getattr(feeds, name))
    for path in (links.POINT, links.CHANGES):
        assert f"`{path.format(story='STORY', point='POINT')}`" in ONE_LINE
    for path in (links.PURPOSES[tokens.Purpose.SETTINGS], links.PURPOSES[tokens.Purpose.UNSUBSCRIBE]):
        assert f"`{path.partition('?')[0]}`" in ONE_LINE
