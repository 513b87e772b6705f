"""The public JSON format."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from storydiff.errors import InputError, UnknownOutlet
from storydiff.model import Paragraph, Role
from storydiff.report.json import dumps, from_json, schema, to_json
from tests.builders import at, collation, version
from tests.fire import fire


def described(values: object, rules: dict, root: dict) -> None:
    """Every key in the values has a rule in the schema."""
    while "$ref" in rules:
        rules = root["$defs"][rules["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in rules and isinstance(values, dict):
        rules = next(r for r in rules["anyOf"] if "$ref" in r)
        return described(values, rules, root)
    if isinstance(values, list):
        for each in values:
            described(each, rules["items"], root)
    elif isinstance(values, dict):
        for key, value in values.items():
            rule = rules.get("properties", {}).get(key) or rules["additionalProperties"]
            described(value, rule, root)
    return None


def test_valid() -> None:
    """What is written satisfies the shipped schema, and the schema itself is valid."""
    Draft202012Validator.check_schema(schema())
    checker = Draft202012Validator(schema(), format_checker=FormatChecker())
    checker.validate(to_json(fire(), ours="coast radio"))


def test_every_key_described() -> None:
    """The schema describes every key that is written."""
    described(to_json(fire(), ours="Coast Radio"), schema(), schema())


@pytest.mark.parametrize("key", ["engine", "points", "versions", "discrepancies"])
def test_schema_refuses(key: str) -> None:
    """The schema refuses a document that lacks a required part."""
    values = to_json(fire())
    del values[key]
    assert list(Draft202012Validator(schema()).iter_errors(values))


def test_schema_refuses_an_unknown_status() -> None:
    """The schema refuses a status outside the five words."""
    values = to_json(fire())
    values["points"][0]["coverage"]["coast-radio"]["status"] = "missing"
    assert list(Draft202012Validator(schema()).iter_errors(values))


def test_round_trip() -> None:
    """Reading what was written, through text, gives an equal collation."""
    assert from_json(json.loads(dumps(fire()))) == fire()


def test_round_trip_of_live_blog_posts() -> None:
    """The number and time of a live-blog post survive."""
    blog = version("Live", Paragraph("12:01 Roof falls in", Role.ENTRY, 0, at(3, "22:01")), fetched=at(3, "23:00"))
    made = collation([blog], made=at(3, "23:00").replace(microsecond=1234))
    assert from_json(json.loads(dumps(made))) == made


def test_same_bytes() -> None:
    """The same collation gives the same bytes, whatever the order of its dictionaries."""
    turned = fire()
    points = tuple(replace(p, coverage=dict(reversed(p.coverage.items()))) for p in turned.points)
    assert dumps(replace(turned, points=points)) == dumps(fire())


def test_offsets() -> None:
    """Each evidence text is exactly that slice of its paragraph."""
    values = json.loads(dumps(fire()))
    paragraphs = {v["id"]: v["paragraphs"] for v in values["versions"]}
    spans = [(v, e) for p in values["points"] for v, c in p["coverage"].items() for e in c["evidence"]]
    spans += [(r["version"], r) for d in values["discrepancies"] for r in d["readings"]]
    assert len(spans) > 30
    for of, each in spans:
        assert paragraphs[of][each["paragraph"]]["text"][each["start"] : each["end"]] == each["text"]


def test_no_bytes_that_command_a_terminal() -> None:
    """Controls, bidi overrides, invisible tags and lone surrogates are escaped, and come back unchanged."""
    nasty = "a\x1b[2Jb\x9b31mc\u202ed\U000e0041\ud800\u2028\x7f\n"
    made = collation([version("Evil \u202e Post", nasty, headline=nasty)])
    text = dumps(made)
    assert all(c == "\n" or (c.isprintable() and c not in "\u202e\U000e0041") for c in text)
    text.encode()
    assert from_json(json.loads(text)) == made


def test_other_schema_refused() -> None:
    """Another format, or a damaged document, is refused in words."""
    with pytest.raises(InputError, match="storydiff/collation/2"):
        from_json({"schema": "storydiff/collation/2"})
    damaged = to_json(fire())
    del damaged["versions"][0]["outlet"]
    with pytest.raises(InputError, match="damaged"):
        from_json(damaged)


def test_ours() -> None:
    """`ours` lists what only we have, lack and word otherwise; drift is no difference."""
    values = to_json(fire(), ours="northgate-times.example")["ours"]
    assert values["outlet"] == "Northgate Times"
    assert values["only_we_have"] == ["p7"]
    assert values["we_lack"] == ["p3", "p6", "p8"]
    assert values["we_differ"] == ["p1"]
    radio = to_json(fire(), ours="Coast Radio")["ours"]
    assert radio["we_differ"] == ["p3"]
    assert radio["we_lack_details"] == ["p2"]


def test_ours_unreadable_lacks_nothing() -> None:
    """An outlet whose text we could not read is not said to lack anything."""
    assert to_json(fire(), ours="Evening Lamp")["ours"]["we_lack"] == []
    assert to_json(fire(), ours="Tollway Tribune")["ours"]["we_lack"] == []


def test_unknown_ours() -> None:
    """An outlet that is not there is refused, and those that are there are named."""
    with pytest.raises(UnknownOutlet) as caught:
        to_json(fire(), ours="Nobody")
    assert "Coast Radio" in caught.value.hint
