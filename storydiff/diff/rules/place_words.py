"""Words around places: how they relate to what happened, how large they are, and kinds of scenes (place.toml)."""

from __future__ import annotations

import re

from storydiff.text.rack import Rack
from storydiff.text.sieve import Sieve
from storydiff.text.tables import beside

RELATIONS = re.compile(
    r"\b(?P<scene>in|at|near|outside|off|on|around|inside|beside|by|above|below|close to|bei|nahe|in der nähe von|à"
    r"|dans|près de|en|cerca de|в|у|под|близ|біля|поблизу)(?:\s\w+){0,2}\s$"
    r"|\b(?P<origin>from|out of|left|leaving|aus|von|depuis|desde|из|від)(?:\sthe)?\s$"
    r"|\b(?P<goal>to|for|towards?|into|nach|vers|hacia|до)(?:\sthe)?\s$",
    re.IGNORECASE,
)
"""What stands right before a place name, by the part the place plays."""

LEVELS = tuple(
    re.compile(rf"\b(?:{row})\b", re.IGNORECASE)
    for row in (
        (
            r"street|road|avenue|lane|square|row|hotel|airport|station|stadium|hospital|market|school|building|farm|bridge"
            r"|arena|stade|stadion|estadio|field|ground|park|hall|theatre|theater|centre|center|court|courthouse|palace"
        ),
        r"suburb|quarter|neighbourhood|neighborhood|borough|ward",
        r"town|village|city|capital|hamlet|stadt|dorf|ville|ciudad|pueblo|город|деревн|село|місто",
        r"county|district|valley|bay|island|coast|hills?|mountains?|lake|forest|canton|kreis|tal",
        r"province|region|state|department|oblast|provinz|land|région|provincia|область",
        r"country|nation|republic|kingdom",
    )
)
"""Sizes of places, the smallest first."""

SCENES: dict[str, int] = {
    noun.replace("-", " "): kind for kind, row in enumerate(beside(__file__, "place")["scenes"]) for noun in row.split()
}
"""Noun -> kind of scene; two kinds are two places, though one can hold the other (see `place`)."""

_NOUNS = "|".join(re.escape(n) for n in sorted(SCENES, key=len, reverse=True))
_SCENE = Sieve(
    r"\b(?:in|at|inside|outside|on|behind|under|beside)\s(?:an?|the|his|her|their|its)\s"
    rf"(?:[\w-]+\s){{0,2}}?(?P<noun>{_NOUNS})s?\b",
    re.IGNORECASE,
)
SCENE = Rack([("scene", _SCENE)])


def scene_kind(noun: str) -> int | None:
    """The kind of scene of a noun in either number; None for anything else."""
    low = noun.lower()
    return SCENES.get(low, SCENES.get(low.removesuffix("s")))
