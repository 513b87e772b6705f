"""Where the next page of a list begins, as a word that programs pass on unread."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from storydiff.serving.refusals import NotThere

T = TypeVar("T")
LARGEST = 2**63 - 1


def written(mark: int | str) -> str:
    """The cursor for the rows behind that mark."""
    return base64.urlsafe_b64encode(json.dumps(mark).encode()).decode().rstrip("=")


def read(cursor: str | None, kind: type[T]) -> T | None:
    """The mark in a cursor; NotThere when it is none of ours."""
    if cursor is None:
        return None
    try:
        mark: Any = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        mark = None
    fits = isinstance(mark, kind) and not isinstance(mark, bool)
    if not fits or (isinstance(mark, int) and not 0 <= mark <= LARGEST) or (isinstance(mark, str) and "\0" in mark):
        raise NotThere("There is no such page.", hint="A cursor is the `next` of the page before, unchanged.")
    found: T = mark
    return found


def page(rows: Sequence[T], limit: int) -> tuple[Sequence[T], T | None]:
    """The rows of a page, of which one too many was asked for, and the last of them when others follow."""
    return (rows[:limit], rows[limit - 1]) if len(rows) > limit else (rows, None)
