"""What `storydiff doctor` tries, against real servers: what works, what does not and what to do; nothing is changed."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from storydiff.cli.checks import CHECKS
from storydiff.errors import StorydiffError
from storydiff.settings import Settings
from storydiff.store import migrations, open_store
from storydiff.store.engine import Database
from storydiff.store.migrate import upgrade
from tests.integration.certificates import self_signed, server_context
from tests.integration.digest.letterbox import Letterbox, free_port, server
from tests.integration.postgres_server import postgres_server
from tests.integration.redis_server import redis_server

SECRET = "swordfish" * 5
TRY = {name: check for name, check, _ in CHECKS}


def works(name: str, **settings: object) -> str | None:
    """The word on a check that works."""
    return TRY[name](Settings(**settings))


def fails(name: str, **settings: object) -> str:
    """What is said of a check that fails, and what to do; no secret in it."""
    with pytest.raises(StorydiffError) as told:
        TRY[name](Settings(**settings))
    assert told.value.hint
    assert "swordfish" not in told.value.message + told.value.hint
    return f"{told.value.message} {told.value.hint}"


def test_a_database_that_is_not_there_yet(tmp_path: Path) -> None:
    """It will be made when it is used, and not by looking."""
    path = tmp_path / "new" / "s.sqlite"
    assert works("database", database_url=f"sqlite:///{path}") == f"{path}, made when it is first used"
    assert not path.exists()


def test_tables_of_another_version(tmp_path: Path) -> None:
    """Those of an earlier one are told and left as they are; those of a later one are an error."""
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    with closing(Database(url)) as old:
        upgrade(old, to="0001")
    for _ in range(2):
        assert f"step 0001 of {migrations.HEAD}" in (works("database", database_url=url) or "")
    open_store(url).close()
    assert f"those of this version (step {migrations.HEAD})" in (works("database", database_url=url) or "")
    with closing(sqlite3.connect(tmp_path / "s.sqlite")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer storydiff" in fails("database", database_url=url)


def test_a_database_server() -> None:
    """PostgreSQL is asked; when it is gone, that is said without the password."""
    with postgres_server() as running:
        assert "without tables" in (works("database", database_url=running.url) or "")
    gone = f"postgresql://desk:swordfish@127.0.0.1:{free_port()}/x"
    assert "Check STORYDIFF_DATABASE_URL" in fails("database", database_url=gone)


def test_a_database_in_no_folder(tmp_path: Path) -> None:
    """A path that cannot be is said with what to set instead."""
    (tmp_path / "file").write_text("x")
    assert "STORYDIFF_DATABASE_URL or --db" in fails("database", database_url=f"sqlite:///{tmp_path}/file/s.sqlite")


def test_an_archive(tmp_path: Path) -> None:
    """The folder is tried, and nothing stays in it."""
    assert "GB free" in (works("archive", archive=str(tmp_path / "a")) or "")
    assert list((tmp_path / "a").iterdir()) == []
    (tmp_path / "file").write_text("x")
    assert "STORYDIFF_ARCHIVE" in fails("archive", archive=str(tmp_path / "file" / "a"))


def test_a_queue(tmp_path: Path) -> None:
    """Redis is asked; an address that is none, or where nobody is, is said as such."""
    assert works("queue") is None
    with redis_server(tmp_path) as url:
        assert (works("queue", redis_url=url) or "").startswith("Redis ")
    for wrong in (url, "http://localhost", f"redis://:swordfish@127.0.0.1:{free_port()}/0"):
        assert "Check STORYDIFF_REDIS_URL" in fails("queue", redis_url=wrong)


def test_licences(tmp_path: Path) -> None:
    """The hosts are named and the secrets are not; a file that is open to others fails."""
    file = tmp_path / "licences.toml"
    file.write_text('["coast.example"]\ncookies = { a = "swordfish" }\nnewsrooms = ["desk"]\n')
    file.chmod(0o600)
    assert works("licences") is None
    assert works("licences", licences=str(file)) == "for coast.example"
    file.chmod(0o644)
    assert f"chmod 600 {file}" in fails("licences", licences=str(file))


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


def through(port: int, **changes: object) -> dict[str, object]:
    """The settings of that mail server."""
    told = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": "none", "signing_secret": SECRET}
    return {**told, "mail_from": "desk@paper.example", **changes}


def test_a_mail_server(letterbox: Letterbox) -> None:
    """It is greeted and left; no mail is sent. What is wrong is said with the setting to look at."""
    assert works("mail") is None
    running = server(letterbox)
    try:
        assert works("mail", **through(running.port)) == f"127.0.0.1 port {running.port}, none, without login"
        assert letterbox.mails == []
        for changes, hint in (
            ({"smtp_tls": "starttls"}, "STORYDIFF_SMTP_TLS"),
            ({"smtp_tls": "tls"}, "STORYDIFF_SMTP_TLS"),
            ({"smtp_port": free_port()}, "STORYDIFF_SMTP_PORT"),
            ({"smtp_host": "mail.invalid"}, "STORYDIFF_SMTP_HOST"),
            ({"mail_from": "desk"}, "digest@paper.example"),
            ({"signing_secret": ""}, "openssl rand"),
            ({"smtp_user": "me", "smtp_password": "swordfish", "smtp_host": "localhost.example"}, "starttls or tls"),
        ):
            assert hint in fails("mail", **through(running.port, **changes))
    finally:
        running.stop()


def test_starttls_and_login(letterbox: Letterbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The login is tried over the encrypted connection; a wrong password and an unknown certificate are told apart."""
    folder = self_signed(tmp_path, "DNS:localhost", "IP:127.0.0.1")
    running = server(letterbox, tls=server_context(folder), login=True)
    right = through(running.port, smtp_tls="starttls", smtp_user="me", smtp_password="open sesame")
    try:
        assert "certificate" in fails("mail", **right)
        assert letterbox.logins == []
        monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))
        assert "starttls, logged in as me" in (works("mail", **right) or "")
        assert "STORYDIFF_SMTP_USER and STORYDIFF_SMTP_PASSWORD" in fails(
            "mail", **{**right, "smtp_password": "swordfish"}
        )
        assert letterbox.logins == [b"me", b"me"]
    finally:
        running.stop()
    assert letterbox.mails == []


def test_no_root_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that can check nobody's certificate is told which package it lacks."""
    assert "root certificates" in (works("https") or "")
    (tmp_path / "none").mkdir()
    (tmp_path / "none.pem").write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    assert "apt-get install ca-certificates" in fails("https")


class Taker(BaseHTTPRequestHandler):
    """A collector that takes batches on its path, and nothing elsewhere."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200 if self.path == "/v1/traces" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Not to standard error."""


def test_traces(capfd: pytest.CaptureFixture[str]) -> None:
    """A collector that takes what is sent; one at another address, and one that is away, with the exporter's words."""
    pytest.importorskip("opentelemetry.sdk")
    assert works("traces") is None
    collector = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{collector.server_port}"
        assert works("traces", otlp_url=url) == url
        assert "404" in fails("traces", otlp_url=f"{url}/elsewhere")
    finally:
        collector.shutdown()
        collector.server_close()
    assert "takes no traces" in fails("traces", otlp_url=f"http://127.0.0.1:{free_port()}")
    assert capfd.readouterr().err == ""
