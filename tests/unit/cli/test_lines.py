"""What the commands for keys and digests read and print."""

from datetime import UTC, datetime

import click
import pytest

from storydiff.cli.digest import Hours
from storydiff.cli.key import _line
from storydiff.store import Key

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(("given", "hours"), [("22-6", (22, 6)), ("0-7", (0, 7)), ("1-25", (1, 25))])
def test_two_hours(given: str, hours: tuple[int, int]) -> None:
    """As numbers; whether they are hours is said by who knows."""
    assert Hours().convert(given, None, None) == hours


@pytest.mark.parametrize("given", ["22", "22-", "-6", "22-6-7", "ten-six", "22:00-6:00", ""])
def test_what_is_not_two_hours(given: str) -> None:
    """It is repeated, with how it must look."""
    with pytest.raises(click.BadParameter) as failed:
        Hours().convert(given, None, None)
    assert failed.value.message == f"{given!r} must look like 22-6."


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({}, "key_1  write  never used                    desk"),
        ({"last_used": NOON}, "key_1  write  used 2 Mar 2026, 12:00 UTC    desk"),
        ({"last_used": NOON, "revoked": NOON}, "key_1  write  ended 2 Mar 2026, 12:00 UTC   desk"),
        ({"scopes": ("read",)}, "key_1  read   never used                    desk"),
        ({"scopes": ("write", "admin")}, "key_1  admin  never used                    desk"),
    ],
)
def test_a_key_in_a_line(given: dict[str, object], line: str) -> None:
    """The most that it may do, and its end before its last use."""
    whole = {"id": "key_1", "newsroom": "", "name": "desk", "scopes": ("read", "write"), "created": NOON, **given}
    assert _line(Key(**whole)) == line
