"""One invented event in many languages: what survives translation is told, and nothing is held against anyone."""

import pytest

from storydiff.engine import collate
from storydiff.model import Collation, Status
from storydiff.testing import version

ENGLISH = (
    "A dam above Velmar burst on Tuesday night and mud ran through the lower streets.",
    "Two people were killed and 31 were hurt, the rescue service said.",
    "About 1,400 people were moved to schools in Ostrava Hill.",
    'Mayor Ilsa Marwick said: "We had asked for repairs three times since 2019."',
    "The operator, Norhydro, found no cracks in March; its shares fell 12 percent on Wednesday.",
)
READ = {
    "de": (
        "Am Dienstagabend ist oberhalb von Velmar ein Staudamm gebrochen.",
        "Zwei Menschen kamen ums Leben, 31 wurden verletzt, teilte der Rettungsdienst mit.",
        "Rund 1400 Menschen wurden in Schulen in Ostrava Hill gebracht.",
        "Bürgermeisterin Ilsa Marwick sagte: „Wir haben seit 2019 dreimal um Reparaturen gebeten.“",
    ),
    "fr": (
        "Un barrage a cédé mardi soir au-dessus de Velmar.",
        "Deux personnes sont mortes et 31 ont été blessées, selon les secours.",
        "Quelque 1 400 personnes ont été conduites dans des écoles d’Ostrava Hill.",
        "La maire, Ilsa Marwick, a déclaré : « Nous avions demandé des réparations à trois reprises depuis 2019. »",
    ),
    "uk": (
        "У вівторок увечері над містом Вельмар прорвало греблю.",
        "Двоє людей загинули, 31 поранено, повідомила служба порятунку.",
        "Близько 1400 людей перевезли до шкіл в Острава-Гілл.",
        "Мерка Ільса Марвік сказала: «Ми тричі просили про ремонт із 2019 року».",
    ),
}
UNREAD = {
    "pl": (
        "We wtorek wieczorem pękła zapora nad miastem Velmar.",
        "Zginęły trzy osoby, a 48 zostało rannych, podały służby ratunkowe.",
        "Około 2600 mieszkańców przewieziono do szkół w Ostrava Hill.",
    ),
    "it": (
        "Una diga sopra Velmar ha ceduto martedì sera.",
        "Tre persone sono morte e 48 sono rimaste ferite, secondo i soccorritori.",
    ),
    "tr": ("Velmar'daki baraj salı gecesi yıkıldı.", "Kurtarma ekipleri üç kişinin öldüğünü, 48 kişinin yaralandığını açıkladı."),
    "ar": ("انهار سد فوق بلدة فيلمار مساء الثلاثاء.", "وقالت فرق الإنقاذ إن ثلاثة قتلوا وأصيب 48 آخرون."),
    "he": ("סכר מעל העיירה ולמר קרס ביום שלישי בלילה.", "שלושה בני אדם נהרגו ו-48 נפצעו, מסר שירות ההצלה."),
    "ja": ("火曜日の夜、ベルマーの上流にあるダムが決壊した。", "救助隊によると、3人が死亡し、48人が負傷した。"),
    "th": ("เขื่อนเหนือเมืองเวลมาร์แตกเมื่อคืนวันอังคาร", "หน่วยกู้ภัยกล่าวว่ามีผู้เสียชีวิต 3 คน และบาดเจ็บ 48 คน"),
}  # fmt: skip


def told(collation: Collation, outlet: str) -> list[Status]:
    """The cells of an outlet, point by point."""
    [name] = [each.id for each in collation.versions if each.outlet == outlet]
    return [point.coverage[name].status for point in collation.points]


@pytest.mark.parametrize("language", READ)
def test_what_a_translation_keeps_is_told(language: str) -> None:
    """A version in a language that is read tells the points that it has, and leaves out the one that it has not."""
    foreign = version("Blatt", *READ[language], language=language)
    statuses = told(collate([version("Post", *ENGLISH), version("Radio", *ENGLISH[:4]), foreign]), "Blatt")
    assert statuses == [Status.REPORTED] * 4 + [Status.OMITTED]


