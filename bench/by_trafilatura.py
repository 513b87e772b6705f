"""What trafilatura is asked for when its time is compared with ours: text and metadata, as by default."""

from __future__ import annotations

from trafilatura import bare_extraction


def extract(html: bytes) -> object:
    """Text and metadata of a page."""
    return bare_extraction(html, include_comments=False, with_metadata=True)
