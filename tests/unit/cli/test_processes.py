"""Processes that live together: what one of them says is heard when it matters."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storydiff.cli.processes import Command, Fallen, Together


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """The signals are the test runner's again afterwards."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def speaking(code: int, log: Path | None) -> Command:
    """A process that says something and ends."""
    program = f"import sys; print('no room'); print('at all', file=sys.stderr); sys.exit({code})"
    return Command(name="queue", arguments=[sys.executable, "-c", program], log=log)


def test_a_quiet_process_is_heard_when_it_falls(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What it said goes to its log, and to standard error when it ends that was not to end."""
    with Together() as together:
        together.start(speaking(3, tmp_path / "queue.log"))
        with pytest.raises(Fallen) as fallen:
            together.wait_until(lambda: False, 20)
    assert fallen.value.code == 3
    said = capfd.readouterr()
    assert sorted(said.err.splitlines()) == ["at all", "no room"]
    assert said.out == ""


def test_a_process_that_stays_keeps_to_itself(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Its words stay in its log as long as all is well."""
    log = tmp_path / "queue.log"
    program = "import time; print('ready', flush=True); time.sleep(60)"
    with Together() as together:
        together.start(Command(name="queue", arguments=[sys.executable, "-c", program], log=log))
        assert together.wait_until(lambda: log.read_text() == "ready\n", 20)
    assert capfd.readouterr() == ("", "")
