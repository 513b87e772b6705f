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
        (f"<h1 hidden>{TITLE}</h1>", None),
    ],
)
def test_the_heading_that_agrees_with_the_title_is_the_headline(inner, headline):
    """Outlet names and teasers are headings too; a single h1 counts even where the title is worded otherwise."""
    blocks = read_blocks(parse(bare(inner).encode(), None).root)
    at = find_headline(blocks, [TITLE, f"{TITLE} | Brindle Courier"])
    assert (blocks[at].text if at is not None else None) == headline
