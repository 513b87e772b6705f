"""From the bytes of a page to a version."""

from storydiff.extract.doors import read_page
from storydiff.extract.plain import read_plain

__all__ = ["read_page", "read_plain"]
