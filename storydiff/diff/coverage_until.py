"""Until when something holds, or by when it is due: what a statement that names the day turns on.

"The council must decide by 15 December" is told in part by "the council must decide". A reading that names another day
tells it, rightly or wrongly, and so does one whose paragraph names the day.

time: one regular expression over a statement in English.
"""

from __future__ import annotations

import re
from functools import lru_cache

from storydiff.align.points_concepts import Bag, bag
from storydiff.text.times import moments

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:{_WEEKDAY}|(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}}\b)?|(?:19|20)\d\d\b)"
_UNTIL = re.compile(rf"\b(?:until|till|by|before)(?: the (?:end|middle|start|beginning) of)? (?P<day>{_DAY})")
_ANY_DAY = re.compile(rf"\b{_DAY}")


@lru_cache(maxsize=256)
def deadlines(statement: str) -> tuple[tuple[str, Bag], ...]:
    """The days until or by which something is so, as printed and as concepts; every version is asked for them."""
    return tuple((match[0], bag(match["day"], "en")) for match in _UNTIL.finditer(statement))


def names_a_day(text: str, language: str = "en") -> bool:
    """Whether some day, month or year is named."""
    if language != "en":
        return any(moment.kind != "clock" for moment in moments(text, language))
    return _ANY_DAY.search(text) is not None
