"""`storydiff show`: from a cell to the exact words, in the exact bytes that were fetched."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from storydiff.cli.failures import printable
from storydiff.cli.options import clock, kept, look, slugs, stored
from storydiff.cli.story import collation_of
from storydiff.errors import SnapshotMissing, UnknownOutlet, UnknownPoint
from storydiff.model import Cell, Collation, Point, Version
from storydiff.pipeline.desk import Desk, open_desk
from storydiff.report.point import to_point
from storydiff.report.times import clock as shown_time


@click.command("show")
@click.argument("slug", shell_complete=slugs)
@click.argument("point", type=click.IntRange(1))
@click.argument("outlet", required=False)
@click.option("--bytes", "as_bytes", is_flag=True, help="Print the archived bytes of that outlet's page, unchanged.")
@click.option("--number", type=click.IntRange(1), metavar="N", help="In the N-th collation instead of the latest.")
@kept
def command(slug: str, point: int, outlet: str | None, number: int | None, db: str | None, *, as_bytes: bool) -> None:
    """Open the cell of POINT (its number in the table) and OUTLET in a stored story.

    Without OUTLET, shows how every outlet words the point.

    \b
    storydiff show flood 3 'Harbour Post'
    storydiff show flood 3 'Harbour Post' --bytes | less
    """
    if as_bytes and outlet is None:
        raise click.UsageError("--bytes needs an OUTLET: each outlet has a page of its own.")
    with open_desk(stored(db), clock) as desk:
        found = collation_of(desk, slug, number)
        if outlet is None:
            click.echo(to_point(found, point, look=look()), nl=False)
            return
        version = _version(found, outlet)
        if as_bytes:
            sys.stdout.buffer.write(_bytes(desk, version))
            return
        for line in _cell(desk, _point(found, point), version):
            click.echo(printable(line))


def _version(found: Collation, outlet: str) -> Version:
    for version in found.versions:
        if outlet.casefold() in {version.outlet.casefold(), version.id}:
            return version
    names = ", ".join(sorted({version.outlet for version in found.versions}))
    raise UnknownOutlet(f"No version of this story is by {outlet!r}.", hint=f"There are: {names}")


def _point(found: Collation, number: int) -> Point:
    if number > len(found.points):
        raise UnknownPoint(f"This story has no point {number}; it has {len(found.points)}.")
    return found.points[number - 1]


def _bytes(desk: Desk, version: Version) -> bytes:
    if version.snapshot is None or desk.archive is None:
        raise SnapshotMissing(f"No bytes were archived of {version.outlet}'s page.", hint="It was read from a file.")
    return desk.archive.read(version.snapshot).bytes


def _cell(desk: Desk, point: Point, version: Version) -> Iterator[str]:
    cell = point.coverage.get(version.id)
    yield f"{version.outlet}: {cell.status if cell else 'unknown'}"
    yield f"  point      {point.statement}"
    yield from _words(cell, version)
    yield f"  page       {version.url or 'no address (read from a file)'}"
    yield f"  fetched    {shown_time(version.fetched)}"
    yield from _snapshot(desk, version)


def _words(cell: Cell | None, version: Version) -> Iterator[str]:
    if cell is None:
        return
    if cell.reason:
        yield f"  reason     {cell.reason}"
    name = "closest" if cell.closest else "words"
    for span in cell.evidence:
        paragraph = version.paragraphs[span.paragraph].text
        yield f"  {name:10} paragraph {span.paragraph + 1}, characters {span.start} to {span.end}:"
        yield f"             {paragraph[: span.start]}[[{span.text}]]{paragraph[span.end :]}"
    for missing in cell.missing:
        yield f"  missing    {missing}"


def _snapshot(desk: Desk, version: Version) -> Iterator[str]:
    if version.snapshot is None or desk.archive is None:
        yield "  snapshot   none was archived"
        return
    yield f"  snapshot   sha256 {version.snapshot}"
    for seen in desk.archive.sightings(version.snapshot):
        yield f"             received {shown_time(seen.fetched)} from {seen.url} ({seen.status})"
