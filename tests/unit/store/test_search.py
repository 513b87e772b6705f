"""Search finds words in stored texts, on either database, and only in the newsroom's own."""

from dataclasses import replace

import pytest

from storydiff.model import Paragraph, Story, Version
from storydiff.store import Store
from storydiff.store.search import excerpt


def _keep(store: Store, slug: str, text: str, outlet: str = "Harbour Post", headline: str = "News") -> Version:
    store.stories.save(Story(slug=slug))
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{slug}"
    version = Version(id="", outlet=outlet, url=url, headline=headline, paragraphs=(Paragraph(text),))
    return store.versions.add(slug, version)[0]


def test_all_words_must_be_there(store: Store) -> None:
    """A text with one of two words is no hit; case does not matter; the newest comes first."""
    first = _keep(store, "mill", "The conveyor motor at the paper mill failed.")
    second = _keep(store, "motor", "A MOTOR of the conveyor burnt out.")
    _keep(store, "other", "The motor show opens today.")
    assert [hit.version for hit in store.search.find("conveyor motor", limit=9)] == [second.id, first.id]
    assert [hit.version for hit in store.search.find("conveyor motor", limit=1)] == [second.id]


def test_headlines_are_searched_and_roles_are_not(store: Store) -> None:
    """What a reader sees is found; how we call it inside is not."""
    _keep(store, "mill", "Text.", headline="Blaze at Dornfeld")
    assert [hit.story for hit in store.search.find("dornfeld", limit=9)] == ["mill"]
    assert store.search.find("body", limit=9) == ()


def test_other_newsrooms_texts_are_not_found(store: Store) -> None:
    """The same words in another newsroom's story are not there."""
    _keep(store.of("left"), "mill", "An unpublished word: zyzzyva.")
    assert store.of("right").search.find("zyzzyva", limit=9) == ()
    assert len(store.of("left").search.find("zyzzyva", limit=9)) == 1


def test_a_deleted_text_is_not_found(store: Store) -> None:
    """With the story its words leave the index, and the index stays sound."""
    _keep(store, "mill", "A conveyor.")
    _keep(store, "rest", "Another conveyor.")
    store.stories.delete("mill")
    assert [hit.story for hit in store.search.find("conveyor", limit=9)] == ["rest"]


@pytest.mark.parametrize(
    "words", ['"', "*", "a OR", "NEAR(", "x AND NOT y", "' ; --", "\0", "-mill", "words:mill", "&|!"]
)
def test_signs_are_no_commands(store: Store, words: str) -> None:
    """Query languages of the databases cannot be spoken; nothing fails."""
    _keep(store, "mill", "A conveyor.")
    assert store.search.find(words, limit=9) == ()


def test_story_and_outlet_narrow(store: Store) -> None:
    """A slug, an outlet's name or its domain."""
    _keep(store, "mill", "A conveyor.")
    _keep(store, "mill", "A conveyor too.", outlet="Coast Daily")
    _keep(store, "rest", "A conveyor three.", outlet="Coast Daily")
    assert len(store.search.find("conveyor", story="mill", limit=9)) == 2
    assert [hit.story for hit in store.search.find("conveyor", outlet="coast-daily.example", limit=9)] == [
        "rest",
        "mill",
    ]
    assert len(store.search.find("conveyor", outlet="Harbour post", limit=9)) == 1


def test_a_giant_text_is_stored_and_found(store: Store) -> None:
    """No length of a text makes storing it fail."""
    giant = _keep(store, "mill", "conveyor " + " ".join(f"w{number}" for number in range(300_000)))
    assert [hit.version for hit in store.search.find("conveyor w17", limit=9)] == [giant.id]


def test_the_excerpt_shows_the_word() -> None:
    """Accents and case do not keep it from being found, and it is cut around the word."""
    text = "x" * 300 + " Élysée " + "y" * 300
    shown = excerpt(["nothing", text], ["elysee"])
    assert "Élysée" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 260


def test_pages_go_on_behind_the_mark(store: Store) -> None:
    """The second page begins where the first ended."""
    for number in range(5):
        _keep(store, f"s{number}", f"conveyor {number}")
    first = store.search.find("conveyor", limit=3)
    rest = store.search.find("conveyor", limit=3, before=first[-1].mark)
    assert [hit.story for hit in (*first, *rest)] == ["s4", "s3", "s2", "s1", "s0"]
    assert replace(first[0], mark=0).excerpt == "conveyor 4"
