"""Verbs and phrases that credit an utterance, and kinds of sources, in six languages."""

from __future__ import annotations

SAYING: dict[str, str] = {
    "en": r"said|says|say|told|tells|added|adds|announced|announces|argued|argues|claimed|claims|insisted|insists|warned|warns|stated"
    r"|declared|declares|complained|complains|explained|explains|confirmed|confirms|admitted|admits|acknowledged|noted"
    r"|suggested|testified|testifies|wrote|writes|tweeted|reported|reports|revealed|reveals|disclosed|indicated|estimated"
    r"|estimates|predicted|predicts|recalled|remarked|replied|responded|maintained|alleged|alleges|conceded|contended|stressed"
    r"|emphasised|emphasized|joked|concluded|asserted|pledged|promised|vowed|commented"
    r"|found|believes|believe|thinks|calculated",
    "de": r"sagte|sagten|sagt|erklärte|erklärten|teilte|teilten|berichtete|berichteten|betonte|warnte|kündigte|meldete|meldeten"
    r"|äußerte|schrieb|bestätigte|gab|sprach|bezifferte|hieß",
    "fr": r"a déclaré|ont déclaré|a dit|a affirmé|ont affirmé|a annoncé|ont annoncé|a indiqué|ont indiqué|a précisé|a assuré"
    r"|a regretté|a expliqué|a estimé|a confirmé|a prévenu|a ajouté|a rapporté|déclare|affirme|annonce|indique",
    "es": r"dijo|dijeron|afirmó|afirmaron|anunció|anunciaron|declaró|aseguró|aseguraron|informó|informaron|señaló|explicó|confirmó"
    r"|indicó|advirtió|comunicó|precisó",
    "ru": r"сообщил\w?|сообщили|заявил\w?|заявили|сказал\w?|сказали|рассказал\w?|рассказали|отметил\w?|подтвердил\w?|объявил\w?"
    r"|уточнил\w?|уточнили|добавил\w?",
    "uk": r"повідомив|повідомила|повідомили|заявив|заявила|заявили|сказав|сказала|розповів|розповіла|зазначив|зазначила|підтвердив"
    r"|оголосив|оголосила|уточнив|уточнили",
}
INVERTED = frozenset(
    "said says added adds announced argued claimed complained concluded confirmed declared explained found indicated insisted joked "
    "maintained noted predicted recalled remarked replied reported revealed stated suggested warned writes wrote estimated admitted".split()
)
"""English verbs that may stand before their source; "told" never does."""

PLAIN = frozenset(
    "said says say told tells added adds argued argues insisted insists complained explained warned testified".split()
)
"""Verbs whose object is what was said, whatever follows."""
PAPERS = frozenset("study report survey analysis audit inquiry review paper poll statement".split())

CREDIT: dict[str, str] = {
    "en": r"according to|in the words of|in the view of|quoted by|as told by|citing|the testimony of|in the opinion of",
    "de": r"nach Angaben (?:von|der|des)|laut|zufolge|so",
    "fr": r"selon|d'après|d’après",
    "es": r"según|de acuerdo con",
    "ru": r"по словам|по данным|по информации|как сообщил\w?",
    "uk": r"за словами|за даними|за інформацією",
}
"""Phrases in front of a source."""

STOPS = frozenset(
    "after before when while that which who whom whose where because as and but if although though since until so than to "
    "nachdem während weil dass und aber que qui mais et y pero porque что и но а що та але".split()
)
"""Words at which a source cannot go on to the left."""
RIGHT_STOPS = frozenset(
    "on at in as after before during when while who which whose that in of_course and but for from with by about to into "
    "of yesterday today am im bei nach le en dans lors el durante в на во у під".split()
)
GENERIC = frozenset(
    "source sources person people official officials spokesman spokeswoman spokesperson representative representatives statement it "
    "he she they we i who authorities someone witnesses familiar insider insiders sprecher sprecherin porte-parole portavoz "
    "представитель источник речник він вона он она они вони".split()
)
"""Sources that may be anybody's: they never conflict with another."""

AGENTS = frozenset(
    "lawyer lawyers attorney attorneys solicitor barrister counsel spokesman spokeswoman spokesperson agent aide representative family "
    "sprecher sprecherin anwalt anwältin avocat avocate porte-parole abogado abogada portavoz адвокат представитель речник речниця "
    "press".split()
)
"""Those who speak for others, so that either may be named for the same utterance."""

MEDIA = frozenset(
    "newspaper paper daily broadcaster magazine website television tv radio station news reporters journalists interview "
    "herald times post tribune gazette guardian telegraph mail mirror observer chronicle courier bbc cnn reuters afp dpa bloomberg nbc abc cbs "
    "report documents filings data figures zeitung agentur sender journal agence chaîne periódico agencia diario газета агентство "
    "телеканал".split()
)
"""Where something was published or read; whoever said it there is a second source and no other one."""

CAMPS = (
    "prosecutors prosecutor prosecution prosecuting staatsanwaltschaft staatsanwalt parquet procureur fiscalía fiscal прокуратура прокурор",
    "defence defense lawyer lawyers attorney verteidigung verteidiger défense avocat defensa abogado защита адвокат захист",
    "judge court tribunal magistrate richter gericht juge tribunal juez суд судья суддя",
    "police officer officers detectives policeman policewoman constabulary polizei policía поліція полиция inspector sheriff",
    "government minister ministry cabinet secretary ministerium ministre ministro consejero министр министерство міністр міністерство",
    "opposition",
    "union unions workers gewerkschaft syndicat sindicato профсоюз профспілка",
    "employers management company operator firm manufacturer maker executive airline chairman owner proprietor unternehmen entreprise empresa компания",
    "mayor council councillor bürgermeister bürgermeisterin maire alcalde alcaldesa мэр мер",
    "governor губернатор gobernador",
    "president präsident président presidente президент",
    "army military general soldiers armee ejército армия армія",
    "rebels rebel insurgents militants",
    "fire firefighters firefighter brigade feuerwehr pompiers bomberos пожарные",
    "hospital doctor doctors surgeon physician nurse krankenhaus hôpital médicos больница лікарня",
    "coroner pathologist",
    "scientists scientist researchers institute seismologist meteorologist forecasters weather",
    "witness witnesses resident residents neighbour neighbours passenger passengers survivor survivors",
    "family relatives widow mother father sister brother son daughter",
    "coach manager trainer captain player club",
    "supervisor controller tower control",
    "agency regulator inspectors auditors watchdog inspectorate inspector",
    "charity aid relief volunteers",
    "bank economist analyst analysts investors",
    "diplomat diplomats ambassador embassy envoy",
    "nations",
    "church bishop archbishop priest vatican",
    "university professor academics",
)
"""Groups of words for one camp; a source of one camp is not a source of another."""
