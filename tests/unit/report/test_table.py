"""The comparison in a terminal."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from storydiff.errors import UnknownOutlet, UnknownPoint
from storydiff.model import Cell, Collation, Family, Status
from storydiff.report import Look, Only, to_history, to_point, to_table
from tests.builders import cell, collation, point, version
from tests.fire import fire
from tests.unit.report.hostile import COMMANDS, hostile

ANSI = re.compile(r"\x1b\[[\d;]*m")
FACES: list[Callable[[Collation, Look], str]] = [
    lambda made, look: to_table(made, look=look),
    lambda made, look: to_table(made, look=look, ours=made.versions[0].outlet),
    lambda made, look: to_point(made, 1, look=look),
    lambda made, look: to_history(made, look=look),
]


def line_with(text: str, words: str) -> str:
    """The one line that holds the words."""
    (found,) = [line for line in text.splitlines() if words in line]
    return found


def test_strip() -> None:
    """The first lines count outlets, independent texts, points, conflicts and failures."""
    head = " ".join(to_table(fire()).splitlines()[:4])
    for words in ("9 outlets", "6 independent texts", "8 points", "2 conflicts", "1 overtaken", "1 silent edit"):
        assert words in head
    assert "2 not fully read" in head
    assert "compared 4 Jun 2026, 06:02 UTC" in head


def test_only_what_was_not_read_is_said_to_be() -> None:
    """Where every text is complete nothing is said of texts that are not."""
    whole = version("Coast Daily", "Two people died."), version("Harbour Post", "Two people died.")
    row = point(1, "Two people died.", {each: cell(each, "reported", "Two people died.") for each in whole}, sources=2)
    assert "Not fully read" not in to_table(collation(whole, (row,)))
    assert "Not fully read" in to_table(fire())


def test_cells_stand_under_their_codes() -> None:
    """One character a cell, under the code of its outlet."""
    text = to_table(fire())
    head = line_with(text, "CR  BW AC FG")
    row = line_with(text, "The fire killed two night watchmen.")
    expected = {"CR": "↻", "BW": "●", "AC": "●", "FG": "●", "NT": "≠", "TT": "◐", "MI": "●", "FA": "●", "EL": "·"}
    assert {code: row[head.index(code)] for code in expected} == expected


def test_legend_explains_every_sign_and_code() -> None:
    """Each sign used and each column is in the legend."""
    legend = to_table(fire()).split("\n\n")[1]
    for words in ("● reports", "↻ overtaken", "○ omits", "· unknown", "CR Coast Radio", "EL Evening Lamp"):
        assert words in legend


def test_sources_stand_in_a_column_of_their_own() -> None:
    """How many independent texts tell a point stands before its statement and is explained in the legend."""
    text = to_table(fire())
    places = {line.index("×") for line in text.splitlines() if re.match(r"^ \d .*×\d  ", line)}
    assert len(places) == 1
    assert "×5 in 5 independent texts" in text.split("\n\n")[1]
    assert "×" not in line_with(text, "Alder Quay handles about a third")
    assert "×4  ● BW AC FG MI FA" in to_table(fire(), look=Look(width=40))


def test_sides_say_whose_time_it_is_and_how_many_texts() -> None:
    """The statement's side comes first; others that say the same stand behind its time, copies told to be one text."""
    made = fire()
    first = next(each for each in made.discrepancies if each.id == "d1")
    copy = replace(first.readings[0], version="alder-courier")
    disputes = (replace(first, readings=(*first.readings[::-1], copy)),)
    conflicts = to_table(replace(made, discrepancies=disputes)).partition("\nConflicts\n")[2]
    assert "2    BW, 4 Jun 2026, 05:30 UTC (modified); also AC (1 independent text)" in conflicts
    assert conflicts.index("BW, 4 Jun") < conflicts.index("NT, 4 Jun")
    assert "–  " not in conflicts


def test_silent_edits_show_their_words() -> None:
    """What was changed without a word about it is read at once; what was disclosed is named."""
    changes = to_table(fire()).partition("\nChanged since first seen\n")[2].partition("\n\n")[0]
    assert "[-Two-] {+Three+} die as cold store burns…" in changes
    assert "and 1 more change" in changes
    assert changes.count("{+") == 2


def test_order() -> None:
    """Conflicts come first, then what several tell and others leave out, most sources first; then outlet by outlet."""
    rows = re.findall(r"^ (\d) {2}\S", to_table(fire()), re.MULTILINE)
    assert rows == ["1", "3", "4", "5", "6", "8", "7", "2"]


