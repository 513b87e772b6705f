"""Number words of six languages as tables, and the one small grammar that reads them.

A number word either adds (`twenty`, `zwölf`, `двести`) or multiplies what stands before it (`hundred`, `mille`,
`миллиона`). German writes its numerals in one word and is taken apart first.
"""

from __future__ import annotations

from functools import lru_cache

Words = dict[str, float]


def _row(text: str, first: int = 0, step: int = 1) -> Words:
    """`a b/c d`: the words of consecutive values, variants of one value joined by a slash."""
    cells = text.split()
    return {word: float(first + step * i) for i, cell in enumerate(cells) for word in cell.split("/")}


_EN = (
    _row("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen")
    | _row("seventeen eighteen nineteen", 17)
    | _row("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
)
_DE_UNITS = _row("null eins/ein zwei drei vier fünf sechs/sech sieben/sieb acht neun zehn elf zwölf")
_DE_TENS = _row("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10)
_FR = (
    _row("zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
    | _row("vingt/vingts trente quarante cinquante soixante", 20, 10)
    | {"septante": 70.0, "huitante": 80.0, "octante": 80.0, "nonante": 90.0}
)
_ES = (
    _row("cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince")
    | _row("dieciséis/dieciseis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna", 16)
    | _row("veintidós/veintidos veintitrés/veintitres veinticuatro veinticinco veintiséis/veintiseis", 22)
    | _row("veintisiete veintiocho veintinueve", 27)
    | _row("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    | _row("cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas", 100, 100)
    | _row("quinientos/quinientas seiscientos/seiscientas setecientos/setecientas", 500, 100)
    | _row("ochocientos/ochocientas novecientos/novecientas", 800, 100)
)
_RU = (
    _row(
        "один/одна/одного/одному/одной/одним "
        "два/две/двух/двум/двумя/двое/двоих/двоим три/трёх/трех/трём/трем/тремя/трое/троих/троим "
        "четыре/четырёх/четырех/четырём/четырем/четверо/четверых пять/пяти/пятью/пятеро/пятерых "
        "шесть/шести/шестью/шестеро/шестерых семь/семи/семью/семеро/семерых восемь/восьми/восемью "
        "девять/девяти/девятью десять/десяти/десятью",
        1,
    )
    | _row(
        "одиннадцать/одиннадцати двенадцать/двенадцати тринадцать/тринадцати четырнадцать/четырнадцати "
        "пятнадцать/пятнадцати шестнадцать/шестнадцати семнадцать/семнадцати восемнадцать/восемнадцати "
        "девятнадцать/девятнадцати",
        11,
    )
    | _row("двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти", 20, 10)
    | _row("шестьдесят/шестидесяти семьдесят/семидесяти восемьдесят/восьмидесяти девяносто/девяноста", 60, 10)
    | _row("сто/ста двести/двухсот триста/трёхсот/трехсот четыреста/четырёхсот/четырехсот", 100, 100)
    | _row("пятьсот/пятисот шестьсот/шестисот семьсот/семисот восемьсот/восьмисот девятьсот/девятисот", 500, 100)
)
_UK = (
    _row(
        "один/одна/одного/одному/одній/одним "
        "два/дві/двох/двом/двома/двоє три/трьох/трьом/трьома/троє чотири/чотирьох/чотирьом/четверо "
        "п'ять/п'яти/п'ятьох/п'ятьом/п'ятеро шість/шести/шістьох/шестеро сім/семи/сімох/семеро "
        "вісім/восьми/вісьмох/восьмеро дев'ять/дев'яти/дев'ятьох/дев'ятеро десять/десяти/десятьох/десятеро",
        1,
    )
    | _row(
        "одинадцять/одинадцяти дванадцять/дванадцяти/дванадцятьох тринадцять/тринадцяти/тринадцятьох "
        "чотирнадцять/чотирнадцяти п'ятнадцять/п'ятнадцяти/п'ятнадцятьох шістнадцять/шістнадцяти "
        "сімнадцять/сімнадцяти вісімнадцять/вісімнадцяти дев'ятнадцять/дев'ятнадцяти",
        11,
    )
    | _row("двадцять/двадцяти/двадцятьох тридцять/тридцяти/тридцятьох сорок/сорока п'ятдесят/п'ятдесяти", 20, 10)
    | _row("шістдесят/шістдесяти сімдесят/сімдесяти вісімдесят/вісімдесяти дев'яносто/дев'яноста", 60, 10)
    | _row("сто/ста двісті/двохсот триста/трьохсот чотириста/чотирьохсот п'ятсот/п'ятисот", 100, 100)
    | _row("шістсот/шестисот сімсот/семисот вісімсот/восьмисот дев'ятсот/дев'ятисот", 600, 100)
)

ADD: dict[str, Words] = {
    "en": _EN,
    "de": _DE_UNITS | _DE_TENS,
    "fr": _FR,
    "es": _ES,
    "ru": _RU,
    "uk": _UK,
}


def _forms(value: float, *words: str) -> Words:
    return dict.fromkeys(words, value)


SCALE: dict[str, Words] = {
    "en": _forms(12, "dozen")
    | _forms(1e2, "hundred")
    | _forms(1e3, "thousand", "k")
    | _forms(1e6, "million", "mln", "mn")
    | _forms(1e9, "billion", "bn", "bln")
    | _forms(1e12, "trillion", "tn"),
    "de": _forms(12, "dutzend")
    | _forms(1e2, "hundert")
    | _forms(1e3, "tausend")
    | _forms(1e6, "million", "millionen", "mio")
    | _forms(1e9, "milliarde", "milliarden", "mrd")
    | _forms(1e12, "billion", "billionen"),
    "fr": _forms(12, "douzaine")
    | _forms(1e2, "cent", "cents")
    | _forms(1e3, "mille", "millier")
    | _forms(1e6, "million", "millions")
    | _forms(1e9, "milliard", "milliards"),
    "es": _forms(12, "docena")
    | _forms(1e3, "mil")
    | _forms(1e6, "millón", "millones", "millon")
    | _forms(1e12, "billón", "billones"),
    "ru": _forms(10, "десятка", "десятков")
    | _forms(1e3, "тысяча", "тысячи", "тысяч", "тысячу", "тыс")
    | _forms(1e6, "миллион", "миллиона", "миллионов", "млн")
    | _forms(1e9, "миллиард", "миллиарда", "миллиардов", "млрд")
    | _forms(1e12, "триллион", "триллиона", "триллионов", "трлн"),
    "uk": _forms(10, "десятки", "десятків")
    | _forms(1e3, "тисяча", "тисячі", "тисяч", "тисячу", "тис")
    | _forms(1e6, "мільйон", "мільйона", "мільйони", "мільйонів", "млн")
    | _forms(1e9, "мільярд", "мільярда", "мільярди", "мільярдів", "млрд")
    | _forms(1e12, "трильйон", "трильйона", "трильйони", "трильйонів", "трлн"),
}
JOIN = {"en": {"and"}, "de": set(), "fr": {"et"}, "es": {"y"}, "ru": set(), "uk": set()}

ORDINAL: dict[str, Words] = {
    "en": _row(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        1,
    )
    | _forms(30, "thirtieth")
    | _forms(40, "fortieth")
    | _forms(50, "fiftieth")
    | _forms(100, "hundredth"),
    "de": {
        stem + end: float(i)
        for i, stem in enumerate("erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft".split(), 1)
        for end in ("e", "en", "er", "es", "em")
    },
    "fr": _row(
        "premier/première deuxième/second/seconde troisième quatrième cinquième sixième septième huitième neuvième "
        "dixième onzième douzième",
        1,
    ),
    "es": _row(
        "primer/primero/primera segundo/segunda tercer/tercero/tercera cuarto/cuarta quinto/quinta sexto/sexta "
        "séptimo/séptima octavo/octava noveno/novena décimo/décima",
        1,
    ),
    "ru": {
        stem + end: float(i)
        for i, stem in enumerate("перв втор трет четвёрт пят шест седьм восьм девят десят".split(), 1)
        for end in ("ый", "ой", "ий", "ая", "ое", "ого", "ую", "ым", "ому", "ья", "ье", "ью", "ьего", "ьей")
    },
    "uk": {
        stem + end: float(i)
        for i, stem in enumerate("перш друг трет четверт п'ят шост сьом восьм дев'ят десят".split(), 1)
        for end in ("ий", "ій", "а", "е", "я", "є", "ого", "ього", "у", "ю", "им", "ому")
    },
}
"""Forms that are also cardinals (`пятой` is none, `восьмой` is) are settled by the cardinal table, read first."""

FRACTION: dict[str, Words] = {
    "en": _forms(1 / 2, "half", "halves")
    | _forms(1 / 3, "third", "thirds")
    | _forms(1 / 4, "quarter", "quarters")
    | _forms(1 / 5, "fifth", "fifths")
    | _forms(1 / 6, "sixth", "sixths")
    | _forms(1 / 7, "seventh", "sevenths")
    | _forms(1 / 8, "eighth", "eighths")
    | _forms(1 / 10, "tenth", "tenths")
    | _forms(1 / 100, "hundredth", "hundredths"),
    "de": _forms(1 / 2, "hälfte", "halbe", "halben", "halbes", "halber")
    | _forms(1 / 3, "drittel", "drittels")
    | _forms(1 / 4, "viertel")
    | _forms(1 / 5, "fünftel")
    | _forms(1 / 10, "zehntel"),
    "fr": _forms(1 / 2, "moitié", "demi", "demie")
    | _forms(1 / 3, "tiers")
    | _forms(1 / 4, "quart", "quarts")
    | _forms(1 / 5, "cinquième", "cinquièmes"),
    "es": _forms(1 / 2, "mitad", "medio", "media")
    | _forms(1 / 3, "tercio", "tercios")
    | _forms(1 / 4, "cuarto", "cuartos")
    | _forms(1 / 5, "quinto", "quintos"),
    "ru": _forms(1 / 2, "половина", "половину", "половины", "половине")
    | _forms(1 / 3, "треть", "трети")
    | _forms(1 / 4, "четверть", "четверти"),
    "uk": _forms(1 / 2, "половина", "половину", "половини")
    | _forms(1 / 3, "третина", "третину", "третини")
    | _forms(1 / 4, "чверть", "чверті"),
}

VAGUE: dict[str, dict[str, tuple[float, float]]] = {
    "en": {
        "dozens": (24, 999),
        "scores": (40, 999),
        "hundreds": (100, 9_999),
        "thousands": (1_000, 999_999),
        "millions": (1e6, 1e9),
        "handful": (1, 9.5),
    },
    "de": {"dutzende": (24, 999), "dutzenden": (24, 999), "hunderte": (100, 9_999), "tausende": (1_000, 999_999)},
    "fr": {"dizaines": (20, 999), "centaines": (100, 9_999), "milliers": (1_000, 999_999)},
    "es": {"decenas": (20, 999), "cientos": (100, 9_999), "centenares": (100, 9_999), "miles": (1_000, 999_999)},
    "ru": {"десятки": (20, 999), "сотни": (100, 9_999)},
    "uk": {"сотні": (100, 9_999)},
}
"""Least and most that a vague count can mean; "dozens" is two dozen or more."""

CHANGES: dict[str, dict[str, tuple[str, float]]] = {
    "en": {
        "halved": ("percent", 50.0),
        "halving": ("percent", 50.0),
        "doubled": ("times", 2.0),
        "doubling": ("times", 2.0),
        "tripled": ("times", 3.0),
        "trebled": ("times", 3.0),
        "quadrupled": ("times", 4.0),
    },
    "de": {"halbierte": ("percent", 50.0), "halbiert": ("percent", 50.0), "verdoppelt": ("times", 2.0), "verdreifacht": ("times", 3.0)},
}
"""Verbs that hold a number."""

ARTICLES = frozenset({"un", "une", "uno", "una", "ein", "eins"})
"""Ones that are articles as a rule: part of a longer numeral (`vingt et un`), no count by themselves."""

DUAL = {"en": {"couple": 2.0, "pair": 2.0}}


@lru_cache(maxsize=4096)
def german(word: str) -> float | None:
    """The value of a German numeral in one word: `dreiundzwanzig`, `zweihundertfünfzig`; None for anything else."""
    for name, factor in (("tausend", 1000.0), ("hundert", 100.0)):
        head, found, tail = word.partition(name)
        if found:
            return _german_product(head, factor, tail)
    return _german_small(word)


def _german_product(head: str, factor: float, tail: str) -> float | None:
    times = german(head) if head else 1.0
    rest = german(tail.removeprefix("und")) if tail else 0.0
    return None if times is None or rest is None else times * factor + rest


def _german_small(word: str) -> float | None:
    table = ADD["de"]
    if word in table:
        return table[word]
    if word.endswith("zehn") and word[:-4] in _DE_UNITS:
        return _DE_UNITS[word[:-4]] + 10
    unit, found, ten = word.partition("und")
    if found and unit in _DE_UNITS and ten in _DE_TENS:
        return _DE_UNITS[unit] + _DE_TENS[ten]
    return None


def additive(word: str, language: str) -> float | None:
    """The value that a number word adds, or None. `word` is lower case with straight apostrophes."""
    if language == "de":
        return german(word)
    return ADD.get(language, {}).get(word)


def evaluate(words: list[str], language: str) -> float:
    """The value of a run of number words, each known to `additive` or `SCALE` (joining words left out)."""
    total = current = 0.0
    for word in words:
        factor = SCALE[language].get(word)
        if factor is None:
            current = _added(current, additive(word, language) or 0.0, word)
        elif factor >= 1000:
            total += max(current, 1.0) * factor
            current = 0.0
        else:
            current = (
                current // 100 * 100 + max(current % 100, 1.0) * factor if current > 99 else max(current, 1.0) * factor
            )
    return total + current


def _added(current: float, value: float, word: str) -> float:
    # French counts in twenties: quatre-vingt-dix is 4 x 20 + 10.
    if word in ("vingt", "vingts") and current % 100 == 4:
        return current + 76
    return current + value
