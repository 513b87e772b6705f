"""Text as a reader sees it: no controls that could attack a terminal, no invisible marks, plain spacing."""

from __future__ import annotations

import re

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
MARKS = re.compile("[\u061c\u200e\u200f]")
"""Direction marks: they place punctuation in right-to-left text, elsewhere they are noise."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls but white space: they can drive a terminal
    "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width spaces and joiners of words
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides and isolates: they make text read otherwise than it is stored
    "\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"  # annotations, icon fonts, tags
)
BREAKING = " \t\n\r\f\v\x85\u2028\u2029"
SPACES = re.compile(f"[{BREAKING}\u00a0\u2007\u202f]{{2,}}|[\t\n\r\f\v\x85\u2028\u2029]")
EDGE = " \t\n\r\f\v\x85\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000".replace(
    "\u2000-\u200a", "".join(map(chr, range(0x2000, 0x200B)))
)
WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
CLOSING = "'\"“”‘’«»)\\]」』"
TERMINAL = re.compile(rf"[.!?…。！？।؟۔][\s\u00a0]*[{CLOSING}]*$")
"""The end of a sentence, closing marks included."""
SENTENCE = re.compile(rf"[.!?…][{CLOSING}]*\s|[。！？।؟۔]")
"""A boundary between sentences."""
NOT_LETTERS = re.compile(r"\W+|_+")


def clean(text: str) -> str:
    """One line of text: controls and invisible marks dropped, white space collapsed.

    No-break spaces inside stay, and so do the joiners of Persian, Indic scripts and emoji; direction marks stay where
    right-to-left letters are.
    """
    if text.isascii():
        return " ".join(text.split()) if text.isprintable() else " ".join(INVISIBLE.sub("", text).split())
    text = INVISIBLE.sub("", text)
    if not RIGHT_TO_LEFT.search(text):
        text = MARKS.sub("", text)
    return SPACES.sub(_one_space, text).strip(EDGE)


def _one_space(run: re.Match[str]) -> str:
    """A run of spaces is one space; one of no-break spaces only is a no-break space."""
    return " " if any(space in BREAKING for space in run[0]) else run[0][0]


def squash(text: str) -> str:
    """Letters and digits only, lower case: what two printings of one text have in common."""
    return NOT_LETTERS.sub("", text).lower()


def ends_sentence(text: str) -> bool:
    """The text ends with the end of a sentence."""
    return TERMINAL.search(text[-60:]) is not None


def weight_of(text: str) -> float:
    """Length in characters of an alphabetic script: a wide (CJK, Thai) character says as much as about three."""
    return len(text) if text.isascii() else len(text) + 2.0 * len(WIDE.findall(text))