def test_conflict_shows_both_wordings_and_times() -> None:
    """Under the matrix both readings stand with the words marked and their times; drift stands apart."""
    conflicts, _, drift = to_table(fire()).partition("\nConflicts\n")[2].partition("\nOvertaken by a later update")
    assert "⟦killed two⟧ night watchmen" in conflicts
    assert "⟦Three men⟧ died" in conflicts
    assert "4 Jun 2026, 05:05 UTC" in conflicts
    assert "One man" not in conflicts
    assert "⟦One man⟧ has died" in drift


def test_problems_say_why() -> None:
    """What could not be read, and what is another story, is named with the reason."""
    text = to_table(fire())
    assert "Evening Lamp (blocked): The server refuses this page to us (403)." in text
    assert "Tollway Tribune (truncated): The page shows one paragraph" in text
    assert "Hill Herald: Another event" in text


@pytest.mark.parametrize(
    ("only", "numbers"),
    [
        (Only.CONFLICTS, ["1", "3"]),
        (Only.OMISSIONS, ["3", "4", "5", "6", "8", "7"]),
        (Only.EXCLUSIVE, ["8", "7"]),
        (Only.CHANGED, ["1", "7", "2"]),
    ],
)
def test_only(only: Only, numbers: list[str]) -> None:
    """A filter keeps its points under their numbers and says what it hides."""
    text = to_table(fire(), only=only)
    assert re.findall(r"^ (\d) {2}\S", text, re.MULTILINE) == numbers
    assert f"{8 - len(numbers)} points not shown" in text


def test_ours() -> None:
    """The view of one outlet: first where it differs, then what it lacks, then what only it has; its column first."""
    text = to_table(fire(), ours="northgate times")
    assert re.findall(r"^(We differ|We lack|Only we have) \((\d)\)$", text, re.MULTILINE) == [
        ("We differ", "1"), ("We lack", "3"), ("Only we have", "1"),
    ]  # fmt: skip
    assert "NT Northgate Times (ours)" in text
    assert line_with(text, "BW AC FG").strip().startswith("NT")


def test_ours_of_nobody() -> None:
    """An outlet that has no version is refused."""
    with pytest.raises(UnknownOutlet):
        to_table(fire(), ours="Nobody")


@pytest.mark.parametrize("width", [30, 44, 60, 100, 160])
@pytest.mark.parametrize("face", range(4))
def test_width(width: int, face: int) -> None:
    """No line is wider than asked, wide and right-to-left letters measured."""
    wide = version("日本新聞", "東京の港で火災があり、警備員二人が死亡した。" * 8, url="https://nihon.example/1")
    both = (wide, version("صحيفة", "قتل حارسان ليليان في حريق " * 12))
    told = {each: cell(each, "reported", each.paragraphs[0].text) for each in both}
    more = [point(n, each.paragraphs[0].text, told, sources=2) for n, each in enumerate(both, 1)]
    for made in (fire(), collation(both, more, revisions=fire().revisions)):
        text = FACES[face](made, Look(width=width))
        assert max(cell_len(line.replace("\u200e", "")) for line in text.splitlines()) <= width


def test_narrow_folds_to_a_list() -> None:
    """Where the matrix does not fit, each point lists who has it so."""
    text = to_table(fire(), look=Look(width=40))
    assert "● BW AC FG MI FA" in text
    assert "CR  BW AC FG" not in text


def test_many_outlets_fold() -> None:
    """Sixty outlets fold to the list at an ordinary width, every code still unique."""
    many = [version(f"Outlet Number {n}", "The bridge is shut.", url=f"https://o{n}.example/") for n in range(60)]
    told = {each: cell(each, "reported", "The bridge is shut.") for each in many}
    text = to_table(collation(many, [point(1, "The bridge is shut.", told, sources=60)]))
    codes = line_with(text + "\n", "● ON") if "● ON" in text else text
    assert len(set(re.findall(r"\b(O\w+) Outlet", text))) == 60, codes


