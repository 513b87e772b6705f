"""How text goes to a terminal: its width, colours or none, Unicode or ASCII. All lines are printed here.

Rich gets finished `Text` values, never markup, so brackets from the web are brackets. Its console reads nothing
from the environment here: the caller decides, `Look.of` helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from storydiff.report.safe import shown

NARROWEST, WIDEST = 30, 160
TYPEWRITER = str.maketrans(
    {"–": "-", "—": "--", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "·": "|", "─": "-", "│": "|"}
    | {"╭": "/", "╮": "\\", "⟦": "[[", "⟧": "]]", "×": "x", "→": "->", "¶": "par. ", "«": '"', "»": '"'}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What the place of output can show."""

    width: int = 100
    colour: bool = False
    unicode: bool = True

    @classmethod
    def of(cls, stream: TextIO, environment: Mapping[str, str], width: int | None = None) -> Look:
        """The look that suits a stream: colours on a terminal only and never with NO_COLOR or TERM=dumb."""
        terminal = stream.isatty()
        colour = terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-")
        return cls(
            width=max(NARROWEST, min(width or _columns(environment), WIDEST)),
            colour=colour,
            unicode=encoding.startswith(("utf", "cp65001", "gb18030")),
        )


def _columns(environment: Mapping[str, str]) -> int:
    columns = environment.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) else Look().width


def printed(lines: Iterable[Text], look: Look) -> str:
    """The lines as one string; ANSI codes only when the look has colour."""
    console = console_of(look)
    for line in lines:
        bare = line.copy()
        bare.rstrip()
        console.print(bare, soft_wrap=True)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text if look.unicode else text.translate(TYPEWRITER).encode("ascii", "replace").decode()


def console_of(look: Look) -> Console:
    """A rich console on a string that looks at nothing but `look`."""
    return Console(
        file=StringIO(),
        width=look.width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


def wrapped(text: Text, width: int, look: Look, *, most: int | None = None) -> list[Text]:
    """The text in lines of that many cells, wide characters measured; at most `most` lines, then an ellipsis."""
    width = max(width, 4)
    if most is not None and len(text) > width * (most + 1):
        text = text[: width * (most + 1)]
    lines = list(text.wrap(console_of(look), width))
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        last.rstrip()
        last.truncate(width - 1)
        last.append("…")
        lines = [*lines[: most - 1], last]
    return lines


def flowed(chunks: Iterable[Text], gap: str, look: Look, *, indent: int = 0) -> Iterator[Text]:
    """The chunks one behind the other, none broken over two lines unless it alone is wider than a line."""
    line, room = Text(""), look.width - indent
    for chunk in chunks:
        if line and cell_len(line.plain) + cell_len(gap) + cell_len(chunk.plain) > room:
            yield Text.assemble(" " * indent, line)
            line = Text("")
        line = Text.assemble(line, gap, chunk) if line else chunk.copy()
        *whole, line = wrapped(line, room, look) if cell_len(line.plain) > room else [line]
        yield from (Text.assemble(" " * indent, each) for each in whole)
    if line:
        yield Text.assemble(" " * indent, line)


def hanging(head: Text, body: Text, look: Look, *, indent: int, most: int | None = None) -> list[Text]:
    """`head` and behind it `body`, whose further lines stand under its first one, `indent` cells in."""
    lines = wrapped(body, look.width - indent, look, most=most) or [Text("")]
    gap = " " * max(indent - cell_len(head.plain), 1)
    return [Text.assemble(head, gap, lines[0]), *(Text.assemble(" " * indent, line) for line in lines[1:])]


def heading(text: str, look: Look) -> list[Text]:
    """A heading of ours, in bold."""
    return wrapped(Text(text, style="bold"), look.width, look)


def words(text: str, style: str = "") -> Text:
    """Words from the web, made safe, as rich text; what is appended to them does not take their style."""
    return Text.assemble((shown(text), style))


def padded(text: str, width: int) -> str:
    """The text filled with spaces to that many cells."""
    return text + " " * max(width - cell_len(text), 0)


def rtl(text: str) -> bool:
    """Whether the text holds letters written from right to left."""
    return any("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" or "\U00010800" <= char <= "\U00010fff"
               or "\U0001e800" <= char <= "\U0001efff" for char in text)  # fmt: skip
