"""Families of copies, spans of shared text, independent sources."""

import random
from dataclasses import replace

import pytest

from storydiff.diff.reuse import families, independent, shared, wire_paragraphs
from storydiff.model import Extent, Family, Paragraph, Role, Version

WIRE = [
    "A fire destroyed the old rope works in Tarnmouth early on Tuesday, the fire service said in a statement.",
    "Six crews fought the blaze until dawn and two firefighters were treated in hospital for smoke, it added.",
    "The works, built in 1871, had stood empty since its last owner went bankrupt nine years ago this month.",
    "The town council was to decide in June whether the building could be turned into ninety cheap flats.",
    "Police closed the harbour road and asked people nearby to keep their windows shut until the evening.",
]
OWN = [
    "Smoke still hung over the quay when Mina Farr opened her bakery and found ash on every loaf outside.",
    "Her grandmother had twisted hemp there as a girl, she said, and never once complained about the cold.",
    "By noon a digger had pulled down the west wall, and a crowd watched from behind the fish market.",
    "Nobody in the street believed that it had burned by itself, though nobody would give a name to that.",
]
QUOTE = "“We have lost the last roof under which this town made something with its hands, and we will miss it,”"
RELEASE = [
    "Nordhal AS has today completed the acquisition of all outstanding shares in the ferry operator Brinelink.",
    "The transaction strengthens the position of the group as the leading provider of crossings in the region.",
    "All employees will be offered continued positions under terms that correspond to their present contracts.",
]


def version(outlet: str, texts: list[str], **more: object) -> Version:
    paragraphs = tuple(map(Paragraph, texts))
    base = Version(id=outlet.lower().replace(" ", "-"), outlet=outlet, paragraphs=paragraphs)
    return replace(base, **more)  # type: ignore[arg-type]


def members(versions: list[Version]) -> list[tuple[str, ...]]:
    return [family.versions for family in families(versions)]


AGENCY = version("Norvik Press Agency", ["TARNMOUTH, May 5 (Norvik) - " + WIRE[0], *WIRE[1:]])
COPY = version("Coast Daily", ["TARNMOUTH, May 5 (Norvik) – " + WIRE[0], *WIRE[1:]], byline="Norvik")
OTHER = version("Tarn Post", OWN, byline="Ada Moss")


def test_copies_and_origin() -> None:
    """The agency's page and its copies are a family; the reporter's own text is not in it."""
    assert families([OTHER, COPY, AGENCY]) == (
        Family(credit="Norvik", versions=("coast-daily", "norvik-press-agency"), origin="norvik-press-agency"),
    )


def test_trimmed_uncredited_and_own_lead() -> None:
    """A trimmed copy, one without a credit and one with its own first paragraph are copies; typography is no matter."""
    trimmed = version("Echo", WIRE[:2])
    curly = version("Gazette", [text.replace(",", " ,") for text in WIRE])
    lead = version("Mail", [OWN[0], *WIRE[1:]], byline="Jo Doe and agencies")
    assert members([AGENCY, trimmed, curly, lead, OTHER]) == [("echo", "gazette", "mail", "norvik-press-agency")]


def test_reworded_copies() -> None:
    """Copies in which a desk replaced words here and there are copies still, also without the original."""
    swaps = (("early", "shortly after dawn"), ("blaze", "flames"), ("its last owner", "the company"), ("cheap", "new"))
    others = (("statement", "note"), ("hospital", "a clinic"), ("nine years ago", "in 2017"), ("windows", "doors"))
    a, b = ([_swapped(text, pairs) for text in WIRE] for pairs in (swaps, others))
    assert members([AGENCY, version("A", a), version("B", b), OTHER]) == [("a", "b", "norvik-press-agency")]
    assert members([version("A", a), version("B", b), OTHER]) == [("a", "b")]


