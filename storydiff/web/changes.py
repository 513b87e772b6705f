"""What was changed in the articles of a story after they were first seen, word by word."""

from __future__ import annotations

from dataclasses import dataclass

from storydiff.model import Collation
from storydiff.report.page_revisions import PageRevision, revisions
from storydiff.report.view import view
from storydiff.serving.answer import Answer
from storydiff.store.browse import article_name
from storydiff.web.call import Call
from storydiff.web.showing import shown, to


@dataclass(frozen=True, slots=True)
class Changed:
    """One article with its revisions, the newest first."""

    outlet: str
    url: str
    article: str
    """Its name in addresses."""
    revisions: tuple[PageRevision, ...]

    @property
    def silent(self) -> int:
        """How many of them nobody was told of."""
        return sum(each.revision.silent for each in self.revisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """Everything on the page of changes."""

    base: str
    title: str
    number: int | None
    articles: tuple[Changed, ...]
    """Those with silent changes first."""
    outlets: tuple[str, ...]
    """Of all that were changed, to choose from."""
    outlet: str
    silent_only: bool


def changes(call: Call) -> Answer:
    """The page, narrowed by `?outlet=` and `?silent=1`; of an earlier collation with `?number=`."""
    found = call.service.opened.collation(call.desk, call.path["slug"], call.query.number("number"))
    made = changes_page(found, outlet=call.query.text("outlet"), silent_only=bool(call.query.text("silent")))
    return shown(call, "changes.html.j2", page=made)


def changes_page(collation: Collation, *, outlet: str = "", silent_only: bool = False) -> ChangesPage:
    """The page of that collation."""
    every = revisions(view(collation))
    kept = [each for each in every if _is_kept(each, outlet, silent_only=silent_only)]
    by_article: dict[tuple[str, str], list[PageRevision]] = {}
    for each in reversed(_by_time(kept)):
        by_article.setdefault((each.revision.outlet, each.revision.url), []).append(each)
    articles = (Changed(name, url, article_name(url), tuple(its)) for (name, url), its in by_article.items())
    return ChangesPage(
        base=to("stories", collation.story.slug),
        title=collation.story.title or collation.story.slug,
        number=collation.number,
        articles=tuple(sorted(articles, key=lambda each: -each.silent)),
        outlets=tuple(sorted({each.revision.outlet for each in every})),
        outlet=outlet,
        silent_only=silent_only,
    )


def _is_kept(each: PageRevision, outlet: str, *, silent_only: bool) -> bool:
    return (not outlet or each.revision.outlet == outlet) and (each.revision.silent or not silent_only)


def _by_time(found: list[PageRevision]) -> list[PageRevision]:
    return sorted(found, key=lambda each: str(each.revision.seen[1] or each.revision.seen[0] or ""))
