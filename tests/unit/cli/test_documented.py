"""The commands that README and docs show are commands that there are, with options that they have."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from storydiff.cli import cli

HERE = Path(__file__).parents[3]
PAGES = [HERE / "README.md", *sorted((HERE / "docs").glob("*.md"))]
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"^(?:\$ )?(?:[A-Z_]+=\S+ )*(storydiff (?!is\b|[^\x00-\x7f]).*)$")
SHELL = {"|", "&&", "&", ">", "2>", ";", "<"}


def documented() -> Iterator[tuple[str, str]]:
    """Page and command, once each."""
    seen = set()
    for page in PAGES:
        text = page.read_text(encoding="utf8")
        lines = [line.strip() for block in FENCE.findall(text) for line in block.replace("\\\n", " ").splitlines()]
        for line in [*lines, *INLINE.findall(FENCE.sub("", text))]:
            found = COMMAND.match(line)
            if found and found[1] not in seen:
                seen.add(found[1])
                yield page.name, found[1]


def words_of(command: str) -> list[str]:
    """The arguments; those of a synopsis (`[--scope S]`, `a|b`) as if all were given, the first of each choice."""
    words = shlex.split(command.replace("[", "").replace("]", "").replace("...", "").replace("…", ""), comments=True)
    end = next((place for place, word in enumerate(words) if word in SHELL), len(words))
    return [word.split("|")[0] for word in words[1:end]]


@pytest.mark.parametrize(("page", "command"), [pytest.param(*each, id=" ".join(each)) for each in documented()])
def test_documented_commands_exist(page: str, command: str) -> None:
    """Each name and each option is known; what they are given is not looked at."""
    found: click.Command = cli
    context = click.Context(cli)
    words = words_of(command)
    while isinstance(found, click.Group) and words and not words[0].startswith("-"):
        inner = found.get_command(context, words[0])
        if inner is None and found.name == "serve":
            break
        assert inner is not None, f"{page}: there is no `{words[0]}` in {command}"
        found, words = inner, words[1:]
    known = {option for each in found.get_params(context) for option in (*each.opts, *each.secondary_opts)}
    used = {word.split("=")[0] for word in words if re.fullmatch(r"--?[a-z][\w-]*(=.*)?", word)}
    assert used <= known, f"{page}: {used - known} in {command}"
