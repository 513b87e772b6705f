"""Verbs and phrases that credit an utterance, and kinds of sources: the table attribution.toml as constants."""

from __future__ import annotations

from storydiff.text.tables import beside, either, words

_TABLE = beside(__file__, "attribution")

SAYING: dict[str, str] = {language: either(rows) for language, rows in _TABLE["saying"].items()}
"""Language -> pattern of verbs that credit an utterance."""
CREDIT: dict[str, str] = {language: either(rows) for language, rows in _TABLE["credit"].items()}
"""Language -> pattern of phrases in front of a source."""
INVERTED = words(_TABLE["inverted"])
"""English verbs that may stand before their source; "told" never does."""
PLAIN = words(_TABLE["plain"])
"""Verbs whose object is what was said, whatever follows."""
PAPERS = words(_TABLE["papers"])
"""What a source may have written."""
STOPS = words(_TABLE["stops"])
"""Words at which a source cannot go on to the left."""
RIGHT_STOPS = words(_TABLE["right_stops"])
"""Words at which a source ends on the right."""
GENERIC = words(_TABLE["generic"])
"""Sources that may be anybody's: they never conflict with another."""
AGENTS = words(_TABLE["agents"])
"""Those who speak for others, so that either may be named for the same utterance."""
MEDIA = words(_TABLE["media"])
"""Where something was published or read; whoever said it there is a second source and no other one."""
CAMPS: tuple[str, ...] = tuple(_TABLE["camps"])
"""Groups of words for one camp; a source of one camp is not a source of another."""
