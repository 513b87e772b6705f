"""Adapter for the quotes measurement: the product's quotations, unchanged."""

from storydiff.text.quotes import quotations


def quotes(text: str) -> list[dict[str, object]]:
    """Direct quotations with their speakers, as character spans."""
    return [
        {"content": [q.start, q.end], "speaker": list(q.speaker) if q.speaker else None} for q in quotations(text, "en")
    ]
