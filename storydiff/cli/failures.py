"""From an error to one clear message and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import click

from storydiff.errors import StorydiffError

INTERRUPTED = 130


def run(group: click.Group, arguments: list[str] | None, reader_left: type[Exception]) -> None:
    """Run the command line and leave the process with the documented exit code."""
    try:
        code = group.main(args=arguments, prog_name="storydiff", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except StorydiffError as error:
        tell(error)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("storydiff: interrupted", err=True)
        code = INTERRUPTED
    except reader_left:
        _let_go()
        code = 0
    except OSError as error:
        # Whatever a command opens itself it explains itself; what is left is standard output.
        _let_go()
        tell(StorydiffError(f"{error.filename or 'Standard output'} cannot be written or read ({error.strerror})."))
        code = StorydiffError.exit_code
    sys.exit(code if isinstance(code, int) else 0)


def _let_go() -> None:
    """Drop what is still to be written, or the interpreter would complain of it when it ends."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(error: StorydiffError) -> None:
    """Print the message, and below it what to do."""
    click.echo(click.style("storydiff: ", fg="red", bold=True) + printable(error.message), err=True)
    if error.hint.strip():
        click.echo(printable(error.hint), err=True)


def printable(text: str) -> str:
    """The text without anything that could steer a terminal."""
    return "".join(c if c == "\n" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
