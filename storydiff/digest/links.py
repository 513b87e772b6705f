"""Where links in mails and feeds lead: one table of the paths of the web pages.

Without an address of web pages nothing is linked; a mail then names the command that shows the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from storydiff.digest.item import Item, Section
from storydiff.digest.tokens import Purpose

STORY = "/stories/{story}"
POINT = "/stories/{story}/points/{point}"
CHANGES = "/stories/{story}/changes"
PURPOSES = {
    Purpose.CONFIRM: "/digest/confirm?token={token}",
    Purpose.UNSUBSCRIBE: "/digest/unsubscribe?token={token}",
    Purpose.SETTINGS: "/digest/settings?token={token}",
}
SIGN_IN = "/sign-in?token={token}"
STORY_FEED = "/feeds/stories/{story}.atom"
OUTLET_FEED = "/feeds/outlets/{outlet}.atom"
OURS_FEED = "/feeds/ours/{outlet}.atom"


@dataclass(frozen=True, slots=True)
class Links:
    """Links under one address, `base` without a slash at its end; empty where there are no web pages."""

    base: str = ""

    def to(self, path: str, **parts: str) -> str | None:
        """The address of that page; None without web pages."""
        if not self.base:
            return None
        return self.base + path.format(**{name: quote(part, safe="") for name, part in parts.items()})

    def evidence(self, item: Item) -> str | None:
        """The page with the exact words behind the item."""
        if not item.story:
            return None
        if item.point is not None:
            return self.to(POINT, story=item.story, point=item.point)
        return self.to(CHANGES if item.section is Section.EDIT else STORY, story=item.story)


def command(item: Item) -> str | None:
    """The command that shows the same on the machine where the stories are kept."""
    if not item.story:
        return None
    if item.number is not None:
        number = f" --number {item.collation}" if item.collation else ""
        return f"storydiff show {item.story} {item.number}{number}"
    kind = "history" if item.section is Section.EDIT else "show"
    return f"storydiff story {kind} {item.story}"
