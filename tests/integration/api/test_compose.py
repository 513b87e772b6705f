"""docker-compose.yml: well formed for v1 and v2, and each service's very command and environment starts.

No container engine is needed: the commands run as processes, on a PostgreSQL and a Redis started for the test.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from storydiff.settings import Settings
from tests.acceptance.conftest import environment
from tests.acceptance.test_serve import free_port, until
from tests.integration.redis_server import redis_server
from tests.unit.store.conftest import postgres, postgres_url  # noqa: F401

yaml = pytest.importorskip("yaml", reason="no PyYAML: pip install PyYAML")
ROOT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "storydiff:local"]
KNOWN = {
    *("build", "image", "restart", "init", "read_only", "tmpfs", "cap_drop", "security_opt", "stop_grace_period"),
    *("volumes", "environment", "depends_on", "command", "ports", "healthcheck", "shm_size", "profiles", "entrypoint"),
}
"""Keys that docker-compose 1.29 and Compose v2 both know."""
FILLED = re.compile(r"\$\{(\w+)(?::[-?]([^}]*))?\}")


def test_the_file_is_of_a_shape_that_both_know() -> None:
    """No top-level `name` (v1 refuses it) and no `version` (v2 warns); only known keys; volumes are declared."""
    assert {key for key in COMPOSE if not key.startswith("x-")} == {"services", "volumes"}
    for name, service in SERVICES.items():
        assert set(service) <= KNOWN, name
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in COMPOSE["volumes"]
        for needed in service.get("depends_on", {}):
            assert needed in SERVICES
        assert all(isinstance(part, str) for part in service.get("command", ()))
        assert all(isinstance(value, str) for value in service.get("environment", {}).values()), name
    expected = {
        "postgres",
        "redis",
        "migrate",
        "api",
        "web",
        "worker-fetch",
        "worker-collate",
        "beat",
        "mailpit",
        "prometheus",
    }
    assert set(SERVICES) == expected
    assert SERVICES["prometheus"]["profiles"] == ["metrics"]


def test_our_services_are_locked_down() -> None:
    """Read-only, without capabilities, not root, and only the API and the pages have a port, on loopback."""
    for name in OURS:
        service = SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf8")
    assert dockerfile.count("\nFROM ") + dockerfile.startswith("FROM ") == 2
    assert "\nUSER storydiff\n" in dockerfile
    for copied in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE):
        assert all((ROOT / part).exists() for part in copied.split()[:-1]), copied


def test_what_is_to_be_filled_in_is_in_the_example() -> None:
    """Every variable of the file is in .env.example, and the other way round."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf8")
    example = (ROOT / ".env.example").read_text(encoding="utf8")
    assert {name for name, _ in FILLED.findall(text)} == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


@pytest.mark.parametrize("name", OURS)
def test_every_setting_exists(name: str) -> None:
    """The environment of each service is one that storydiff takes."""
    Settings.from_env(_environment(name))


def _environment(name: str) -> dict[str, str]:
    """The service's environment as the example fills it in."""
    example = (ROOT / ".env.example").read_text(encoding="utf8")
    given = dict(line.split("=", 1) for line in example.splitlines() if re.match(r"\w+=", line))
    return {
        key: FILLED.sub(lambda found: given.get(found[1]) or found[2] or "", value)
        for key, value in SERVICES[name]["environment"].items()
    }


@contextmanager
def _running(name: str, env: dict[str, str], folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    log = folder / f"{name}.log"
    program = "from storydiff.cli import main; main()"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", program, *SERVICES[name]["command"]],
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process, log
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, log.read_text()


@pytest.mark.xdist_group("postgres")
def test_each_service_starts_and_stops(tmp_path: Path, postgres_url: str) -> None:  # noqa: F811
    """Migrate ends well; API, pages, workers and clock come up on PostgreSQL and Redis, and end well at SIGTERM."""
    port, pages = free_port(), free_port()
    with redis_server(tmp_path) as redis_url, ExitStack() as stack:
        reach = {
            "STORYDIFF_DATABASE_URL": postgres_url,
            "STORYDIFF_REDIS_URL": redis_url,
            "STORYDIFF_ARCHIVE": str(tmp_path / "archive"),
        }
        envs = {name: {**environment(tmp_path), **_environment(name), **reach} for name in OURS}
        envs["api"] |= {"STORYDIFF_API_PORT": str(port), "STORYDIFF_API_HOST": "127.0.0.1"}
        envs["web"] |= {"STORYDIFF_WEB_PORT": str(pages), "STORYDIFF_WEB_HOST": "127.0.0.1"}
        with _running("migrate", envs["migrate"], tmp_path) as (process, log):
            assert process.wait(60) == 0, log.read_text()
            assert "up to date" in log.read_text()
        logs = {}
        for name in OURS:
            if name != "migrate":
                logs[name] = stack.enter_context(_running(name, envs[name], tmp_path))[1]
        signs = {"worker-fetch": "ready.", "worker-collate": "ready.", "beat": "beat: Starting"}
        for name, sign in signs.items():
            until(lambda name=name, sign=sign: sign in logs[name].read_text(), logs[name].read_text)
        until(lambda: _ready(port), logs["api"].read_text)
        until(lambda: _ready(pages), logs["web"].read_text)
        with urllib.request.urlopen(f"http://127.0.0.1:{pages}/", timeout=5) as answer:
            assert "Sign in to storydiff" in answer.read().decode()
        # Two processes serve the port, and whichever answers knows the requests of both.
        for _ in range(20):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
        counted = re.search(r'requests_total\{method="GET",route="/healthz",status="200"\} ([0-9.]+)', text)
        assert counted is not None
        assert float(counted[1]) == 20


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        time.sleep(0.1)
        return False


def test_the_health_check_is_a_command_that_works() -> None:
    """The checks of API and pages are Python that fails where nothing answers."""
    for name, port in (("api", "8750"), ("web", "8751")):
        test = SERVICES[name]["healthcheck"]["test"]
        assert test[:3] == ["CMD", "python", "-c"]
        _fails(test[3].replace(port, str(free_port())))


def _fails(code: str) -> None:
    ran = subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False, capture_output=True)
    assert ran.returncode != 0
