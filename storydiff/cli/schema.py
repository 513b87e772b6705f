"""`storydiff schema`: the JSON Schema of the public format."""

from __future__ import annotations

import json

import click

from storydiff.report.json import schema


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the format that --json writes (storydiff/collation/1)."""
    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
