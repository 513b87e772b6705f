"""How sure a text is of what it tells: confirmed, suspected, denied, planned, considered, done, still being negotiated.

A marker is a word or phrase with its grade; `exclusive` says which grades of one proposition cannot both be right.
Hedges of equal strength share a grade, so that "may" and "possibly" never differ. Tables for en, de, fr, es, ru, uk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_EN: dict[str, str] = {
    "confirmed": r"confirm(?:s|ed)?|established|proved|proven|verified|identified as|definitely|it is certain|were found to be",
    "suspected": r"suspect(?:s|ed)?|suspicion|feared|unconfirmed|not (?:yet )?confirmed|has yet to be confirmed|awaiting (?:the )?(?:lab\w* )?(?:results|confirmation)",
    "possible": r"may(?! \d)|might|could|possibl[ey]|possibility|perhaps|maybe|cannot be (?:ruled out|excluded)|not ruled? out|not ruling out"
    r"|(?:did|has|have|does|do|would) not (?:rule|ruled) out|unclear whether|not certain|conceivabl[ey]",
    "impossible": r"rul(?:ed|es|ing) out|excluded|impossible|no chance|out of the question|categorically not",
    "denied": r"den(?:y|ies|ied|ying)|denial|disput(?:e|ed|es)|reject(?:s|ed)? (?:the )?(?:claims?|accusations?|allegations?|reports?|suggestions?|charges?)"
    r"|dismiss(?:es|ed)? (?:the )?(?:claims?|reports?|allegations?|suggestions?)|pleaded not guilty|refut(?:es|ed)|contradicted",
    "admitted": r"admit(?:s|ted|ting)?|acknowledg(?:es|ed)|confess(?:es|ed)|pleaded guilty|owned up|concede[sd]?",
    "will": r"will(?! not)|(?:is|are) to(?! blame)|has decided to|have decided to|(?:is|are) going to|has ordered|decided to|is set to|are set to",
    "considering": r"consider(?:s|ing|ed)?|weighing|mulling|looking at|thinking (?:of|about)|exploring|contemplat\w+|toying with|may|might|could|has not decided"
    r"|have not decided|yet to decide|undecided|no decision|studying|examin(?:ing|es)|reviewing|assessing|deciding",
    "will_not": r"will not|won't|(?:has|have) no (?:plans|intention)|does not (?:plan|intend)|do not (?:plan|intend)|(?:is|are) not going to|refus(?:es|ed) to|not be",
    "done": r"(?:has|have|had) been (?:sold|signed|agreed|bought|approved|ordered|reached|appointed)|has (?:signed|agreed|bought|acquired|ordered|sold|approved|reached|struck|completed|accepted|hired|appointed|joined|left|resigned|withdrawn)"
    r"|have (?:signed|agreed|bought|acquired|ordered|sold|approved|reached|struck|completed|accepted|hired|appointed|resigned|withdrawn)"
    r"|signed|agreed (?:a|to|on)|struck a deal|reached (?:a|an) (?:deal|agreement|accord)|ordered|approved|bought|sealed|clinched|finalised|finalized|concluded",
    "pending": r"in (?:advanced |early |final |exclusive )?(?:talks|negotiations|discussions)|(?:still )?negotiat(?:ing|es)|hop(?:es?|ing|ed) to (?:\w+)|close to (?:a |an |signing|agreeing|reaching|buying|ordering)"
    r"|about to sign|want(?:s|ed)? to|seek(?:s|ing)? to|trying to|talks (?:about|on|over)|no agreement has been reached|not (?:yet )?(?:signed|agreed|approved|decided)|has yet to (?:sign|agree|approve|decide|reach)|near(?:ing)? (?:a|an) (?:deal|agreement)"
    r"|under (?:discussion|consideration|review)|awaiting approval|talks (?:are )?continu\w+|interested in|preliminary|(?:still )?examining|still (?:reviewing|deciding|considering)",
    "failed": r"collapsed|broke down|broken down|broken off|fell through|failed|called off|abandoned|ended without|over without|fallen through",
    "continuing": r"still (?:negotiating|talking|under way|going on|in talks|continuing)|continu(?:e|es|ing)|ongoing|under way|resumed|will resume|making progress",
    "convicted": r"(?:found |pleaded )?guilty of|convicted|conviction|sentenced for|jailed for",
    "accused": r"accused of|charged with|alleged(?:ly)?|on trial|suspected of|faces? (?:charges|trial)|will learn the verdict|denies|stands? trial|indicted",
    "acquitted": r"acquitted|cleared of|not guilty|exonerated|charges (?:were )?(?:dropped|dismissed)",
    "likely": r"likely|probabl[ey]|expected to|expects|should|in all likelihood|presumabl[ey]",
    "unlikely": r"unlikely|improbable|not expected|not likely|does not expect|doubtful|little chance",
    "cancelled": r"cancel(?:s|led|ed|ling)|scrapped|called off|axed|abandoned|will not go ahead|dropped",
    "postponed": r"postpone[ds]?|delayed|put off|put back|deferred|rescheduled|suspended",
    "proceeding": r"go(?:es|ing)? ahead|will take place|as planned|on schedule|press(?:es|ing)? ahead",
    "approved": r"approv(?:es|ed)|passed|backed|adopted|gave the green light|green-lit|voted for|voted to|accepted|endorsed",
    "rejected": r"reject(?:s|ed)|voted down|turned down|threw out|thrown out|blocked|vetoed|refused|voted against|declined",
    "deliberate": r"deliberate(?:ly)?|on purpose|intentional(?:ly)?|arson",
    "accidental": r"accident(?:al|ally)?|by mistake|inadvertent(?:ly)?|unintentional(?:ly)?|electrical fault|short circuit",
}
_DE = {
    "confirmed": r"bestätigt\w*|steht fest|fest steht|nachgewiesen",
    "suspected": r"vermut\w+|verdacht\w*|mutmaßlich\w*|befürcht\w+|unbestätigt\w*",
    "possible": r"möglicherweise|könnte\w*|vielleicht|womöglich|nicht ausgeschlossen",
    "impossible": r"ausgeschlossen|schloss\w* aus|schließt aus",
    "denied": r"dementier\w+|bestreitet|bestritt\w*|wies zurück|weist zurück|zurückgewiesen|leugne\w+",
    "admitted": r"räumte\w* ein|gestand\w*|eingeräumt|zugegeben|gab zu",
    "will": r"wird(?! nicht)|werden(?! nicht)|hat beschlossen|beschloss\w*",
    "considering": r"erwäg\w+|prüf(?:t|en)|denkt nach|überleg\w+|könnte\w*",
    "done": r"unterzeichne\w+|hat gekauft|einigte\w* sich|haben sich geeinigt|bestellte|abgeschlossen",
    "pending": r"verhandel\w+|in gesprächen|hofft|hoffen|will kaufen|noch nicht",
    "convicted": r"verurteilt|schuldig gesprochen",
    "accused": r"angeklagt|beschuldigt|wird vorgeworfen|soll\b.{0,40}haben",
    "acquitted": r"freigesprochen",
}
_FR = {
    "confirmed": r"confirm\w+|établi|avéré\w*",
    "suspected": r"soupçon\w+|présumé\w*|craint\w*",
    "possible": r"pourrai(?:t|ent)|peut-être|possible|éventuel\w*",
    "denied": r"dément\w*|démenti\w*|nie|nié|conteste\w*|rejette",
    "admitted": r"reconnu\w*|avou\w+|admis|reconnaît",
    "will": r"va|vont|sera|seront|a décidé",
    "considering": r"envisage\w*|étudie\w*|réfléchit|pourrai(?:t|ent)",
    "done": r"a signé|ont signé|a acheté|a racheté|a conclu|ont conclu",
    "pending": r"négocie\w*|en pourparlers|en discussion\w*|espère\w*|souhaite",
    "convicted": r"condamné\w*|reconnu coupable",
    "accused": r"accusé\w*|mis en examen|poursuivi\w*|jugé pour",
    "acquitted": r"acquitté\w*|relaxé\w*",
}
_ES = {
    "confirmed": r"confirm\w+",
    "suspected": r"sospech\w+|presunt\w+|teme\w*",
    "possible": r"podría\w*|posible\w*|quizá\w*|tal vez",
    "denied": r"desminti\w+|neg(?:ó|aron|ado|aba)|niega\w*|rechaz\w+",
    "admitted": r"admiti\w+|reconoci\w+|confes\w+",
    "will": r"\w+rá|\w+rán|va a|van a|ha decidido",
    "considering": r"estudia\w*|baraja\w*|sopesa\w*|plantea\w*|podría\w*",
    "done": r"firm(?:ó|aron|ado)|ha comprado|compró|acord(?:ó|aron)|cerró",
    "pending": r"negocia\w*|en conversaciones|espera\w*|aún no",
    "convicted": r"condenad\w+|declarad\w+ culpable",
    "accused": r"acusad\w+|imputad\w+|procesad\w+|juzgad\w+",
    "acquitted": r"absuelt\w+",
}
_RU = {
    "confirmed": r"подтверд\w+|установлен\w*|доказан\w*",
    "suspected": r"подозр\w+|предположительн\w+|опаса\w+|предварительн\w+",
    "possible": r"возможно|может|могут|могла|мог|не исключ\w+|вероятно",
    "denied": r"опроверг\w+|отрица\w+|отверг\w+|опроверга\w+",
    "admitted": r"призна(?:л|ла|ли|лся|лась|ет|ют)|сознал\w+",
    "will": r"будет|будут|\w+ут(?=\s)|решил\w*|намерен\w*",
    "considering": r"рассматрива\w+|обдумыва\w+|дума\w+|может|могут",
    "done": r"подписал\w*|купил\w*|договорил\w+|заключил\w*|приобр\w+л\w*",
    "pending": r"ведут переговоры|ведет переговоры|ведёт переговоры|надеет\w+|надеют\w+|переговор\w+ о",
    "convicted": r"осужд\w+|признан\w* виновн\w+|приговор\w+",
    "accused": r"обвиня\w+|обвинен\w*|подсудим\w+",
    "acquitted": r"оправда\w+",
}
_UK = {
    "confirmed": r"підтверд\w+|встановлен\w*|доведен\w*",
    "suspected": r"підозр\w+|ймовірн\w+|побоюю\w+|попередн\w+",
    "possible": r"можливо|може|можуть|міг|могла|не виключ\w+",
    "denied": r"запереч\w+|спростува\w+|відкину\w+",
    "admitted": r"визна(?:в|ла|ли|є|ють)|зізна\w+",
    "will": r"буде|будуть|вирішив|вирішила|вирішили",
    "considering": r"розгляда\w+|обмірков\w+|може|можуть",
    "done": r"підписа(?:в|ла|ли)|купи(?:в|ла|ли)|домови\w+|придба\w+",
    "pending": r"ведуть переговори|веде переговори|сподіва\w+",
    "convicted": r"засудж\w+|визнан\w* винн\w+",
    "accused": r"звинувач\w+|обвинувач\w+",
    "acquitted": r"виправда\w+",
}
_TABLES = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "ru": _RU, "uk": _UK}

_EXCLUSIVE = frozenset(
    frozenset(pair)
    for pair in (
        ("confirmed", "suspected"), ("confirmed", "denied"), ("confirmed", "possible"), ("confirmed", "impossible"), ("admitted", "denied"),
        ("will", "considering"), ("will", "will_not"), ("considering", "will_not"), ("done", "pending"),
        ("done", "considering"), ("failed", "continuing"), ("failed", "done"), ("failed", "pending"), ("convicted", "accused"),
        ("convicted", "acquitted"), ("likely", "unlikely"), ("impossible", "possible"), ("impossible", "suspected"),
        ("impossible", "considering"), ("cancelled", "postponed"), ("cancelled", "proceeding"), ("postponed", "proceeding"),
        ("approved", "rejected"), ("approved", "considering"), ("approved", "pending"), ("rejected", "considering"),
        ("deliberate", "accidental"), ("admitted", "possible"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marker:
    """One word or phrase that grades a statement."""

    start: int
    end: int
    grade: str
    text: str


@lru_cache(maxsize=8)
def _compiled(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = _TABLES.get(language, {})
    return tuple((grade, re.compile(rf"(?<!\w)(?:{row})(?!\w)", re.IGNORECASE)) for grade, row in table.items())


@lru_cache(maxsize=4096)
def markers(text: str, language: str | None = "en") -> tuple[Marker, ...]:
    """The markers of a text in order; a month is no modal verb."""
    found = [
        Marker(m.start(), m.end(), grade, m.group())
        for grade, pattern in _compiled(language or "")
        for m in pattern.finditer(text)
        if not (m.group() == "May")
    ]
    inside = [
        m
        for m in found
        if not any(
            o is not m and o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start for o in found
        )
    ]
    return tuple(sorted(inside, key=lambda m: (m.start, m.end, m.grade)))


def exclusive(a: str, b: str) -> bool:
    """Whether two grades of one proposition cannot both be right."""
    return frozenset((a, b)) in _EXCLUSIVE
