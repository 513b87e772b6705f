"""The extraction measurements over the public API."""

from storydiff.extract import read_page
from storydiff.model import BODY_ROLES, Role

TEXT = BODY_ROLES | {Role.SUBHEAD, Role.ENTRY}


def extract(html: bytes, url: str | None) -> list[str]:
    """The text of the article, sub-headings included, as the hand-made golds of both sets have it."""
    return [paragraph.text for paragraph in read_page(html, url=url).paragraphs if paragraph.role in TEXT]
