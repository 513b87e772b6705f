"""The addresses of what people do: begin, watch, share, subscribe."""

from __future__ import annotations

from storydiff.web import by_token, feeds, jobs, new, newsroom, shares, sources, subscriptions, suggestions
from storydiff.web.call import Access, Page

FLOWS = (
    Page("GET", "/new", new.ask, Access.WRITE),
    Page("POST", "/new", new.begin, Access.WRITE, rings=True),
    Page("GET", "/jobs/{job}", jobs.show),
    Page("GET", "/stories/{slug}/share", shares.manage, Access.WRITE),
    Page("POST", "/stories/{slug}/share", shares.make, Access.WRITE),
    Page("POST", "/stories/{slug}/share/end", shares.end, Access.WRITE),
    Page("GET", "/share/{token}", shares.show, Access.OPEN),
    Page("GET", "/digest", subscriptions.overview),
    Page("GET", "/digest/new", subscriptions.new),
    Page("POST", "/digest/new", subscriptions.subscribe),
    # What links in mails open: the token is in the address or in the form.
    Page("GET", "/digest/confirm", by_token.confirm, Access.OPEN),
    Page("POST", "/digest/confirm", by_token.confirmed, Access.OPEN),
    Page("GET", "/digest/unsubscribe", by_token.unsubscribe, Access.OPEN),
    Page("POST", "/digest/unsubscribe", by_token.unsubscribed, Access.OPEN, is_foreign=True),
    Page("GET", "/digest/settings", by_token.settings, Access.OPEN),
    Page("POST", "/digest/settings", by_token.change, Access.OPEN),
    Page("GET", "/digest/{subscription}", subscriptions.edit),
    Page("POST", "/digest/{subscription}", subscriptions.save),
    Page("POST", "/digest/{subscription}/act", subscriptions.act),
    Page("GET", "/digest/{subscription}/preview", subscriptions.preview),
    Page("GET", "/digest/{subscription}/mail", subscriptions.mail),
    Page("GET", "/newsroom", newsroom.show),
    Page("POST", "/newsroom", newsroom.change, Access.ADMIN),
    Page("GET", sources.PATH, sources.overview),
    Page("POST", sources.PATH, sources.add, Access.ADMIN),
    Page("POST", f"{sources.PATH}/{{source}}", sources.act, Access.ADMIN),
    Page("POST", "/stories/{slug}/suggestions/{suggestion}", suggestions.decide, Access.WRITE, rings=True),
    Page("GET", "/feeds", feeds.page),
    Page("POST", "/feeds", feeds.make),
    Page("POST", "/feeds/end", feeds.end),
    # Open to whoever brings a key in the address, as readers do that cannot sign in.
    Page("GET", "/feeds/stories/{slug}.atom", feeds.story, Access.OPEN),
    Page("GET", "/feeds/outlets/{outlet}.atom", feeds.outlet, Access.OPEN),
    Page("GET", "/feeds/ours/{outlet}.atom", feeds.ours, Access.OPEN),
)
