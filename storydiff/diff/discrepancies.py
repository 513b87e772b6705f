"""Readings of one point that cannot both be right.

`conflicts` compares two tellings by the rules of `rules`, one module per type; `discrepancies` compares all versions of
a point pairwise and groups what conflicts by value. Both are symmetric and do not depend on the order of versions.
Only tellings of one point may be compared: the rules presuppose that both speak of the same thing.

Cost: a few milliseconds for the first look at a text (cached), then tens of microseconds a pair of tellings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, pairwise

from storydiff.diff import explanation
from storydiff.diff.details import missing
from storydiff.diff.rules import number
from storydiff.diff.rules.found import Conflict
from storydiff.diff.rules.tellings import Telling, conflicts, parsed
from storydiff.model import Discrepancy, DiscrepancyType, Reading, Span, Version
from storydiff.text.names import Names

__all__ = ["Conflict", "Edge", "Telling", "conflicts", "connected", "discrepancies", "grouped", "odd_one_out"]


_NAMED = frozenset({DiscrepancyType.NAME, DiscrepancyType.PLACE})
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


def odd_one_out(tellings: Sequence[Telling]) -> tuple[int | None, DiscrepancyType | None]:
    """Which telling stands alone against others that agree with each other, and in what; (None, None) when none does.

    A telling is charged once for each other that conflicts with it, and once more for each that has the other side's
    words instead of its own.
    """
    charges: dict[int, list[Conflict]] = {i: [] for i in range(len(tellings))}
    for i, j in combinations(range(len(tellings)), 2):
        for conflict in conflicts(tellings[i], tellings[j])[:1]:
            others = [t for k, t in enumerate(tellings) if k not in (i, j)]
            ours, theirs = (_backing(tellings[k], s, others) for k, s in ((i, conflict.a), (j, conflict.b)))
            charges[i] += [conflict] * (1 + max(0, theirs - ours))
            charges[j] += [conflict] * (1 + max(0, ours - theirs))
    ranked = sorted(charges, key=lambda i: -len(charges[i]))
    if len(ranked) < 2 or len(charges[ranked[0]]) <= len(charges[ranked[1]]):
        return None, None
    odd = ranked[0]
    return odd, max(charges[odd], key=lambda c: (c.score, c.type)).type


def _backing(telling: Telling, span: tuple[int, int], others: Sequence[Telling]) -> int:
    """How many other tellings have what stands in a span of this one."""
    detail = telling.text[slice(*span)]
    return sum(not missing(detail, [o.text], o.language) and _shares(detail, o) for o in others)


def _shares(detail: str, other: Telling) -> bool:
    words = {k for t in parsed(replace(other, text=detail)).tokens if t.content for k in t.concepts}
    return bool(words & parsed(other).concepts)


# -- all versions of a point --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """All spans of one version put together, with the way back to each paragraph."""

    version: Version
    spans: tuple[Span, ...]
    telling: Telling

    def reading(self, start: int, end: int, value: str) -> Reading | None:
        """The reading at an offset of the joined text; None when it runs over the end of its span."""
        offset = 0
        for span in self.spans:
            if offset <= start and end <= offset + len(span.text):
                first = span.start + start - offset
                text = span.text[start - offset : end - offset]
                return Reading(span.version, span.paragraph, first, first + end - start, text, value)
            offset += len(span.text) + len(_JOINT)
        return None


_JOINT = "\n\n"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two readings in conflict."""

    type: DiscrepancyType
    a: Reading
    b: Reading
    drift: bool
    slip: bool = False
    """A slip of the pen, which no later update explains (`rules.found`)."""


def discrepancies(
    point: str,
    statement_version: str,
    readings: Mapping[str, Sequence[Span]],
    versions: Mapping[str, Version],
    names: Names | None = None,
) -> tuple[Discrepancy, ...]:
    """The discrepancies among all readings of one point.

    `readings` maps a version's id to the spans that word the point there; every version of it must be in `versions`.
    The reading of `statement_version` comes first in the explanation.
    """
    told = [_told(versions[v], spans) for v, spans in readings.items() if spans]
    known = names or Names.of(t.telling.text for t in told)
    edges = [e for one, other in combinations(told, 2) for e in _edges(one, other, known)]
    groups = [_discrepancy(point, group, versions, statement_version) for group in connected(edges)]
    return tuple(sorted(groups, key=lambda d: (d.type, d.readings)))


def _told(version: Version, spans: Sequence[Span]) -> _Told:
    ordered = tuple(sorted(spans))
    telling = Telling(
        text=_JOINT.join(s.text for s in ordered),
        language=version.language,
        published=version.published or version.fetched,
        updated=version.modified,
    )
    return _Told(version, ordered, telling)


