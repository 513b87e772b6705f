"""The demo's story against the answer that was written for it before any engine read it (storydiff/demo/expected.toml).

The texts are given to the engine as they were written, so that nothing here depends on reading pages; what a page adds
is tested in test_demo_pages.py. Misses that are known stand in known_misses.toml, each with what goes wrong; one that
is mended fails here until it is taken out there.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from storydiff import demo
from storydiff.engine import collate
from storydiff.model import Cell, Collation, Discrepancy, Extent, Paragraph, Point, Role, Status, Version
from storydiff.testing import version

EXPECTED = tomllib.loads(demo.EXPECTED.read_text(encoding="utf8"))
KNOWN = tomllib.loads((Path(__file__).parent / "known_misses.toml").read_text(encoding="utf8"))
ROWS = {o["domain"].partition(".")[0]: o for o in demo.outlets()}
NAMES = {row["name"]: outlet for outlet, row in ROWS.items()}
COLUMNS = [*EXPECTED["complete"], *EXPECTED["truncated"]]
POINTS = {p["id"]: p for p in EXPECTED["points"]}
GLYPHS = {
    Status.REPORTED: "R",
    Status.PARTIAL: "P",
    Status.CONFLICTS: "C",
    Status.OMITTED: ".",
    Status.UNKNOWN: "?",
}
ROLES = {
    "text": Role.BODY,
    "item": Role.LIST_ITEM,
    "subhead": Role.SUBHEAD,
    "caption": Role.CAPTION,
    "credit": Role.CREDIT,
    "pull": Role.PULL_QUOTE,
    "teaser": Role.TEASER,
    "newsletter": Role.NEWSLETTER,
    "correction": Role.CORRECTION,
    "post": Role.ENTRY,
    "paywall": Role.NEWSLETTER,
}

MATRIX = """
             tna ald low tar npb dai the val gre sig tra
treated      R   R   C   R   R   C   R   R   R   R   R
intensive    R   R   .   R   R   R   R   R   R   R   ?
children     R   R   .   R   .   P   R   .   R   .   ?
firefighters R   R   .   R   .   R   R   R   R   R   ?
alarm        R   R   R   R   R   R   R   C   R   R   ?
building     R   R   R   R   R   R   R   R   R   R   ?
cleared      R   R   R   R   R   .   R   R   R   R   ?
minutes      R   R   R   R   R   C   R   R   R   R   ?
amount       R   R   R   R   R   R   R   R   R   R   ?
room         R   R   R   R   C   P   R   R   R   R   ?
valve        R   R   R   R   R   C   R   R   R   R   ?
inspection   R   R   .   R   R   R   R   C   R   R   ?
reminders    R   R   .   .   .   .   P   .   .   .   ?
request      R   R   .   R   C   .   R   R   R   .   ?
postponed    R   R   .   R   .   .   R   R   R   .   ?
mayor        R   R   .   R   R   R   R   R   R   R   ?
director     R   R   .   R   R   .   R   .   .   C   ?
reopen       R   R   .   R   R   .   C   .   R   R   ?
apology      R   R   .   R   R   .   R   R   .   R   R
probe        R   R   .   .   .   .   .   .   .   R   ?
coach        R   R   R   R   R   R   .   .   R   .   ?
windows      R   R   R   R   R   R   R   P   R   R   ?
eastmoor     R   R   .   .   R   .   .   .   .   .   ?
"""


def made(outlet: str, article: demo.Article, seen: datetime) -> Version:
    """The version that a perfect reader of the page would give."""
    row = ROWS[outlet]
    extent = Extent.TRUNCATED if outlet in EXPECTED["truncated"] else Extent.COMPLETE
    if outlet in EXPECTED["failed"]:
        return version(row["name"], url=f"http://{row['domain']}{row['path']}", extent=Extent.BLOCKED, fetched=seen)
    post, posted, paragraphs = -1, None, []
    for block in article.blocks:
        if block.kind == "post":
            post, posted = post + 1, block.time
        paragraphs.append(Paragraph(block.text, ROLES[block.kind], None if post < 0 else post, posted))
    return version(
        row["name"],
        *paragraphs,
        url=f"http://{row['domain']}{row['path']}",
        language=row["language"],
        headline=article.headline,
        standfirst=article.standfirst,
        byline=article.byline,
        published=row["published"],
        modified=article.modified,
        fetched=seen,
        extent=extent,
        credit="TNA" if outlet in EXPECTED["families"][0]["versions"] else None,
    )


def at(moment: datetime) -> list[Version]:
    """Every outlet's version as it stood at that moment."""
    found = []
    for outlet, row in ROWS.items():
        states = [article for since, article in demo.articles(row["domain"]).items() if since <= moment]
        found.append(made(outlet, states[-1], moment))
    return found


@pytest.fixture(scope="module")
def collation() -> Collation:
    return collate([v for moment in demo.MOMENTS for v in at(moment)])


