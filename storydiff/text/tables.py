"""Word tables: TOML files beside the modules that use them, read once.

A list of patterns becomes one alternation; a block of words becomes a set. The tables hold words only, so that a
newsroom can add one without reading code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=64)
def table(path: Path) -> dict[str, Any]:
    """The content of a table file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def beside(module: str, name: str) -> dict[str, Any]:
    """The table `name`.toml in the folder of a module's `__file__`."""
    return table(Path(module).with_name(f"{name}.toml"))


def either(patterns: Iterable[str]) -> str:
    """One alternation of several patterns."""
    return "|".join(patterns)


def words(block: str) -> frozenset[str]:
    """The words of a block, parted by white space."""
    return frozenset(block.split())
