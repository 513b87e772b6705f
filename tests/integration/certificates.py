"""Certificates for servers of these tests, made with openssl."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

OPENSSL = shutil.which("openssl")


def self_signed(folder: Path, *names: str) -> Path:
    """The folder, with cert.pem and key.pem for these names (DNS:… or IP:…); skips, plainly, without openssl."""
    if OPENSSL is None:
        pytest.skip("makes a certificate with openssl (Debian package: openssl)")
    command = f"{OPENSSL} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    about = ["-subj", f"/CN={names[0].partition(':')[2]}", "-addext", f"subjectAltName={','.join(names)}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*command.split(), *about, *files], check=True, capture_output=True)
    return folder


def server_context(folder: Path) -> ssl.SSLContext:
    """What a server with that certificate needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
