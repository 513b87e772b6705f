"""Words of other languages count as what they mean in English, and Cyrillic names as the story's names in Latin."""

from __future__ import annotations

import pytest

from storydiff.align.dictionary import FILES, english, meanings
from storydiff.align.ideas import LANGUAGES
from storydiff.align.points_concepts import bag, translatable
from storydiff.align.points_scripts import with_names


class TestMeanings:
    @pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
    def test_every_language_has_thousands_of_words(self, language: str) -> None:
        """Each column of the dictionaries is read under its language."""
        assert len(meanings(language)) > 3000

    def test_a_language_without_a_dictionary_has_no_words(self) -> None:
        """Whoever asks for an unknown language gets nothing, and no error."""
        assert not meanings("xx")

    def test_columns_fit_their_files(self) -> None:
        """Every language has one file, English stands first in both."""
        assert sorted({language for columns in FILES.values() for language in columns}) == sorted(LANGUAGES)
        assert all(columns[0] == "en" for columns in FILES.values())

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("de", "Die Gewerkschaft lehnt das Angebot ab"),
            ("fr", "Le syndicat rejette l’offre"),
            ("es", "El sindicato rechaza la oferta"),
            ("ru", "Профсоюз отверг предложение"),
            ("uk", "Профспілка відкинула пропозицію"),
        ],
    )
    def test_a_sentence_meets_its_translation(self, language: str, text: str) -> None:
        """Two of the three content words of a sentence are found again in each language."""
        assert len(bag(text, language) & bag("The union rejected the offer", "en")) >= 2

    def test_inflected_words_are_found(self) -> None:
        """One form in the dictionary is enough for the others."""
        assert bag("в больнице", "ru") == bag("больница", "ru")
        assert bag("у лікарні", "uk") == bag("лікарня", "uk")

    def test_only_words_with_a_translation_are_kept(self) -> None:
        """An English word that the dictionary has may be sought in another language."""
        assert "union" in english()
        assert bag("union", "en") <= translatable("The union rejected the offer", "en")


class TestNames:
    TEXTS = ("Minister Viktor Hale met Solveig Aarnes", "Виктор Хейл встретил Сольвейг Орнес")

    def _bags(self, *languages: str) -> tuple[frozenset[str], ...]:
        bags = tuple(bag(text, language) for text, language in zip(self.TEXTS, languages, strict=True))
        return with_names(self.TEXTS, languages, bags)

    def test_names_meet_across_scripts(self) -> None:
        """What differs in transliteration is found by its consonants."""
        latin, cyrillic = self._bags("en", "ru")
        assert bag("Aarnes", "en") <= latin & cyrillic
        assert bag("Viktor", "en") <= latin & cyrillic

    def test_one_script_changes_nothing(self) -> None:
        """Without a second script there is nothing to match."""
        assert self._bags("ru", "ru") == tuple(bag(text, "ru") for text in self.TEXTS)

    def test_two_names_with_the_same_consonants_match_nothing(self) -> None:
        """Where it is not clear who is meant, nobody is."""
        texts = ("Rita Moen and Rut Mann spoke", "Выступила Муэн")
        bags = tuple(bag(text, language) for text, language in zip(texts, ("en", "ru"), strict=True))
        assert with_names(texts, ("en", "ru"), bags)[1] == bags[1]


class TestClocks:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("at 3.10 p.m. on Monday", "en"),
            ("at 15:10", "en"),
            ("um 15.10 Uhr", "de"),
            ("à 15h10", "fr"),
            ("a las 15:10", "es"),
            ("в 15:10", "ru"),
            ("о 15:10", "uk"),
        ],
    )
    def test_a_time_of_day_is_one_concept(self, text: str, language: str) -> None:
        """However a house prints it, and no figure beside it."""
        held = bag(text, language)
        assert "#clock15:10" in held
        assert not {"#3.10", "#15", "#10", "#15.10"} & held

    @pytest.mark.parametrize("text", ["48.50 crowns a share", "a 3:1 win", "10.5 percent", "in ratio 1:100"])
    def test_other_figures_are_no_clock(self, text: str) -> None:
        """Prices, scores and shares stay figures."""
        assert not any(concept.startswith("#clock") for concept in bag(text, "en"))