def _swapped(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def test_two_halves_of_one_text() -> None:
    """Two copies that kept different halves are one family through the whole text."""
    assert members([version("A", WIRE[:2]), version("B", WIRE[3:]), AGENCY]) == [("a", "b", "norvik-press-agency")]


def test_order_and_names_change_nothing() -> None:
    """Any order gives the same families; other ids give the same groups."""
    every = [AGENCY, COPY, OTHER, version("Echo", WIRE[:3]), version("X", RELEASE), version("Y", RELEASE)]
    want = families(every)
    for seed in range(6):
        assert families(random.Random(seed).sample(every, len(every))) == want
    renamed = [replace(v, id=f"z{9 - k}") for k, v in enumerate(every)]
    outlet = {v.id: v.outlet for v in [*every, *renamed]}
    assert [{outlet[v] for v in f.versions} for f in families(renamed)] == [
        {outlet[v] for v in f.versions} for f in want
    ]


def test_press_release() -> None:
    """A text that several outlets copied and nobody credits is a family without a credit."""
    found = families([version("A", RELEASE), version("B", [OWN[0], *RELEASE]), OTHER])
    assert found == (Family(credit=None, versions=("a", "b"), origin=None),)


def test_common_quotations_make_no_family() -> None:
    """Two reporters who print the same long quotations share no text."""
    quotes = [f"{QUOTE} the mayor, Tove Lind, told {n} people." for n in ("forty", "nearly fifty", "some", "few")]
    a = version("A", [OWN[0], *quotes])
    b = version("B", [OWN[1], *[q.replace("told", "said to") for q in quotes]])
    assert shared(a, b)
    assert families([a, b]) == ()


def test_one_common_sentence_makes_no_family() -> None:
    """A sentence or a footer in common is not a text in common."""
    assert families([version("A", [*OWN, WIRE[0]]), version("B", [WIRE[0], *RELEASE])]) == ()


def test_house_footer_makes_no_family() -> None:
    """What a house prints below all its articles joins none of them."""
    footer = ["About us. " + RELEASE[0], "More. " + RELEASE[1], "And more. " + RELEASE[2]]
    a, b = version("A", [*OWN, *OWN, *footer]), version("A", [*WIRE, *footer])
    assert families([a, replace(b, id="b")]) == ()


def test_page_that_copies_two_agencies() -> None:
    """A page that copied two agencies does not make their texts one."""
    second = [text.replace("the", "this") for text in OWN]
    first_copy = version("A", WIRE, credit="AP")
    both = version("B", [*WIRE, *second[:3]], credit="AP and Reuters")
    other_copy = version("C", second, credit="Reuters")
    (family,) = families([first_copy, both, other_copy])
    assert family == Family(credit="AP", versions=("a", "b"), origin=None)


def test_partly_copied() -> None:
    """A report that took three paragraphs of the agency belongs to the family when it shares enough of itself."""
    partly = version("Mail", [*OWN, *WIRE[1:3]], credit="With reporting by Norvik")
    assert members([AGENCY, COPY, partly]) == [("coast-daily", "mail", "norvik-press-agency")]


def test_blocked_and_empty_are_in_no_family() -> None:
    """Pages that could not be read, or hold no body, are in no family; captions are no text."""
    blocked = replace(COPY, id="x", outlet="X", extent=Extent.BLOCKED)
    captions = Version(id="c", outlet="C", paragraphs=tuple(Paragraph(t, Role.CAPTION) for t in WIRE))
    assert families([AGENCY, blocked, captions]) == ()
    assert families([]) == ()


@pytest.mark.parametrize(
    ("outlet", "url", "byline"),
    [
        ("Associated Press", None, None),
        ("AP News", "https://apnews.com/article/1", None),
        ("Norvik", "https://norvik.example/1", None),
        ("Tarn Newswire", None, None),
        ("Tarn News Service", None, None),
    ],
)
def test_agency_page_is_the_origin(outlet: str, url: str | None, byline: str | None) -> None:
    """The agency's page is known by its name, its host, or because others credit it."""
    page = version(outlet, WIRE, url=url, byline=byline)
    copies = [version("A", WIRE, byline=outlet if outlet == "Norvik" else None), version("B", WIRE[:3])]
    (family,) = families([page, *copies])
    assert family.origin == page.id
    assert family.credit


@pytest.mark.parametrize(
    ("outlet", "credit", "origin"),
    [
        ("The Kessel News", "KN", None),
        ("Kessel Baltic News Service", "KBNS", "kessel-baltic-news-service"),
        ("Aldervik Free Press", "AFP", None),
    ],
)
def test_initials_of_an_agency(outlet: str, credit: str, origin: str | None) -> None:
    """Others credit an agency by its initials; two words have none, and a local paper is not the world's AFP."""
    page, copy = version(outlet, WIRE), version("A", WIRE, credit=credit)
    (family,) = families([page, copy])
    assert (family.credit, family.origin) == (credit, origin)


def test_reporter_is_no_agency() -> None:
    """A person in a byline never names the family."""
    a, b = version("A", WIRE, byline="Odile Harrow"), version("B", WIRE, byline="Odile Harrow")
    assert families([a, b])[0].credit is None


@pytest.mark.parametrize("byline", ["Redaktion", "Staff", "Newsroom", "La rédaction", "Редакция"])
def test_newsroom_is_no_agency(byline: str) -> None:
    """What any newsroom calls itself is no agency, though many outlets print it."""
    a, b = version("A", WIRE, byline=byline), version("B", WIRE, byline=byline)
    assert families([a, b]) == (Family(credit=None, versions=("a", "b"), origin=None),)


def test_shared_spans_are_exact() -> None:
    """Shared spans are slices of the paragraphs they name."""
    caption = Paragraph("The works on Monday", Role.CAPTION)
    a = replace(AGENCY, paragraphs=(caption, *AGENCY.paragraphs))
    found = shared(a, COPY)
    assert len(found) == len(WIRE)
    for pair in found:
        for span, v in ((pair.a, a), (pair.b, COPY)):
            assert v.paragraphs[span.paragraph].text[span.start : span.end] == span.text
    assert found[1].a.paragraph == 2
    assert found[1].a.text == WIRE[1][:-1]


def test_wire_paragraphs() -> None:
    """Of a copy the copied paragraphs are wire text, of the agency all, also those it has since taken out."""
    lead = version("Mail", [OWN[0], *WIRE[1:]], url="https://mail.example/1")
    (family,) = families([AGENCY, lead])
    assert wire_paragraphs(family, [AGENCY, lead]) == {
        "mail": frozenset({1, 2, 3, 4}),
        "norvik-press-agency": frozenset(range(5)),
    }
    shorter = replace(AGENCY, id="n2", paragraphs=AGENCY.paragraphs[:3])
    (family,) = families([shorter, lead])
    assert wire_paragraphs(family, [shorter, lead])["mail"] == frozenset({1, 2})
    assert wire_paragraphs(family, [AGENCY, shorter, lead])["mail"] == frozenset({1, 2, 3, 4})


def test_independent_sources() -> None:
    """A family counts once for what its text has; what a member adds of its own counts for the member."""
    lead = version("Mail", [OWN[0], *WIRE[1:]])
    found = families([AGENCY, COPY, lead, OTHER])
    wire = wire_paragraphs(found[0], [AGENCY, COPY, lead])
    copied = {"norvik-press-agency": [1], "coast-daily": [1], "mail": [1]}
    assert independent(found, copied, wire) == 1
    assert independent(found, {**copied, "tarn-post": [0]}, wire) == 2
    assert independent(found, {"mail": [0], "tarn-post": [0]}, wire) == 2
    assert independent(found, {"mail": [0], "coast-daily": [1]}, wire) == 1
    assert independent(found, {}, wire) == 0
    assert independent((), {"a": [0], "b": [0]}, {}) == 2
