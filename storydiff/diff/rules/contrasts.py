"""Words that make two figures, or two clauses, be about different things however alike they read.

A family lists alternatives that exclude one another: a figure told of the killed is no reading of a figure told of the
injured. An alternative is a set of word patterns; the family speaks only when each side names exactly one of its
alternatives and they differ.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FAMILIES: dict[str, tuple[str, ...]] = {
    "fate": (
        r"dead|died?|dies|dying|kill\w*|deaths?|fatal\w*|perish\w*|toll|bod(?:y|ies)|drown\w*|lives|murder\w*|slain|tote[nr]?|getötet\w*"
        r"|gestorben|starb\w*|ums leben|morts?|mortes|tués?|tuées?|décès|décédé\w*|muert[oe]s?|murieron|fallecid\w*|погиб\w*|убит\w*|умер\w*"
        r"|загину\w*|загибл\w*|вбит\w*|помер\w*",
        r"injur\w*|hurt|wound\w*|verletzt\w*|verletzte[nr]?|bless\w*|herid[oa]s?|ранен\w*|пострада\w*|поранен\w*|постражда\w*",
        r"missing|unaccounted|vermisst\w*|disparus?|desaparecid\w*|пропа\w*|зник\w*",
        r"rescued|survivors?|survived|alive|ashore|gerettet\w*|überleb\w*|rescapés?|rescatad\w*|supervivient\w*|спас\w*|врятова\w*",
        r"evacuat\w*|evakuiert\w*|évacu\w*|evacuad\w*|эвакуир\w*|евакуйова\w*",
        r"arrest\w*|detain\w*|in custody|festgenommen\w*|interpell\w*|arrêté\w*|detenid\w*|задержа\w*|арест\w*|затрима\w*|заарештова\w*",
        r"aboard|on board|carrying|manifest|an bord|à bord|a bordo|на борту",
        r"infected|infections?|sick|ill\b|tested positive|infiziert\w*|заражен\w*|зараже\w*",
        r"homeless|displaced|obdachlos\w*",
        r"trapped|stranded|cut off",
        r"convicted|sentenced|jailed",
        r"charged|indicted",
        r"trained|recruited|hired|recruits",
        r"treat\w*|patients?|in hospital|hospitali[sz]ed|admitted|behandelt\w*|hospitalis\w*|hospitalizad\w*|госпитал\w*|госпіталі\w*",
    ),
    "money": (
        r"revenues?|sales|turnover|umsatz\w*|chiffre d'affaires|ventas|выручк\w*|виторг\w*|дох[оі]д\w*",
        r"profits?|earnings|gewinn\w*|bénéfices?|beneficios?|прибыл\w*|прибут\w*",
        r"loss|losses|deficit|verlust\w*|pertes?|pérdidas|убыт\w*|збит\w*",
        r"debts?|schulden|dettes?|deudas?",
        r"dividends?",
        r"assets?",
    ),
    "ballot": (
        r"turnout|participation|wahlbeteiligung|явк\w*",
        r"share|of the votes?|of votes|for the|won|took|stimmen",
    ),
    "trade": (
        r"exports?|exported|экспорт\w*|експорт\w*|exportations?|exportaciones",
        r"imports?|imported|импорт\w*|імпорт\w*|importations?",
    ),
    "sex": (
        r"men|male|männer\w*|hommes?|hombres?|мужчин\w*|чоловік\w*",
        r"women|female|frauen|femmes?|mujeres|женщин\w*|жін\w*",
        r"children|minors|kinder\w*|enfants?|niñ\w*|дет\w*|діт\w*",
    ),
    "crew": (
        r"passengers?|passagiere\w*|pasajeros|пассажир\w*|пасажир\w*",
        r"crew|crewmen|besatzung\w*|équipage|tripulant\w*|экипаж\w*|екіпаж\w*",
    ),
    "basis": (
        r"(?:from|than|on|compared with|over|in) (?:a|the|last|previous)\s?(?:previous )?month|month[- ]on[- ]month|monthly|from \w+ to|(?:from|than in) (?:january|february|march|april|may|june|july|august|september|october|november|december)|month earlier|month before|zum vormonat"
        r"|sur un mois|intermensual|за месяц|за місяць",
        r"(?:year[- ]on[- ]year|a year (?:earlier|ago|before)|same (?:month|period|quarter|time|week) (?:last|a|of|in)|last year|annual|annually|from a year|same month)|zum vorjahr\w*"
        r"|sur un an|interanual|за год|за рік",
        r"quarter[- ]on[- ]quarter|previous quarter|quarter earlier|quarterly|zum vorquartal",
        r"since (?:january|the start of the year)|so far this year",
        r"\ba (?:day|night)\b|daily|per day|overnight",
        r"\ba week\b|weekly|per week",
        r"an hour|hourly|per hour",
    ),
    "scope": (
        r"nationwide|national|nationally|across the country|countrywide|in the country|(?:whole|entire) country|throughout the country|all over the country|bundesweit\w*|landesweit\w*|nacional|по всей стране|по всій країні",
        r"worldwide|globally|global|across the world|weltweit",
        r"in the (?:province|region|state|county|district)|provincial|regional|in the \w+ (?:province|region|state|district|county|department|valley|area|canton|city)"
        r"|(?:province|region|state|county|district|department|canton|city|town) of|statewide|alone",
        r"in the (?:capital|city|town)|citywide|city's|in the city of",
        r"europe|european|across the bloc|eu-wide",
    ),
    "direction": (
        r"fell|falls?|fallen|drop\w*|down|declin\w*|decreas\w*|fewer|less|shr[aiu]nk|lost|slid|lower\w*|slump\w*|cheaper|minus|loss|sank|cut",
        r"rose|rises?|risen|up|grew|grow\w*|increas\w*|more|climb\w*|jump\w*|gain\w*|higher|surg\w*|dearer|plus|expand\w*|soar\w*|expensive",
    ),
    "prices": (
        r"real terms|in real|adjusted for inflation|after inflation|inflation-adjusted",
        r"nominal\w*|cash terms|before inflation|unadjusted",
    ),
    "gross": (r"gross|before tax|pre-tax|brutto", r"\bnet\b|after tax|netto"),
    "average": (
        r"average|mean|on average|median",
        r"peak|maximum|highest|record|at its height|high of",
        r"minimum|lowest|low of",
    ),
    "halves": (r"first half|before the break|half[- ]time", r"second half|after the break|full[- ]time"),
    "water": (
        r"rain\w*|precipitation|осадк\w*|опад\w*|niederschl\w*",
        r"river|water level|level of|уров\w*|рівень|pegel\w*",
    ),
    "measure": (r"height|high|tall|wide|width", r"deep|depth", r"long|length"),
    "plan": (
        r"planned|budgeted|forecast|expected|target\w*|originally|estimate\w*|projected",
        r"actual\w*|in the end|final\w*|eventually|ended up",
    ),
    "offer": (r"offer\w*|bid", r"demand\w*|asked for|asking|sought"),
    "age": (r"under 25|young|youth", r"overall|total|all ages|general"),
    "cases": (r"new (?:cases|infections)|newly", r"active|in all|cumulative|total|so far"),
    "first": (r"first dose|one dose|first jab", r"fully|both doses|second dose"),
    "kind": (r"hospitali\w+|in hospital|admitted", r"tested positive|cases|infected"),
    "side": (r"police officers?|officers", r"protesters?|demonstrators?|fans|rioters?"),
    "unit": (r"homes|houses|households|properties|buildings", r"people|residents|inhabitants|persons"),
    "change": (
        r"\b(?:rose|fell|grew|increased|decreased|climbed|dropped|up|down|risen|fallen|lowered|raised|cut)\b[^.;]{0,25}\bby",
        r"\b(?:to|at|of|stood at|stands at|reached|was|is)\s*$",
    ),
}


@lru_cache(maxsize=64)
def _compiled(family: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{row})(?!\w)", re.IGNORECASE) for row in _FAMILIES[family])


@lru_cache(maxsize=16384)
def sides(family: str, text: str) -> frozenset[int]:
    """Which alternatives of a family a stretch of text names."""
    return frozenset(i for i, pattern in enumerate(_compiled(family)) if pattern.search(text))


_ALWAYS = tuple(family for family in _FAMILIES if family != "direction")


def contrast(a: str, b: str, families: tuple[str, ...] = _ALWAYS) -> str | None:
    """The first family in which two stretches name different alternatives; None when they may be about one thing."""
    for family in families:
        first, second = sides(family, a), sides(family, b)
        if first and second and not first & second:
            return family
    return None
