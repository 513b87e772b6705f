"""Who had a point first."""

from dataclasses import replace
from datetime import UTC, datetime

from storydiff.diff.firsts import Told, appeared, copied, first
from storydiff.model import Extent, Family, First, Version


def at(hour: int | None) -> datetime | None:
    return None if hour is None else datetime(2026, 5, 5, hour, tzinfo=UTC)


def version(
    outlet: str, *, published: int | None = None, modified: int | None = None, fetched: int | None = None
) -> Version:
    name = f"{outlet}-{fetched}"
    return Version(id=name, outlet=outlet, published=at(published), modified=at(modified), fetched=at(fetched))


def test_seen_from_the_beginning() -> None:
    """A point of the first version seen lies between publication and the shown modification."""
    told = [(version("Post", published=6, modified=8, fetched=12), True)]
    assert first(told) == First(version="Post-12", not_before=at(6), not_after=at(8))


def test_unmodified_page_gives_the_fetch() -> None:
    """Without a shown modification time the fetch is the latest moment; without a fetch, publication."""
    assert first([(version("Post", published=6, fetched=12), True)]) == First(
        version="Post-12", not_before=at(6), not_after=at(12)
    )
    assert first([(version("Post", published=6), True)]) == First(
        version="Post-None", not_before=at(6), not_after=at(6)
    )


def test_came_in_later() -> None:
    """A point of a later version lies between the last fetch without it and the modification shown then."""
    told = [
        (version("Post", published=6, modified=6, fetched=7), False),
        (version("Post", published=6, modified=6, fetched=9), False),
        (version("Post", published=6, modified=10, fetched=11), True),
    ]
    assert first(told) == First(version="Post-11", not_before=at(9), not_after=at(10))


def test_silent_edit_is_dated_by_the_fetch() -> None:
    """A shown time older than the fetch that lacked the point is not believed."""
    told = [
        (version("Post", published=6, modified=6, fetched=9), False),
        (version("Post", published=6, modified=6, fetched=11), True),
    ]
    assert first(told) == First(version="Post-11", not_before=at(9), not_after=at(11))


def test_time_after_the_fetch_is_not_believed() -> None:
    """A page that says it is from the future is dated by the fetch."""
    told = [(version("Post", published=20, modified=21, fetched=12), True)]
    assert first(told) == First(version="Post-12", not_before=None, not_after=at(12))


def test_clear_first() -> None:
    """An interval that ends before all others begin names the first."""
    told = [
        (version("Echo", published=9, modified=9, fetched=12), True),
        (version("Post", published=6, modified=8, fetched=12), True),
        (version("News", published=5, modified=5, fetched=12), False),
    ]
    found = first(told)
    assert found is not None
    assert found.version == "Post-12"


def test_overlap_names_nobody() -> None:
    """Intervals that overlap, or meet in one moment, name nobody."""
    post = version("Post", published=6, modified=10, fetched=12)
    echo = version("Echo", published=9, modified=9, fetched=12)
    assert first([(post, True), (echo, True)]) is None
    assert first([(replace(post, modified=at(9)), True), (echo, True)]) is None


def test_carrier_without_times_forbids_a_claim() -> None:
    """An article that has the point at a time nobody knows may have been first."""
    post = version("Post", published=6, modified=6, fetched=12)
    assert first([(post, True), (version("Echo"), True)]) is None
    assert first([(post, True), (version("Echo"), False)]) is not None
    assert first([(post, True), (version("Echo"), None)]) is not None


def test_unknown_is_no_lack() -> None:
    """A cut-off version that does not show the point does not date it."""
    cut = replace(version("Post", published=6, fetched=9), extent=Extent.TRUNCATED)
    whole = version("Post", published=6, modified=10, fetched=11)
    assert appeared([Told(cut, False), Told(whole, True)]) == First(
        version="Post-11", not_before=at(6), not_after=at(10)
    )
    assert appeared([Told(cut, None), Told(whole, True)]) == appeared([Told(whole, True)])


def test_earlier_version_counts_after_removal() -> None:
    """A point that was taken out again was still there first."""
    told = [
        (version("Post", published=6, modified=6, fetched=7), True),
        (version("Post", published=6, modified=8, fetched=9), False),
        (version("Echo", published=10, modified=10, fetched=11), True),
    ]
    for order in (told, told[::-1]):
        found = first(order)
        assert found is not None
        assert found.version == "Post-7"


def test_nobody() -> None:
    """Without a version that has the point there is no first."""
    assert first([]) is None
    assert first([(version("Post", published=6), False)]) is None


def test_a_copy_is_not_first() -> None:
    """What others print too in the same text is its origin's; what nobody else who prints it tells was added."""
    kin = [Family(credit="Norvik", versions=("copy", "page", "third"), origin="page")]
    assert copied("copy", kin, {"copy", "page"})
    assert copied("copy", kin, {"copy", "third"})
    assert not copied("copy", kin, {"copy", "stranger"})
    assert not copied("page", kin, {"copy", "page"})
    assert not copied("stranger", kin, {"copy", "page", "stranger"})


def test_a_text_of_unknown_origin_is_nobodys() -> None:
    """Two carry it; which of them had it from where is not known."""
    assert copied("a", [Family(credit=None, versions=("a", "b"), origin=None)], {"a", "b"})
