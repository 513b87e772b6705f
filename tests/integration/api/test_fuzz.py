"""Every operation, with requests made up from its description: no failure (schemathesis, where it is installed)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.api.conftest import opened

SECONDS = 240
"""Far above what it takes; a run that hangs must end."""
EXAMPLES, BUDGET = 3, 20
"""Examples of an operation, and seconds in all. Without the bounds it takes two minutes and finds no more."""


def test_schemathesis_finds_nothing(filled, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Positive and negative data for all operations: statuses, types, schemas and headers as described."""
    pytest.importorskip("schemathesis", reason="no schemathesis: pip install '.[fuzz]'")
    with opened(*filled, folder=tmp_path) as api:
        ran = subprocess.run(
            [
                *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
                *("run", f"{api.base}/v1/openapi.json", "-H", f"Authorization: Bearer {api.keys['admin']}"),
                *("--max-examples", str(EXAMPLES), "--seed", "7", "--mode", "all", "--no-color"),
                *("--phases", "coverage,fuzzing", "--max-time", str(BUDGET)),
                # These would take away what the others are tried on.
                *("--exclude-operation-id", "revoke_key", "--exclude-operation-id", "delete_story"),
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            cwd=tmp_path,
        )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
