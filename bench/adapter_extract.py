"""The extraction measurements over the public API."""

from storydiff.extract import read_page
from storydiff.model import BODY_ROLES, Role

TEXT = BODY_ROLES | {Role.SUBHEAD, Role.ENTRY, Role.CORRECTION}


def extract(html: bytes, url: str | None) -> list[str]:
    """The text of the article; the golds count standfirsts, sub-headings and corrections in."""
    version = read_page(html, url=url)
    texts = [paragraph.text for paragraph in version.paragraphs if paragraph.role in TEXT]
    return [version.standfirst, *texts] if version.standfirst else texts
