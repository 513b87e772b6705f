"""Is a version that is written in another language surely silent about a point?

Words that a dictionary lacks look like silence, so that what is found proves more than what is not. Three things speak
against an omission or for it: how much of the statement, or of another wording of the point, the best piece of the
version holds; how many other versions tell it (what everybody has this one will have too); and whether the names and
figures of its own that the statement has stand nowhere in the version. They are added up as a logistic regression over
eleven stories of four authors weighs them, each author's left out in turn (weights relative to the first: .27 to .41
and -.10 to -.12).
"""

from __future__ import annotations

from collections.abc import Sequence

from storydiff.align.ideas import LANGUAGES
from storydiff.align.points_told import Answers
from storydiff.text.words import base

TELLING, MARK, MARKS = 0.25, 0.1, 2
"""What the share of versions that tell the point adds to the doubt, and what each of so many marks takes off it."""
DOUBT = 0.16
"""Doubt up to which silence is sure. Of 305 cells in another language that no piece tells, 78 % are omitted; of those
below .10, .16, .18 and .20 it is .95 (86), .94 (139), .93 (157) and .91 (172). With the doubt chosen on the other three
authors' stories for a precision of .93 it is .93 (136). Two marks and a share under .2, which were asked before, found
55, of which 52 are omitted."""


def surely_silent(answers: Answers, others: Sequence[Answers], version: str, language: str, telling: float) -> bool:
    """Whether the version, which is written in that language, leaves the point out.

    `others`: what the versions say to other wordings of the point. `telling`: the share of the story's versions that
    tell it, 0..1. Never sure unless both languages are read (that is, have a table of ideas): a name in Arabic letters
    would be missed wherever it stands.
    """
    if not {base(language), base(answers.statement.language)} <= {*LANGUAGES}:
        return False
    share = max(each.share(version, language) for each in (answers, *others))
    marks = min(answers.searcher.lacking(version, answers.statement.marks), MARKS)
    return share + TELLING * telling - MARK * marks < DOUBT