def outlet_of(collation: Collation, version_id: str) -> str:
    return NAMES[collation.version(version_id).outlet]


def cells(collation: Collation, point: Point) -> dict[str, Cell]:
    return {outlet_of(collation, v): cell for v, cell in point.coverage.items()}


def touches(collation: Collation, cell: Cell, words: str) -> bool:
    """Whether the cell's evidence lies on these words."""
    for span in cell.evidence:
        text = collation.version(span.version).paragraphs[span.paragraph].text
        start = text.find(words.replace("\\", ""))
        if start >= 0 and span.start < start + len(words) and span.end > start:
            return True
    return False


def best(collation: Collation, expected: dict[str, Any]) -> Point:
    """The point whose evidence lies on the expected words in most outlets, and elsewhere in fewest."""

    def fit(point: Point) -> tuple[float, str]:
        found = cells(collation, point)
        hits = sum(touches(collation, found[o], words) for o, words in expected["words"].items())
        return hits - 0.1 * sum(bool(cell.evidence) for cell in found.values()), point.id

    return max(collation.points, key=fit)


def expected_status(point: dict[str, Any], outlet: str) -> Status:
    if outlet in point.get("conflicts", ()):
        return Status.CONFLICTS
    if outlet in point.get("partial", ()):
        return Status.PARTIAL
    if outlet in point["words"]:
        return Status.REPORTED
    return Status.OMITTED if outlet in EXPECTED["complete"] else Status.UNKNOWN


def draw(rows: dict[str, list[Status]]) -> str:
    """The matrix as text: a point a line, an outlet a column."""
    head = " " * 13 + " ".join(name[:3] for name in COLUMNS)
    return "\n".join([head, *(f"{p:<12} " + "   ".join(GLYPHS[s] for s in row) for p, row in rows.items())])


def test_the_expected_answer_as_a_matrix() -> None:
    """For readers: R reported, P partial, C conflicts, . omitted, ? unknown."""
    rows = {name: [expected_status(point, o) for o in COLUMNS] for name, point in POINTS.items()}
    assert draw(rows) == MATRIX.strip("\n")


def known(kind: str, name: str) -> tuple[pytest.MarkDecorator, ...]:
    reason = KNOWN[kind].get(name)
    return (pytest.mark.xfail(strict=True, reason=reason),) if reason else ()


@pytest.mark.parametrize("name", [pytest.param(n, marks=known("cells", n)) for n in POINTS])
def test_each_point_is_told_and_omitted_as_expected(collation: Collation, name: str) -> None:
    """Who tells a point and who omits it is found; of a page in another language, and of one that is wrongly taken for
    another story, it may be unknown."""
    found = cells(collation, best(collation, POINTS[name]))
    wrong = []
    for outlet in COLUMNS:
        want, got = expected_status(POINTS[name], outlet), found[outlet].status
        told = {Status.REPORTED, Status.PARTIAL, Status.CONFLICTS}
        same = got in told if want in told else got is want
        may_be_unknown = ROWS[outlet]["language"] != "en" or outlet in KNOWN["apart"]["wrongly"]
        if not same and not (may_be_unknown and got is Status.UNKNOWN):
            wrong.append(f"{outlet}: {GLYPHS[got]} for {GLYPHS[want]}")
    assert wrong == [], draw({name: [found[o].status for o in COLUMNS]})


def sides(collation: Collation, found: Discrepancy) -> dict[str, str]:
    return {outlet_of(collation, r.version): r.text for r in found.readings}


def alike(a: str, b: str) -> bool:
    """Whether most words of the shorter text are in the longer one."""
    one, other = sorted((set(a.lower().strip(".").split()), set(b.lower().strip(".").split())), key=len)
    return bool(one) and len(one & other) / len(one) > 0.6


def hits(collation: Collation, row: dict[str, Any], found: Discrepancy) -> bool:
    """Whether this is the expected discrepancy: its type, the odd outlet with the odd words, and another against it."""
    read = sides(collation, found)
    odd = [r.value for r in found.readings if outlet_of(collation, r.version) == row["odd"]]
    others = [r.value for r in found.readings if r.value not in odd]
    return found.type == row["type"] and alike(read.get(row["odd"], ""), row["words"][0]) and bool(others)


LATEST = [d for d in EXPECTED["discrepancies"] if "until" not in d]


@pytest.mark.parametrize(
    "row", [pytest.param(r, id=(n := f"{r['type']}-{r['point']}-{r['odd']}"), marks=known("missed", n)) for r in LATEST]
)
def test_each_planted_discrepancy_is_found(collation: Collation, row: dict[str, Any]) -> None:
    """The conflict is found with its type, the odd outlet and its words, and is drift only where time explains it."""
    found = [d for d in collation.discrepancies if hits(collation, row, d)]
    assert found
    assert {d.drift for d in found} == {row.get("drift", False)}


