"""Groups of commands, such as `storydiff story`."""

from __future__ import annotations

import click

LONGEST = 200
"""Characters of a command's line in the help; click would cut it at what one line of the terminal holds."""


class Group(click.Group):
    """A group whose help says of each command all of its first sentence."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, each with what it does, over several lines where it needs them."""
        rows = [(name, command.get_short_help_str(LONGEST)) for name, command in sorted(self.commands.items())]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
