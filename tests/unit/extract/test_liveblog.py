"""Posts of live blogs."""

from datetime import UTC, datetime

import pytest

from storydiff.extract import read_page
from storydiff.model import BODY_ROLES, Role

from . import pages

POSTS = (
    (
        "12.40",
        "Roof declared unsafe",
        "The county's engineer has told councillors that the roof could fail under ten centimetres of snow.",
    ),
    (
        "11.15",
        "Mayor arrives",
        "Petra Hollings has arrived at the town hall. She did not answer questions on her way in.",
    ),
    (
        "09.30",
        "Meeting called",
        "Councillors have been asked to come to an urgent meeting at noon. No reason was given.",
    ),
)


def items(posts=POSTS, stamped=False):
    """Posts as list items, with times of day or time elements."""
    made = []
    for clock, title, text in posts:
        time = f'<time datetime="2031-02-04T{clock.replace(".", ":")}:00Z">{clock}</time>' if stamped else clock
        made.append(
            f'<li class="live-post"><header><span class="post-time">{time}</span><h3>{title}</h3></header>'
            f'<div class="post-text"><p>{text}</p></div><button>Share</button></li>'
        )
    return f'<ol class="live-stream">{"".join(made)}</ol>'


def stated(posts, same_time=False):
    """JSON-LD of a live blog."""
    updates = [
        {
            "@type": "BlogPosting",
            "headline": t,
            "datePublished": f"2031-02-04T{'12.40' if same_time else c}:00Z".replace(".", ":"),
        }
        for c, t, _ in posts
    ]
    return pages.linked_data(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates})


def paragraphs(body, head=None):
    """The paragraphs of a live page."""
    return read_page(pages.page(body, head=head).encode()).paragraphs


@pytest.mark.parametrize(
    ("body", "head"),
    [(items(), stated(POSTS)), (items(stamped=True), pages.linked_data()), (items(stamped=True), "")],
)
def test_each_post_gives_an_entry_and_its_paragraphs(body, head):
    """Stated in JSON-LD, or only in the names of the elements."""
    found = paragraphs(body, head)
    assert [(p.role, p.text) for p in found] == [
        pair for _, title, text in POSTS for pair in ((Role.ENTRY, title), (Role.BODY, text))
    ]
    assert [p.post for p in found] == [0, 0, 1, 1, 2, 2]


def test_the_time_of_a_post_is_taken_where_it_has_a_zone():
    """From the time element, or from JSON-LD by the post's title."""
    for found in (paragraphs(items(stamped=True)), paragraphs(items(), stated(POSTS))):
        assert found[0].posted == datetime(2031, 2, 4, 12, 40, tzinfo=UTC)


def test_a_printed_time_without_a_zone_gives_no_moment():
    """A time of day alone is not invented into one."""
    assert all(p.posted is None for p in paragraphs(items(), stated(POSTS, same_time=True)))


def test_a_blog_that_runs_from_old_to_new_is_numbered_by_its_times():
    """0 is the newest wherever it stands."""
    turned = POSTS[::-1]
    found = paragraphs(items(turned, stamped=True))
    assert [p.post for p in found] == [2, 2, 1, 1, 0, 0]


def test_an_ordinary_list_is_no_live_blog():
    """Without a statement or name, items with headings are just a list."""
    body = pages.paragraphs() + items().replace("live-post", "step").replace("live-stream", "steps").replace(
        "post-time", "n"
    )
    version = read_page(pages.page(body).encode())
    assert all(p.post is None for p in version.paragraphs)
    assert set(pages.PARAGRAPHS) <= {p.text for p in version.paragraphs if p.role in BODY_ROLES}
