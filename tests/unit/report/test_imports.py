"""What loading the report layer costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import storydiff.report

HEAVY = "[name for name in ('rich', 'jinja2', 'rapidfuzz', 'numpy') if name in sys.modules]"


def loaded(*modules: str) -> str:
    """The heavy libraries that importing those modules loads."""
    program = f"import sys, {', '.join(modules)}; print(*{HEAVY})"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    "module", ["storydiff.report", "storydiff.report.json", "storydiff.report.csv", "storydiff.report.times"]
)
def test_light(module: str) -> None:
    """The package, JSON, CSV and times load neither rich nor Jinja nor numpy."""
    assert loaded(module) == ""


def test_pages_need_no_terminal() -> None:
    """The HTML page loads Jinja and not rich, the terminal rich and not Jinja."""
    assert "rich" not in loaded("storydiff.report.html")
    assert "jinja2" not in loaded("storydiff.report.table", "storydiff.report.point", "storydiff.report.history")


def test_every_public_name_is_there() -> None:
    """The package's names can be used, and no other is promised."""
    assert len(storydiff.report.__all__) <= 12
    for name in storydiff.report.__all__:
        assert getattr(storydiff.report, name) is not None
    with pytest.raises(AttributeError):
        storydiff.report.nothing  # noqa: B018
