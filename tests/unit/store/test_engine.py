"""Opening, migrating, failing plainly, and many writers at once."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storydiff.errors import InputError, StoreError, StoreFull, StoreLocked, StoreNewer, StoreUnreachable
from storydiff.model import Story
from storydiff.store import Store, migrations, open_store, search
from storydiff.store.engine import Database
from storydiff.store.migrate import config, upgrade
from storydiff.store.schema import metadata
from tests.unit.store.builders import FULL, version

WRITER = """
import sys
from storydiff.model import Paragraph, Story, Version
from storydiff.store import open_store
name, url = sys.argv[1:]
with open_store(url) as store:
    store.stories.save(Story(slug="mill"))
    for k in range(5):
        text = (Paragraph(f"{name} {k}"),)
        version = Version(id=f"{name}-{k}", outlet="Post", url="https://post.example/1", paragraphs=text)
        assert store.versions.add("mill", version)[1]
"""
CRASH = """
import os, sys
import sqlalchemy as sa
from storydiff.model import Story
from storydiff.store import open_store
from storydiff.store.schema import stories
with open_store(sys.argv[1]) as store:
    store.stories.save(Story(slug="kept"))
    with store._database.writing() as connection:
        connection.execute(sa.insert(stories).values(slug="half"))
        os._exit(9)
