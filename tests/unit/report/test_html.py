"""The self-contained HTML page."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from storydiff.model import DiscrepancyType
from storydiff.report import Only, to_html, to_markdown, to_point, to_table
from storydiff.report.detail import LIMIT
from tests.builders import cell, collation, point, version
from tests.crowd import crowd
from tests.fire import fire
from tests.unit.report.hostile import COMMANDS, LONG_WORD, hostile

VOID = {"meta", "col", "br", "link", "img", "input", "wbr"}
OPTIONAL_END = {"li", "td"}


class Reader(HTMLParser):
    """Reads a page the strict way: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in OPTIONAL_END and self.open and self.open[-1] == tag:
            self.open.pop()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    def attributes(self, name: str) -> list[str]:
        """Every value of that attribute."""
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]

    @property
    def words(self) -> str:
        """The text, spaces collapsed."""
        return " ".join("".join(self.text).split())


PAGES = {
    "fire": lambda: to_html(fire()),
    "ours": lambda: to_html(fire(), ours="Northgate Times"),
    "conflicts": lambda: to_html(fire(), only=Only.CONFLICTS),
    "hostile": lambda: to_html(hostile()),
    "empty": lambda: to_html(collation([])),
    "crowd": lambda: to_html(crowd(12, 30)),
}


@pytest.fixture(scope="module", params=PAGES)
def made(request: pytest.FixtureRequest) -> str:
    """Pages of several kinds."""
    return PAGES[request.param]()


def test_well_formed(made: str) -> None:
    """Every element is closed where it should be."""
    assert Reader(made).open == []


def test_links_lead_somewhere(made: str) -> None:
    """Every anchor on the page exists exactly once; other links go to the web and leak no referrer."""
    page = Reader(made)
    ids = Counter(page.attributes("id"))
    assert not [name for name, times in ids.items() if times > 1]
    for link in page.all("a"):
        href = link["href"] or ""
        if href.startswith("#"):
            assert href[1:] in ids, href
        else:
            assert re.match(r"https?://", href)
            assert "noreferrer" in (link["rel"] or "")


