"""Pages of invented outlets, built from parts: one article, and the furniture that news pages have around it."""

import json

PARAGRAPHS = (
    (
        "The council of Lower Brindle voted on Tuesday to close the old swimming baths, after engineers found cracks in the roof "
        "that could not be repaired before the winter."
    ),
    (
        "Nine members voted for the closure and four against, with two absent, the clerk said after a meeting that lasted until "
        "midnight."
    ),
    (
        "“Nobody here wants to lose the baths,” said the mayor, Petra Hollings. “But we were shown photographs that none of us "
        "will forget.”"
    ),
    (
        "The building, which opened in 1931, was used by about 400 people a week, among them two schools and a club for "
        "swimmers over 70."
    ),
    "A decision on what happens to the site is expected in March, when the county publishes its plan for the riverside.",
)
HEADLINE = "Lower Brindle closes its baths after cracks are found"
NAVIGATION = (
    '<header class="site-header"><a href="/">Brindle Courier</a><nav class="main-nav"><ul>'
    + "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("News", "Sport", "Farming", "Letters"))
    + "</ul></nav></header>"
)
RELATED = (
    '<aside class="related-articles"><h2>More from Brindle</h2><ul>'
    '<li><a href="/a">Bridge to stay shut until April, county says</a></li>'
    '<li><a href="/b">Farmers fear a second wet spring in the valley</a></li>'
    '<li><a href="/c">School choir wins first prize in the capital</a></li></ul></aside>'
)
COMMENTS = (
    '<section id="comments" class="comments"><h2>Comments (2)</h2>'
    '<div class="comment"><b>riverrat</b><p>My grandmother learned to swim there and so did I. What a shame.</p></div>'
    '<div class="comment"><b>old hand</b><p>They knew about the roof ten years ago and did nothing at all about it.</p></div>'
    "</section>"
)
FOOTER = '<footer class="site-footer"><p>© Brindle Courier Ltd. All rights reserved. <a href="/privacy">Privacy</a></p></footer>'


def paragraphs(texts=PARAGRAPHS):
    """The texts as plain paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def linked_data(**changes):
    """A script with the JSON-LD of the article."""
    stated = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "datePublished": "2031-02-04T23:40:00+01:00",
        "dateModified": "2031-02-05T06:10:00+01:00",
        "author": [{"@type": "Person", "name": "Anneke Voss"}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "Brindle Courier"},
        **changes,
    }
    stated = {name: value for name, value in stated.items() if value is not None}
    return f'<script type="application/ld+json">{json.dumps(stated)}</script>'


def page(body=None, *, head=None, headline=HEADLINE, language="en", above="", below=RELATED + COMMENTS):
    """A whole page, as text: the article's body between navigation, related stories, comments and footer."""
    body = paragraphs() if body is None else body
    head = linked_data() if head is None else head
    lang = f' lang="{language}"' if language else ""
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8"><title>{headline} | Brindle Courier</title>{head}'
        f"<script>window.__STATE__ = {json.dumps({'body': 'Embedded state that no reader sees.'})}</script></head><body>"
        f'{NAVIGATION}<main><article class="story"><h1>{headline}</h1>{above}<div class="story-body">{body}</div></article>'
        f"{below}</main>{FOOTER}</body></html>"
    )


def bare(inner):
    """Markup in an otherwise empty document."""
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{inner}</body></html>"
