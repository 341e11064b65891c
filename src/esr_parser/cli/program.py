"""The program: its commands, and how each of them ends.

A command is a module of its own with a function that returns the exit status; it joins the program
by one line in :data:`COMMANDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from esr_parser._version import __version__
from esr_parser.cli import streams
from esr_parser.cli.check import check
from esr_parser.cli.drift import drift
from esr_parser.cli.fmt import fmt
from esr_parser.cli.parse import parse
from esr_parser.cli.render import render, schema
from esr_parser.cli.run import reason

__all__ = ["COMMANDS", "Program", "program"]

T = TypeVar("T")

COMMANDS: tuple[click.Command, ...] = (parse, check, fmt, render, schema, drift)
"""The commands, in the order that ``--help`` lists them."""


class Program(click.Group):
    """A group of commands of which none ends with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands' names, in the order in which they were declared."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The program alone explains itself."""
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
            streams.flush()
    except (click.exceptions.Exit, ModuleNotFoundError):
        raise
    except click.ClickException as error:
        streams.report(_in_words(error))
        status = 2
    except (KeyboardInterrupt, click.Abort):
        status = 130
    except OSError as error:
        # Files are read and written where their trouble is caught: this is standard output.
        status = streams.abandon(error)
    except Exception as error:
        streams.report(reason(error))
        status = 2
    raise click.exceptions.Exit(status)


def _in_words(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    return message if context is None else f"{message} See '{context.command_path} --help'."


@click.group(
    "esr-parser",
    cls=Program,
    commands={command.name or "": command for command in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0, all is well; 1, a text is not as it was asked to be; 2, trouble.",
)
@click.version_option(__version__, message="%(prog)s %(version)s", prog_name="esr-parser")
def program() -> None:
    """Read, check, rewrite and write project descriptions of Finland's structural funds.

    The texts are pages of the public register of the ESR and EAKR programmes.
    """
