"""How many tests run at once."""

from __future__ import annotations

import os

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """What `-n auto` stands for: one more than there are processors.

    Many tests wait for real things (a server that hangs, a clock that ticks, a process that ends), and use no processor
    meanwhile.
    """
    return (os.cpu_count() or 1) + 1
