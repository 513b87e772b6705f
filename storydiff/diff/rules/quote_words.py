"""Words that matter, or do not, when two renderings of one remark are compared."""

from __future__ import annotations

import re

NEGATIONS = frozenset(
    "not no never nobody none nothing neither nor without cannot hardly nicht kein keine keinen nie niemand nichts ne pas jamais "
    "aucun aucune rien personne sans nunca nadie nada sin ningun ninguna не нет никогда никто ничего ні немає ніколи ніхто нічого".split()
)
LIMITS = frozenset(
    "if unless provided except until only possibly perhaps maybe might could apparently allegedly as_long_as as_far_as "
    "theory principle knowledge wenn falls sofern soweit vielleicht nur si sauf peut-etre seulement salvo quiza solo excepto если "
    "только возможно якщо тільки лише можливо".split()
)
"""Words that make a statement conditional or weaker; losing one of them changes what is promised."""

CONDITIONS = frozenset(
    "if unless provided except only wenn falls sofern nur si sauf salvo solo если только якщо лише".split()
)
"""Of these, the ones that no harmless ellipsis leaves out."""

FILLERS = frozenset("um uh er erm hmm ah oh well äh ähm euh eh ну э".split())
GRAMMAR = frozenset(
    "all any each every more most less least few many much other another same only just still even yet again very too always "
    "ever must should will would can could may might before after over under up down against with autre autres alle alles mehr "
    "andere anderen todos todo otro otra все всё другой усі всі інший".split()
)
"""Function words that still carry sense inside a quotation: quantifiers, modals, directions. Persons do not: a quotation
is fitted into its sentence ("wipe that smile off his face", "off your face")."""

CONTRACTIONS = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "shan't": "shall not",
    "don't": "do not",
    "doesn't": "does not",
    "didn't": "did not",
    "isn't": "is not",
    "aren't": "are not",
    "wasn't": "was not",
    "weren't": "were not",
    "haven't": "have not",
    "hasn't": "has not",
    "hadn't": "had not",
    "wouldn't": "would not",
    "couldn't": "could not",
    "shouldn't": "should not",
    "mustn't": "must not",
    "ain't": "is not",
    "i'm": "i am",
    "i've": "i have",
    "i'll": "i will",
    "i'd": "i would",
    "you're": "you are",
    "you've": "you have",
    "you'll": "you will",
    "you'd": "you would",
    "he's": "he is",
    "she's": "she is",
    "it's": "it is",
    "we're": "we are",
    "we've": "we have",
    "we'll": "we will",
    "we'd": "we would",
    "they're": "they are",
    "they've": "they have",
    "they'll": "they will",
    "they'd": "they would",
    "he'll": "he will",
    "she'll": "she will",
    "it'll": "it will",
    "that's": "that is",
    "there's": "there is",
    "here's": "here is",
    "what's": "what is",
    "who's": "who is",
    "let's": "let us",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "'em": "them",
    "ok": "okay",
    "'cause": "because",
}

_BRITISH = (
    "colour honour labour favour behaviour harbour neighbour rumour humour vapour centre metre theatre fibre defence offence licence "
    "programme grey tyre cheque plough jewellery travelled travelling cancelled cancelling labelled modelling judgement ageing "
    "organise organised organisation realise realised recognise recognised apologise apologised analyse analysed aluminium "
    "sceptical manoeuvre anaemia paediatric mum towards afterwards whilst amongst learnt burnt spelt dreamt pyjamas storey "
    "kerb enquiry fulfil skilful catalogue dialogue cosy doughnut draught moustache"
).split()
_AMERICAN = (
    "color honor labor favor behavior harbor neighbor rumor humor vapor center meter theater fiber defense offense license "
    "program gray tire check plow jewelry traveled traveling canceled canceling labeled modeling judgment aging "
    "organize organized organization realize realized recognize recognized apologize apologized analyze analyzed aluminum "
    "skeptical maneuver anemia pediatric mom toward afterward while among learned burned spelled dreamed pajamas story "
    "curb inquiry fulfill skillful catalog dialog cozy donut draft mustache"
).split()
SPELLINGS = dict(zip(_BRITISH, _AMERICAN, strict=True)) | {
    "neighbours": "neighbors", "colours": "colors", "favourite": "favorite", "honourable": "honorable", "labours": "labors",
    "centres": "centers", "metres": "meters", "theatres": "theaters", "programmes": "programs",
}  # fmt: skip

TRANSLATED = re.compile(
    r"\b(?:in|from|into) (?:Arabic|Ukrainian|Russian|French|German|Spanish|Italian|Chinese|Mandarin|Japanese|Korean|Hebrew|Turkish"
    r"|Polish|Portuguese|Farsi|Persian|Hindi|Greek|Dutch|Swedish|Norwegian|Danish|Finnish|Czech|Hungarian|Romanian|Serbian|Welsh"
    r"|Kurdish|Pashto|Urdu|Bengali|Swahili|Catalan|Basque|Georgian|Armenian|his native|her native|their native)\b"
    r"|\bthrough (?:an|his|her|a) (?:interpreter|translator)\b|\btranslat(?:ed|ion)\b"
    r"|\bauf (?:Englisch|Französisch|Russisch|Ukrainisch|Türkisch|Spanisch|Polnisch)\b|\ben (?:anglais|allemand|espagnol|russe|arabe)\b"
    r"|\ben (?:inglés|francés|alemán|ruso|árabe)\b|\b(?:по-английски|на английском|на украинском|англійською|російською)\b",
    re.IGNORECASE,
)
"""The remark was made in another language, so that two renderings may differ in every word."""
