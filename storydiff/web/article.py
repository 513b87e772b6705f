"""One article of a story: how it read at each moment, and what changed in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storydiff.model import Story
from storydiff.report.states import Between, State, between, states
from storydiff.serving.answer import Answer
from storydiff.serving.refusals import NotThere
from storydiff.store import Article, Store
from storydiff.store.browse import article_name
from storydiff.web.call import Call
from storydiff.web.showing import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """What the page shows."""

    story: Story
    article: Article
    name: str
    """What the article is called in addresses."""
    states: tuple[State, ...]
    shown: Between

    @property
    def silent(self) -> int:
        """How many of its changes were silent."""
        return sum(each.revision.silent for each in self.states if each.revision)

    @property
    def changed(self) -> int:
        """How many changes were seen."""
        return sum(each.revision is not None for each in self.states)


def read(call: Call) -> Answer:
    """The article as it read in `?version=`, with what changed since `?from=`: its latest version, and the one before
    what is shown, when they are not named."""
    slug, name, store = call.path["slug"], call.path["article"], call.desk.store
    story, article = store.stories.get(slug), _article(store, slug, name)
    found = states(store.versions.history(slug, article.article))
    if not found:
        raise NotThere("Nothing was read of this article yet.", hint="It shows up here once it has been fetched.")
    before, after = ends(found, call.query.text("from"), call.query.text("version"))
    earlier = [each.version for each in found[: before.number - 1]] if before else []
    page = ArticlePage(story=story, article=article, name=name, states=found, shown=between(before, after, earlier))
    return shown(call, "article_states.html.j2", page=page)


def ends(found: Sequence[State], since: str, version: str) -> tuple[State | None, State]:
    """From which state to which the changes are told: the older one is always the first. None before the first."""
    after = chosen(found, version) or found[-1]
    before = chosen(found, since) or (found[after.number - 2] if after.number > 1 else None)
    if before is None or before is after:
        return None, after
    return (before, after) if before.number < after.number else (after, before)


def chosen(found: Sequence[State], named: str) -> State | None:
    """The state of that version; None when none is named, NotThere when the article never read so."""
    if not named:
        return None
    for each in found:
        if each.version.id == named:
            return each
    raise NotThere("This article has no such version.", hint="Choose one on the article's page.")


def _article(store: Store, slug: str, name: str) -> Article:
    for each in store.articles.list(slug):
        if article_name(each.article) == name:
            return each
    raise NotThere("There is no such article in this story.", hint="The story's page lists its outlets.")
