"""`storydiff doctor` as its user sees it, and `storydiff serve` on settings that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Cli


def test_nothing_set(cli: Cli, tmp_path: Path) -> None:
    """An empty home: all works, what is not set is said, no database comes into being, and the exit code is 0."""
    ran = cli("doctor")
    assert ran.returncode == 0
    for said in ("made when it is first used", "GB free", "STORYDIFF_SMTP_HOST is not set", "lists them"):
        assert said in ran.stdout
    assert "STORYDIFF_TIMEOUT" not in ran.stdout
    assert list(tmp_path.rglob("*.sqlite")) == []


def test_what_fails_is_followed_by_what_to_do(cli: Cli, tmp_path: Path) -> None:
    """A line of its own for each, one below it with the advice, and exit code 4; secrets stay unsaid."""
    (tmp_path / "key").write_text("swordfish")
    (tmp_path / "licences.toml").write_text('["coast.example"]\ncookies = { a = "swordfish" }\n')
    env = {"STORYDIFF_S3_SECRET_KEY_FILE": str(tmp_path / "key"), "STORYDIFF_S3_ACCESS_KEY": "swordfish"}
    ran = cli("doctor", "--all", env={**env, "STORYDIFF_LICENCES": str(tmp_path / "licences.toml")})
    assert ran.returncode == 4
    assert f"set (secret, from {tmp_path / 'key'})" in ran.stdout
    assert "30.0 (default)" in ran.stdout
    lines = ran.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  licences  fails  "))
    assert lines[at + 1].strip().startswith("chmod 600 ")
    assert lines[-1] == "1 does not work."
    assert "swordfish" not in ran.stdout + ran.stderr


@pytest.mark.parametrize("part", [[], ["api"]])
def test_the_service_does_not_start_on_what_cannot_be(cli: Cli, tmp_path: Path, part: list[str]) -> None:
    """A broken file of licences or half a key for the bucket is said at once, not page by page in a log."""
    (tmp_path / "licences.toml").write_text("nonsense")
    for wrong, said in (
        ({"STORYDIFF_LICENCES": str(tmp_path / "licences.toml")}, "others may read or change it"),
        ({"STORYDIFF_ARCHIVE": "s3://coast-desk", "STORYDIFF_S3_ACCESS_KEY": "a"}, "need one another"),
    ):
        ran = cli("serve", *part, env=wrong)
        assert (ran.returncode, said in ran.stderr) == (2, True)
