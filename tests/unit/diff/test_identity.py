"""Ids that last."""

from storydiff.diff.identity import Heir, discrepancy_marks, inherit, new_id
from storydiff.model import Discrepancy, DiscrepancyType, Reading


def marks(*words: str) -> frozenset[tuple[str, str]]:
    """ "post:fire" is the word fire in the article post."""
    return frozenset((article, word) for each in words for article, _, word in [each.partition(":")])


def test_new_ids_come_from_the_words() -> None:
    """The same content gives the same id on every machine; case and spacing do not matter."""
    assert new_id("p", "The mill burned.") == new_id("p", "the  mill burned.")
    assert new_id("p", "The mill burned.") != new_id("p", "The mill sank.")


def test_a_taken_id_is_not_given_again() -> None:
    """Content that says the same gets another id than one in use."""
    first = new_id("p", "The mill burned.")
    assert new_id("p", "The mill burned.", {first}) != first


def test_points_keep_their_ids() -> None:
    """A point whose evidence is mostly the same goes on under its id, in whatever order points come."""
    old = [("p1", marks("post:fire", "post:mill", "echo:fire")), ("p2", marks("post:ferry", "post:held"))]
    new = [("ferry", marks("post:ferry", "post:held", "blick:fähre")), ("fire", marks("post:fire", "post:mill"))]
    assert [heir.id for heir in inherit(new, old, "p")] == ["p2", "p1"]


def test_the_same_words_in_another_article_are_not_enough() -> None:
    """Evidence is words where they stand."""
    [heir] = inherit([("fire", marks("echo:fire", "echo:mill"))], [("p1", marks("post:fire", "post:mill"))], "p")
    assert heir.id != "p1"


def test_split() -> None:
    """The larger piece keeps the id, the smaller names what it was split from."""
    old = [("p1", marks("post:a", "post:b", "post:c", "echo:d", "echo:e"))]
    large, small = inherit(
        [("large", marks("post:a", "post:b", "post:c")), ("small", marks("echo:d", "echo:e"))], old, "p"
    )
    assert large == Heir("p1")
    assert small.id != "p1"
    assert small.formerly == ("p1",)


def test_merge() -> None:
    """The merged point keeps the id of the larger part and names the other."""
    old = [("p1", marks("post:a", "post:b", "post:c")), ("p2", marks("echo:d"))]
    assert inherit([("both", marks("post:a", "post:b", "post:c", "echo:d"))], old, "p") == [Heir("p1", ("p2",))]


def test_an_id_goes_to_one_heir_only() -> None:
    """Two points with equal claims do not share an id."""
    old = [("p1", marks("post:a", "post:b"))]
    heirs = inherit([("one", marks("post:a", "post:b")), ("two", marks("post:a", "post:b", "post:c"))], old, "p")
    assert heirs[0].id == "p1"
    assert heirs[1].id != "p1"


def dispute(point: str, value: str) -> Discrepancy:
    readings = (Reading("v1", 0, 0, 1, "x", "12"), Reading("v2", 0, 0, 1, "x", value))
    return Discrepancy(id="", type=DiscrepancyType.NUMBER, point=point, readings=readings)


def test_a_discrepancy_goes_on_with_another_value() -> None:
    """When one side moves from 14 to 15, it is still the same dispute; in another point it is another."""
    articles = {"v1": "post", "v2": "echo"}
    old = [("d1", discrepancy_marks(dispute("p1", "14"), articles))]
    same, other = (("x", discrepancy_marks(dispute(point, "15"), articles)) for point in ("p1", "p2"))
    assert [heir.id == "d1" for heir in inherit([same, other], old, "d")] == [True, False]
