"""When a version in another language is sure to leave a point out."""

from storydiff.align.points_silence import surely_silent
from storydiff.align.points_sought import Statement
from storydiff.align.points_table import Table
from storydiff.align.points_told import Searcher
from storydiff.testing import version

TEXT = (
    "Der Kessel des Badehauses von Tarnmoor ist am Freitag geplatzt.",
    "Neun Schwimmer wurden verletzt, teilte die Feuerwehr mit.",
    "Der Bürgermeister versprach, die Stadt werde einen neuen Kessel kaufen.",
)
ENGLISH = ("The boiler of the Tarnmoor bathhouse burst on Friday and hurt nine.", "The mayor promised a new boiler.")
OTHER = "Lucia Brandt wants 31 ropemakers to be paid by the bank of Oskvale."


def silent(statement: str, *others: str, telling: float = 0.25, language: str = "de") -> bool:
    """Whether a German text is surely silent about a point that is worded so."""
    table = Table.of((version("Blatt", *TEXT, language=language), version("Post", *ENGLISH), version("Radio", OTHER)))
    searcher = Searcher(table.pieces(), table.weight)
    [blatt] = [each.id for each in table.versions if each.outlet == "Blatt"]
    first, *more = [searcher.ask(Statement.of(each, "en")) for each in (statement, *others)]
    return surely_silent(first, more, blatt, language, telling)


def test_nothing_of_it_is_there() -> None:
    """No piece holds any of it, nor does a name of it stand anywhere."""
    assert silent(OTHER)


def test_what_is_partly_there_is_not_surely_left_out() -> None:
    """A piece that holds a good part of the statement leaves it open."""
    assert not silent("The mayor said the city would buy a boiler, a pump, a hedge, a lorry.")


def test_another_wording_counts_too() -> None:
    """What the version says like another wording of the point may tell it."""
    assert not silent(OTHER, "The mayor promised a new boiler.")


def test_what_everybody_tells_is_less_surely_left_out() -> None:
    """Without a mark to miss, the same silence is sure of what one in four tell and not of what all do."""
    statement = "The judge postponed the hearing."
    assert silent(statement)
    assert not silent(statement, telling=1.0)


def test_a_language_without_tables_is_never_surely_silent() -> None:
    """Nothing is looked up in a language that is not read."""
    assert not silent(OTHER, language="pl")
