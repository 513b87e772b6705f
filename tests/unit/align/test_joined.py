"""One story or two."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain

from storydiff.align.joined import Text, apart
from storydiff.align.points_concepts import bag, is_telling, named, weights
from storydiff.align.points_concepts import translatable as kept

FIRE = (
    (
        "The Tarnby ropeworks burned down on Tuesday night. Watchmen Edda Rask and Jonas Weil escaped by a roof hatch. "
        "Forty tonnes of hemp were stored in the lower hall. Premier Lucia Brandt promised a relief fund."
    ),
    (
        "Fire destroyed the ropeworks in Tarnby. Jonas Weil and Edda Rask, both on watch, fled by the roof hatch. "
        "The county engineer had closed the boiler twice. Lucia Brandt wants to pay ropemakers from a relief fund."
    ),
    (
        "Two watchmen, Rask and Weil, used a roof hatch when the Tarnby ropeworks burned. The hemp in the hall "
        "was worth 2 million crowns. The boiler had been closed by the county engineer, and Brandt spoke of relief."
    ),
)
OTHER = (
    "The Kelm paper mill went up in flames on Friday. The porter, Ole Brandis, climbed out of a cellar window. Nine "
    "lorries were lost. Mayor Stina Oyen said that the river had saved the school, and the archive of the guild."
)
BUDGET = (
    "Parliament in Osmund voted 88 to 12 for the budget after a debate of nine hours. Opposition leader Tova Lind "
    "asked where the pensions were. The speaker closed the session with a bell borrowed from the museum of navigation."
)
MORE = (
    "Engineer Pell Arden had sealed the boiler. Edda Rask smelled tar at ten. Sixty families of Tarnby live off the rope.",
    "Sixty families in Tarnby depend on the works. Pell Arden sealed the boiler. It smelled of tar at ten, Rask said.",
    "At ten Rask had smelled tar. The works feed sixty families, and Pell Arden, the engineer, sealed the boiler twice.",
)
MONDAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def text(words: str, *, whole: bool = True, published: datetime | None = None) -> Text:
    return Text(Counter(bag(words, "en")), whole, published)


def naming(words: str) -> Text:
    """With the names that a text holds."""
    names = frozenset(named(words, "en"))
    return Text(Counter(bag(words, "en")), True, None, named=lambda: names)


def people(words: str) -> Text:
    """With its names alone, and with its names and figures."""
    names = frozenset(chain.from_iterable(named(each, "en") for each in words.split(". ")))
    figures = frozenset(filter(is_telling, bag(words, "en")))
    return Text(Counter(bag(words, "en")), True, None, named=lambda: names | figures, names=lambda: names)


def odd(*texts: Text) -> set[int]:
    """Which of the texts are taken for another story."""
    weight = weights([frozenset(each.concepts) for each in texts])
    return {int(each) for each in apart({str(i): t for i, t in enumerate(texts)}, weight)}


def test_versions_of_one_event_stay_together() -> None:
    """Three tellings of one fire are one story."""
    assert odd(*map(text, FIRE)) == set()


def test_a_like_event_elsewhere_is_told_apart() -> None:
    """Another fire, in another town with other people, is not joined."""
    assert odd(*map(text, (*FIRE, OTHER))) == {3}


def test_a_language_that_is_not_read_is_not_called_another_event() -> None:
    """A text that cannot be compared stands apart, and the reason is our reading, not its event."""
    strange = replace(text(OTHER), foreign=True, is_read=False)
    weight = weights([frozenset(each.concepts) for each in map(text, FIRE)])
    [reason] = apart({"a": text(FIRE[0]), "b": text(FIRE[1]), "c": text(FIRE[2]), "d": strange}, weight).values()
    assert "language is not read" in reason
    assert "another event" not in reason


def test_copies_do_not_make_an_own_text_odd() -> None:
    """Many prints of one text count as one, so the reporter who wrote her own is not the odd one."""
    assert odd(*map(text, (*(FIRE[0],) * 6, FIRE[1], FIRE[2]))) == set()


def test_two_texts_need_something_in_common() -> None:
    """With nothing to compare against, only texts that share next to nothing are parted."""
    assert odd(text(FIRE[0]), text(FIRE[1])) == set()
    assert odd(text(FIRE[0]), text(BUDGET)) == {0, 1}


def test_a_sentence_proves_nothing() -> None:
    """A text of a line or two is never taken for another story, nor does it make one of the other."""
    assert odd(text(FIRE[0]), text("Parliament voted for the budget.")) == set()


def test_of_two_strangers_neither_is_the_story() -> None:
    """Both are set apart, and the reason speaks of two texts."""
    pair = {"a": naming(FIRE[0]), "b": naming(BUDGET)}
    reasons = apart(pair, weights([frozenset(each.concepts) for each in pair.values()]))
    assert list(reasons) == ["a", "b"] or list(reasons) == ["b", "a"]
    assert all("two texts" in reason for reason in reasons.values())


def test_two_languages_are_compared_by_what_a_translation_keeps() -> None:
    """A short German and a short English text about one event are one story."""
    german = (
        "Die Seilerei in Tarnby ist abgebrannt. Die Wachleute Edda Rask und Jonas Weil flohen durch eine Luke im Dach. "
        "Vierzig Tonnen Hanf lagerten in der Halle. Lucia Brandt versprach einen Hilfsfonds."
    )
    texts = {
        "en": Text(Counter(bag(FIRE[0], "en")), whole=True, published=None, kept=lambda: Counter(kept(FIRE[0], "en"))),
        "de": Text(
            Counter(bag(german, "de")),
            whole=True,
            published=None,
            foreign=True,
            kept=lambda: Counter(kept(german, "de")),
        ),
    }
    assert not apart(texts, weights([bag(FIRE[0], "en"), bag(german, "de")]))


def test_a_cut_text_is_given_more_rope() -> None:
    """The visible start of a paywalled article stays with the story."""
    start = "Edda Rask was knitting when the Tarnby ropeworks caught fire."
    assert odd(*map(text, FIRE), text(start, whole=False)) == set()


def test_a_short_item_that_names_what_others_name_belongs() -> None:
    """It lacks most of what the long texts share, and words the rest its own way; what it names they name too."""
    long = [naming(f"{each} {more}") for each, more in zip(FIRE, MORE, strict=True)]
    item = (
        "Sirens, neighbours in nightshirts, a brass band that broke off its rehearsal: {}. Viewers sent pictures of orange "
        "clouds above chimneys and bridges. Trains run again since breakfast, and schools opened an hour late."
    )
    assert odd(*long, naming(item.format("Edda Rask sleeps"))) == set()
    assert odd(*long, naming(item.format("Ole Brandis sleeps"))) == {3}


def test_a_text_with_figures_of_its_own_and_the_story_s_people_belongs() -> None:
    """A live blog rounds what others count, so few of its figures are known; the people in it are."""
    helpers = "The helpers were Ivo Tann, Lena Moss and Karl Dray of Osmund."
    long = [people(f"{each} {more} {helpers}") for each, more in zip(FIRE, MORE, strict=True)]
    blog = (
        "Smoke over chimneys: {}, in slippers. Cranes lifted 37 girders, 58 hoses lay in 19 streets, and 640 viewers "
        "sent pictures. Trains run since breakfast, schools opened 75 minutes late, soup was handed to 310 neighbours. "
        "A brass band broke off its rehearsal, 14 bakers gave away 2,200 rolls, and trams, 21 of them, carried blankets."
    )
    assert odd(*long, people(blog.format("we met Edda Rask and Jonas Weil of Tarnby"))) == set()
    assert odd(*long, people(blog.format("we met Ole Brandis and Stina Oyen of Kelm"))) == {3}


def test_published_long_before_all_others() -> None:
    """What came out a day before every other text needs to be more like them."""
    ours = [text(words, published=MONDAY) for words in FIRE]
    akin = FIRE[2].replace("hemp", "straw")
    follow_up = OTHER.replace("Kelm paper mill", "Tarnby ropeworks").replace("Ole Brandis", "Jonas Weil")
    assert odd(*ours, text(akin, published=MONDAY - timedelta(days=3))) == set()
    assert odd(*ours, text(follow_up, published=MONDAY - timedelta(days=3))) == {3}


def test_one_text_is_a_story() -> None:
    """A single version is never apart, nor is an empty one an error."""
    assert odd(text(FIRE[0])) == set()
    assert odd(text(""), text("")) <= {0, 1}
