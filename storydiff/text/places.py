"""Places: former and foreign names of one place, what lies in what, and where a compass points.

The tables hold real countries, capitals and much-reported cities; for any other name nothing is assumed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from storydiff.text.normalize import fold

_SAME = (
    "kyiv kiev kyjiw|lviv lwow lvov lemberg lwiw|kharkiv kharkov charkiw|odesa odessa|mykolaiv nikolaev|dnipro dnepr|zaporizhzhia "
    "zaporozhye|chernihiv chernigov|chornobyl chernobyl|luhansk lugansk|bakhmut artemivsk|gdansk danzig|wroclaw breslau|szczecin "
    "stettin|krakow cracow krakau|kaliningrad konigsberg|st-petersburg petersburg leningrad|volgograd stalingrad|istanbul "
    "constantinople|ankara angora|mumbai bombay|chennai madras|kolkata calcutta|bengaluru bangalore|beijing peking|guangzhou canton"
    "|yangon rangoon|myanmar burma|ho-chi-minh-city saigon|sri-lanka ceylon|eswatini swaziland|czechia czech-republic|turkey turkiye"
    "|north-macedonia macedonia|ivory-coast cote-divoire|cabo-verde cape-verde|timor-leste east-timor|thailand siam|iran persia"
    "|geneva geneve genf ginebra|lucerne luzern|basel basle bale|bern berne berna|zurich zuerich|cologne koln|munich munchen"
    "|nuremberg nurnberg|brunswick braunschweig|aachen aix-la-chapelle|trier treves|vienna wien vienne viena|prague prag praha"
    "|warsaw warszawa warschau|brussels bruxelles brussel|antwerp antwerpen anvers|ghent gent gand|bruges brugge|liege luttich"
    "|the-hague den-haag hague|copenhagen kobenhavn|gothenburg goteborg|helsinki helsingfors|turku abo|tallinn reval|tartu dorpat"
    "|vilnius wilno vilna|kaunas kovno|lisbon lisboa|oporto porto|seville sevilla|saragossa zaragoza|la-coruna a-coruna|rome roma rom"
    "|milan milano mailand|turin torino|florence firenze|naples napoli neapel|venice venezia venedig|genoa genova genua|padua padova"
    "|syracuse siracusa|athens athina athen|thessaloniki salonica saloniki|corfu kerkyra|crete kriti|nicosia lefkosia|belgrade beograd"
    "|bucharest bucuresti|chisinau kishinev|sofia sofija|skopje uskub|dubrovnik ragusa|rijeka fiume|zadar zara|ljubljana laibach"
    "|bratislava pressburg|kosice kaschau|budapest buda|moscow moskva moskau moscou|london londres|edinburgh edimburgo|londonderry "
    "derry|cardiff caerdydd|germany deutschland allemagne alemania|france frankreich francia|spain espana spanien espagne|italy italia"
    "|uk britain united-kingdom great-britain england|usa us united-states america|netherlands holland|cairo kahira|alexandria "
    "iskandariya|tbilisi tiflis|yerevan erivan|almaty alma-ata|astana nur-sultan|nur-sultan astana|tokyo edo|taipei taibei"
    "|falklands malvinas|persian-gulf arabian-gulf|uluru ayers-rock|denali mckinley"
)
_GROUP = {name: number for number, line in enumerate(_SAME.split("|")) for name in line.split()}

_INSIDE = (
    "london edinburgh glasgow manchester liverpool birmingham leeds cardiff belfast england scotland wales < uk|paris lyon marseille "
    "toulouse nice bordeaux strasbourg lille nantes brittany normandy provence < france|berlin munich hamburg cologne frankfurt "
    "stuttgart dresden leipzig bavaria saxony < germany|madrid barcelona seville valencia bilbao catalonia andalusia < spain|rome milan "
    "naples turin florence venice genoa sicily tuscany < italy|kyiv lviv kharkiv odesa dnipro donetsk luhansk kherson < ukraine|moscow "
    "st-petersburg volgograd kazan siberia < russia|geneva lucerne basel bern zurich lausanne davos < switzerland|vienna salzburg graz "
    "tyrol < austria|warsaw krakow gdansk wroclaw < poland|brussels antwerp ghent < belgium|amsterdam rotterdam the-hague < netherlands"
    "|new-york washington chicago boston houston dallas los-angeles seattle miami tulsa denver texas california florida ohio alaska "
    "delaware oklahoma < usa|tulsa < oklahoma|houston dallas < texas|miami < florida|los-angeles < california|toronto montreal ottawa "
    "vancouver quebec ontario < canada|sydney melbourne perth brisbane canberra < australia|wellington auckland < new-zealand|tokyo "
    "osaka kyoto < japan|beijing shanghai hong-kong < china|delhi mumbai kolkata chennai < india|cairo alexandria < egypt|ankara "
    "istanbul izmir < turkey|tehran < iran|baghdad mosul < iraq|damascus aleppo < syria|kabul < afghanistan|jerusalem haifa < israel"
    "|lisbon porto < portugal|athens thessaloniki crete < greece|oslo bergen < norway|stockholm gothenburg malmo < sweden|copenhagen "
    "aarhus < denmark|helsinki turku < finland|dublin cork galway < ireland|prague brno < czechia|budapest < hungary|bucharest < "
    "romania|sofia < bulgaria|belgrade < serbia|zagreb split < croatia|nairobi mombasa < kenya|lagos abuja < nigeria|johannesburg "
    "pretoria < south-africa|buenos-aires < argentina|santiago < chile|lima < peru|bogota < colombia|rio sao-paulo brasilia < brazil"
    "|munich < bavaria|dresden leipzig < saxony|bastille louvre marais montmartre < paris|westminster soho brixton hackney < london"
    "|atlanta < georgia|boston < massachusetts|chicago < illinois|detroit < michigan|philadelphia pittsburgh < pennsylvania|seattle < washington-state"
    "|san-diego san-francisco malibu hollywood sacramento < california|las-vegas < nevada|denver < colorado|phoenix < arizona|portland < oregon"
    "|new-orleans < louisiana|baltimore < maryland|minneapolis < minnesota|nashville memphis < tennessee|cleveland < ohio|buffalo brooklyn < new-york"
    "|alabama arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana "
    "maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada new-hampshire new-jersey new-mexico north-carolina "
    "north-dakota oregon pennsylvania rhode-island south-carolina south-dakota tennessee utah vermont virginia west-virginia wisconsin wyoming < usa"
    "|palermo catania < sicily|sicily sardinia < italy|manhattan brooklyn queens bronx < new-york"
)
_CONTAINERS: dict[str, set[str]] = {}
for _line in _INSIDE.split("|"):
    _inner, _, _outer = _line.partition(" < ")
    for _name in _inner.split():
        _CONTAINERS.setdefault(_name, set()).add(_outer.strip())

CAPITALS = {
    "washington": "usa", "london": "uk", "westminster": "uk", "paris": "france", "berlin": "germany", "moscow": "russia",
    "kremlin": "russia", "kyiv": "ukraine", "bern": "switzerland", "vienna": "austria", "madrid": "spain", "rome": "italy",
    "beijing": "china", "tokyo": "japan", "brussels": "eu", "warsaw": "poland", "ankara": "turkey", "tehran": "iran",
    "jerusalem": "israel", "athens": "greece", "oslo": "norway", "stockholm": "sweden", "copenhagen": "denmark",
    "helsinki": "finland", "dublin": "ireland", "lisbon": "portugal", "belgrade": "serbia", "budapest": "hungary",
    "prague": "czechia", "ottawa": "canada", "canberra": "australia", "delhi": "india", "cairo": "egypt", "damascus": "syria",
    "baghdad": "iraq", "kabul": "afghanistan", "minsk": "belarus", "pyongyang": "north-korea", "seoul": "south-korea",
    "white-house": "usa", "elysee": "france", "downing-street": "uk", "pentagon": "usa",
}  # fmt: skip
"""A capital or a seat of government -> the state it stands for."""

COMPASS = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}
_DIRECTION = re.compile(
    r"\b(?P<a>north|south|east|west)(?:[- ]?(?P<b>east|west))?(?:ern|wards?|erly)?\b(?! Korea| Africa| Sudan| Macedonia)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", fold(name).removeprefix("the ").replace("'", "")).strip("-")


def same_place(a: str, b: str) -> bool:
    """Whether two names are known as old, foreign or local names of one place."""
    first, second = _key(a), _key(b)
    return first == second or (first in _GROUP and _GROUP.get(first) == _GROUP.get(second))


def known(name: str) -> bool:
    """Whether the tables know the place."""
    key = _key(name)
    return key in _GROUP or key in _CONTAINERS or any(key in outer for outer in _CONTAINERS.values())


def is_region(name: str) -> bool:
    """Whether the name is known as a country or region that holds other places."""
    key = _representative(_key(name))
    return any(key in outer for outer in _CONTAINERS.values())


def nested(a: str, b: str) -> bool:
    """Whether one of two places is known to lie in the other."""
    first, second = _representative(_key(a)), _representative(_key(b))
    return second in _outer(first) or first in _outer(second)


def _representative(key: str) -> str:
    group = _GROUP.get(key)
    members = [n for n, g in _GROUP.items() if g == group] if group is not None else [key]
    return next((n for n in members if n in _CONTAINERS or any(n in o for o in _CONTAINERS.values())), key)


def _outer(key: str) -> set[str]:
    direct = _CONTAINERS.get(key, set())
    return direct | {outer for middle in direct for outer in _CONTAINERS.get(middle, set())}


def directions(text: str) -> tuple[tuple[int, int, tuple[int, int]], ...]:
    """Compass directions in a text: start, end and the vector they point along."""
    out = []
    for match in _DIRECTION.finditer(text):
        if match.group()[0].isupper() and not match["b"] and re.match(r"\s[A-Z]", text[match.end() :]):
            continue
        first, second = COMPASS[match["a"].lower()], COMPASS.get((match["b"] or "").lower(), (0, 0))
        out.append((match.start(), match.end(), (first[0] + second[0], first[1] + second[1])))
    return tuple(out)


def opposite(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two directions exclude each other: one axis at least points the other way, none agrees."""
    product = (a[0] * b[0], a[1] * b[1])
    return min(product) < 0 and max(product) <= 0