"""


def run(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE)


def test_opening_twice_changes_nothing(url: str) -> None:
    """A store that is up to date is opened as it is."""
    with open_store(url) as store:
        store.stories.save(Story(slug="mill"))
    with open_store(url) as store:
        assert [counts.story.slug for counts in store.stories.list()] == ["mill"]


def test_migrations_give_the_schema(store: Store) -> None:
    """What the steps build is what the tables say, on either database."""
    with store._database.reading() as connection:

        def known(_: object, name: str | None, *__: object) -> bool:
            return not (name or "").startswith(search.OWN)  # the index, which no table definition knows

        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": known})
        assert compare_metadata(context, metadata) == []


def test_steps_can_be_undone(url: str) -> None:
    """The first step can be taken back and run again."""
    with open_store(url) as store:
        with store._database.writing() as connection:
            command.downgrade(config(connection), "base")
            assert sa.inspect(connection).get_table_names() == ["alembic_version"]
        upgrade(store._database)
        store.stories.save(Story(slug="mill"))


def test_every_step_is_named() -> None:
    """The steps that are known by name are those that are shipped, in order."""
    with Database(":memory:").writing() as connection:
        steps = ScriptDirectory.from_config(config(connection)).walk_revisions()
        assert tuple(step.revision for step in steps)[::-1] == migrations.REVISIONS


def test_newer_database_is_refused(url: str) -> None:
    """A database of a newer storydiff is left alone."""
    with open_store(url) as store, store._database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreNewer, match="newer storydiff"):
        open_store(url)


def test_locked_sqlite(tmp_path: Path) -> None:
    """While another program writes, writing waits and then says so; reading goes on."""
    path = tmp_path / "s.db"
    with open_store(path, patience=0.1) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert store.stories.list() == ()
        with pytest.raises(StoreLocked, match="locked"):
            store.stories.save(Story(slug="mill"))
        other.execute("ROLLBACK")
        other.close()
        store.stories.save(Story(slug="mill"))


@pytest.mark.xdist_group("postgres")
def test_locked_postgres(postgres_url: str) -> None:
    """A row that another program holds makes a writer wait, and then say so."""
    with open_store(postgres_url, patience=0.2) as store:
        store.stories.save(Story(slug="mill"))
        with store._database.engine.connect() as other, other.begin():
            other.execute(sa.text("SELECT * FROM stories FOR UPDATE"))
            with pytest.raises(StoreLocked):
                store.versions.add("mill", FULL)
        assert store.versions.add("mill", FULL)[1]


def test_full_disk(tmp_path: Path) -> None:
    """A full disk is said plainly; what was stored before stays whole."""
    with open_store(tmp_path / "s.db") as store:
        store.stories.save(Story(slug="mill"))
        store.versions.add("mill", FULL)

        def limit(connection: sqlite3.Connection, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0] + 1}")

        sa.event.listen(store._database.engine, "connect", limit)
        store._database.engine.dispose()
        with pytest.raises(StoreFull, match="full"):
            store.versions.add("mill", version("x" * 200_000, 5))
        assert store.versions.all("mill") == (FULL,)


def test_unreachable(tmp_path: Path) -> None:
    """A path that cannot be a database, and an address that is none, are told with what to do."""
    text = tmp_path / "notes.txt"
    text.write_text("no database at all, but some text that is long enough" * 40)
    for place in (tmp_path, text, text / "below.db"):
        with pytest.raises(StoreUnreachable) as caught:
            open_store(place)
        assert "notes.txt" in caught.value.message or str(tmp_path) in caught.value.message
        assert caught.value.hint
    for address in ("mysql://localhost/x", "sqlite:stories://", "://"):
        with pytest.raises(StoreUnreachable):
            open_store(address)


def test_unreachable_server() -> None:
    """A server that does not answer is told without its password."""
    pytest.importorskip("psycopg")
    with pytest.raises(StoreUnreachable) as caught:
        open_store("postgresql://me:hunter2@127.0.0.1:1/stories")
    assert "hunter2" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_postgres_is_spelled_either_way() -> None:
    """`postgres://`, as hosting services print it, is PostgreSQL with our driver."""
    pytest.importorskip("psycopg")
    assert Database("postgres://me@localhost/x").url.drivername == "postgresql+psycopg"


def test_memory_store() -> None:
    """A store in memory works over several transactions."""
    with open_store(":memory:") as store:
        store.stories.save(Story(slug="mill"))
        assert store.versions.add("mill", FULL) == (FULL, True)
        assert store.versions.current("mill") == (FULL,)
        assert store.where == ":memory:"


def test_folder_is_made(tmp_path: Path) -> None:
    """The folder of a new database is made."""
    open_store(tmp_path / "a" / "b" / "s.db").close()
    assert (tmp_path / "a" / "b" / "s.db").exists()


def test_sqlite_stands_several_processes(tmp_path: Path) -> None:
    """SQLite runs with a write-ahead log, foreign keys and patience."""
    with open_store(tmp_path / "s.db") as store, store._database.reading() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")
        }
        assert read == {"journal_mode": "wal", "foreign_keys": 1}
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1


def test_processes_write_at_once(url: str) -> None:
    """Processes that open a new database and write to one article at the same time lose nothing."""
    writers = [run(WRITER, name, url) for name in "ab"]
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert writer.returncode == 0, errors.decode()
    with open_store(url) as store:
        texts = {v.paragraphs[0].text for v in store.versions.all("mill")}
        assert texts == {f"{name} {k}" for name in "ab" for k in range(5)}
        with store._database.reading() as connection:
            numbers = connection.scalars(sa.text("SELECT number FROM versions ORDER BY number")).all()
        assert numbers == list(range(1, 11))


def test_crash_in_a_transaction(url: str) -> None:
    """A process that dies while writing leaves what was committed and nothing of the rest."""
    crashed = run(CRASH, url)
    crashed.communicate(timeout=60)
    assert crashed.returncode == 9
    with open_store(url) as store:
        assert [counts.story.slug for counts in store.stories.list()] == ["kept"]


def test_other_errors_are_store_errors(store: Store) -> None:
    """Whatever the driver says comes out as an error of ours."""
    with pytest.raises(StoreError), store._database.reading() as connection:
        connection.execute(sa.text("SELECT * FROM nothing"))
    assert not isinstance(sa.exc.SQLAlchemyError(), StoreError)


def test_alembic_for_developers(tmp_path: Path) -> None:
    """The alembic command works on any database: `alembic -x db=PATH upgrade head`."""
    ran = subprocess.run(
        [sys.executable, "-m", "alembic", "-x", f"db={tmp_path / 's.db'}", "upgrade", "head"],
        cwd=Path(migrations.__file__).parents[3],
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    with open_store(tmp_path / "s.db") as store:
        assert store.stories.list() == ()


@pytest.mark.parametrize("content", [b"words " * 500, b"SQLite format 3\0" + b"torn" * 500])
def test_a_file_that_is_no_database_says_so(tmp_path: Path, content: bytes) -> None:
    """Not to look at the rights of its folder, but at what it is."""
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreUnreachable) as caught, open_store(path):
        pass
    assert "no database, or it is damaged" in caught.value.hint


def test_words_that_are_no_utf8_are_a_bad_request(url: str) -> None:
    """What stands so on the command line is said, on either database, and is no failure of the database."""
    with open_store(url) as store, pytest.raises(InputError, match="mill\ufffd: is not UTF-8"):
        store.stories.get("mill\udcff")
