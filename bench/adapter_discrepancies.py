"""The discrepancy engine behind the interface of the quality figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from storydiff.diff.discrepancies import Telling, conflicts
from storydiff.diff.discrepancies import odd_one_out as odd


def _time(printed: str | None) -> datetime | None:
    moment = datetime.fromisoformat(printed) if printed else None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def discrepancies(a: str, b: str, date_a: str, date_b: str, lang: str) -> list[dict[str, Any]]:
    """What conflicts between two readings of one point."""
    found = conflicts(
        Telling(text=a, language=lang, published=_time(date_a)), Telling(text=b, language=lang, published=_time(date_b))
    )
    return [{"type": str(c.type), "a_span": list(c.a), "b_span": list(c.b)} for c in found]


def odd_one_out(readings: Sequence[Mapping[str, str]]) -> dict[str, str | None]:
    """Which of several readings stands alone, and in what."""
    tellings = [Telling(text=r["text"], language=r.get("lang", "en"), published=_time(r["date"])) for r in readings]
    index, kind = odd(tellings)
    return {"odd": None if index is None else readings[index]["outlet"], "type": kind and str(kind)}
