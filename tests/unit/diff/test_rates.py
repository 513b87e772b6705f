"""Shares with intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydiff.diff.rates import FEWEST_CASES, FEWEST_STORIES, Tally, design_effect, rate, wilson

STORIES = st.lists(
    st.integers(0, 30).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), min_size=1, max_size=40
)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(10, 20, 0.2993, 0.7007), (0, 10, 0.0, 0.2775), (1, 29, 0.0061, 0.1718)]
)
def test_intervals_are_those_of_the_literature(hits: int, of: int, low: float, high: float) -> None:
    """Wilson's interval without correction; the last is an example of Brown, Cai and DasGupta's kind of table."""
    assert wilson(hits / of, of) == pytest.approx((low, high), abs=5e-5)


def test_too_few_to_say() -> None:
    """Counts are given, a share is not: with few cases, and with cases of few stories."""
    few, narrow = Tally.sum([(1, 3)] * 3), Tally.sum([(20, 50), (10, 50)])
    assert (few.of, narrow.of) == (9, 100)
    assert rate(few).share is None
    assert rate(narrow).low is None
    assert rate(Tally()).share is None
    enough = rate(Tally.sum([(1, 4), (1, 4), (0, 4)]))
    assert enough.tally.of >= FEWEST_CASES
    assert enough.tally.stories >= FEWEST_STORIES
    assert enough.share == pytest.approx(1 / 6)


def test_an_outlet_that_was_late_once_is_not_judged_by_it() -> None:
    """Twenty omissions in one of ten stories say less than two in each of the ten: the interval is wider."""
    once, often = Tally.sum([(20, 20)] + [(0, 20)] * 9), Tally.sum([(2, 20)] * 10)
    assert design_effect(often) == 1.0
    assert design_effect(once) == pytest.approx(22.2, abs=0.1)
    wide, close = rate(once), rate(often)
    assert wide.share == close.share == 0.1
    assert wide.high == pytest.approx(0.42, abs=0.01)
    assert close.high == pytest.approx(0.15, abs=0.01)


@given(STORIES)
def test_the_interval_holds_the_share(stories: list[tuple[int, int]]) -> None:
    """Within nought and one, and stories without a case change nothing."""
    found = rate(Tally.sum(stories))
    assert rate(Tally.sum([*stories, (0, 0)])) == found
    if found.share is not None and found.low is not None and found.high is not None:
        assert 0.0 <= found.low <= found.share + 1e-12
        assert found.share - 1e-12 <= found.high <= 1.0


@given(STORIES, st.integers(2, 5))
def test_more_of_the_same_narrows_it(stories: list[tuple[int, int]], times: int) -> None:
    """Whatever the shares, more stories like these never widen the interval."""
    one, more = rate(Tally.sum(stories * 2)), rate(Tally.sum(stories * 2 * times))
    if one.low is not None and one.high is not None and more.low is not None and more.high is not None:
        assert more.high - more.low <= one.high - one.low + 1e-9
