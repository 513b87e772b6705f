"""Places: old names, what lies in what, and the compass."""

from __future__ import annotations

import pytest

from storydiff.text.places import directions, is_region, nested, opposite, same_place


@pytest.mark.parametrize(("a", "b"), [("Kiev", "Kyiv"), ("Lwów", "Lviv"), ("Danzig", "Gdańsk"), ("Genève", "Geneva")])
def test_old_and_foreign_names_are_one_place(a: str, b: str) -> None:
    """Exonyms and former names are known."""
    assert same_place(a, b)


def test_a_city_lies_in_its_country() -> None:
    """Nesting is known in either order and under any of the names."""
    assert nested("Lyon", "France")
    assert nested("Ukraine", "Kiev")
    assert not nested("Geneva", "Lucerne")
    assert is_region("France")
    assert not is_region("Kestow")


def test_directions_and_their_opposites() -> None:
    """North-west is against south-east, and not against north."""
    (north_west,) = directions("40 km north-west of the capital")
    (south_east,) = directions("40 kilometres south-east of it")
    (north,) = directions("in the north of the county")
    assert opposite(north_west[2], south_east[2])
    assert not opposite(north_west[2], north[2])


def test_a_compass_point_inside_a_name_is_no_direction() -> None:
    """South Korea points nowhere."""
    assert directions("talks in South Korea and North Dakota") == ()
