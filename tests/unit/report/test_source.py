"""A page's source as characters, with the paragraphs found in it."""

import time

import pytest

from storydiff.report.source import lines, places


def found(source: str, paragraph: str) -> str | None:
    (place,) = places(source, [paragraph])
    return source[place[0] : place[1]] if place else None


def test_tags_spaces_and_entities_are_passed_over() -> None:
    """The place goes from the first letter of the paragraph to its last, with all that stands between."""
    source = "<p class=lead>Two\n  <b>men</b> died at Holm &amp;&nbsp;Sons,<br>a mill.</p><p>More.</p>"
    assert found(source, "Two men died at Holm & Sons, a mill.") == source[14:-16]
    assert found(source, "More.") == "More."


def test_entities_are_marked_whole() -> None:
    """At either end."""
    assert found("<p>&ldquo;It burned,&rdquo; she said.&#8230;</p>", "“It burned,” she said.…") == (
        "&ldquo;It burned,&rdquo; she said.&#8230;"
    )


def test_what_nobody_reads_is_no_place() -> None:
    """The same words in a script, a comment, a style or an attribute."""
    words = "Two men died at the mill on Monday."
    hidden = (
        f"<script>var a = '{words}'</script><!-- {words} --><style>/* {words} */</style>"
        f'<img alt="{words}"><SCRIPT type="x">{words}</SCRIPT >'
    )
    assert found(hidden, words) is None
    assert found(f"{hidden}<p>{words}</p>", words) == words
    assert places(f"{hidden}<p>{words}</p>", [words])[0] == (len(hidden) + 3, len(hidden) + 3 + len(words))


def test_of_a_broken_up_paragraph_the_beginning_is_found() -> None:
    """Something stands inside it on the page that is not part of the article."""
    source = "<p>Two men died when a paper mill burned down on Monday night in Dornfeld, <a>Read more here</a> police said.</p>"
    words = "Two men died when a paper mill burned down on Monday night in Dornfeld, police said."
    assert found(source, words) == "Two men died when a paper mill burned down on Monday night i"


def test_lines_are_numbered_and_marked() -> None:
    """Joined they are the source; a place that goes over several lines is marked in each and begins once."""
    source = "<p>One\ntwo\nthree</p>\n<p>Four</p>\n"
    got = list(lines(source, places(source, ["One two three", "Four", "Five"]), 0, len(source)))
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in got) == source[:-1]
    assert [line.number for line in got] == [1, 2, 3, 4]
    marked = [(p.text, p.paragraph, p.begins) for line in got for p in line.pieces if p.paragraph is not None]
    assert marked == [("One", 0, True), ("two", 0, False), ("three", 0, False), ("Four", 1, True)]


def test_a_part_knows_its_line_numbers() -> None:
    """A source in parts: the second goes on counting, inside a line too."""
    source = "a\nbcd\ne"
    first, second = list(lines(source, [], 0, 4)), list(lines(source, [], 4, 7))
    assert [(line.number, line.pieces[0].text) for line in (*first, *second)] == [
        (1, "a"),
        (2, "bc"),
        (2, "d"),
        (3, "e"),
    ]


@pytest.mark.parametrize(
    "piece", ["<!--", "<script>", "<", "&", "&#9", "<p", "</script", "\n", "<p>a</p>", "&amp;", "<!", "İ<style>"]
)
def test_no_source_takes_long(piece: str) -> None:
    """A long run of anything is linear, and two same paragraphs cost no more than one."""
    source = piece * (300_000 // len(piece))
    began = time.process_time()
    got = places(source, ["a" * 60, "b"] * 500)
    assert sum(1 for _ in lines(source, got, 0, 60_000)) >= 1
    assert time.process_time() - began < 8
