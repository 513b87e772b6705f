"""`storydiff schema`: the JSON Schemas of the public formats."""

from __future__ import annotations

import json

import click

from storydiff.discover import written as discover
from storydiff.report import json as report

FORMATS = {"collation": report.schema, "discover": discover.schema}


@click.command("schema")
@click.argument("name", type=click.Choice([*FORMATS]), default="collation")
def command(name: str) -> None:
    """Print the JSON Schema of a format: what `compare --json` writes, or what `discover --format json` writes."""
    click.echo(json.dumps(FORMATS[name](), indent=2, ensure_ascii=False))