def lonely(count: int) -> Collation:
    """Two outlets with a point in common; the rest, `count` of them, has either the one or the other alone."""
    words = [f"Detail number {n} of the ferry was told once." for n in range(count)]
    both = (version("Harbour Post", "The ferry sank.", *words), version("Coast Daily", "The ferry sank.", *words))
    shared = point(1, "The ferry sank.", {each: cell(each, "reported", "The ferry sank.") for each in both}, sources=2)
    alone = []
    for n, text in enumerate(words):
        has, lacks = both if n % 3 else both[::-1]
        alone.append(point(n + 2, text, {has: cell(has, "reported", text), lacks: cell(lacks, "omitted")}, sources=1))
    return collation(both, (shared, *alone))


@pytest.mark.parametrize("width", [100, 30])
def test_a_long_list_of_single_sources_is_folded(width: int) -> None:
    """Past a dozen, one line a source with its first point and how many more, and how to see all of them."""
    folded = " ".join(to_table(lonely(13), look=Look(width=width)).split())
    assert "One source alone (13)" in folded
    assert sorted(re.findall(r" \+(\d+)", folded)) == ["4", "7"]
    assert folded.count("Detail number") == 2
    assert "--only exclusive shows all 13." in folded
    for whole in (to_table(lonely(12), look=Look(width=width)), to_table(lonely(13), only=Only.EXCLUSIVE)):
        assert len(re.findall(r"Detail\s+number", whole)) >= 12
        assert "shows all" not in whole


def test_a_point_that_nobody_has_is_no_trouble() -> None:
    """Points whose texts are all gone or unread fold like the others."""
    unread = version("Harbour Post", "The ferry sank.")
    many = [point(n, f"Detail {n}.", {unread: Cell(status=Status.UNKNOWN)}, sources=0) for n in range(1, 15)]
    assert "+13" in to_table(collation([unread], many))


def test_plain_without_colour() -> None:
    """Without colour there is no escape sequence; with colour there are only colour codes, over the same words."""
    plain, coloured = to_table(fire()), to_table(fire(), look=Look(colour=True))
    assert "\x1b" not in plain
    assert ANSI.sub("", coloured) == plain
    assert ANSI.search(coloured)


def test_ascii() -> None:
    """A terminal without Unicode gets letters for the signs, and a legend that explains them."""
    for face in FACES:
        assert face(fire(), Look(unicode=False)).isascii()
    text = to_table(fire(), look=Look(unicode=False))
    assert "R reports" in text
    assert "X conflicts" in text


@pytest.mark.parametrize("face", range(4))
@pytest.mark.parametrize("colour", [False, True])
def test_hostile(face: int, *, colour: bool) -> None:
    """No control character, escape sequence, bidi override or markup from the web reaches the terminal."""
    text = ANSI.sub("", FACES[face](hostile(), Look(colour=colour, width=80)))
    assert not COMMANDS.search(text)
    assert all(unicodedata.category(c) != "Cs" for c in text)
    assert "[bold red]" in text.replace("\n", "") or face == 3
    assert max(map(cell_len, text.splitlines())) <= 80
    assert len(text) < 60_000


def test_codes_are_unambiguous() -> None:
    """Names with equal initials get different codes; names in other scripts take theirs from the address."""
    names = ["The Daily Star", "Daily Standard", "Der Stern", "Dagens Nyheter", "Daily News", "公報"]
    text = to_table(
        collation([version(name, "x") for name in names[:-1]] + [version(names[-1], url="https://koho.example/")])
    )
    codes = dict(re.findall(r"(\b[A-Z0-9]{2,4}) (The Daily Star|Daily \w+|Der Stern|Dagens Nyheter|公報)", text))
    assert len(codes) == 6
    assert "KO" in codes


def test_point() -> None:
    """The evidence: exact words in their paragraph, offsets, time, address, snapshot, what is missing."""
    text = to_point(fire(), 1)
    assert "⟦Three men died⟧ when flames tore" in text
    assert "¶1 [96-121]" in text
    assert "4 Jun 2026, 05:05 UTC (modified)" in text
    assert "sha256:" + "a3" * 32 in text
    assert "https://northgate-times.example/fire" in text
    assert "lacks: night watchmen" in text
    assert "conflict (number): Brindle Wire says two dead" in text
    assert "first: Brindle Wire, between 3 Jun 2026, 22:05 and 22:10 UTC" in text


def test_point_diff_tells_moves_apart() -> None:
    """The word diff marks what is only in one reading, and what merely moved."""
    text = " ".join(to_point(fire(), 4, look=Look(width=160)).split())
    assert "{~chief fire officer,~}" in text
    assert "{+said the roof had come+}" in text
    assert "word for word the statement's reading" in text
    assert "in another language: words are not compared" in text


