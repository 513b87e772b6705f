"""Verbs that have a doer and someone it is done to, and how news texts turn them round.

Each frame lists forms with the doer before them (`active`) and forms with the doer behind (`converse`). The passive of an
active form is recognised by its auxiliary and "by". Acts that are mutual (meet, clash, merge, divorce) have no frame.
"""

from __future__ import annotations

FRAMES: dict[str, tuple[str, str]] = {
    "sue": (
        r"sued?|sues|suing|(?:filed|brought|files) (?:a |an )?(?:lawsuit|suit|case|action|claim|legal action|proceedings) against|took|taken|takes"
        r"|is suing|are suing|has sued",
        r"",
    ),
    "acquire": (
        r"bought|buys|buy|acquired?|acquires|acquiring|purchased?|takes over|take over|took over|taken over|taking over|swallowed|snapped up",
        r"(?:was |were |is |are |being |been )?sold to|sells? (?:itself )?to",
    ),
    "give": (
        r"lent|lends|lend|sold|sells|sell|gave|gives|given|handed|paid|pays|owes|owed|donated|supplied|supplies|transferred|leased|loaned|exported|made (?:a |the )?(?:loan|payment|gift|donation)",
        r"borrow(?:ed|s)?|bought from|received|receives|got|rented|leased from|was given|were given|was paid|was sold|inherited|is owed",
    ),
    "ask": (
        r"asked|asks|requested|requests|invited|invites|urged|begged|appealed to|petitioned|called on|summoned|demanded|had asked|proposed|suggested",
        r"",
    ),
    "accuse": (
        r"accused|accuses|blamed|blames|criticised|criticized|denounced|reproached|condemned|faulted|charged",
        r"",
    ),
    "defeat": (
        r"beat|beats|beaten|defeated|defeats|overcame|thrashed|edged|knocked out|eliminated|won against|triumphed over|saw off|downed",
        r"lost to|lose to|loses to|fell to|went down to|bowed to|succumbed to",
    ),
    "attack": (
        r"attacked|attacks|assaulted|stabbed|shot|shoots|hit|struck|punched|killed|murdered|beat up|pushed|threatened|chased|bit|raided"
        r"|opened fire on|fired on|fired at|shot at|shelled|bombed|invaded|robbed|rammed|ran over|ran into|knocked down",
        r"",
    ),
    "arrest": (r"arrested|detained|captured|seized|freed|released|rescued|saved|found|pulled|carried", r""),
    "dismiss": (
        r"dismissed|sacked|fired|suspended|ousted|removed|replaced|succeeded|succeeds|replaces|appointed|hired|nominated",
        r"",
    ),
    "support": (
        r"backed|backs|supported|supports|endorsed|endorses|praised|thanked|congratulated|helped|defended|opposed|opposes",
        r"",
    ),
    "call": (
        r"called|phoned|telephoned|rang|contacted|wrote to|visited|visits|alerted|warned|warns|told|informed|notified",
        r"",
    ),
    "overtake": (
        r"overtook|overtakes|passed|followed|follows|leads|led|outran|outsold|outbid",
        r"finished behind|trails|trailed",
    ),
    "leave": (r"left|leaves|divorced|abandoned|betrayed|rejected|turned down|spurned", r""),
}

REQUEST = (
    r"at the (?:request|suggestion|invitation|urging|initiative|behest|insistence|instigation) of (?:the )?(?P<who>[A-ZÀ-Þ]?[\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*)"
    r"|at (?P<whose>[A-ZÀ-Þ][\w’'-]*?)(?:'s|’s) (?:request|suggestion|invitation|urging|initiative|behest|insistence)"
    r"|(?P<asker>[A-ZÀ-Þ][\w’'-]+) (?:that |who |which )?(?:had |has )?(?:asked|requested|proposed|suggested|initiated|sought)\b"
    r"|(?:requested|proposed|suggested|initiated|sought) by (?:the )?(?P<by>[A-ZÀ-Þ][\w’'-]+)"
    r"|auf (?:Bitten?|Wunsch|Einladung|Initiative|Drängen) (?:von|der|des|der Regierung in) (?:Regierung in )?(?P<wer>[A-ZÀ-Þ][\w-]+)"
    r"|hatte (?P<bat>[A-ZÀ-Þ][\w-]+) um\b|(?P<bittend>[A-ZÀ-Þ][\w-]+) (?:hatte|habe) um\b"
)
"""Who asked for something, named in the phrase itself."""

PARTIES = frozenset(
    f"@{name}"
    for name in (
        "passengers crew people children students women men workers ship vehicle train plane police prosecutors defence judge minister "
        "government president premier parliament chief company bank union airline scientists doctors fans prisoners soldiers rebels "
        "protest migrants miners dogs animals investors members countries patients museum orchestra candidates party mayor governor king "
        "queen pope bishop captain coach player striker goalkeeper champion club spokesman official witness driver pilot owner tenant "
        "neighbour wife husband son daughter family mother father friend brother sister hospitals firefighters rescuers senators winner "
        "newspaper broadcaster school university teacher town village hike postman assessors inspect"
    ).split()
)
"""Groups of the thesaurus whose words can be a party to an act."""

GROUPS = frozenset(
    "patrol patrols guards squad unit gang crowd mob cyclist pedestrian caretaker tenant landlord charity office side customers supporters "
    "rival rivals neighbour neighbours van tram taxi motorcyclist lorry intruder burglar suspect attacker".split()
)
"""Further words for parties."""

SENT_AWAY = r"(?:was|were|been|be|being) (?:dismissed|sacked|fired|ousted|removed from|suspended|expelled|let go)|dismissed (?:him|her|the)"
WENT = (
    r"resign(?:ed|s|ing)|stepp(?:ed|ing) (?:down|aside)|quit(?:s|ting)?|(?:is|was) leaving (?:as|the|his|her)|left of (?:his|her) own|walked out"
    r"|gave up (?:his|her|the) (?:post|job)|handed in (?:his|her) (?:notice|resignation)|she was leaving|he was leaving"
)
"""Two ways to lose a post, by another's will and by one's own."""
