"""How much of the article is there: decided from signals alone, every reason said in words for people.

A truncated page called complete makes us accuse an outlet of omitting what we could not see; a complete page called
truncated costs some unknowns. So doubt goes to truncated. A statement that the page is not free (`isAccessibleForFree`)
is not evidence alone: metered pages make it and show the whole text, which then ends properly and has its full length.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from storydiff.extract.characters import CLOSING, weight_of
from storydiff.model import Extent, Problem

TABLE = tomllib.loads(files("storydiff.extract").joinpath("walls.toml").read_text(encoding="utf8"))
LINES = {name: re.compile("|".join(words), re.IGNORECASE) for name, words in TABLE.items()}
TAIL = 300
"""Characters at the end of a paragraph that show how it ends."""
ELLIPSIS = re.compile(r"(?:\.\.\.|…|\. \. \.|\[…\]|\[\.\.\.\])['\"”’»)]*$")
TRAILER = r"[♦■●▪◆★□]+|[(\[][^()\[\]]{1,80}[)\]]\.?|[/—–-]\s?[^\W\d_][\w.’' ]{0,40}|[A-Z]{2,10}(?:/[A-Z]{2,10})*"
"""What may stand behind the last sentence: an ornament, agency or author in brackets, a name after a dash, initials."""
PROPER = re.compile(
    rf"[.!?…。！？।؟۔][\s\u00a0]*[{CLOSING}]*(?:\s*(?:{TRAILER})){{0,3}}\s*$"
    r"|(?:https?://|www\.)\S+$|\b[\w-]+\.(?:com|org|net|[a-z]{2})/?\S*$"  # or an address to turn to
)
SHORT = 250.0
"""Characters below which a text with no statement that it is an article is none."""
OPEN_ENOUGH = 250
"""Words from which a text marked as not free, that ends properly with no wall in sight, counts as shown in full."""
WHOLE, FULL, HALF = 0.95, 0.85, 0.6
"""Shares of the stated length: from the first a text is whole though its last line is no sentence, from the second
whatever a banner says; below the third it is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What the page shows, as plain values."""

    status: int
    texts: Sequence[str]
    """The paragraphs of the article that are shown, in order."""
    after: Sequence[str]
    """The lines that follow the last paragraph."""
    lines: Sequence[str]
    """All shown lines of the page that are no mere link."""
    title: str
    headline: str | None
    stated_article: bool
    """JSON-LD or og:type call the page an article."""
    stated_list: bool
    linked_headings: int
    free: bool | None
    stated_words: int | None
    hidden: int
    """Characters of running text that the page carries inside the article but does not show."""
    locked_shown: int | None
    """Characters shown inside the parts that JSON-LD declares not free; None when it declares none."""
    live: bool
    signed: bool
    """A line that closes articles (who reported, who edited) follows the last paragraph."""
    cut: bool
    """We read only part of the bytes."""


def decide(signals: Signals) -> tuple[Extent, tuple[Problem, ...]]:
    """The extent and the reasons for anything but complete."""
    blocking = _blocked(signals)
    if blocking:
        return Extent.BLOCKED, (blocking,)
    reasons = _truncated(signals)
    return (Extent.TRUNCATED if reasons else Extent.COMPLETE), tuple(reasons)


def _blocked(s: Signals) -> Problem | None:
    size = sum(map(weight_of, s.texts))
    if s.status >= 400:
        wall = _is_consent(s)
        kind = "a consent wall" if wall else "an error"
        return Problem(
            "consent_wall" if wall else "error_page",
            f"The server answered {s.status} with {kind} instead of the article.",
        )
    if _is_consent(s):
        return Problem("consent_wall", "The page asks for consent to cookies and does not show the article.")
    if size < 2 * SHORT and LINES["error"].search(s.title or s.headline or ""):
        return Problem("error_page", f"The page is an error message: {(s.title or s.headline or '')[:80]}")
    if s.stated_list and not s.stated_article:
        return Problem("not_an_article", "The page is a list of articles, not an article.")
    if s.linked_headings >= 12 and not s.stated_article and (not s.texts or size / len(s.texts) < 140):
        return Problem(
            "not_an_article", "The page looks like a section front: mostly headlines that lead to other pages."
        )
    if not s.texts or (size < SHORT and not (s.stated_article and s.headline) and not _says_much(s)):
        return _nothing(s)
    return None


def _says_much(s: Signals) -> bool:
    """A short text can still be an article: full sentences under a headline."""
    return s.headline is not None and len(s.texts) >= 2 and all(PROPER.search(text[-TAIL:]) for text in s.texts)


def _nothing(s: Signals) -> Problem:
    if s.hidden > SHORT:
        return Problem("hidden_text", "The page carries the article but hides it from readers.")
    if any(map(is_wall, s.lines)):
        return Problem("paywall", "The page shows an offer to subscribe and no text of the article.")
    if len(s.lines) < 12 or any(LINES["script"].search(line) for line in s.lines[:12]):
        return Problem(
            "needs_javascript", "The page holds no text; it may be filled in by JavaScript, which is not run."
        )
    return Problem("no_article", "No article was found on the page.")


def _is_consent(s: Signals) -> bool:
    """A page whose running text is about cookies, whatever its meta elements promise."""
    running = [line for line in s.texts or s.lines if len(line) > 30]
    about = sum(LINES["consent"].search(line) is not None for line in running)
    titled = LINES["consent_title"].search(f"{s.title} {s.headline or ''}") is not None
    return bool(running) and (
        about >= 0.5 * len(running) or (titled and about >= 0.25 * len(running) and len(running) < 15)
    )


def _truncated(s: Signals) -> list[Problem]:
    ratio = _ratio(s)
    ends = not _ends_cut(s.texts) or not ELLIPSIS.search(s.texts[-1][-TAIL:])
    whole = ratio is not None and ((ratio >= FULL and not _ends_cut(s.texts)) or (ratio >= WHOLE and ends))
    reasons = list(_cut_marks(s, ratio))
    wall = _wall(s)
    if wall and not whole:
        reasons.append(Problem("paywall", f"The page says that the rest is not shown: “{_beginning(wall)}”."))
    if s.free is False and not whole and not _shown_in_full(s):
        reasons.append(
            Problem(
                "not_free",
                "The page declares that the article is not free to read, and the text shown is short or unfinished.",
            )
        )
    if s.cut:
        reasons.append(
            Problem("page_too_large", "The page is too large or too deeply nested; only its first part was read.")
        )
    return reasons


def _beginning(text: str, most: int = 100) -> str:
    """So many characters of the text, cut between words."""
    return text if len(text) <= most else f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}…"


def _end(text: str, most: int = 60) -> str:
    """So many characters of the text's end, cut between words."""
    return text if len(text) <= most else f"…{text[1 - most :].partition(' ')[2] or text[1 - most :]}"


