"""Quirks of well-known publishers: the rows of `outlets.toml`, found by domain."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from storydiff.extract.blocks import Block


@dataclass(frozen=True, slots=True)
class Quirk:
    """What is peculiar to one publisher's pages; class names without the dot."""

    name: str | None = None
    """How the outlet is shown to people, where its pages call themselves otherwise."""
    not_text: frozenset[str] = frozenset()
    """Elements with one of these classes hold no text of the article."""
    text: frozenset[str] = frozenset()
    """Elements with one of these classes hold text, however unlikely they look."""


PLAIN = Quirk()


def load(source: str) -> dict[str, Quirk]:
    """Domain -> quirk, from TOML; raises ValueError for a row with an unknown key."""
    found = {}
    for domain, row in tomllib.loads(source).items():
        unknown = set(row) - {"name", "not_text", "text"}
        if unknown:
            raise ValueError(f"outlets.toml: {domain} has unknown keys {sorted(unknown)}")
        found[domain] = Quirk(row.get("name"), frozenset(row.get("not_text", ())), frozenset(row.get("text", ())))
    return found


OUTLETS: Mapping[str, Quirk] = load(files("storydiff.extract").joinpath("outlets.toml").read_text(encoding="utf8"))


def quirk_of(host: str | None) -> Quirk:
    """The quirk of a host or of the domain above it; a plain one when none is listed."""
    labels = (host or "").split(".")
    return next((OUTLETS[name] for i in range(len(labels)) if (name := ".".join(labels[i:])) in OUTLETS), PLAIN)


def corrected(likely: list[float], blocks: list[Block], quirk: Quirk) -> list[float]:
    """The likelihoods with the quirk applied."""
    if not (quirk.text or quirk.not_text):
        return likely
    return [_correct(p, block, quirk) for p, block in zip(likely, blocks, strict=True)]


def _correct(p: float, block: Block, quirk: Quirk) -> float:
    if block.node.hidden:
        return p
    names = {name for node in block.node.lineage() for name in node.attributes.get("class", "").split()}
    if names & quirk.not_text:
        return 0.0
    return 1.0 if names & quirk.text else p
