"""`storydiff doctor` against real servers: what works, what does not and what to do, and that nothing is changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storydiff.store import migrations, open_store
from storydiff.store.engine import Database
from storydiff.store.migrate import upgrade
from tests.acceptance.conftest import Cli
from tests.integration.certificates import self_signed, server_context
from tests.integration.digest.letterbox import Letterbox, free_port, server
from tests.integration.postgres_server import postgres_server
from tests.integration.redis_server import redis_server

SECRET = "0123456789" * 4


def line(told: str, name: str) -> str:
    """What was said of one check, on one line."""
    lines = told.partition("What works")[2].split("\n")
    start = next(i for i, each in enumerate(lines) if each.startswith(f"  {name} "))
    more = iter(lines[start + 1 :])
    return " ".join([lines[start], *(each for each in iter(lambda: next(more, ""), "") if each.startswith(" " * 10))])


def test_nothing_set(cli: Cli, tmp_path: Path) -> None:
    """An empty home: all works, what is not set is said, and no database comes into being."""
    ran = cli("doctor")
    assert ran.returncode == 0
    assert "made when it is first used" in line(ran.stdout, "database")
    assert "GB free" in line(ran.stdout, "archive")
    assert "STORYDIFF_SMTP_HOST is not set" in line(ran.stdout, "mail")
    assert list(tmp_path.rglob("*.sqlite")) == []


def test_tables_of_an_earlier_version(cli: Cli, tmp_path: Path) -> None:
    """They are told and left as they are; those of a later version are an error."""
    path = tmp_path / "s.sqlite"
    with closing(Database(path)) as old:
        upgrade(old, to="0001")
    env = {"STORYDIFF_DATABASE_URL": f"sqlite:///{path}"}
    assert f"step 0001 of {migrations.HEAD}" in line(cli("doctor", env=env).stdout, "database")
    assert "step 0001 of" in line(cli("doctor", env=env).stdout, "database")
    open_store(path).close()
    assert f"those of this version (step {migrations.HEAD})" in line(cli("doctor", env=env).stdout, "database")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    ran = cli("doctor", env=env)
    assert (ran.returncode, "newer storydiff" in line(ran.stdout, "database")) == (4, True)


def test_a_database_server(cli: Cli) -> None:
    """PostgreSQL is asked; when it is gone, that is said, without the password."""
    with postgres_server() as running:
        ran = cli("doctor", env={"STORYDIFF_DATABASE_URL": running.url})
        assert ran.returncode == 0, ran.stdout
        assert "without tables" in line(ran.stdout, "database")
    ran = cli("doctor", env={"STORYDIFF_DATABASE_URL": f"postgresql://desk:swordfish@127.0.0.1:{free_port()}/x"})
    assert (ran.returncode, "swordfish" in ran.stdout) == (4, False)
    assert "Check STORYDIFF_DATABASE_URL" in line(ran.stdout, "database")


def test_a_database_in_no_folder(cli: Cli, tmp_path: Path) -> None:
    """A path that cannot be is said with what to set instead."""
    (tmp_path / "file").write_text("x")
    ran = cli("doctor", "--db", str(tmp_path / "file" / "s.sqlite"))
    assert ran.returncode == 4
    assert "STORYDIFF_DATABASE_URL or --db" in line(ran.stdout, "database")


def test_a_queue(cli: Cli, tmp_path: Path) -> None:
    """Redis is asked for its version; an address that is none is said as such."""
    with redis_server(tmp_path) as url:
        assert "works" in line(cli("doctor", env={"STORYDIFF_REDIS_URL": url}).stdout, "queue")
    for wrong in (url, "http://localhost", f"redis://:swordfish@127.0.0.1:{free_port()}/0"):
        ran = cli("doctor", env={"STORYDIFF_REDIS_URL": wrong})
        assert (ran.returncode, "swordfish" in ran.stdout) == (4, False)
        assert "Check STORYDIFF_REDIS_URL" in line(ran.stdout, "queue")


def test_licences(cli: Cli, tmp_path: Path) -> None:
    """The hosts are named and the secrets are not; a file that is open to others fails."""
    file = tmp_path / "licences.toml"
    file.write_text('["coast.example"]\ncookies = { a = "swordfish" }\nnewsrooms = ["desk"]\n')
    file.chmod(0o600)
    ran = cli("doctor", env={"STORYDIFF_LICENCES": str(file)})
    assert (ran.returncode, "swordfish" in ran.stdout) == (0, False)
    assert "for coast.example" in line(ran.stdout, "licences")
    file.chmod(0o644)
    ran = cli("doctor", env={"STORYDIFF_LICENCES": str(file)})
    assert ran.returncode == 4
    assert f"chmod 600 {file}" in line(ran.stdout, "licences")


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


def mail(port: int, **changes: str) -> dict[str, str]:
    told = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_TLS": "none", "SIGNING_SECRET": SECRET}
    told |= {"MAIL_FROM": "desk@paper.example", **changes}
    return {f"STORYDIFF_{name}": value for name, value in told.items()}


def test_a_mail_server(cli: Cli, letterbox: Letterbox) -> None:
    """It is greeted and left; no mail is sent. What is wrong is said with the setting to look at."""
    running = server(letterbox)
    try:
        ran = cli("doctor", env=mail(running.port))
        assert ran.returncode == 0, ran.stdout
        assert f"127.0.0.1 port {running.port}, none, without login" in line(ran.stdout, "mail")
        assert letterbox.mails == []
        for changes, hint in (
            ({"SMTP_TLS": "starttls"}, "STORYDIFF_SMTP_TLS"),
            ({"SMTP_PORT": str(free_port())}, "STORYDIFF_SMTP_PORT"),
            ({"SMTP_HOST": "mail.invalid"}, "STORYDIFF_SMTP_HOST"),
            ({"MAIL_FROM": "desk"}, "digest@paper.example"),
            ({"SIGNING_SECRET": ""}, "openssl rand"),
        ):
            ran = cli("doctor", env=mail(running.port, **changes))
            assert (ran.returncode, hint in line(ran.stdout, "mail")) == (4, True), ran.stdout
    finally:
        running.stop()


def test_starttls_and_login(cli: Cli, letterbox: Letterbox, tmp_path: Path) -> None:
    """The login is tried over the encrypted connection; a wrong password and an unknown certificate are told apart."""
    folder = self_signed(tmp_path, "DNS:localhost", "IP:127.0.0.1")
    running = server(letterbox, tls=server_context(folder), login=True)
    try:
        env = mail(running.port, SMTP_TLS="starttls", SMTP_USER="me", SMTP_PASSWORD="open sesame")
        trusted = {**env, "SSL_CERT_FILE": str(folder / "cert.pem")}
        assert "starttls, logged in as me" in line(cli("doctor", env=trusted).stdout, "mail")
        ran = cli("doctor", env={**trusted, "STORYDIFF_SMTP_PASSWORD": "swordfish"})
        assert ran.returncode == 4
        assert "Check STORYDIFF_SMTP_USER and STORYDIFF_SMTP_PASSWORD" in line(ran.stdout, "mail")
        assert "swordfish" not in ran.stdout
        assert letterbox.logins == [b"me", b"me"]
        assert "certificate" in line(cli("doctor", env=env).stdout, "mail")
        assert len(letterbox.logins) == 2
    finally:
        running.stop()
    assert letterbox.mails == []


def test_no_root_certificates(cli: Cli, tmp_path: Path) -> None:
    """A machine that can check nobody's certificate is told which package it lacks."""
    (tmp_path / "none").mkdir()
    (tmp_path / "none.pem").write_text("")
    bare = {"SSL_CERT_FILE": str(tmp_path / "none.pem"), "SSL_CERT_DIR": str(tmp_path / "none")}
    ran = cli("doctor", env=bare)
    assert ran.returncode == 4
    assert "apt-get install ca-certificates" in line(ran.stdout, "https")


def test_settings_are_listed(cli: Cli, tmp_path: Path) -> None:
    """What is set, from where, without secrets; with --all the defaults too."""
    (tmp_path / "key").write_text("swordfish")
    env = {"STORYDIFF_S3_SECRET_KEY_FILE": str(tmp_path / "key"), "STORYDIFF_S3_ACCESS_KEY": "swordfish"}
    ran = cli("doctor", env=env)
    assert f"set (secret, from {tmp_path / 'key'})" in ran.stdout
    assert "swordfish" not in ran.stdout
    assert "STORYDIFF_TIMEOUT" not in ran.stdout
    assert "30.0 (default)" in cli("doctor", "--all").stdout
