"""How many tests run at once, how they are collected, and where processes are forked from."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.forking import Forking, forking


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """What `-n auto` stands for: one more than there are processors.

    Many tests wait for real things (a server that hangs, a clock that ticks, a process that ends), and use no processor
    meanwhile.
    """
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Five thousand tests live as long as the run: looking through them for garbage takes a sixth of collecting them."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def forked() -> Iterator[Forking]:
    """Where runs of commands are forked from: one process for all tests, which remembers nothing of them."""
    with forking({"PATH": os.environ["PATH"], "HOME": str(Path.home()), "PYTHONUTF8": "1"}) as made:
        yield made
