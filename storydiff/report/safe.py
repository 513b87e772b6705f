"""Text from the web made safe to show: terminal, CSV, Markdown, logs, JSON, links. One place for all faces.

Outlets' words are hostile until proven otherwise. Shown text loses what could command a terminal, turn
letters round or hide others: control characters, bidi embeddings, overrides and isolates, invisible tags.
What languages need stays: joiners (Persian, Hindi, emoji), variation selectors, combining marks up to a sane height.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

SPACES = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Bidi marks, embeddings, overrides and isolates; soft hyphen, byte-order mark, word joiner and other invisible
# operators; annotation anchors; tag characters.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Hebrew with cantillation and Tibetan stacks stay under this; "zalgo" text does not.
MAX_MARKS = 6
WWW = re.compile(r"(www)\.", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
INLINE = re.compile(r"([\\`*_\[\]|~$])")
# What starts a block: "# ", "- ", "+ ", "1. ", "2) ", "> " (that one as an entity), "=" and "-" underlines.
BLOCK = re.compile(r"^(?:\d{1,9}[.)](?=\s|$)|[#+\-=])")


def shown(text: str) -> str:
    """The text as one line that is safe to show anywhere: whitespace controls are spaces, other controls U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _pruned(BROKEN.sub("\ufffd", INVISIBLE.sub("", SPACES.sub(" ", text))))


def _pruned(text: str) -> str:
    """Without the combining marks that are stacked higher than any script needs."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def csv_cell(text: str) -> str:
    """The text as a spreadsheet cell that is never taken as a formula: a quote mark goes before one."""
    text = shown(text)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def markdown(text: str) -> str:
    """The text as inline Markdown that shows exactly these characters: no markup, HTML, link or mention."""
    text = INLINE.sub(r"\\\1", shown(text).strip())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("@", "&#64;").replace("://", "&#58;//")
    return BLOCK.sub(lambda start: f"{start[0][:-1]}\\{start[0][-1]}", WWW.sub(r"\1&#46;", text))


def log_line(text: str, *, limit: int = 500) -> str:
    """The text as part of one log line: nobody can forge a second line or flood it."""
    text = shown(text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def escaped(text: str) -> str:
    """JSON text with every character that is unsafe to print as a \\u escape; layout newlines stay."""
    return UNPRINTABLE.sub(_escape, text)


UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def link(url: str | None) -> str | None:
    """The address if it may become a link (http or https with a host, no spaces or controls), else None."""
    if not url or not url.isprintable() or INVISIBLE.search(url) or re.search(r"[\s\"'<>\\^`{|}]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname else None
