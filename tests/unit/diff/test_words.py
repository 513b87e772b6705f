"""The word diff."""

import random
import time

import pytest

from storydiff.diff.words import MANY, applied, edits, units


def drawn(before: str, after: str, language: str | None = None) -> str:
    """The edits as text: [-gone-]{+come+}."""
    out = ""
    for edit in edits(before, after, language):
        if edit.op == "equal":
            out += edit.before
            continue
        out += f"[-{edit.before}-]" if edit.before else ""
        out += f"{{+{edit.after}+}}" if edit.after else ""
    return out


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The mill burned, she said.", "The old mill burned, she said.", "The {+old +}mill burned, she said."),
        ("It had closed at noon.", "It closed at noon.", "It [-had -]closed at noon."),
        ("Nine were hurt.", "Eleven were hurt.", "[-Nine-]{+Eleven+} were hurt."),
        ("They voted 7-2 to stay.", "They voted 6-3 to stay.", "They voted [-7-2-]{+6-3+} to stay."),
        ("At 8 p.m., rain fell.", "At 8 p.m. on Monday, rain fell.", "At 8 p.m.{+ on Monday+}, rain fell."),
        ("It cost 1,240 crowns", "It cost 1,340 crowns", "It cost [-1,240-]{+1,340+} crowns"),
        ("Nine dead as it sank", "Nine dead, two hurt as it sank", "Nine dead{+, two hurt+} as it sank"),
        ("It sank.", "It sank. Two fled.", "It sank.{+ Two fled.+}"),
        ("It sank. Two fled. Rain fell.", "It sank. Rain fell.", "It sank. [-Two fled. -]Rain fell."),
        ("“It sank.” He fled.", "“It sank.” So he said. He fled.", "“It sank.” {+So he said. +}He fled."),
        ("two  spaces", "two spaces", "two[- -] spaces"),
        ("the end", "the end\n", "the end{+\n+}"),
        ("", "new", "{+new+}"),
        ("gone", "", "[-gone-]"),
        ("", "", ""),
        ("死者は三人", "死者は五人", "死者は[-三-]{+五+}人"),
    ],
)
def test_readable_runs(before: str, after: str, shown: str) -> None:
    """Edits are the runs that a reader would mark, spaces kept."""
    assert drawn(before, after) == shown


def test_lone_short_word_between_changes_is_one_change() -> None:
    """A short word that stayed between two changes by chance does not cut the change in two."""
    assert drawn("the north of the islands", "the lighthouse of a shore") == (
        "the [-north of the islands-]{+lighthouse of a shore+}"
    )


def test_longer_word_between_changes_stays() -> None:
    """A word of weight that stayed is shown as having stayed."""
    assert drawn("nine boats sank", "four boats left") == "[-nine-]{+four+} boats [-sank-]{+left+}"


def test_quotation_marks_do_not_shift_the_alignment() -> None:
    """Words in other quotation marks are aligned; only the marks are told."""
    assert drawn("“No,” he said.", '"No," he said.') == '[-“-]{+"+}No,[-”-]{+"+} he said.'


def test_french_elision_ends_a_word() -> None:
    """In French the article before an apostrophe is a word of its own; in English the apostrophe joins."""
    assert drawn("l'usine brûle", "l'école brûle", "fr") == "l'[-usine-]{+école+} brûle"
    assert drawn("I don't know", "I didn't know", "en") == "I [-don't-]{+didn't+} know"


def test_vowel_signs_belong_to_their_word() -> None:
    """Scripts with combining vowel signs are cut at spaces only."""
    assert [word for word, _ in units("राष्ट्रपति ने कहा")] == ["राष्ट्रपति", "ने", "कहा"]


def test_edits_give_the_later_text() -> None:
    """Joining the later sides gives the later text, joining the earlier sides the earlier one."""
    before, after = " A first\tline.\n\nB", "A second line.\n C "
    changes = edits(before, after)
    assert applied(changes) == after
    assert "".join(edit.before for edit in changes) == before


def test_hostile_text_costs_little() -> None:
    """Long texts over two words, the worst case of quadratic diffs, end at once; beyond the limit one edit is told."""
    draw = random.Random(1)
    before, after = (" ".join(draw.choices(["a", "b"], k=MANY)) for _ in range(2))
    start = time.perf_counter()
    assert applied(edits(before, after)) == after
    assert time.perf_counter() - start < 5
    longer = edits("same " + before + " x x same", "same " + after + " y y same")
    assert applied(longer) == "same " + after + " y y same"
    assert [edit.op for edit in longer][1:] == ["replace", "equal"]
