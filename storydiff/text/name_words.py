"""Words around names: posts and trades that stand before a person's name, what makes a name an organisation or a place."""

from __future__ import annotations

import re

from storydiff.text.time_words import MONTHS, WEEKDAYS

_POSTS = """
accountant actor actress admiral adviser advisor aide analyst anchor anthropologist apprentice archaeologist archbishop
architect archivist artist assessor astronaut astronomer athlete attorney auditor author backer baker ballerina banker
baroness barrister batsman biologist bishop boss bowler boxer brewer brigadier broker builder businessman businesswoman
captain cardinal carer caretaker carpenter cellist centre centre-back chair chairman chairwoman chancellor chaplain chef
chemist chief choreographer clerk climber coach coastguard collector colonel columnist comedian commander commissioner
composer conductor conservationist constable consul contractor coordinator coroner corporal correspondent councillor
councilman councilwoman count countess critic curator cyclist dancer dealer dean defender delegate dentist deputy designer
detective developer diplomat director diver doctor donor driver drummer duchess duke economist editor electrician emir
emperor engineer entrepreneur envoy epidemiologist equerry executive expert explorer farmer fighter filmmaker financier
firefighter fisherman footballer founder forward gardener general geologist goalkeeper golfer governor guard guide guitarist
gymnast head headmaster headmistress headteacher heir hiker historian imam industrialist inspector instructor inventor
investigator investor jockey journalist judge justice keeper king landlord lawmaker lawyer leader lecturer legislator
lieutenant librarian lieutenant-general lord magistrate maker major manager marine marshal mathematician mayor mechanic
mediator medic member meteorologist midfielder midwife miner minister mogul monk mother musician negotiator neighbour
neurologist novelist nun nurse officer official operator organiser owner painter pastor paramedic passenger patriarch patron
pensioner pharmacist philosopher photographer physician physicist pianist pilot playwright plumber poet policeman
policewoman politician pope porter postman postmaster premier president priest prince princess principal printer producer
professor programmer prosecutor provost psychologist publican publisher pupil queen rabbi racer ranger rapper rector
referee rep representative researcher resident restaurateur retailer reporter rower sailor saxophonist scientist sculptor
secretary seismologist senator sergeant sheikh sheriff shepherd shipbroker shipowner shopkeeper singer sister skater skier
skipper sociologist soldier soloist solicitor songwriter soprano speaker spokesman spokesperson spokeswoman sprinter
statistician striker student sultan superintendent supervisor surgeon surveyor survivor swimmer teacher technician
tenor toxicologist trader trainer treasurer tribune trustee tutor hunter neighbour trapper farmhand umpire undersecretary uncle vet veterinarian vicar
vice-president victim violinist virologist volunteer waiter waitress warden whistleblower widow widower winger winner
witness writer zoologist drugmaker carmaker chipmaker shipbuilder planemaker brewer airline utility company firm newspaper
club team ferry freighter trawler tanker yacht ship vessel midwicket officer-in-charge sir dame lady mr mrs ms miss dr prof rev reverend father
sen rep gov gen col capt sgt lt maj hon monsieur madame herr frau señor señora don doña
"""
_OTHER_POSTS = """
sprecher sprecherin minister ministerin präsident präsidentin kanzler kanzlerin bürgermeister bürgermeisterin direktor
direktorin chef chefin richter richterin staatsanwalt anwalt trainer trainerin professor professorin doktor polizeichef
außenminister innenminister finanzminister verteidigungsminister vorsitzende vorsitzender geschäftsführer leiter leiterin
ministre président présidente maire directeur directrice juge procureur avocat avocate porte-parole préfet préfète premier
ministro ministra presidente presidenta alcalde alcaldesa director directora juez jueza fiscal abogado portavoz consejero
consejera gobernador gobernadora capitán capitana entrenador
министр премьер президент губернатор вице-губернатор мэр глава директор судья прокурор адвокат представитель тренер капитан
міністр прем'єр президент губернатор мер голова директор директорка суддя прокурор адвокат речник речниця тренер капітан
"""
POSTS = frozenset((_POSTS + _OTHER_POSTS).split())
"""Lower-case posts, trades and forms of address."""

BODIES = frozenset(
    "drugmaker carmaker chipmaker shipbuilder planemaker brewer airline utility company firm newspaper club team retailer maker operator "
    "ferry freighter trawler tanker yacht ship vessel broker builder developer producer publisher bank".split()
)
"""Of the posts, those that bodies hold, and craft."""

QUALIFIERS = frozenset(
    "former ex acting interim deputy vice senior junior assistant prime foreign interior finance treasury defence defense "
    "justice health education transport environment labour labor trade home state attorney executive managing chief "
    "retired late veteran us u.s. british french german russian ukrainian spanish american european".split()
)
"""What may stand before a post and belongs to it."""

