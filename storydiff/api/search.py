"""Search over the stored texts of the newsroom's stories."""

from __future__ import annotations

from storydiff.api.call import Call
from storydiff.api.values import Values, time
from storydiff.serving import cursors
from storydiff.serving.answer import Answer
from storydiff.store.search import Hit


def search_texts(call: Call) -> Answer:
    """Versions that hold all the words, the newest first."""
    asked = call.query
    found = call.desk.store.search.find(
        asked.q, before=cursors.read(asked.cursor, int), story=asked.story, outlet=asked.outlet, limit=asked.limit + 1
    )
    rows, last = cursors.page(found, asked.limit)
    return Answer(value={"hits": [_hit(each) for each in rows], "next": cursors.written(last.mark) if last else None})


def _hit(each: Hit) -> Values:
    told = {"story": each.story, "version": each.version, "outlet": each.outlet, "url": each.url}
    return {**told, "headline": each.headline, "fetched": time(each.fetched), "excerpt": each.excerpt}
