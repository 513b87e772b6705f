"""Sentences: whole, with exact offsets, in many languages."""

import pytest

from storydiff.text.sentences import sentences

CASES = [
    ("en", "Mr. Halden met Sen. Voss at 9 a.m. on Monday. | They spoke for an hour."),
    ("en", "The U.S. Navy sent two ships. | Nobody was hurt."),
    ("en", "She lives in the U.S. and works in the U.K. now."),
    ("en", "George W. Hale spoke first. | J. R. Marek followed."),
    ("en", "“Stop!” he shouted. | Nobody did."),
    ("en", "“It is over,” she said. | “We lost.” | The hall was silent."),
    ("en", "Prices rose 3.5 percent. | In May they fell."),
    ("en", "Halden Corp. said it would close. | Shares fell."),
    ("en", "He waited... and waited. | Then he left."),
    ("en", "Is it true? | Yes. | It is!"),
    ("en", "The vote (held on Jan. 5) was close. | No. 12 was chosen."),
    ("en", "He took vitamin C. | The doctor agreed."),
    ("en", "The ship, e.g. the Marlin, sank. | Crews searched."),
    ("en", "St. Orla's Church burned down. | Nobody was in it."),
    ("en", "It opened at 8 p.m. | The crowd cheered."),
    ("en", "The fire began at about 4 a.m. Saturday, officials said. | It spread."),
    ("en", "Dr. Ines Marr, M.D., declined. | Lt. Col. Adam Pryce spoke."),
    ("en", "Sen. Lea Holt, R-S.C., spoke. | Nobody left."),
    ("en", "Marlin Inc. and Oster Ltd. merged. | Staff protested."),
    ("en", "“Who knows?” asked Ms. Field. | “Not me.”"),
    ("en", "The score was 3-1. | Vale scored twice."),
    ("en", "The plan, known as Plan B. | It failed."),
    ("en", "A spokesman for J.P. Rowe & Co. declined. | Others did not."),
    ("en", "The year was 1999. | It was cold."),
    ("de", "Am 3. März starb Dr. Keller. | Er wurde 71 Jahre alt."),
    ("de", "Die Firma zahlte ca. 5 Mio. Euro. | Das ist z.B. sehr viel."),
    ("de", "„Wir gehen“, sagte Prof. Lindner. | „Sofort.“"),
    ("de", "Der 1. FC Norden siegte. | Die Fans feierten."),
    ("fr", "M. Dupin a parlé. | Mme. Roux a écouté."),
    ("fr", "« C'est fini », a-t-il dit. | Personne n'a répondu."),
    ("fr", "Le prix est de 3,5 millions. | Qui paie ?"),
    ("es", "El Sr. Ibarra llegó tarde. | La Dra. Luna ya estaba."),
    ("es", "¿Quién fue? | Nadie lo sabe."),
    ("es", "EE.UU. envió ayuda. | El av. Norte sigue cerrado."),
    ("ru", "В 2019 г. Иванов уехал. | Он жил на ул. Ленина."),
    ("ru", "«Мы уходим», — сказал он. | Все молчали."),
    ("ru", "Ущерб составил 5 млн. рублей. | Никто не погиб."),
    ("ru", "А. С. Петров выступил. | Зал встал."),
    ("uk", "У м. Києві відбулася зустріч. | Прийшло 200 людей."),
    ("uk", "Т. Г. Коваль виступив. | Зал підвівся."),
    ("it", "Il Sig. Rossi è partito. | La Dott.ssa Neri resta."),
    ("pt", "O Sr. Lima chegou. | A Dra. Reis saiu."),
    ("nl", "Dhr. Visser sprak. | Mevr. Bos zweeg."),
    ("pl", "Przyszedł prof. Nowak. | Nikt nie mówił."),
    ("ja", "東京で地震がありました。 | けが人はいません。"),
    ("zh", "他来了。 | 没有人说话。"),
    ("ar", "وصل الرئيس. | لم يتحدث أحد."),
    ("xx", "One is here. | Two is there."),
]


@pytest.mark.parametrize(("language", "drawn"), CASES)
def test_splits_as_drawn(language, drawn):
    """A bar in the drawing stands where one sentence ends and the next begins."""
    wanted = [part.strip() for part in drawn.split("|")]
    text = " ".join(wanted) if language not in ("ja", "zh") else "".join(wanted)
    assert [text[start:end] for start, end in sentences(text, language)] == wanted


def test_covers_everything_but_white_space():
    """No character of the text is lost, and offsets are code points."""
    text = "  Erste Zeile 😀. Noch eine!\n\nDritte?  „Ja.“ "
    spans = sentences(text, "de")
    assert "".join(text[s:e] for s, e in spans).replace(" ", "") == "".join(text.split())
    assert all(text[s:e] == text[s:e].strip() for s, e in spans)


def test_line_breaks_part_sentences():
    """Lines are never joined, not even after an abbreviation."""
    text = "Reported by Dr.\nHalden spoke\nfirst"
    assert [text[s:e] for s, e in sentences(text, "en")] == ["Reported by Dr.", "Halden spoke", "first"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...", "”", "\u2028\u2029", "\x00", "a" * 5000, ". " * 500])
def test_survives_odd_texts(text):
    """Nothing that can be typed breaks it."""
    spans = sentences(text, None)
    assert all(0 <= s < e <= len(text) for s, e in spans)


def test_unknown_language_reads_as_english():
    """None, an unknown code and a regional one work."""
    for language in (None, "qqq", "en-GB", "EN_us"):
        assert len(sentences("Mr. Halden left. Nobody stayed.", language)) == 2
