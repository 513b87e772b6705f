"""What a CMS or a wire sends: an address, an IPTC ninjs 3.1 item, or a schema.org NewsArticle in JSON-LD.

Only the keys that matter here are described; whatever else an item holds is read over, as both standards ask.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    StringConstraints,
    Tag,
)

from storydiff.api.models.asked import NO_NUL, Body, Query, Slug, Url, Word

LONGEST = 500_000
"""Characters of one text. The longest newspaper articles have a tenth of that."""
Short = Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)]
Long = Annotated[str, StringConstraints(max_length=LONGEST, pattern=NO_NUL)]
SEEN = r"[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"
"""A sign that is no blank, in words that every kind of pattern takes alike."""
Told = Annotated[str, StringConstraints(max_length=LONGEST, pattern=rf"^[^\x00]*{SEEN}[^\x00]*$")]
Language = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]


class Into(Query):
    """Where what is sent belongs."""

    story: Slug | None = Field(
        None, description="Add it to this story; else to the one that has the article, or a new one."
    )
    outlet: Word | None = Field(
        None, description="Whose copy it is; else the publisher in the item, else the newsroom's own outlet."
    )


class Page(Body):
    """A page to fetch."""

    url: Url


class Item(BaseModel):
    """An object that may hold more than is described."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Worded(Item):
    """One headline, description or body of a ninjs item."""

    value: Long
    role: Short | None = None
    content_type: Short | None = Field(None, alias="contentType")


class Text(Worded):
    """One body of a ninjs item."""

    value: Told


class InfoSource(Item):
    """Who a ninjs item comes from."""

    name: Word | None = None
    role: Short | None = None


class Byline(Item):
    """Who wrote a ninjs item."""

    value: Short


class NinjsItem(Item):
    """A news item in IPTC ninjs 3.1."""

    uri: Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=NO_NUL)]
    type: Literal["text"] = "text"
    pub_status: Literal["usable", "withheld"] = Field(
        "usable", alias="pubStatus", description="A cancelled item is not compared, so it is refused."
    )
    language: Language | None = None
    headlines: list[Worded] = Field([], max_length=20)
    descriptions: list[Worded] = Field([], max_length=20)
    bodies: list[Text] = Field(min_length=1, max_length=20)
    bylines: list[Byline] = Field([], max_length=20)
    located: Short | None = None
    info_sources: list[InfoSource] = Field([], alias="infoSources", max_length=20)
    first_created: AwareDatetime | None = Field(None, alias="firstCreated")
    version_created: AwareDatetime | None = Field(None, alias="versionCreated")


class Named(Item):
    """A person or an organisation in schema.org."""

    name: Word


class NewsArticle(Item):
    """A schema.org NewsArticle in JSON-LD, with its text."""

    kind: Literal[
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "Article",
    ] = Field(alias="@type")
    headline: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)]
    article_body: Told = Field(alias="articleBody")
    url: Url | None = None
    identifier: Short | None = None
    description: Short | None = None
    in_language: Language | None = Field(None, alias="inLanguage")
    dateline: Short | None = None
    author: Short | Named | list[Short | Named] | None = None
    publisher: Named | None = None
    date_published: AwareDatetime | None = Field(None, alias="datePublished")
    date_modified: AwareDatetime | None = Field(None, alias="dateModified")


def _sort(value: Any) -> str:
    keys = value if isinstance(value, dict) else {}
    if "@type" in keys:
        return "article"
    return "ninjs" if "uri" in keys or "bodies" in keys else "page"


class Intake(RootModel[Any]):
    """A page, a ninjs item or a NewsArticle."""

    root: Annotated[
        Annotated[Page, Tag("page")] | Annotated[NinjsItem, Tag("ninjs")] | Annotated[NewsArticle, Tag("article")],
        Discriminator(_sort),
    ]
