"""Where one block ends and the next begins."""

import time

import pytest

from storydiff.extract.decode import parse
from storydiff.extract.vocabulary import BIT
from storydiff.extract.walk import MAX_BLOCKS, read_blocks

from .pages import bare


def blocks(inner):
    """The blocks of a fragment."""
    return read_blocks(parse(bare(inner).encode(), None).root)


def texts(inner):
    """Their texts."""
    return [block.text for block in blocks(inner)]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>One<p>Two</p>Three</div>", ["One", "Two", "Three"]),
        ("<p>One <b>and</b> <a href=x>a half</a></p>", ["One and a half"]),
        ("<div>One.<br><br>Two.</div>", ["One.", "Two."]),
        ("<div>One.<br>Two.</div>", ["One.", "Two."]),
        ("<p>A line that<br>goes on</p>", ["A line that goes on"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<table><tr><td>A<td>B</table>", ["A", "B"]),
        ("<pre>One.\n\nTwo.</pre>", ["One.", "Two."]),
        ("<p>___</p><p>• • •</p><p>End</p>", ["End"]),
        ("<p>One<p>Two", ["One", "Two"]),
        ("<p><span class=dropcap>O</span>nce upon a time</p>", ["Once upon a time"]),
        ("<x-paragraph>One</x-paragraph><x-paragraph>Two</x-paragraph>", ["One", "Two"]),
        ("<p>One <x-ad>two</x-ad> three</p>", ["One two three"]),
    ],
)
def test_boundaries(inner, expected):
    """Block-level elements and line breaks end a block; inline elements do not."""
    assert texts(inner) == expected


@pytest.mark.parametrize(
    "tag", ["script", "style", "noscript", "template", "svg", "textarea", "button", "iframe", "select"]
)
def test_what_is_never_shown_gives_no_text_and_keeps_what_follows(tag):
    """Scripts, styles, form controls and embedded documents."""
    assert texts(f"<p>Before <{tag}>secret</{tag}>after</p>") == ["Before after"]


def test_inline_text_for_screen_readers_is_left_out():
    """ "Opens in a new tab" is no part of the sentence."""
    hidden = '<span style="clip: rect(0 0 0 0); position:absolute">, opens new tab</span>'
    assert texts(f'<p>The index<a href="x">.FTSE{hidden}</a> fell.</p>') == ["The index.FTSE fell."]
    assert texts('<p>See<span class="visually-hidden"> external link</span> here.</p>') == ["See here."]


def test_hidden_elements_are_walked_but_flagged():
    """The hidden rest of an article is what tells a paywall."""
    shown, hidden = blocks("<p>Shown</p><div style='display:none'><p>Hidden</p></div>")
    assert (shown.node.hidden, hidden.node.hidden) == (False, True)


def test_links_and_styles_are_counted_in_characters():
    """How much of a block is linked and bold."""
    (block,) = blocks("<p><a href=x>four</a> <b>bold</b> and plain</p>")
    assert (block.linked, block.bold, block.starts_linked) == (4, 4, True)


def test_a_shadow_root_declared_in_the_markup_is_shown():
    """A template with shadowrootmode is content."""
    assert texts("<div><template shadowrootmode=open><p>Inside</p></template></div>") == ["Inside"]


def test_a_time_element_leaves_its_stamp():
    """Live blogs say there when a post was written."""
    (block,) = blocks('<p><time datetime="2031-02-04T10:00Z">10.00</time></p>')
    assert block.stamp == "2031-02-04T10:00Z"


def test_names_are_grouped():
    """What class and id say about an element."""
    (block,) = blocks('<div class="ArticleBody__text"><p class="image-caption">x y</p></div>')
    assert block.node.own & BIT["caption"]
    assert block.node.parent.own & BIT["body"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 20_000 + "deep",
        "<b>" * 20_000 + "deep",
        "".join(f"<p><a href=/{i}>Link {i}</a></p>" for i in range(30_000)),
        "<br>" * 100_000,
        "&lt;" * 200_000,
        "<p>" + "&nbsp;" * 300_000 + "x",
        "<p>" + "line<br>" * 100_000,
        "<p>" + "A" * 300_000 + "é",
        '<p class="' + "related-" * 50_000 + '">x y</p>',
    ],
)
def test_hostile_pages_take_bounded_time(hostile):
    """Deep nesting, many links, endless breaks, entities and class names."""
    start = time.process_time()
    found = blocks(hostile)
    assert time.process_time() - start < 5
    assert len(found) <= MAX_BLOCKS