def test_copies_are_the_same_words_whatever_their_quotation_marks() -> None:
    """Who carries an agency's text is said to, and other quotation marks are no other words."""
    wire = version("Brindle Wire", "“We had no time,” she said – twice.")
    copy = version("Alder Courier", '"We had no time," she said - twice.')
    told = {each: cell(each, "reported", each.paragraphs[0].text) for each in (wire, copy)}
    family = Family(credit="Brindle", versions=(wire.id, copy.id), origin=wire.id)
    text = to_point(collation([wire, copy], [point(1, wire.paragraphs[0].text, told)], families=(family,)), 1)
    assert re.search("Alder Courier  reports  .*  carries Brindle", text)
    assert "word for word the statement's reading" in text
    assert text.count("carries Brindle") == 1


def test_long_names_are_cut_in_the_legend() -> None:
    """A name that fills half the screen says no more than its beginning."""
    long = version("The Very Long and Honourable Gazette of the Northern Provinces", "Two died.")
    text = to_table(
        collation(
            [long, version("Post", "Two died.")], [point(1, "Two died.", {long: cell(long, "reported", "Two died.")})]
        )
    )
    assert "The Very Long and Honourable Gazette of…" in text
    assert "Provinces" not in text


def test_point_says_why_unknown() -> None:
    """Silence is an omission only where the article was read; elsewhere the reason stands."""
    text = to_point(fire(), 4)
    assert "○  Coast Radio  omits" in text
    assert "·  Tollway Tribune  unknown: paywall: the rest was not readable" in text


@pytest.mark.parametrize("number", [0, -1, 9])
def test_point_unknown(number: int) -> None:
    """A number outside the table is refused, and the range named."""
    with pytest.raises(UnknownPoint) as caught:
        to_point(fire(), number)
    assert "1 to 8" in caught.value.hint


def test_history() -> None:
    """Revisions with word diffs: silent ones named, reverts named, moves apart from additions."""
    text = " ".join(to_history(fire()).split())
    assert "Northgate Times changed between 4 Jun 2026, 01:00 and 06:01 UTC silently" in text
    assert "[-Two-] {+Three+} die as cold store burns" in text
    assert "removed [-Crews from four towns fought the fire.-]" in text
    assert "moved {~Police have shut the quay.~}" in text
    assert "An earlier text came back." in text


def test_history_without_changes() -> None:
    """A story in which nothing changed says so."""
    assert to_history(collation([])) == "No article of this story changed since it was first seen.\n"


def test_empty() -> None:
    """A collation without a point still shows its outlets and problems."""
    alone = version("Alone", "x")
    text = to_table(collation([alone], [point(1, "x", {alone: Cell(status=Status.UNKNOWN)}, sources=0)]))
    assert "1 outlet" in text
    assert "0 conflicts" in to_table(collation([]))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_look() -> None:
    """Colour on a terminal only, never with NO_COLOR or a dumb terminal; ASCII when the stream has no Unicode."""
    assert Look.of(Terminal(), {}).colour
    assert not Look.of(Terminal(), {"NO_COLOR": "1"}).colour
    assert not Look.of(Terminal(), {"TERM": "dumb"}).colour
    assert not Look.of(io.StringIO(), {}).colour
    assert Look.of(io.StringIO(), {"COLUMNS": "72"}).width == 72
    assert not Look.of(io.TextIOWrapper(io.BytesIO(), encoding="latin-1"), {}).unicode
    assert Look.of(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), {}, 500).width == 160


def test_styles_end_with_their_words() -> None:
    """Bold outlets and dim places do not spill over the words behind them."""
    coloured = to_point(fire(), 1, look=Look(colour=True, width=160))
    assert re.search(r"\x1b\[2m¶1 \[0-14\] \x1b\[0m", coloured)
    history = to_history(fire(), look=Look(colour=True, width=160))
    assert re.search(r"\x1b\[1mCoast Radio\x1b\[0m  changed", history)


def test_texts_that_tell_no_story_together() -> None:
    """It is said in words instead of an empty table."""
    made = fire()
    strangers = replace(made, apart={each.id: "is about another event" for each in made.versions}, points=())
    shown = to_table(replace(strangers, discrepancies=(), families=(), links=()))
    assert "No two of these texts tell the same story, so there is nothing to compare." in shown
    assert "\n\n\n" not in shown
