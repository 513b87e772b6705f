"""The sides of a discrepancy: readings with equal values stand together."""

from __future__ import annotations

import re

from storydiff.model import Discrepancy, DiscrepancyType, Reading
from storydiff.report.view import View

PLAIN = re.compile(r"\d{1,4}(\.\d+)?")
"""Values that read well. Others are keys for comparing ("clock:1057-1063", "~290 money:FLORIN")."""


def figure(kind: DiscrepancyType, value: str) -> str:
    """The value where it is a number that reads well, else "": then the words themselves must be shown."""
    return value if kind is DiscrepancyType.NUMBER and PLAIN.fullmatch(value) else ""


def by_value(found: Discrepancy, shown: View) -> dict[str, list[Reading]]:
    """The readings that agree, together: first those with the statement, then what more outlets say.

    So does the explanation. Within a value they stand in the order of the columns: an agency leads its copies.
    """
    place = {column.version.id: number for number, column in enumerate(shown.columns)}
    values: dict[str, list[Reading]] = {}
    for each in found.readings:
        if each.version in place:
            values.setdefault(each.value, []).append(each)
    ordered = [sorted(its, key=lambda each: place[each.version]) for its in values.values()]
    origin = next(
        (each.origin.version for each in shown.collation.points if each.id == found.point and each.origin), ""
    )

    def rank(side: list[Reading]) -> tuple[bool, int, int]:
        versions = {each.version for each in side}
        return origin not in versions, -len(versions), place[side[0].version]

    return {side[0].value: side for side in sorted(ordered, key=rank)}


def texts(readings: list[Reading], shown: View) -> int:
    """How many independent texts they stand in: copies of one agency's text are one."""
    own = {each.version.id: each.family if each.family is not None else each.version.id for each in shown.columns}
    return len({own[each.version] for each in readings if each.version in own})


def code_of(shown: View, version: str) -> str:
    """The short code of a version that has a column."""
    return next(each.code for each in shown.columns if each.version.id == version)


def labels(found: Discrepancy, shown: View, longest: int) -> tuple[str, ...]:
    """Each side in a few words: its figure, or the words of its first reading."""
    return tuple(
        figure(found.type, value) or shortened(readings[0].text, longest)
        for value, readings in by_value(found, shown).items()
    )


def shortened(words: str, longest: int) -> str:
    """So many characters of the words, cut between two of them."""
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1].rpartition(' ')[0] or words[: longest - 1]}…"
