"""People to whom the versions of a story give two posts."""

from __future__ import annotations

import pytest

from storydiff.diff.rules.post import rivalled
from storydiff.diff.story_posts import two_posts
from tests.builders import version


def against(*texts: tuple[str, str]) -> list[set[str]]:
    """The values set against each other in versions of those languages and words."""
    told = [version(f"Outlet {i}", text, language=language) for i, (language, text) in enumerate(texts)]
    return [{e.a.text, e.b.text} for edges in two_posts(told) for e in edges]


ENGLISH = ("en", "In the capital Education Minister Viktor Brandt promised a review of the dykes.")


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "Viktor Brandt, the health minister, wants the dykes reviewed.", "Viktor Brandt, the health minister"),
        ("de", "Justizministerin Viktor Brandt kündigte eine Prüfung an.", "Justizministerin Viktor Brandt"),
        (
            "fr",
            "Le ministre de l’Industrie, Viktor Brandt, a promis un examen.",
            "ministre de l’Industrie, Viktor Brandt",
        ),
        ("es", "La ministra de Sanidad, Viktor Brandt, prometió revisarlo.", "ministra de Sanidad, Viktor Brandt"),
        ("ru", "Министр транспорта Виктор Брандт пообещал проверку.", "Министр транспорта Виктор Брандт"),
        ("uk", "Міністр оборони Віктор Брандт пообіцяв перевірку.", "Міністр оборони Віктор Брандт"),
    ],
)
def test_another_ministry_is_found_in_every_language(language: str, text: str, shown: str) -> None:
    """The person is known by the consonants of the name, the post by the table."""
    assert against(ENGLISH, (language, text)) == [{"Education Minister Viktor Brandt", shown}]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Viktor Brandt, minister of education, wants the dykes reviewed."),
        ("en", "The former health minister, Viktor Brandt, wants the dykes reviewed."),
        ("en", "Deputy education minister Viktor Brandt wants the dykes reviewed."),
        ("en", "Health and education minister Viktor Brandt wants the dykes reviewed."),
        ("en", "Viktor Brandt and Lea Oyen, the health minister, want the dykes reviewed."),
        ("en", "Health minister Viggo Lund wants the dykes reviewed."),
        ("en", "The health minister told Viktor Brandt to review the dykes."),
        ("de", "Bildungsminister Viktor Brandt kündigte eine Prüfung an."),
        ("fr", "Le ministre de l’Éducation nationale, Viktor Brandt, a promis un examen."),
        ("es", "El ministro de Educación, Viktor Brandt, prometió revisarlo."),
        ("ru", "Министр образования Виктор Брандт пообещал проверку."),
        ("uk", "Міністр освіти і науки Віктор Брандт пообіцяв перевірку."),
    ],
)
def test_what_may_be_the_same_post_is_left_alone(language: str, text: str) -> None:
    """Translations, former and deputy ministers, ministers of two things, other people."""
    assert against(ENGLISH, (language, text)) == []


def test_a_version_with_both_posts_takes_no_side() -> None:
    """Who reports a change of posts knows both."""
    both = "Health Minister Viktor Brandt spoke first. Education Minister Viktor Brandt, as he was then, was silent."
    assert against(ENGLISH, ("en", both)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mayor Ane Brugt opened the lock.", "Ane Brugt, the deputy mayor, opened the lock."),
        ("The headteacher, Ane Brugt, rang the bell.", "The deputy head, Ane Brugt, rang the bell."),
        ("The coach, Ane Brugt, left early.", "The goalkeeper, Ane Brugt, left early."),
    ],
)
def test_other_ladders(one: str, other: str) -> None:
    """Town halls, schools and clubs."""
    assert len(against(("en", one), ("en", other))) == 1


def test_a_player_coach_is_both() -> None:
    """Somebody who holds two posts at once is shortened to either."""
    texts = ("The coach, Ane Brugt, left.", "The goalkeeper, Ane Brugt, left.", "The player-coach, Ane Brugt, left.")
    assert against(*(("en", text) for text in texts)) == []


def test_short_names_of_two_people_are_two() -> None:
    """Consonants alone would take Lia Wu and Lea Wee for one person."""
    assert against(("en", "Health Minister Lia Wuu spoke."), ("en", "Transport Minister Lea Wee spoke.")) == []
    assert against(("en", "Health Minister Lia Wuu spoke."), ("ru", "Министр транспорта Лия Ву выступила.")) == []


def test_posts_are_sought_only_where_the_story_tells_two_of_a_ladder() -> None:
    """Two ministries in two texts are; a mayor and a captain are not."""
    education, health = "Education minister Viktor Brandt spoke.", "Viktor Brandt, the health minister, spoke."
    assert rivalled([education, health]) == {"cabinet"}
    assert rivalled(["The mayor stayed.", "The captain stayed.", "The mayor left."]) == set()
    assert rivalled([]) == set()


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("en", "The mayor's former driver, Tomas Wirt, told the court of bundles."), ("en", "His former bodyguard Tomas Wirt spoke of bundles."), True),
        (("en", "Tomas Wirt, 46, a forester, found the bundles."), ("uk", "Пожежник, 46-річний Томас Вірт, знайшов пакунки."), True),
        (("en", "Tomas Wirt, 46, a joiner, found the bundles."), ("fr", "Le sapeur-pompier volontaire Tomas Wirt les a trouvés."), False),
        (("en", "Tomas Wirt, a driver, found the bundles."), ("de", "Der Fahrer Tomas Wirt fand die Bündel."), False),
        (("en", "Detective Inspector Lea Oyen is looking into it."), ("es", "La fiscal Lea Oyen lo investiga."), True),
    ],
)  # fmt: skip
def test_two_trades_of_one_person_are_in_dispute(one: tuple[str, str], other: tuple[str, str], found: bool) -> None:
    """Driver and bodyguard, forester and firefighter, police and prosecutor; a volunteer has a trade besides."""
    assert bool(against(one, other)) is found
