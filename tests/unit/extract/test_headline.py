"""Which line of a page is the headline."""

import pytest

from storydiff.extract.decode import parse
from storydiff.extract.headline import find_headline
from storydiff.extract.walk import read_blocks

from .pages import bare

TITLE = "Lower Brindle closes its baths"


@pytest.mark.parametrize(
    ("inner", "headline"),
    [
        (f"<h1>{TITLE}</h1>", TITLE),
        (f"<h1>Brindle Courier</h1><h1>{TITLE}</h1>", TITLE),
        (f"<h1>Brindle Courier</h1><h2 class='article-title'>{TITLE}</h2>", TITLE),
        (f"<div class='headline'>{TITLE}</div>", TITLE),
        (f"<h1>{TITLE} after cracks are found</h1>", f"{TITLE} after cracks are found"),
        ("<h1>The day the water went</h1>", "The day the water went"),
        ("<h1>One</h1><h1>Two</h1>", None),
        ("<p>No heading</p>", None),
        (f"<td><span>{TITLE}</span><br>By Ann Ore<br><br>The council has voted.</td>", TITLE),
        (f"<td><a href='/1'>{TITLE}</a><br>The council has voted.</td>", None),
        ("<td><b>Brindle Courier</b><br>The council has voted.</td>", None),
        (f"<h1 hidden>{TITLE}</h1>", None),
    ],
)
def test_the_heading_that_agrees_with_the_title_is_the_headline(inner, headline):
    """Outlet names and teasers are headings too; a single h1 counts even where the title is worded otherwise."""
    blocks = read_blocks(parse(bare(inner).encode(), None).root)
    at = find_headline(blocks, [TITLE, f"{TITLE} | Brindle Courier"])
    assert (blocks[at].text if at is not None else None) == headline


def test_a_title_may_have_the_name_of_the_outlet_before_a_colon():
    """Old pages have no headings: the line that the title gives is the headline, wherever the name stands in it."""
    blocks = read_blocks(parse(bare(f"<td><font size=5>{TITLE}</font><br>The vote.</td>").encode(), None).root)
    at = find_headline(blocks, [f"Brindle Courier: {TITLE}"])
    assert at is not None
    assert blocks[at].text == TITLE