def _edges(one: _Told, other: _Told, names: Names) -> list[Edge]:
    out = []
    for c in (*conflicts(one.telling, other.telling, names), *_stale(one, other)):
        a, b = one.reading(*c.a, c.a_value), other.reading(*c.b, c.b_value)
        if a and b and not (c.type in _NAMED and (_knows(other.version, a, b) or _knows(one.version, b, a))):
            out.append(Edge(c.type, a, b, c.drift, c.slip))
    return out


def _knows(version: Version, named: Reading, own: Reading) -> bool:
    """Whether a version uses the other side's name somewhere: who knows both does not take one for the other."""
    apart = [w for w in _WORD.findall(named.text) if w not in own.text and w[0].isupper()]
    texts = [p.text for _, p in version.body if apart[-1] in p.text] if apart else []
    return bool(texts) and any(map(re.compile(rf"\b{re.escape(apart[-1])}\b").search, texts))


def _stale(one: _Told, other: _Told) -> list[Conflict]:
    """A toll that the other version, changed later, calls an earlier one."""
    changed = [v.modified or v.published for v in (one.version, other.version)]
    if None in changed or changed[0] == changed[1]:
        return []
    return number.stale(parsed(one.telling), parsed(other.telling))


def grouped(
    edges: list[Edge], versions: Mapping[str, Version], statement_version: str, point: str = ""
) -> tuple[Discrepancy, ...]:
    """Readings in conflict as discrepancies: edges of one type that touch are one."""
    return tuple(_discrepancy(point, group, versions, statement_version) for group in connected(edges))


def connected(edges: list[Edge]) -> list[list[Edge]]:
    """Edges of one type whose readings overlap belong to one discrepancy; slips are one of their own."""
    groups: list[list[Edge]] = []
    for edge in sorted(_without_slips(edges), key=lambda e: (e.type, *sorted((e.a, e.b)))):
        touching = [g for g in groups if any(_touch(edge, e) for e in g)]
        merged = [edge, *(e for g in touching for e in g)]
        groups = [g for g in groups if g not in touching] + [merged]
    return groups


def _without_slips(edges: Sequence[Edge]) -> Iterable[Edge]:
    """The edges, but for those of a reading that is a slip of a commoner one: 74 for 47 is no later count than 41."""
    slips = {
        reading
        for edge in edges
        for reading, other in ((edge.a, edge.b), (edge.b, edge.a))
        if edge.slip and _told_by(edges, reading) < _told_by(edges, other)
    }
    return (edge for edge in edges if edge.slip or not slips & {edge.a, edge.b})


def _told_by(edges: Sequence[Edge], reading: Reading) -> int:
    """How many versions have the value of a reading."""
    return len({r.version for e in edges for r in (e.a, e.b) if r.value == reading.value})


def _touch(x: Edge, y: Edge) -> bool:
    return (x.type, x.slip) == (y.type, y.slip) and any(_one_place(r, s) for r in (x.a, x.b) for s in (y.a, y.b))


def _one_place(r: Reading, s: Reading) -> bool:
    return (r.version, r.paragraph) == (s.version, s.paragraph) and r.start < s.end and s.start < r.end


def _discrepancy(point: str, edges: list[Edge], versions: Mapping[str, Version], statement_version: str) -> Discrepancy:
    readings = _valued(edges)
    kind = edges[0].type
    drift = any(e.drift for e in edges) and _told_apart(readings, versions)
    return Discrepancy(
        id=_identity(kind, point, readings),
        type=kind,
        point=point,
        readings=readings,
        drift=drift,
        explanation=explanation.sentence(kind, readings, versions, statement_version, drift=drift),
    )


def _told_apart(readings: tuple[Reading, ...], versions: Mapping[str, Version]) -> bool:
    """Whether time separates the values: every version that tells one was last changed before all that tell another."""
    times: dict[str, list[datetime]] = {}
    for reading in readings:
        version = versions[reading.version]
        moment = version.modified or version.published
        if moment is None:
            return False
        times.setdefault(reading.value, []).append(moment)
    spans = sorted((min(t), max(t)) for t in times.values())
    return all(before[1] < after[0] for before, after in pairwise(spans))


def _valued(edges: list[Edge]) -> tuple[Reading, ...]:
    """The readings, those that never conflict with one another under one value.

    "nearly 3,000" and "2,980" agree although they are not the same words: they share the plainer value.
    """
    found = {r for e in edges for r in (e.a, e.b)}
    against = {(e.a, e.b) for e in edges} | {(e.b, e.a) for e in edges}
    sides: list[list[Reading]] = []
    for reading in sorted(found, key=lambda r: (r.value, r.text, r)):
        home = next((s for s in sides if not any((reading, r) in against for r in s)), None)
        if home is None:
            sides.append([reading])
        else:
            home.append(reading)
    return tuple(sorted(replace(r, value=min(s.value for s in side)) for side in sides for r in side))


def _identity(kind: DiscrepancyType, point: str, readings: tuple[Reading, ...]) -> str:
    lines = [kind, point, *(f"{r.version}\t{r.paragraph}\t{r.start}\t{r.end}\t{r.value}" for r in readings)]
    return "d" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
