"""What a command loads: comparing texts must not wait for what only pages need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = {"aiohttp", "alembic", "celery", "fsspec", "jinja2", "lxml", "redis", "trafilatura", "warcio"}
PROGRAM = """
import sys, storydiff.cli
try:
    storydiff.cli.main(sys.argv[1:])
except SystemExit as left:
    assert not left.code, left.code
print(*sys.modules, file=sys.stderr)
"""


def loaded(home: Path, *arguments: str) -> set[str]:
    """The packages that are loaded when the command is done."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in ran.stderr.split()}


def test_texts_need_no_network_and_no_pages(tmp_path: Path) -> None:
    """Once the database is there, comparing two texts loads none of the libraries for pages, the web and migrations."""
    for name, dead in (("a", "two"), ("b", "three")):
        (tmp_path / f"{name}.txt").write_text(f"The fire at the mill in Dornfeld killed {dead} people on Monday.")
    texts = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert "alembic" in loaded(tmp_path, "compare", *texts)
    assert loaded(tmp_path, "compare", *texts) & HEAVY == set()
    assert loaded(tmp_path, "compare", *texts, "--html", str(tmp_path / "x.html")) & HEAVY == {"jinja2"}


def test_help_needs_click_alone(tmp_path: Path) -> None:
    """The list of commands loads none of them."""
    assert loaded(tmp_path, "--help") & (HEAVY | {"numpy", "rich", "sqlalchemy"}) == set()
