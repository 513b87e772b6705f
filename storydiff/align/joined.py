"""One story or two: which versions tell another event, though the words are alike.

Follow-ups, the same thing in the next town, last week's accident on the same line: such texts share names, places and
turns of phrase. What they do not share is what is reported. A version belongs to the story when others bear out enough
of what it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

BORNE_OUT = 0.3
"""Closeness from which a unit counts as told by another version too."""
ENOUGH = 3
"""Units that others tell too: so many make a version part of the story, however much of its own it adds."""
SHARE = 0.2
"""Share of a version's units that others tell too; enough for short and truncated texts."""

REASON = "tells another event: the other versions bear out too little of it"


def apart(borne_out: Mapping[str, Sequence[float]]) -> dict[str, str]:
    """Version id -> why it is apart. `borne_out` holds for each unit its closeness to the closest other."""
    return {version: REASON for version, best in borne_out.items() if not _joins(best)}


def _joins(best: Sequence[float]) -> bool:
    told = sum(score >= BORNE_OUT for score in best)
    return not best or told >= ENOUGH or told >= SHARE * len(best)
