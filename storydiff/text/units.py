"""Units of measure and of money, as printed in six languages, with what they are worth in one base unit.

A dimension is what two quantities must share to be compared ("length", "duration", "money:EUR"); a factor turns the
printed unit into the dimension's base (metre, second, square metre, kilogram, litre, metre per second, kelvin-sized
degree, watt). Currencies are dimensions of their own: without a rate nobody can say that two of them disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: the dimension, and value_in_base = value * factor + offset."""

    dimension: str
    factor: float = 1.0
    offset: float = 0.0


_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86400.0
_MONTH, _YEAR = 30.44 * _DAY, 365.25 * _DAY
_MILE, _ACRE = 1609.344, 4046.86

_TABLE: dict[tuple[str, float], str] = {
    ("percent", 1): "percent|per cent|pct|%|prozent|pour cent|por ciento|процент|процента|процентов|процентами|відсоток"
    "|відсотка|відсотки|відсотків|проценти|процентів",
    ("points", 1): "percentage point|percentage points|prozentpunkt|prozentpunkte|prozentpunkten|point de pourcentage"
    "|points de pourcentage|punto porcentual|puntos porcentuales|процентный пункт|процентных пункта|процентных пунктов"
    "|процентного пункта|відсоткових пункти|відсоткових пунктів|відсоткового пункту|pp",
    ("points", 0.01): "basis point|basis points|bps|basispunkt|basispunkte|basispunkten|points de base|puntos básicos"
    "|базисных пункта|базисных пунктов|базисних пункти|базисних пунктів",
    ("length", 1000): "kilometre|kilometres|kilometer|kilometers|km|kms|kilometern|kilomètre|kilomètres|kilómetro"
    "|kilómetros|километр|километра|километров|километрах|км|кілометр|кілометри|кілометра|кілометрів",
    ("length", 1): "metre|metres|meter|meters|metern|mètre|mètres|metro|metros|метр|метра|метров|метрах|метрів|метри",
    ("length", 0.01): "centimetre|centimetres|centimeter|centimeters|cm|zentimeter|zentimetern|centimètre|centimètres"
    "|centímetro|centímetros|сантиметр|сантиметра|сантиметров|см|сантиметри|сантиметрів",
    ("length", 0.001): "millimetre|millimetres|millimeter|millimeters|mm|millimètre|millimètres|milímetro|milímetros"
    "|миллиметр|миллиметра|миллиметров|мм|міліметр|міліметри|міліметрів",
    ("length", _MILE): "mile|miles|meile|meilen|milles|milla|millas|миля|мили|миль|милі",
    ("length", 1852): "nautical mile|nautical miles|seemeile|seemeilen|milles marins|millas náuticas|морских миль",
    ("length", 0.3048): "foot|feet|ft|pies|футов|футів",
    ("length", 0.9144): "yard|yards",
    ("length", 0.0254): "inch|inches",
    (
        "area",
        10_000,
    ): "hectare|hectares|ha|hektar|hektare|hectárea|hectáreas|гектар|гектара|гектаров|га|гектари|гектарів",
    ("area", _ACRE): "acre|acres|acker|акр|акра|акров|акри|акрів",
    ("area", 1e6): "square kilometre|square kilometres|square kilometer|square kilometers|sq km|quadratkilometer"
    "|quadratkilometern|kilomètres carrés|kilómetros cuadrados|квадратных километров|квадратних кілометрів|km²",
    ("area", _MILE**2): "square mile|square miles|sq miles",
    ("area", 1): "square metre|square metres|square meter|square meters|quadratmeter|quadratmetern|mètres carrés"
    "|metros cuadrados|квадратных метров|квадратних метрів|m²",
    ("area", 0.0929): "square foot|square feet|sq ft",
    ("mass", 1000): "tonne|tonnes|metric ton|metric tons|tonnen|tonelada|toneladas|тонна|тонны|тонн|тонни",
    ("mass", 907): "ton|tons|short tons",
    ("mass", 1): "kilogram|kilograms|kilo|kilos|kg|kilogramm|kilogramme|kilogrammes|kilogramo|kilogramos|килограмм"
    "|килограмма|килограммов|кг|кілограм|кілограми|кілограмів",
    ("mass", 0.001): "gram|grams|gramm|gramme|grammes|gramo|gramos|грамм|граммов|грамів",
    ("mass", 0.4536): "lb|lbs",
    ("mass", 0.02835): "ounce|ounces|oz",
    ("volume", 1): "litre|litres|liter|liters|litern|litro|litros|литр|литра|литров|літр|літри|літрів",
    ("volume", 3.785): "gallon|gallons",
    ("volume", 159): "barrel|barrels|barils|barriles|баррелей|барелів",
    ("volume", 1000): "cubic metre|cubic metres|cubic meter|cubic meters|kubikmeter|kubikmetern|mètres cubes"
    "|metros cúbicos|кубометров|кубометрів",
    ("speed", 0.5144): "knot|knots|knoten|nœuds|nudos|узлов|вузлів",
    ("speed", 0.44704): "mile an hour|miles an hour|mile per hour|miles per hour|mph",
    ("speed", 0.27778): "kilometres an hour|kilometers an hour|kilometres per hour|kilometers per hour|km/h|kmh|kph"
    "|km an hour|km per hour|stundenkilometer|stundenkilometern|kilometern pro stunde|kilometer pro stunde"
    "|kilomètres par heure|kilomètres-heure|kilómetros por hora|км/ч|километров в час|км/год|кілометрів на годину",
    ("speed", 1): "metres per second|meters per second|metres a second|meters a second|m/s|метров в секунду",
    ("power", 1e6): "megawatt|megawatts|mw|megavatios|мегаватт|мегават|мегаватів",
    ("power", 1e9): "gigawatt|gigawatts|gw|гигаватт",
    ("power", 1e3): "kilowatt|kilowatts|kw|киловатт",
    ("duration", 1): "second|seconds|sec|sekunde|sekunden|seconde|secondes|segundo|segundos|секунда|секунды|секунд"
    "|секунду|секунди",
    ("duration", _MINUTE): "minute|minutes|min|mins|minuten|minuto|minutos|минута|минуты|минут|минуту|хвилина|хвилини"
    "|хвилин|хвилину",
    ("duration", _HOUR): "hour|hours|hr|hrs|stunde|stunden|heure|heures|hora|horas|час|часа|часов|година|години|годин"
    "|годину",
    ("duration", _DAY): "day|days|tag|tage|tagen|jour|jours|journée|día|días|день|дня|дней|дні|днів|сутки|суток",
    ("duration", 7 * _DAY): "week|weeks|woche|wochen|semaine|semaines|semana|semanas|неделя|недели|недель|неделю"
    "|тиждень|тижні|тижнів|тижня",
    ("duration", 14 * _DAY): "fortnight|fortnights",
    ("duration", _MONTH): "month|months|monat|monate|monaten|mois|mes|meses|месяц|месяца|месяцев|місяць|місяці|місяців"
    "|місяця",
    ("duration", _YEAR): "year|years|jahr|jahre|jahren|an|ans|année|années|año|años|год|года|лет|рік|роки|років|року",
    ("duration", 10 * _YEAR): "decade|decades|jahrzehnt|jahrzehnte|jahrzehnten|décennie|décennies|década|décadas"
    "|десятилетие|десятилетия|десятилетий|десятиліття|десятиліть",
    ("duration", 100 * _YEAR): "century|centuries",
    ("money:USD", 1): "$|us$|usd|dollar|dollars|us dollars|dólar|dólares|доллар|доллара|долларов|долари|доларів|долара",
    ("money:USD", 0.01): "cents|cent",
    ("money:EUR", 1): "€|eur|euro|euros|евро|євро",
    ("money:GBP", 1): "£|gbp|pound|pounds|pounds sterling|sterling|pfund|livres|libras|фунтов|фунтів",
    ("money:GBP", 0.01): "pence",
    ("money:JPY", 1): "¥|yen|йен|єн",
    ("money:CHF", 1): "chf|swiss franc|swiss francs|franken|francs suisses|francos suizos",
    ("money:FRF", 1): "franc|francs|francos",
    ("money:RUB", 1): "rouble|roubles|ruble|rubles|rubel|roubles|rublos|рубль|рубля|рублей|₽|руб|рублів",
    ("money:UAH", 1): "hryvnia|hryvnias|гривна|гривны|гривен|гривня|гривні|гривень|грн|₴",
    ("money:KR", 1): "krone|kroner|kronor|krona|kronen|крон|couronnes|coronas",
    ("money:PLN", 1): "zloty|zlotys|zlotych|złoty|злотых|злотих",
    ("money:INR", 1): "rupee|rupees|₹",
    ("money:PESO", 1): "peso|pesos",
    ("money:CNY", 1): "yuan|renminbi|юаней|юанів",
    ("money:TRY", 1): "lira|liras",
    ("money:LEI", 1): "lei|leu",
    ("money:DINAR", 1): "dinar|dinars",
    ("money:CROWN", 1): "crown|crowns",
    ("money:FLORIN", 1): "florin|florins|florines",
    ("money:FORINT", 1): "forint|forints",
    ("money:RAND", 1): "rand|rands",
    ("money:REAL", 1): "real|reais|reales",
    ("money:SHEKEL", 1): "shekel|shekels",
    ("magnitude", 1): "on the richter scale|magnitude",
}
_DEGREES = {
    "celsius": Unit("temperature"),
    "c": Unit("temperature"),
    "fahrenheit": Unit("temperature", 5 / 9, -160 / 9),
    "f": Unit("temperature", 5 / 9, -160 / 9),
}

