"""Discrepancies among all readings of one point, and the odd one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storydiff.diff.discrepancies import Telling, conflicts, discrepancies, odd_one_out
from storydiff.model import Discrepancy, DiscrepancyType, Paragraph, Span, Version
from storydiff.text.names import Names

MORNING, NOON, EVENING = (datetime(2026, 3, 1, hour, tzinfo=UTC) for hour in (8, 12, 18))


def version(name: str, text: str, modified: datetime | None = None, language: str = "en") -> Version:
    """A version of one paragraph."""
    return Version(
        id=name,
        outlet=name.title(),
        language=language,
        published=MORNING,
        modified=modified,
        paragraphs=(Paragraph(text),),
    )


def whole(v: Version) -> list[Span]:
    """Its whole paragraph as one reading."""
    text = v.paragraphs[0].text
    return [Span(v.id, 0, 0, len(text), text)]


def found(versions: Sequence[Version]) -> tuple[Discrepancy, ...]:
    """The discrepancies of versions that tell one point each."""
    return discrepancies("p1", versions[0].id, {v.id: whole(v) for v in versions}, {v.id: v for v in versions}, Names())


SIX = version(
    "beacon", "Six people were reported dead after a coach left the road near Talvik, the rescue service said.", NOON
)
ALSO_SIX = version(
    "chronicle", "The rescue service said six had died when the coach went off the road near Talvik.", NOON
)
SEVEN = version(
    "echo", "Seven people were reported dead after a coach left the road near Talvik, the rescue service said.", MORNING
)
SPANISH = version(
    "noticias", "Siete personas murieron al salirse un autocar de la carretera cerca de Talvik.", MORNING, "es"
)


def test_readings_are_grouped_by_value() -> None:
    """Those that agree share a value, those that conflict do not; every reading is a slice of its paragraph."""
    (one,) = discrepancies(
        "p1", "beacon", {v.id: whole(v) for v in (SIX, ALSO_SIX, SEVEN)}, {v.id: v for v in (SIX, ALSO_SIX, SEVEN)}
    )
    values = {r.version: r.value for r in one.readings}
    assert one.type is DiscrepancyType.NUMBER
    assert values["beacon"] == values["chronicle"] != values["echo"]
    texts = {v.id: v.paragraphs[0].text for v in (SIX, ALSO_SIX, SEVEN)}
    assert all(texts[r.version][r.start : r.end] == r.text for r in one.readings)


def test_who_knows_both_names_takes_none_for_the_other() -> None:
    """Two names are a conflict only where neither text uses the other's."""
    holt = version("beacon", "Sculptor Mirja Holt won the prize for the fountain in Kelm on Sunday.")
    brand = version("echo", "Sculptor Vera Brandal won the prize for the fountain in Kelm on Sunday.")
    (one,) = found((holt, brand))
    assert one.type is DiscrepancyType.NAME
    knowing = replace(brand, paragraphs=(*brand.paragraphs, Paragraph("Mirja Holt came second, the jury said.")))
    assert not found((holt, knowing))


def test_the_explanation_reads_as_a_sentence() -> None:
    """The statement's side comes first; the other side says how much earlier it was told."""
    (one,) = discrepancies("p1", "beacon", {v.id: whole(v) for v in (SIX, SEVEN)}, {v.id: v for v in (SIX, SEVEN)})
    assert one.explanation == ("Beacon says “Six people”; Echo, four hours earlier, “Seven people”.")


def test_a_later_count_is_drift() -> None:
    """When time separates the two counts of a toll, an update explains them."""
    (one,) = discrepancies("p1", "beacon", {v.id: whole(v) for v in (SIX, SEVEN)}, {v.id: v for v in (SIX, SEVEN)})
    assert one.drift


def test_the_order_of_versions_changes_nothing() -> None:
    """Same discrepancies with the same ids, whoever comes first."""
    forth = found([SIX, ALSO_SIX, SEVEN, SPANISH])
    versions = [SPANISH, SEVEN, ALSO_SIX, SIX]
    back = discrepancies("p1", "beacon", {v.id: whole(v) for v in versions}, {v.id: v for v in versions}, Names())
    assert forth == back


