"""Words: one key for one word, whatever it wears."""

import pytest

from storydiff.text.words import is_number, keys, tokens, words


@pytest.mark.parametrize(
    ("language", "same"),
    [
        ("en", ["harbour's", "Harbours", "HARBOUR", "harbour’s"]),
        ("en", ["US", "U.S.", "U.S"]),
        ("en", ["12", "twelve", "12th"]),
        ("en", ["1,200", "1200", "1’200"]),
        ("en", ["José", "jose"]),
        ("de", ["14,5", "14.5"]),
        ("de", ["zwölf", "Zwolf", "12"]),
        ("fr", ["l'école", "école", "écoles"]),
        ("ru", ["самолёт", "самолет", "самолёты"]),
        ("uk", ["п'ять", "5"]),
        ("uk", ["затримав", "затримали", "затриманий", "затримано", "затримання", "затримує"]),
        ("uk", ["очікує", "очікується", "очікування", "очікували"]),
        ("uk", ["більшість", "більшості", "більшістю"]),
    ],
)
def test_one_key_for_one_word(language, same):
    """Spelling, inflection, grouping and number words do not part a word."""
    assert len({tuple(keys(word, language)) for word in same}) == 1


def test_keeps_apart_what_differs():
    """A pronoun is not a country, and figures keep their value."""
    assert keys("us", "en") != keys("US", "en")
    assert keys("1,200", "en") != keys("12.00", "en")


def test_offsets_are_exact():
    """Each word can be cut out of the text again."""
    text = "The Marlin’s crew — 14 men – left “Port Halder” at 8.04 a.m."
    assert [text[w.start : w.end] for w in words(text, "en")] == [w.text for w in words(text, "en")] == tokens(text)


@pytest.mark.parametrize(
    ("language", "text", "content"),
    [
        ("en", "He was at the harbour with them", ["harbour"]),
        ("de", "Er war mit ihnen in dem Hafen", ["Hafen"]),
        ("fr", "Il était dans le port avec eux", ["port"]),
        ("es", "Estaba en el puerto con ellos", ["puerto"]),
        ("ru", "Он был в порту вместе с ними", ["порту", "вместе"]),
        ("uk", "Він був у порту з ними", ["порту"]),
    ],
)
def test_tells_content_from_grammar(language, text, content):
    """Articles, pronouns, prepositions and auxiliaries carry no content."""
    assert [w.text for w in words(text, language) if w.content] == content


def test_scripts_without_spaces_go_by_character():
    """Japanese and Chinese are read character by character."""
    assert tokens("東京で3人") == ["東", "京", "で", "3", "人"]


def test_numbers_are_known_as_such():
    """A key that begins with a digit is a number's."""
    assert [is_number(key) for key in keys("twelve men in 1999", "en")] == [True, False, False, True]


@pytest.mark.parametrize("text", ["", "'", "''s", "…", "'s", "\ud83d\ude00", "ª", "½", "١٢٣", "a\u0301", "\x00x"])
def test_survives_odd_texts(text):
    """Every word has a key, whatever the text."""
    assert all(word.key for word in words(text, "en"))
