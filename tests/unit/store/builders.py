"""Values for the tests of the store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storydiff.model import (
    Cell,
    Change,
    ChangeKind,
    Collation,
    Discrepancy,
    DiscrepancyType,
    Family,
    First,
    Link,
    Paragraph,
    Point,
    PointKind,
    Problem,
    Reading,
    Revision,
    Role,
    Span,
    Status,
    Story,
    Version,
    WordEdit,
)

NOON = datetime(2026, 5, 5, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://www.tarnpost.example/fire"


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def version(text: str = "A fire destroyed the mill.", minute: int = 0, **more: object) -> Version:
    base = Version(
        id=f"v{minute}-{len(text)}", outlet="Tarn Post", url=URL, fetched=at(minute), paragraphs=(Paragraph(text),)
    )
    return replace(base, **more)  # type: ignore[arg-type]


FULL = Version(
    id="v1",
    outlet="Tarn Post",
    url=URL,
    language="en",
    headline="Mill burns down – “all is lost”",
    standfirst="Two hurt",
    byline="Ada Moss",
    dateline="TARNMOUTH, May 5 (Norvik)",
    published=at(-90),
    modified=at(-30),
    fetched=NOON,
    credit="Norvik",
    paragraphs=(
        Paragraph("Пожежа 火災 \N{FIRE}"),
        Paragraph("09:10", Role.ENTRY, post=0, posted=at(-20)),
        Paragraph("The mill on Monday", Role.CAPTION),
    ),
    problems=(Problem("late", "The page came late."),),
    snapshot="ab" * 32,
)

OTHER = Version(id="v2", outlet="Echo", paragraphs=(Paragraph("Two died, not three."),))
SPAN = Span("v1", 0, 0, 6, "Пожежа")

COLLATION = Collation(
    engine="storydiff/1",
    story=Story(slug="mill", title="Mill fire", created=at(-60)),
    versions=(FULL, OTHER),
    apart={"v2": "another fire"},
    points=(
        Point(
            id="p1",
            statement="A fire destroyed the mill",
            kind=PointKind.FACT,
            independent_sources=2,
            coverage={
                "v2": Cell(status=Status.OMITTED),
                "v1": Cell(status=Status.PARTIAL, evidence=(SPAN,), missing=("two",), reason="r", support=0.1 + 0.2),
            },
            first=First(version="v1", not_before=at(-90), not_after=None),
            origin=SPAN,
            formerly=("p0",),
        ),
    ),
    links=(Link(a="v1", b="v2", a_paragraphs=(0, 1), b_paragraphs=(0,), moved=True, score=0.75),),
    discrepancies=(
        Discrepancy(
            id="d1",
            type=DiscrepancyType.NUMBER,
            point="p1",
            readings=(Reading("v1", 0, 0, 6, "Пожежа", "3"), Reading("v2", 0, 0, 3, "Two", "2")),
            drift=True,
            explanation="Tarn Post says three; Echo two",
        ),
    ),
    families=(Family(credit=None, versions=("v1", "v2"), origin="v1"),),
    revisions=(
        Revision(
            url=URL,
            outlet="Tarn Post",
            before="v0",
            after="v1",
            seen=(None, NOON),
            changes=(
                Change(
                    kind=ChangeKind.CHANGED,
                    before="a",
                    after="b",
                    words=(WordEdit("replace", "a", "b"),),
                    role="caption",
                ),
            ),
            silent=True,
            reverts_to="v-1",
        ),
    ),
    made=at(1),
)
