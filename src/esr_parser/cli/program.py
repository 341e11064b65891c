"""The program: its commands, and how each of them ends.

A command is a module of its own with a function of the same name that returns the exit status; it
joins the program by one line in :data:`COMMANDS`, and is imported when it is called.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import click

from esr_parser._version import __version__
from esr_parser.cli import streams

T = TypeVar("T")

COMMANDS: dict[str, str] = {
    "parse": "Print the values of descriptions as JSON, or as a table.",
    "check": "Report what is wrong with texts, and where.",
    "explain": "Explain a diagnostic code: cause, example, remedy.",
    "fmt": "Rewrite texts the way the register prints them.",
    "render": "Print the texts of descriptions in JSON.",
    "schema": "Print the JSON Schema of descriptions.",
    "export": "Write tables: CSV, JSON Lines, Parquet, SQLite, DuckDB, Excel.",
    "diff": "Show which values differ between two texts, or two folders.",
    "redact": "Take personal data out of texts.",
    "view": "Show a text and its values side by side, as a web page.",
    "drift": "Report what is new, missing or renamed in a corpus.",
}
"""The commands and their short help, in the order that ``--help`` lists them."""

_EXAMPLES = """\b
Examples:
  esr-parser parse S29999.txt
  esr-parser check pages/
  esr-parser explain ESR301
  esr-parser COMMAND --help

Exit status: 0, all is well; 1, a text has errors, changes or differences; 2, trouble
(a file that cannot be read, a wrong option).
"""


def command(*examples: str) -> Callable[[Callable[..., int]], click.Command]:
    """A command, whose help ends in examples."""
    return click.command(epilog="\n  ".join(("\b\nExamples:", *examples)))


class Program(click.Group):
    """A group of commands that are imported when they are called; none ends with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands' names, in the order in which they were declared."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Imports the command that the arguments name."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None:
            command = getattr(import_module(f"esr_parser.cli.{name}"), name)
        return name, command, rest

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without arguments, the program prints its help."""
        return super().parse_args(ctx, args or ["--help"])

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Reads the program's own options."""
        streams.prepare()
        make = super().make_context
        return _ended(lambda: make(info_name, args, parent, **extra))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; what it returns is the exit status."""
        invoke = super().invoke
        ctx.exit(_ended(lambda: invoke(ctx)))


def _ended(action: Callable[[], T]) -> T:
    """What ``action`` returns, with the output sent on; else a clean end."""
    try:
        try:
            return action()
        finally:
            sys.stdout.flush()
    except click.exceptions.Exit:
        raise
    except click.ClickException as error:
        streams.report(_in_words(error))
        status = 2
    except (KeyboardInterrupt, click.Abort):
        status = 130
    except OSError as error:
        status = streams.abandon(error)
    except Exception as error:
        streams.report(streams.reason(error))
        status = 2
    raise click.exceptions.Exit(status)


def _in_words(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return message
    end = "" if message.endswith((".", "?")) else "."
    return f"{message}{end} See '{context.command_path} --help'."


@click.group(
    "esr-parser",
    cls=Program,
    # Stand-ins for help and completion.
    commands={name: click.Command(name, short_help=text) for name, text in COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EXAMPLES,
)
@click.version_option(__version__, message="%(prog)s %(version)s", prog_name="esr-parser")
def program() -> None:
    """Read, check, rewrite and write project descriptions of Finland's structural funds.

    The texts are pages of the public register of the ESR and EAKR programmes.
    """