def test_two_foreign_versions() -> None:
    """Through English a German version meets a French one, and the statement is in one of their languages."""
    versions = [version(name, *READ[name], language=name) for name in ("de", "fr")]
    collation = collate(versions)
    assert [told(collation, name) for name in ("de", "fr")] == [[Status.REPORTED] * 4] * 2


@pytest.mark.parametrize("language", UNREAD)
def test_a_language_without_tables_is_never_accused(language: str) -> None:
    """Other figures, other letters, nothing in common: it tells, or it is unknown why, and disagrees with nobody."""
    foreign = version("Blatt", *UNREAD[language], language=language)
    collation = collate([version("Post", *ENGLISH), version("Radio", *ENGLISH[:4]), foreign])
    assert {*told(collation, "Blatt")} <= {Status.REPORTED, Status.UNKNOWN}
    assert collation.discrepancies == ()


def test_the_statement_is_in_a_language_that_is_read() -> None:
    """Of two versions in two languages the one that is read words the points that both tell."""
    moved = "ونقل نحو 1400 شخص إلى مدارس في أوسترافا هيل."
    collation = collate([version("Blatt", *UNREAD["ar"], moved, language="ar"), version("Post", *ENGLISH)])
    both = [point for point in collation.points if all(cell.evidence for cell in point.coverage.values())]
    assert [point.statement for point in both if "1,400" in point.statement] == [ENGLISH[2]]


BATHHOUSE = (
    "The boiler of the Tarnmoor bathhouse burst on Friday morning and hurt nine swimmers.",
    "The county engineer had closed the boiler twice since spring.",
    "Mayor Ilsa Marwick promised a new boiler before winter.",
    "Four of the nine swimmers were still in hospital on Sunday.",
)
BADEHAUS = {
    "Blatt": (
        "Der Kessel des Badehauses von Tarnmoor ist am Freitagmorgen geplatzt und hat neun Schwimmer verletzt.",
        "Der Bademeister hatte seit Wochen ein Pfeifen gehört und es der Verwaltung gemeldet.",
        "In der Stadt wird seither über den Verkauf des Bades an einen Hotelkonzern gestritten.",
    ),
    "Kurier": (
        "Neun Schwimmer sind verletzt worden, als am Freitagmorgen in Tarnmoor der Kessel des Badehauses platzte.",
        "Ein Pfeifen hatte der Bademeister schon seit Wochen gehört; die Verwaltung wusste davon.",
        "Bürgermeisterin Ilsa Marwick versprach einen neuen Kessel noch vor dem Winter.",
    ),
}


@pytest.mark.parametrize("languages", [("de", "de"), ("de-DE", "de-AT")])
def test_two_versions_in_one_foreign_language_are_compared_in_full(languages: tuple[str, str]) -> None:
    """Among English texts two German ones meet in their own words; what one has alone the other leaves out."""
    german = [version(name, *BADEHAUS[name], language=each) for name, each in zip(BADEHAUS, languages, strict=True)]
    english = [version("Post", *BATHHOUSE), version("Radio", *BATHHOUSE[:3]), version("Times", *BATHHOUSE[:2])]
    collation = collate([*english, *german])
    cells = {
        point.statement: [told(collation, name)[place] for name in ("Blatt", "Kurier", "Post")]
        for place, point in enumerate(collation.points)
    }
    [heard] = [row for statement, row in cells.items() if "Pfeifen" in statement]
    [alone] = [row for statement, row in cells.items() if "Hotelkonzern" in statement]
    assert heard == [Status.REPORTED, Status.REPORTED, Status.UNKNOWN]
    assert alone == [Status.REPORTED, Status.OMITTED, Status.UNKNOWN]


def test_regions_of_one_language_are_one_language() -> None:
    """A British and an American text are compared in full."""
    american = version("Radio", *BATHHOUSE[:2], language="en-US")
    collation = collate([version("Post", *BATHHOUSE, language="en-GB"), american, version("Times", *BATHHOUSE[:3])])
    assert told(collation, "Radio") == [Status.REPORTED] * 2 + [Status.OMITTED] * 2
