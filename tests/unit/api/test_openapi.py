"""The description holds together and tells the same as the routes."""

import json
import re
from typing import Any

from storydiff.api.openapi import describe
from storydiff.api.routes import ROUTES

DOCUMENT = describe(ROUTES)


def _references(value: Any) -> set[str]:
    return set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(value)))


def test_every_reference_leads_somewhere() -> None:
    """No part is described that is not there."""
    for reference in _references(DOCUMENT):
        at: Any = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            at = at[part]
        assert at


def test_every_route_is_described_once() -> None:
    """Operation ids are unique, and each has a summary and a scope."""
    operations = [each for methods in DOCUMENT["paths"].values() for each in methods.values()]
    assert len({each["operationId"] for each in operations}) == len(operations) == len(ROUTES)
    assert all(each["summary"].endswith(".") or each["summary"] for each in operations)
    assert all("Scope:" in each["description"] for each in operations)


def test_every_path_parameter_is_described() -> None:
    """What stands in braces is a required parameter with a pattern."""
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))


def test_it_is_the_same_each_time() -> None:
    """The document can be kept under version control."""
    assert json.dumps(describe(ROUTES)) == json.dumps(DOCUMENT)
