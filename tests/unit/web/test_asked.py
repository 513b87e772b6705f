"""What the address of a story asks for."""

from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from storydiff.model import DiscrepancyType
from storydiff.report.marks import Mark
from storydiff.report.narrow import Narrow
from storydiff.report.view import Only
from storydiff.web.asked import Asked
from storydiff.web.call import Fields

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool)


def fields(query: str) -> Fields:
    found = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    return Fields({name: tuple(values) for name, values in found.items()})


@given(
    st.none() | st.integers(1, 10**9 - 1),
    st.none() | st.just("") | NAMES,
    st.none() | st.sampled_from(Only),
    st.frozensets(st.sampled_from(Mark)),
    st.frozensets(st.sampled_from(DiscrepancyType)),
    st.frozensets(NAMES),
)
def test_an_address_says_what_was_asked(
    number: int | None,
    ours: str | None,
    only: Only | None,
    marks: frozenset[Mark],
    types: frozenset[DiscrepancyType],
    outlets: frozenset[str],
) -> None:
    """Whatever is asked, the address that is made of it asks the same."""
    narrow = Narrow(only=only, marks=marks, types=types, outlets=outlets)
    asked = Asked(number=number, ours=ours, since=None, narrow=narrow)
    assert Asked.of(fields(asked.query)) == asked


def test_what_no_story_could_mean_asks_nothing() -> None:
    """Unknown names and numbers are passed over."""
    nothing = Asked(number=None, ours=None, since=None, narrow=Narrow())
    assert Asked.of(fields("?only=x&status=1&type=&number=0&since=-3&outlet=%20")) == nothing
    assert nothing.query == ""
