"""Sentences of a text as offsets."""

from __future__ import annotations

import sentencex


def sentences(text: str, language: str | None = None) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text start and end, without the white space between them."""
    spans = []
    for row in sentencex.get_sentence_boundaries((language or "en").lower(), text):
        start, end = row["start_index"], row["end_index"]
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            spans.append((start, end))
    return tuple(spans)