ORGANISATION = frozenset(
    "bank union group ministry party university college court council alliance liberals conservatives democrats republicans "
    "socialists greens club fc united city rovers athletic airlines airways motors oil energy gas inc ltd plc corp corporation "
    "co company agency institute clinic hospital association federation society foundation trust board commission committee "
    "authority office department parliament senate congress assembly police army navy force guard brigade holdings industries "
    "systems technologies labs media press news times post television radio services partners capital insurance "
    "pharma pharmaceuticals foods stores supermarkets railways rail lines shipping logistics school academy orchestra opera "
    "museum gallery theatre church cabinet treasury exchange organisation organization league network movement front coalition "
    "bloc nations programme ag gmbh se sa spa nv partei banque banco ministerium".split()
)
PLACE = frozenset(
    "street road avenue lane square row bridge river valley reef airport bay lake island islands sea ocean gulf strait coast "
    "mountain mountains mount hill hills peak port harbour harbor beach forest park county district province region quarter "
    "village town station stadium square market hotel reservoir point cape canyon glacier volcano peninsula desert canal dam "
    "pier wharf docks dock quay estate heights cross end bottom spa".split()
)
NOT_NAMES = frozenset(
    "i the a an he she it we they you his her its our their my your this that these those there here who what when where why how "
    "if in on at by for from to of with as but and or nor yet so not no all both each every some any most many more few several "
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred first second third celsius fahrenheit "
    "twenty-one thirty-one hundreds thousands dozens after before since until while although "
    "because during under over about around between among against into through than then now today yesterday tomorrow is are was "
    "were be been has have had do does did will would can could may might must shall should let asked according speaking "
    "english french german spanish russian ukrainian italian american british european monday tuesday wednesday thursday friday "
    "saturday sunday january february march april june july august september october november december christmas easter "
    "pm am gmt utc cet bst mr mrs ms".split()
)
"""Capitalised words that are no names by themselves."""

CALENDAR = re.compile(
    "|".join(f"(?:{p})" for table in (MONTHS, WEEKDAYS) for rows in table.values() for p in rows), re.IGNORECASE
)
"""Months and weekdays of all languages."""

PARTICLES = frozenset(
    "de del della di da do dos das du des la le el al van von der den ter ten zu zur bin ibn bint abu of and & upon on the y e".split()
)
_INNER = frozenset(
    "de del della di da do dos das du des la le el al van von der den ter ten zu bin ibn bint abu y".split()
)
PERSON_PARTICLES = _INNER

NATIONALITY = re.compile(
    r"(?:[A-Z]\w+(?:ian|ean|ese|ish|can|ani|aqi|eli|tch|omani|emeni))s?|Swiss|French|Dutch|Greek|German|Thai|Welsh|Scots?|Scottish|Czech|Slovak"
    r"|Norwegian|Philippine|Filipino|Norse|Uzbek|Kazakh|Afghan|Tajik|Arab|Jewish|Muslim|Christian|Catholic|Protestant|Deutsche|Swede|Dane|Finn"
    r"|Pole|Turk|Serb|Croat|Slovene|Kurd|Roma|Sunni|Shiite"
)
"""Adjectives and nouns of nationality or faith: capitalised, yet no names."""

NICKNAMES = (
    "robert rob bob bobby bert|william will bill billy liam|richard rick dick ricky|james jim jimmy jamie|john jack johnny jon"
    "|thomas tom tommy|edward ed eddie ted ned|charles charlie chuck|michael mike mick mickey|joseph joe joey|david dave davey"
    "|daniel dan danny|samuel sam sammy|benjamin ben benny|anthony tony ant|andrew andy drew|matthew matt|christopher chris kit"
    "|nicholas nick nicky|alexander alex sandy sasha alec|stephen steven steve|gregory greg|timothy tim|kenneth ken kenny"
    "|ronald ron ronnie|donald don donnie|patrick pat paddy|peter pete|philip phil|frederick fred freddie|gerald gerry jerry"
    "|jeffrey jeff geoff|lawrence larry|leonard len leo|raymond ray|vincent vince|walter walt|elizabeth liz beth betty lizzie eliza"
    "|margaret maggie meg peggy|katherine catherine kate katie cathy kathy kit|susan sue susie|deborah debbie deb|jennifer jen jenny"
    "|patricia pat patty tricia|barbara barb|rebecca becky|victoria vicky tori|jacqueline jackie|pamela pam|theresa terry tess"
    "|josephine jo josie|dorothy dot dottie|eleanor ellie nell nora|frances fran frankie|francis frank frankie|henry harry hal hank"
    "|abigail abby|alexandra sandra alex|amanda mandy|christina chris tina|isabella bella|nathaniel nate|zachary zach"
    "|dmitry dima|vladimir volodymyr vova|yevgeny yevhen zhenya|alexei oleksiy alyosha|sergei serhiy|mikhail mykhailo misha"
    "|nikolai mykola kolya|alexander oleksandr|pavel pavlo|andrei andriy|ivan vanya|yekaterina kateryna katya|yelena olena lena"
)
ALIASES: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(NICKNAMES.split("|")):
    for _name in _line.split():
        ALIASES[_name] = ALIASES.get(_name, frozenset()) | {_number}
