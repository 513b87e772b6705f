"""Which articles tell one event."""

from __future__ import annotations

from datetime import timedelta

from storydiff.discover.concepts import Article, concepts
from storydiff.discover.grouping import WINDOW, Grouping
from storydiff.discover.stories import article_of
from tests.announced import MILL, NOON, STORIES, entry

GERMAN = (
    "Zwei Tote bei Brand in Papierfabrik",
    (
        "Beim Brand der Papierfabrik Halden in Dornfeld sind am Montagabend zwei Arbeiter gestorben. Vier kamen mit "
        "Verbrennungen ins Krankenhaus St. Agnes in Brackwater, sagte Feuerwehrchef Jorun Adler."
    ),
)
ENGLISH = (
    "Mill fire kills two in Dornfeld",
    (
        "A fire at the Halden paper mill in Dornfeld killed two workers on Monday evening. Four were taken to St Agnes "
        "Hospital in Brackwater with burns, said the chief of the fire service, Jorun Adler."
    ),
)


def labels(articles: list[Article]) -> list[int]:
    grouping = Grouping()
    return [grouping.add(article) for article in articles]


def test_outlets_that_tell_one_event_are_one_story() -> None:
    """Each event of four has its own number, whoever tells it."""
    found = {
        (name, number): label
        for (name, number), label in zip(
            [(name, number) for name, told in STORIES.items() for number in range(len(told))],
            labels([article_of(entry(name, number)) for name, told in STORIES.items() for number in range(len(told))]),
            strict=True,
        )
    }
    for name in STORIES:
        assert len({label for (other, _), label in found.items() if other == name}) == 1
    assert len(set(found.values())) == len(STORIES)


def test_the_same_kind_of_event_elsewhere_is_another_story() -> None:
    """Another mill, another town, other people: the vocabulary alone joins nothing."""
    other = Article(
        id="x",
        title="Sawmill fire injures three in Oberlach",
        text="A fire at the Brenner sawmill in Oberlach injured three workers on Monday; the cause is not known, police in Kranz said.",
        published=NOON,
    )
    assert labels([article_of(entry("mill", 0)), article_of(entry("mill", 1)), other]) == [0, 0, 1]


def test_the_same_words_a_week_later_are_another_story() -> None:
    """Time tells events apart when words do not."""
    grouping = Grouping(window=timedelta(days=60))
    first = grouping.add(article_of(entry("rates", 0, hours=24 * 45)))
    assert grouping.add(article_of(entry("rates", 1))) != first


def test_what_is_older_than_the_window_is_forgotten() -> None:
    """Memory and index hold the window alone."""
    grouping = Grouping()
    first = grouping.add(article_of(entry("mill", 0, hours=24 * 8)))
    for number in range(len(MILL)):
        grouping.add(article_of(entry("mill", number)))
    assert first not in grouping.remembered
    assert len(grouping.remembered) == 1


def test_a_time_unknown_neither_joins_nor_parts() -> None:
    """Articles without time are judged by their words."""
    articles = [
        article_of(entry("mill", 0)),
        article_of(entry("mill", 1, published=None)),
        article_of(entry("ship", 0, published=None)),
    ]
    assert labels(articles) == [0, 0, 1]


def test_another_language_joins_by_names_and_figures() -> None:
    """Five names agree, so the texts tell one event in two languages."""
    english = Article(id="e", title=ENGLISH[0], text=ENGLISH[1], published=NOON, language="en")
    french = Article(
        id="f",
        title="Deux morts dans l'incendie d'une papeterie à Dornfeld",
        text="Un incendie a tué deux ouvriers lundi soir à la papeterie Halden de Dornfeld. Quatre blessés sont soignés à "
        "l'hôpital St Agnes de Brackwater, selon le chef des pompiers Jorun Adler.",
        published=NOON,
        language="fr",
    )
    assert labels([english, french]) == [0, 0]


def test_another_language_with_one_name_in_common_stays_apart() -> None:
    """A town that both name makes no story."""
    english = Article(id="e", title=ENGLISH[0], text=ENGLISH[1], published=NOON, language="en")
    french = Article(
        id="f",
        title="Dornfeld élit une nouvelle maire",
        text="Les habitants de Dornfeld ont élu dimanche Claire Vasseur, première femme à la tête de la commune.",
        published=NOON,
        language="fr",
    )
    assert labels([english, french]) == [0, 1]


def test_finding_changes_nothing() -> None:
    """`find` answers what `add` would, and leaves no trace."""
    grouping = Grouping()
    grouping.add(article_of(entry("mill", 0)))
    assert grouping.find(article_of(entry("mill", 1))) == 0
    assert grouping.find(article_of(entry("ship", 0))) is None
    assert grouping.add(article_of(entry("ship", 0))) == 1


def test_empty_articles_do_not_fail_and_join_nothing() -> None:
    """No words, no story in common."""
    assert labels([Article(id="a"), Article(id="b"), Article(id="c", title="!!! ??")]) == [0, 1, 2]


def test_names_and_figures_are_told_from_words() -> None:
    """Capitals within a sentence, figures of two digits; not the first word of a sentence."""
    found = concepts(
        Article(id="a", text="Yesterday Marenka sank. Nineteen of 21 sailors reached Torsund.", language="en")
    )
    assert {"marenka", "21", "torsund"} <= set(found.names)
    assert "yesterday" not in found.names


def test_german_nouns_are_no_names() -> None:
    """Where every noun is capitalised, a capital makes a name of what the language at large does not know."""
    found = concepts(Article(id="a", title=GERMAN[0], text=GERMAN[1] + " Schaden: 250 000 Euro.", language="de"))
    assert {"dornfeld", "brackwater"} <= set(found.names)
    assert not {"brand", "arbeiter", "krankenhaus", "montagabend"} & set(found.names)
    assert any(name.startswith("250") for name in found.names)


def test_a_german_text_agrees_by_its_names() -> None:
    """With the English story of its event, not with another."""
    grouping = Grouping()
    mill = grouping.add(Article(id="e", title=ENGLISH[0], text=ENGLISH[1], published=NOON, language="en"))
    ship = grouping.add(article_of(entry("ship", 0)))
    german = Article(id="g", title=GERMAN[0], text=GERMAN[1], published=NOON, language="de")
    assert grouping.agreement(mill, german) > 0.3
    assert grouping.agreement(ship, german) == 0
    assert grouping.agreement(mill, article_of(entry("mill", 1))) == 0


def test_a_flood_of_one_headline_costs_no_more() -> None:
    """Hundreds of copies are one story, and of each concept only the latest holders are looked at."""
    grouping = Grouping()
    for number in range(300):
        assert grouping.add(article_of(entry("mill", 0, url=f"https://x.example/{number}"))) == 0


def test_the_window_is_a_week() -> None:
    """Long enough for a story that runs for days."""
    assert timedelta(days=3) <= WINDOW <= timedelta(days=14)