def test_no_false_alarm(collation: Collation) -> None:
    """Every discrepancy found was planted: rounding, units, translation, transliteration and old figures are none."""
    false = [
        " / ".join([d.type, *sorted({r.text for r in d.readings})])
        for d in collation.discrepancies
        if not any(hits(collation, row, d) for row in LATEST)
    ]
    assert sorted(false) == sorted(KNOWN["false"]["alarms"])


def test_no_omission_is_claimed_where_we_could_not_read(collation: Collation) -> None:
    """The paywalled, the walled, the forbidden page and the other story are unknown wherever they tell nothing."""
    unreadable = {*EXPECTED["truncated"], *EXPECTED["failed"], *EXPECTED["apart"]}
    for point in collation.points:
        claimed = [o for o, cell in cells(collation, point).items() if cell.status is Status.OMITTED]
        assert unreadable.isdisjoint(claimed)


def test_the_other_story_stands_apart(collation: Collation) -> None:
    """The leak in another town the day before is not joined, and every page about ours is."""
    apart = {outlet_of(collation, v) for v in collation.apart} - set(EXPECTED["failed"])
    assert sorted(apart) == sorted([*EXPECTED["apart"], *KNOWN["apart"]["wrongly"]])


def test_the_wire_copies_are_one_family(collation: Collation) -> None:
    """The agency's page, the full copy and the trimmed one with its own lead are one family of the agency."""
    [family] = collation.families
    assert {outlet_of(collation, v) for v in family.versions} == set(EXPECTED["families"][0]["versions"])
    assert family.origin is not None
    assert (family.credit, outlet_of(collation, family.origin)) == ("TNA", "tna")


def test_a_wire_point_counts_its_family_once(collation: Collation) -> None:
    """Where only the agency and its copies tell a point, there is one independent source."""
    point = best(collation, next(p for p in EXPECTED["points"] if p["id"] == "reminders"))
    told = {o for o, cell in cells(collation, point).items() if cell.status in (Status.REPORTED, Status.PARTIAL)}
    assert point.independent_sources == len(told - {"tna", "aldmere-herald", "lowland-today"}) + 1


@pytest.mark.parametrize(
    ("outlet", "words"),
    [
        pytest.param(outlet, words, id=f"{outlet}-{n}", marks=known("exclusive", f"{outlet}-{n}"))
        for outlet, texts in EXPECTED["exclusive"].items()
        for n, words in enumerate(texts, 1)
        if outlet not in KNOWN["apart"]["wrongly"]
    ],
)
def test_what_one_outlet_has_alone(collation: Collation, outlet: str, words: str) -> None:
    """A fact that only one outlet has is a point that no other is said to tell."""
    point = best(collation, {"words": {outlet: words}})
    found = cells(collation, point)
    assert touches(collation, found[outlet], words)
    assert {o for o, cell in found.items() if cell.status in (Status.REPORTED, Status.PARTIAL)} == {outlet}


@pytest.mark.parametrize("row", EXPECTED["revisions"], ids=lambda r: f"{r['outlet']}-{r['seen_at']:%H:%M}")
def test_each_revision_is_found(collation: Collation, row: dict[str, Any]) -> None:
    """What changed between two looks is told, whether it was disclosed, and whether an old text came back."""
    [found] = [r for r in collation.revisions if NAMES[r.outlet] == row["outlet"] and r.seen[1] == row["seen_at"]]
    before = "\n".join(c.before or "" for c in found.changes)
    after = "\n".join(c.after or "" for c in found.changes)
    assert row.get("before", "") in before
    assert row.get("after", "") in after
    assert found.silent is row["silent"]
    assert (found.reverts_to is not None) is row.get("reverts", False)
    assert any(c.kind == "headline_changed" for c in found.changes) is row.get("headline", False)


def test_no_other_revision(collation: Collation) -> None:
    """Pages that did not change are said to be unchanged."""
    assert len(collation.revisions) == len(EXPECTED["revisions"])


def test_conflicts_that_were_mended_are_found_while_they_last() -> None:
    """At the first look the regional paper has 800 kilograms and the broadcaster, an update behind, 41."""
    first = collate(at(demo.MOMENTS[0]))
    missed = []
    for row in EXPECTED["discrepancies"]:
        name = f"{row['type']}-{row['point']}-{row['odd']}"
        if "until" in row and name not in KNOWN["missed"]:
            found = [d for d in first.discrepancies if hits(first, row, d)]
            missed += [] if found and {d.drift for d in found} == {row.get("drift", False)} else [name]
    assert missed == []


def test_order_and_names_change_nothing(collation: Collation) -> None:
    """The versions in another order give the same points and discrepancies."""
    again = collate([v for moment in reversed(demo.MOMENTS) for v in reversed(at(moment))])
    assert again == collation
