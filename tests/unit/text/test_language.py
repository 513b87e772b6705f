"""The language of a plain text is told by its function words, or not at all."""

import pytest

from storydiff.text.language import guess

SAID = {
    "en": "A fire at the Dornfeld paper mill killed two people on Monday evening, the fire service said.",
    "de": "Bei einem Brand in der Papiermühle sind am Montag zwei Menschen ums Leben gekommen.",
    "fr": "Deux personnes sont mortes lundi dans l'incendie de la papeterie, selon les pompiers.",
    "es": "Dos personas murieron el lunes en el incendio de la fábrica de papel, según los bomberos.",
    "ru": "Два человека погибли в понедельник при пожаре на бумажной фабрике, сообщили пожарные службы.",
    "uk": "Двоє людей загинули в понеділок під час пожежі на паперовій фабриці, повідомили рятувальники.",
    "it": "Due persone sono morte lunedì nell'incendio della cartiera, hanno detto i vigili del fuoco.",
    "pt": "Duas pessoas morreram na segunda-feira no incêndio da fábrica, disseram os bombeiros.",
}


@pytest.mark.parametrize(("code", "text"), SAID.items(), ids=SAID)
def test_one_sentence_is_enough(code: str, text: str) -> None:
    """A single news sentence tells its language."""
    assert guess(text) == code


@pytest.mark.parametrize("text", ["", "Zwei Tote", "東京で火災、二人が死亡した。", "42 17 3.5", "\0\x1b[31m"])
def test_too_little_to_tell(text: str) -> None:
    """Short, foreign and broken texts have no language rather than a wrong one."""
    assert guess(text) is None
