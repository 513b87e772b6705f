"""What is imported is declared, what is declared is imported, and the pins lie in the ranges."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
CORE = [Requirement(each) for each in PROJECT["dependencies"]]
EXTRAS = [Requirement(each) for group in PROJECT["optional-dependencies"].values() for each in group]
OWN = {"storydiff", "workers", "tests", "bench"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> Iterator[str]:
    """The top-level modules that files of the folders import, those loaded by name too."""
    for folder in folders:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
                yield from (name.partition(".")[0] for name in names(node))


def names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module and not node.level else []
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
        return [each.value for each in node.args if isinstance(each, ast.Constant)]
    return []


def distributions(*folders: str) -> set[str]:
    """What has to be installed for the imports of the folders; a name space may be of several."""
    known = packages_distributions()
    outside = {name for name in imported(*folders) if name not in sys.stdlib_module_names | OWN and name in known}
    return {canonical(each) for name in outside for each in known[name]}


def test_what_the_product_imports_is_declared():
    """Not only what declares it by chance: aiohttp may do without yarl one day, and we could not."""
    undeclared = distributions("storydiff", "workers") - {canonical(each.name) for each in (*CORE, *EXTRAS)}
    assert {each for each in undeclared if not each.startswith("opentelemetry-")} == set()


def test_what_is_declared_is_imported():
    """Nothing is installed for nothing."""
    needed = {canonical(each.name) for each in CORE if not each.marker or each.marker.evaluate()}
    assert needed - distributions("storydiff", "workers") == set()


@pytest.mark.parametrize("requirement", [*CORE, *EXTRAS], ids=str)
def test_every_requirement_has_a_pin_in_its_range(requirement: Requirement):
    """So that `make` installs what was tested."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf8").split()
    pins = {canonical(name): version for name, _, version in (line.partition("==") for line in lines)}
    assert requirement.specifier.contains(pins[canonical(requirement.name)])
