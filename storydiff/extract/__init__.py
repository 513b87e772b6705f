"""From the bytes of a page to a version."""

from storydiff.extract.article import read_page

__all__ = ["read_page"]
