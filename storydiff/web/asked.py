"""What the address of a story asks for: which collation, read as whom, narrowed to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from storydiff.model import DiscrepancyType
from storydiff.report.marks import Mark
from storydiff.report.narrow import Narrow
from storydiff.report.view import Only
from storydiff.web.call import Fields

MOST_OUTLETS = 200
"""Names of outlets that are looked at."""
Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The same as values. What no story could mean is as if it were not said."""

    number: int | None
    """Of the collation; None for the latest."""
    ours: str | None
    """None when nothing is said of it; empty for nobody."""
    since: int | None
    """With which earlier collation it is compared; None for the one before."""
    narrow: Narrow

    @classmethod
    def of(cls, query: Fields) -> Asked:
        """What the fields say."""
        return cls(
            number=query.number("number"),
            ours=query.text("ours") if query.all("ours") else None,
            since=query.number("since"),
            narrow=Narrow(
                only=next(iter(_named(Only, query.all("only"))), None),
                marks=frozenset(_named(Mark, query.all("status"))),
                types=frozenset(_named(DiscrepancyType, query.all("type"))),
                outlets=frozenset(filter(None, (each.strip() for each in query.all("outlet")[:MOST_OUTLETS]))),
            ),
        )

    @property
    def query(self) -> str:
        """The same as an address has it, filters included, with its question mark; empty when nothing is asked."""
        narrow = self.narrow
        told = [("number", str(self.number))] if self.number else []
        told += [("ours", self.ours)] if self.ours is not None else []
        told += [("only", narrow.only.value)] if narrow.only else []
        told += [("status", each.value) for each in sorted(narrow.marks)]
        told += [("type", each.value) for each in sorted(narrow.types)]
        told += [("outlet", each) for each in sorted(narrow.outlets)]
        return f"?{urlencode(told, errors='replace')}" if told else ""


def _named(kind: type[Name], given: Iterable[str]) -> Iterable[Name]:
    known = {each.value: each for each in kind}
    return (known[each] for each in given if each in known)