def test_nothing_is_loaded(made: str) -> None:
    """The page asks for nothing: no source, sheet, frame, form or handler; styles and scripts are its own."""
    page = Reader(made)
    assert not page.attributes("src")
    assert not {"link", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not page.attributes("style")
    assert len(page.all("script")) == len(page.all("style")) == 1


def test_policy(made: str) -> None:
    """The policy allows exactly the style sheet and the script that are on the page, by hash."""
    policy = next(m["content"] for m in Reader(made).all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", made, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none';")
    assert "unsafe" not in (policy or "")


def test_languages(made: str) -> None:
    """Language and direction attributes are valid."""
    page = Reader(made)
    assert all(re.fullmatch(r"[a-z]{2,3}", value) for value in page.attributes("lang"))
    assert set(page.attributes("dir")) <= {"auto"}


def test_cells() -> None:
    """A cell is its word, leads to its words, and has a permalink."""
    page = to_html(fire())
    assert "<td class=v><a href=#p1-cr>overtaken<small>later</small></a>" in page
    assert "<td class=c><a href=#p1-nt>conflicts</a>" in page
    assert "<td class=o id=p3-nt>omits" in page
    assert "<td class=u id=p1-el>unknown" in page
    assert re.search(r'id="p1-nt">.*?<mark>Three men died</mark> when flames', page, re.DOTALL)


def test_families_under_one_head() -> None:
    """Copies of one agency text stand under one head, as one source."""
    assert re.search(r'colspan="3" class="family"><span><bdi>Brindle</bdi> text, one source', to_html(fire()))


def test_table_markup() -> None:
    """The matrix is a real table: caption, scopes for columns, rows and groups."""
    scopes = Counter(Reader(to_html(fire())).attributes("scope"))
    assert scopes["rowgroup"] == 4
    assert scopes["row"] >= 8
    assert scopes["col"] >= 11
    assert scopes["colgroup"] == 1


def test_conflicts_side_by_side_with_times() -> None:
    """Both wordings of a conflict stand side by side, with their times; drift stands apart."""
    words = Reader(to_html(fire())).words
    differ = words.partition("Where they differ")[2].partition("The story, annotated")[0]
    conflicts, _, drift = differ.partition("Overtaken by later updates")
    assert "Three men died when flames" in conflicts
    assert "4 Jun 2026, 05:05 UTC" in conflicts
    assert "One man has died" not in conflicts
    assert "One man has died" in drift


def test_annotated_article() -> None:
    """The fullest text is shown with notes, and placeholders where it lacks what others tell."""
    words = Reader(to_html(fire())).words
    story = words.partition("The story, annotated")[2].partition("The exact words")[0]
    assert "by Brindle Wire: it tells 7 of 8 points" in story
    assert "Not in this text; told by Northgate Times 7 Inspectors had twice warned the owner" in story
    places = [story.index(words) for words in ("Police have closed", "Not in this text;", "Alder Quay handles")]
    assert places == sorted(places)
    assert "8 told here alone" in story


def test_ours_is_the_annotated_article() -> None:
    """Seen from an outlet, its own text is annotated, and its column comes first."""
    page = to_html(fire(), ours="Coast Radio")
    assert "by <bdi>Coast Radio</bdi>: it tells" in page
    assert "3 points not shown" in page
    assert "it tells 5 of 8 points" in page
    assert 'id="p8"' in page
    assert 'id="r8"' in page
    assert "As <bdi>Coast Radio</bdi> reads it." in page


def test_moves_told_apart() -> None:
    """In a word diff, what moved is neither removed nor added."""
    page = to_html(fire())
    assert re.search(r'<span class="to"><span class="sr">moved to here: </span>chief fire officer', page)


def test_history() -> None:
    """Silent revisions are named as such, with their word diffs; reverts too."""
    page = to_html(fire())
    assert "<del>Two </del><ins>Three </ins>die as cold store burns" in page
    assert '<details class="revision silent" open>' in page
    assert "an earlier text came back" in page


def test_times_are_machine_readable() -> None:
    """Times carry their zone for people and for programs."""
    assert '<time datetime="2026-06-04T05:05:00Z">4 Jun 2026, 05:05 UTC</time>' in to_html(fire())


def test_quotes_carry_their_language() -> None:
    """Each quote says its language and keeps its direction inside."""
    page = to_html(fire())
    assert '<blockquote dir="auto" lang="ar"><p><mark>قتل حارسان ليليان</mark>' in page
    assert '<blockquote dir="auto" lang="fr"><p><mark>Deux gardiens sont morts</mark>' in page


def test_hostile() -> None:
    """No markup, control character or script address of an outlet survives; its words do, as words."""
    page = to_html(hostile())
    assert not COMMANDS.search(page)
    assert "<img" not in page
    assert "<script>alert" not in page
    assert page.count("<script>") == 1
    assert "javascript:" not in " ".join(Reader(page).attributes("href")).lower()
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in Reader(page).words
    assert LONG_WORD in page


def test_invalid_language_is_left_out() -> None:
    """A language code that is none (it came from the web) is not written."""
    odd = version("Odd", "The bridge is shut.", language='en" onclick="x')
    told = {odd: cell(odd, "reported", "The bridge is shut.")}
    assert "onclick" not in to_html(collation([odd], [point(1, "The bridge is shut.", told)]))


def test_snapshot_and_offsets() -> None:
    """Each reading says where its words stand, and in which snapshot."""
    assert "paragraph 1, characters 96–121, snapshot a3a3a3a3a3a3a3a3" in to_html(fire())


def test_same_bytes() -> None:
    """The same collation gives the same page."""
    assert to_html(fire()) == to_html(fire())


@pytest.mark.parametrize("told", [0.45, 1.0])
def test_large(told: float) -> None:
    """Sixty outlets by two hundred points stay under the limit, every told cell has its place, and it is said."""
    page = to_html(crowd(60, 200, told))
    assert len(page.encode()) <= LIMIT
    assert "This comparison is large" in page
    links = set(re.findall(r"<td class=\w><a href=#([\w-]+)>", page))
    assert links <= set(re.findall(r'id="?([\w-]+)"?[ >]', page))
    assert len(links) > 3_000


def test_statement_of_a_point_without_words() -> None:
    """A point that nobody tells any more does not break the page."""
    gone = replace(fire().points[0], coverage={}, origin=None, first=None)
    assert "unknown" in to_html(replace(fire(), points=(gone,), discrepancies=()))


def test_keys_for_comparing_are_not_shown() -> None:
    """What times are compared by is no word for a reader: the words themselves head the sides, on every face."""
    made = fire()
    times = [each for each in made.discrepancies if each.type is DiscrepancyType.TIME]
    assert times
    keyed = [
        replace(each, readings=tuple(replace(r, value=f"clock:{r.value}") for r in each.readings))
        if each in times
        else each
        for each in made.discrepancies
    ]
    told = replace(made, discrepancies=tuple(keyed))
    for text in (to_html(told), to_table(told), to_markdown(told), to_point(told, 3)):
        assert "clock:" not in text
    assert re.search(r"<h\d[^>]*>(<bdi>)?at 9.40 p.m.<", to_html(told))


def test_numbers_with_a_unit_are_headed_by_their_words() -> None:
    """The value of a number with a unit or a bound is a key too ("~290 money:FLORIN")."""
    made = fire()
    found = next(each for each in made.discrepancies if each.id == "d1")
    keyed = replace(found, readings=tuple(replace(r, value=f"~{r.value}0 money:CROWN") for r in found.readings))
    told = replace(made, discrepancies=(keyed,))
    for text in (to_html(told), to_table(told), to_markdown(told), to_point(told, 1)):
        assert "money:" not in text


def test_a_row_in_conflict_says_what_conflicts() -> None:
    """Under the statement stand the sides of each open discrepancy, the statement's first; an update is none."""
    text = to_html(fire())
    assert text.count('class="vs"') == 2
    assert re.search(r'class="vs"><b>number</b> <bdi>2</bdi> <i>≠</i> <bdi>3</bdi>', text)
    assert re.search(
        r'class="vs"><b>time</b> <bdi>at 9.40 p.m.</bdi> <i>≠</i> <bdi>at 9.50 p.m. on Tuesday</bdi>', text
    )