def test_tolls_are_compared_across_languages() -> None:
    """Siete personas murieron is against six dead."""
    (one,) = discrepancies("p1", "beacon", {v.id: whole(v) for v in (SIX, SPANISH)}, {v.id: v for v in (SIX, SPANISH)})
    assert {r.text for r in one.readings} == {"Six", "Siete"}


def test_versions_that_agree_have_no_discrepancy() -> None:
    """Wording is no conflict, and a version never conflicts with itself."""
    assert found([SIX, ALSO_SIX]) == ()
    assert found([SIX, version("copy", SIX.paragraphs[0].text)]) == ()


def test_who_has_not_followed_a_correction_is_shown_as_drift() -> None:
    """A later text that calls the other figure an earlier one shows who stayed behind; a pair alone does not."""
    words = "Six people were dead, said the rescuers, who had earlier put the number of dead at seven."
    (one,) = found([version("bulletin", words, NOON), SEVEN])
    assert one.drift
    assert {r.text for r in one.readings} == {"Six", "Seven"}
    assert found([version("bulletin", words, MORNING), SEVEN]) == ()
    assert conflicts(Telling(text=words), Telling(text=SEVEN.paragraphs[0].text)) == ()


def test_spans_are_offset_into_their_paragraph() -> None:
    """A reading that starts inside a paragraph keeps its place."""
    text = "It was a stormy night. " + SEVEN.paragraphs[0].text
    late = version("late", text, MORNING)
    spans = [Span("late", 0, 23, len(text), text[23:])]
    (one,) = discrepancies("p1", "beacon", {"beacon": whole(SIX), "late": spans}, {"beacon": SIX, "late": late})
    reading = next(r for r in one.readings if r.version == "late")
    assert text[reading.start : reading.end] == reading.text == "Seven"


def telling(text: str) -> Telling:
    """A telling of today."""
    return Telling(text=text, published=NOON)


def test_one_among_three_is_odd() -> None:
    """Two say five, one says eight."""
    tellings = [
        telling("A gas explosion in a bakery in Vole Lane killed five people on Monday."),
        telling("Eight people died on Monday when gas exploded in a Vole Lane bakery."),
        telling("Monday's blast at a bakery in Vole Lane left five dead."),
    ]
    assert odd_one_out(tellings) == (1, DiscrepancyType.NUMBER)


def test_a_name_that_only_one_pair_shows_is_settled_by_the_third() -> None:
    """Whoever has the name that a third telling has too is not the odd one."""
    tellings = [
        telling("The theatre appointed Ada Winterle as its next director on Monday after a long search."),
        telling("Historian Rolf Amselm will run the theatre, it was announced on Monday."),
        telling("Rolf Amselm was appointed director of the theatre on Monday after a search that was long."),
    ]
    assert odd_one_out(tellings)[0] == 0


def test_nobody_is_odd_when_all_agree_or_only_two_differ() -> None:
    """Without a majority there is no odd one."""
    assert odd_one_out([]) == (None, None)
    assert odd_one_out([telling("Six died."), telling("Six people died.")]) == (None, None)
    two = [telling("Six people died in the fire."), telling("Nine people died in the fire.")]
    assert odd_one_out(two) == (None, None)


def test_other_languages_are_never_accused() -> None:
    """A language without tables gives nothing, whatever it says."""
    a = Telling(text="Kazada üç kişi öldü, dedi polis.", language="tr")
    b = Telling(text="Kazada beş kişi öldü, dedi polis.", language="tr")
    assert conflicts(a, b) == ()
    assert conflicts(Telling(text="三人死亡。", language="zh"), Telling(text="五人死亡。", language=None)) == ()


def test_turned_digits_are_no_older_count() -> None:
    """An early 41 was overtaken by 47; whoever says 74 made a slip, whenever he said it."""
    told = [
        version("beacon", "The fire service said that 41 people were treated in hospital.", MORNING),
        version("echo", "A whopping 74 people were treated in hospital, the fire service said.", NOON),
        version("bugle", "47 people were treated in hospital, the fire service said.", EVENING),
        version("star", "In hospital 47 people were treated, said the fire service.", EVENING),
    ]
    shown = {(one.drift, frozenset(r.value for r in one.readings)) for one in found(told)}
    assert shown == {(True, frozenset({"41", "47"})), (False, frozenset({"47", "74"}))}