def _cut_marks(s: Signals, ratio: float | None) -> Iterable[Problem]:
    if s.hidden > 0.3 * sum(map(len, s.texts)) + 200:
        yield Problem("hidden_text", "The page carries more of the article than it shows to readers.")
    if _ends_cut(s.texts) and (ratio is None or ratio < WHOLE or ELLIPSIS.search(s.texts[-1][-TAIL:])):
        yield Problem("cut_sentence", f"The text breaks off in a sentence: “{_end(s.texts[-1])}”.")
    trusted = s.free is True and not _ends_cut(s.texts)
    if (
        ratio is not None
        and ratio < HALF
        and (s.stated_words or 0) - _words(s.texts) > 60
        and not s.live
        and not trusted
    ):
        yield Problem("shorter_than_stated", f"The page states {s.stated_words} words and shows {_words(s.texts)}.")


def _ratio(s: Signals) -> float | None:
    if not s.stated_words or s.stated_words < 100:
        return None
    return _words(s.texts) / s.stated_words


def _words(texts: Iterable[str]) -> int:
    """Words; in scripts without spaces, half the number of characters."""
    return sum(max(len(text.split()), int((weight_of(text) - len(text)) / 4)) for text in texts)


def _ends_cut(texts: Sequence[str]) -> bool:
    """The last paragraph ends within a sentence although the others end properly, or trails off after a few."""
    if not texts:
        return False
    last = texts[-1]
    if ELLIPSIS.search(last[-TAIL:]):
        return sum(ELLIPSIS.search(text[-TAIL:]) is not None for text in texts[:-1]) <= len(texts) // 8
    long = [text for text in texts[:-1] if weight_of(text) >= 60]
    proper = sum(PROPER.search(text[-TAIL:]) is not None for text in long)
    return (
        weight_of(last) >= 60
        and not PROPER.search(last[-TAIL:])
        and not last.endswith(":")
        and proper >= 0.7 * len(long)
    )


def _wall(s: Signals) -> str | None:
    """The line that says the rest is not shown, near the end of the text."""
    near = [*s.texts[-2:], *s.after]
    strong = next((line for line in near if is_wall(line)), None)
    if strong or s.free is not False or _shown_in_full(s):
        return strong
    return next((line for line in near if len(line) < 200 and LINES["weak"].search(line)), None)


def _shown_in_full(s: Signals) -> bool:
    """Marked as not free, yet shown: it ends properly, and the locked part has text, it is signed or long."""
    if not s.texts or _ends_cut(s.texts):
        return False
    if s.signed or (s.locked_shown is not None and s.locked_shown > max(600, 0.3 * sum(map(len, s.texts)))):
        return True
    return s.locked_shown != 0 and _words(s.texts) >= OPEN_ENOUGH


def is_wall(line: str) -> bool:
    """The line says that the rest of the article is not shown."""
    return len(line) < 400 and LINES["strong"].search(line) is not None
