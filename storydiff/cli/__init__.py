"""The command line.

Commands are loaded when they run: `storydiff --help` imports nothing but click.
"""

from __future__ import annotations

import importlib
from typing import Any

import click

from storydiff import __version__

COMMANDS = {
    "compare": ("storydiff.cli.compare", "Compare how outlets tell one story: URLs, HTML files, texts, folders."),
    "demo": ("storydiff.cli.demo", "See a whole comparison at work on a newsroom that comes with storydiff."),
    "digest": ("storydiff.cli.digest", "Digests by mail: subscribe, list, preview, send, unsubscribe."),
    "discover": ("storydiff.cli.discover", "Find who has which story, in feeds, news sitemaps and home pages."),
    "doctor": ("storydiff.cli.doctor", "Say what is configured, and what can be reached."),
    "key": ("storydiff.cli.key", "The keys with which programs use the API, and links with which people sign in."),
    "purge": ("storydiff.cli.purge", "Forget what is older than you keep, or all of a newsroom."),
    "schema": ("storydiff.cli.schema", "Print the JSON Schema of a public format."),
    "serve": ("storydiff.cli.serve", "Run the service: web pages, API, worker and clock."),
    "show": ("storydiff.cli.show", "Open one cell: the exact words, in the exact bytes that were fetched."),
    "story": ("storydiff.cli.story", "The stories kept here: list, show, history, export, remove."),
}
"""Name -> module (with a `command` in it) and the line in the help."""

EXIT_CODES = """\b
Exit codes: 0 done; 1 there are discrepancies (only with --exit-code);
2 the request cannot be served; 3 fewer than two readable articles;
4 the database or the archive failed; 130 interrupted."""


class ReaderLeft(Exception):
    """Whoever read our standard output stopped reading."""


class Lazy(click.Group):
    """A group that imports a command only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as the help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A reader that went away (`| head`) is no error; click would make it an exit code of 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderLeft from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table: nothing is loaded for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="storydiff")
def cli() -> None:
    """One news event, many outlets: what each reports, leaves out, words otherwise, copies, or changes silently.

    \b
    storydiff demo                          see it work, no network needed
    storydiff compare URL URL URL           compare what three outlets published
    storydiff compare --story flood URL...  keep the story; run it again later to see what changed
    storydiff discover SITE SITE SITE       who has which story, and the command to compare it
    """


def main(arguments: list[str] | None = None) -> Any:
    """The console script: runs a command, turns errors into one clear message and an exit code."""
    failures = importlib.import_module("storydiff.cli.failures")
    return failures.run(cli, arguments, ReaderLeft)
