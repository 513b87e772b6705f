"""Words for times in six languages: months, weekdays, parts of the day, relative days, periods and zones."""

from __future__ import annotations


def _rows(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MONTHS: dict[str, tuple[str, ...]] = {
    "en": _rows(
        r"January|Jan\.? February|Feb\.? March April May June July August|Aug\.? "
        r"September|Sept?\.? October|Oct\.? November|Nov\.? December|Dec\.?"
    ),
    "de": _rows("Januar|Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "fr": _rows("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "es": _rows("enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre"),
    "ru": _rows(
        "январ[ьяе] феврал[ьяе] март[ае]? апрел[ьяе] ма[йяе] июн[ьяе] июл[ьяе] август[ае]? сентябр[ьяе] октябр[ьяе] "
        "ноябр[ьяе] декабр[ьяе]"
    ),
    "uk": _rows(
        "січ(?:ень|ня|ні) лют(?:ий|ого|ому) берез(?:ень|ня|ні) квіт(?:ень|ня|ні) трав(?:ень|ня|ні) черв(?:ень|ня|ні) "
        "лип(?:ень|ня|ні) серп(?:ень|ня|ні) верес(?:ень|ня|ні) жовт(?:ень|ня|ні) листопад[аі]? груд(?:ень|ня|ні)"
    ),
}
"""Twelve patterns a language, January first. English months need their capital: "may" and "march" are verbs."""

WEEKDAYS: dict[str, tuple[str, ...]] = {
    "en": _rows("Monday|Mon\\. Tuesday|Tues?\\. Wednesday|Wed\\. Thursday|Thurs?\\. Friday|Fri\\. Saturday Sunday"),
    "de": _rows("Montag Dienstag Mittwoch Donnerstag Freitag Samstag|Sonnabend Sonntag"),
    "fr": _rows("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    "es": _rows("lunes martes miércoles jueves viernes sábado domingo"),
    "ru": _rows("понедельник[ае]? вторник[ае]? сред[ауые] четверг[ае]? пятниц[ауые] суббот[ауые] воскресень[ея]"),
    "uk": _rows("понеділ(?:ок|ка) вівтор(?:ок|ка) серед[ауиі] четвер(?:г|га)? п['’ʼ]ятниц[яюі] субот[ауиі] неділ[яюі]"),
}

PARTS: dict[str, dict[str, tuple[float, float]]] = {
    "en": {
        "early|before dawn|before sunrise|in the early hours of|the early hours of|small hours of": (0, 9),
        "morning|dawn|breakfast": (4, 12),
        "afternoon": (12, 18.5),
        "evening": (16, 24),
        "night": (17, 30),
        "late|late on": (15, 26),
        "lunchtime|midday|noon": (11, 14.5),
    },
    "de": {"früh|morgen|vormittag": (0, 12), "nachmittag": (12, 19), "abend": (16, 24), "nacht": (18, 30)},
    "fr": {"matin": (0, 12), "après-midi": (12, 19), "soir": (16, 24), "nuit": (18, 30)},
    "es": {
        "de madrugada|por la madrugada": (0, 8),
        "por la mañana": (4, 12),
        "por la tarde": (12, 21),
        "por la noche": (18, 30),
    },
    "ru": {"утром": (3, 12), "днём|днем": (10, 19), "вечером": (15, 24), "ночью": (-6, 8)},
    "uk": {"вранці|зранку": (3, 12), "вдень": (10, 19), "увечері|ввечері": (15, 24), "вночі|уночі": (-6, 8)},
}
"""Hours of the day that a part of the day can cover, generously; 30 is six in the morning after."""

DAYS: dict[str, dict[str, int]] = {
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2},
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2, "übermorgen": 2},
    "fr": {"aujourd'hui": 0, "hier": -1, "avant-hier": -2, "demain": 1, "après-demain": 2},
    "es": {"hoy": 0, "ayer": -1, "anteayer": -2},
    "ru": {"сегодня": 0, "вчера": -1, "завтра": 1, "позавчера": -2, "послезавтра": 2},
    "uk": {"сьогодні": 0, "вчора": -1, "учора": -1, "завтра": 1, "позавчора": -2, "післязавтра": 2},
}

PERIODS: dict[str, dict[str, str]] = {
    "en": {"week": "week", "month": "month", "year": "year", "weekend": "weekend"},
    "de": {"woche": "week", "monat": "month", "jahr": "year", "wochenende": "weekend"},
    "fr": {"semaine": "week", "mois": "month", "année": "year", "an": "year", "week-end": "weekend"},
    "es": {"semana": "week", "mes": "month", "año": "year", "fin de semana": "weekend"},
    "ru": {"неделе": "week", "неделю": "week", "месяце": "month", "месяц": "month", "году": "year", "год": "year"},
    "uk": {"тижні": "week", "тиждень": "week", "місяці": "month", "місяць": "month", "році": "year", "рік": "year"},
}
SHIFTS: dict[str, dict[str, int]] = {
    "en": {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1},
    "de": {"vergangene": -1, "vorige": -1, "letzte": -1, "diese": 0, "nächste": 1, "kommende": 1},
    "fr": {},
    "es": {"pasada": -1, "pasado": -1, "próxima": 1, "próximo": 1},
    "ru": {"прошл": -1, "эт": 0, "следующ": 1, "будущ": 1},
    "uk": {"минул": -1, "цьо": 0, "наступн": 1},
}
"""Adjective (its beginning, in inflected languages) -> how many periods away."""

SPANS: dict[str, dict[str, float]] = {
    "en": {"hour": 1, "day": 24, "week": 168, "fortnight": 336, "month": 730.5, "year": 8766, "decade": 87660},
    "de": {"stunde": 1, "tag": 24, "woche": 168, "monat": 730.5, "jahr": 8766},
    "fr": {"heure": 1, "jour": 24, "semaine": 168, "mois": 730.5, "an": 8766},
    "es": {"hora": 1, "día": 24, "semana": 168, "mes": 730.5, "meses": 730.5, "año": 8766},
    "ru": {"час": 1, "дн": 24, "день": 24, "недел": 168, "месяц": 730.5, "год": 8766, "лет": 8766},
    "uk": {"годин": 1, "дн": 24, "день": 24, "тиж": 168, "місяц": 730.5, "рок": 8766, "рік": 8766},
}
"""Length of a period word in hours; an inflected ending may follow."""

AGO: dict[str, tuple[str, str]] = {
    "en": ("", "ago"),
    "de": ("vor", ""),
    "fr": ("il y a", ""),
    "es": ("hace", ""),
    "ru": ("", "назад"),
    "uk": ("", "тому"),
}
"""What stands before and after a period that is counted back from now."""

EDGES: dict[str, dict[str, tuple[float, float]]] = {
    "en": {
        "early in|early|the beginning of|the start of|the opening weeks of": (0, 0.45),
        "late in|late|the end of|the close of": (0.55, 1),
        "the first half of": (0, 0.5),
        "the second half of": (0.5, 1),
        "the first quarter of": (0, 0.25),
        "the second quarter of": (0.25, 0.5),
        "the third quarter of": (0.5, 0.75),
        "the fourth quarter of|the last quarter of|the final quarter of": (0.75, 1),
        "mid-|the middle of": (0.25, 0.75),
        "spring of|spring": (0.15, 0.5),
        "summer of|summer": (0.4, 0.75),
        "autumn of|autumn|the fall of": (0.62, 0.95),
    },
    "de": {"anfang": (0, 0.45), "ende": (0.55, 1), "mitte": (0.25, 0.75), "ersten quartal": (0, 0.25)},
    "fr": {"début": (0, 0.45), "fin": (0.55, 1), "mi-": (0.25, 0.75), "premier trimestre": (0, 0.25)},
    "es": {
        "principios de": (0, 0.45),
        "finales de|fines de": (0.55, 1),
        "mediados de": (0.25, 0.75),
        "primer trimestre de": (0, 0.25),
    },
    "ru": {"начале|начала": (0, 0.45), "конце|конца|концу": (0.55, 1), "середине": (0.25, 0.75)},
    "uk": {"початку": (0, 0.45), "кінці|кінця": (0.55, 1), "середині": (0.25, 0.75)},
}
"""Part of a month or year -> from and to which share of it."""

ZONES = {
    "gmt": 0.0,
    "utc": 0.0,
    "bst": 1.0,
    "cet": 1.0,
    "cest": 2.0,
    "eet": 2.0,
    "eest": 3.0,
    "msk": 3.0,
    "ist": 5.5,
    "jst": 9.0,
    "est": -5.0,
    "edt": -4.0,
    "et": -4.5,
    "cst": -6.0,
    "cdt": -5.0,
    "mst": -7.0,
    "pst": -8.0,
    "pdt": -7.0,
    "aest": 10.0,
}
"""Hours east of Greenwich. Eastern time without a season is put between the two."""

BOUNDS: dict[str, dict[str, str]] = {
    "en": {
        "since": "from",
        "from": "from",
        "until": "to",
        "till": "to",
        "by": "to",
        "before": "before",
        "after": "after",
        "not before": "after",
    },
    "de": {"seit": "from", "ab": "from", "bis": "to", "vor": "before", "nach": "after"},
    "fr": {"depuis": "from", "dès": "from", "jusqu'au": "to", "jusqu'en": "to", "avant": "before", "après": "after"},
    "es": {"desde": "from", "hasta": "to", "antes del": "before", "después del": "after"},
    "ru": {"с": "from", "до": "to", "после": "after", "к": "to"},
    "uk": {"з": "from", "до": "to", "після": "after", "від": "from"},
}
