"""`make` on machines that lack something: it says what, and what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make here: apt-get install make")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh checkout, as far as setting up needs one."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        ["make", *arguments],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "HOME": str(checkout), **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 2
    return ran


def python(checkout: Path, refuses: str) -> str:
    """A Python that fails when it is asked for that word."""
    program = checkout / "python"
    program.write_text(f'#!/bin/sh\ncase "$*" in *{refuses}*) exit 1;; esac\nexec "{sys.executable}" "$@"\n')
    program.chmod(0o755)
    return f"PY={program}"


def test_no_python(checkout: Path) -> None:
    """Without a Python, or with an old one, the Debian packages are named."""
    for which in ("PY=/nonexistent/python3", python(checkout, "version_info")):
        said = make(checkout, which, "test").stderr
        assert "storydiff needs Python 3.11 or newer" in said
        assert "apt-get install python3 python3-venv" in said
        assert "make PY=python3.12 test" in said


def test_no_venv(checkout: Path) -> None:
    """Debian keeps venv in a package of its own."""
    assert "apt-get install python3-venv" in make(checkout, python(checkout, "ensurepip")).stderr


def test_no_network(checkout: Path) -> None:
    """Where the package index is out of reach, the installer's last words, and then ours."""
    away = {"PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    said = make(checkout, f"PY={sys.executable}", "demo", **away).stderr
    assert "uv" in said.partition("storydiff: its packages could not be installed")[0]
    for word in ("this machine has to reach it", "HTTPS_PROXY", "run: make demo"):
        assert word in said
    assert not (checkout / ".venv" / ".ready").exists()
