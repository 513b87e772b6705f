"""`import storydiff` is a small library that loads nothing heavy."""

import re
import subprocess
import sys
from pathlib import Path

import storydiff


def test_it_has_at_most_twelve_names_and_all_are_there() -> None:
    """Each name in `__all__` loads, and the type stub has exactly these."""
    assert len(storydiff.__all__) <= 12
    assert all(hasattr(storydiff, name) for name in storydiff.__all__)
    stub = Path(storydiff.__file__).with_suffix(".pyi").read_text(encoding="utf8")
    assert sorted(re.findall(r" as (\w+)", stub)) == sorted(storydiff.__all__)


def test_texts_in_memory_are_compared_without_network_store_or_settings() -> None:
    """Collating loads neither aiohttp nor SQLAlchemy nor trafilatura."""
    code = (
        "import sys, storydiff\n"
        "one = 'A fire at the mill killed two people on Monday, the fire service said.'\n"
        "two = 'A fire at the mill killed three people on Monday, the fire service said.'\n"
        "found = storydiff.collate([storydiff.read_text(one, outlet='A'), storydiff.read_text(two, outlet='B')])\n"
        "heavy = {'aiohttp', 'sqlalchemy', 'trafilatura'} & set(sys.modules)\n"
        "print([d.type.value for d in found.discrepancies], heavy)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "['number'] set()"


def test_bare_texts_are_named_in_order() -> None:
    """Strings may be given instead of versions."""
    found = storydiff.collate(["The mill burned down on Monday.", "The mill burned down on Monday night."])
    assert len(found.versions) == 2


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As in any module."""
    assert not hasattr(storydiff, "colate")