UNITS: dict[str, Unit] = {
    word: Unit(dimension, float(factor)) for (dimension, factor), words in _TABLE.items() for word in words.split("|")
}
_SYMBOLS = "$€£¥₹₽₴"
PREFIX = re.compile(rf"(?:US|A|C|NZ|HK)?[{_SYMBOLS}]\s?$|\b(?:EUR|USD|GBP|CHF)\s$")
_DEGREE = re.compile(r"(?:\s*°\s*|\s*-?(?:degrees?|grad|degrés|grados|градус\w*)\s*)(celsius|fahrenheit|[cf])?\b", re.I)
_NAMES = "|".join(
    re.escape(w).replace(r"\ ", r"[ \u00a0]") for w in sorted(UNITS, key=len, reverse=True) if w.isascii() or w
)
_UNIT = re.compile(
    rf"[-\s\u00a0\u202f]{{0,2}}(?:d['’]|de\s|of\s)?(?:(?:long|full|whole|consecutive|more|other)\s)?({_NAMES})(?![\w²])",
    re.I,
)
_METRES = re.compile(r"\s?m(?![\w²])")


def unit_after(text: str, position: int) -> tuple[Unit, int] | None:
    """The unit printed at `position` (after a number), and where it ends; None when none stands there."""
    if degree := _DEGREE.match(text, position):
        scale = (degree.group(1) or "c").lower()
        return _DEGREES[scale], degree.end()
    if (found := _UNIT.match(text, position)) and found.group(1):
        return UNITS[" ".join(found.group(1).lower().split())], found.end()
    return None


def unit_before(text: str, position: int) -> tuple[Unit, int] | None:
    """The currency printed before a number that starts at `position`, and where the currency starts."""
    found = PREFIX.search(text, max(0, position - 5), position)
    if not found:
        return None
    sign = found.group().strip().lower()
    dollar = sign.endswith("$") and sign not in ("$", "us$")
    return (Unit(f"money:{sign}") if dollar else UNITS[sign.removeprefix("us") or sign], found.start())


def metres_or_millions(text: str, position: int) -> int | None:
    """Where a bare `m` after a number ends: "200m" is a race or a sum, which only its neighbours can tell."""
    found = _METRES.match(text, position)
    return found.end() if found else None
