"""One run of a command: its parser, its files one after the other, its exit status."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import attrs
import click

from esr_parser.aliases import AliasesError, load_aliases, undeclared_targets
from esr_parser.cli import streams
from esr_parser.diagnostics import CODES, Diagnostic, Span
from esr_parser.document import Document
from esr_parser.files import decode
from esr_parser.noise import line_view
from esr_parser.parser import DEFAULT_MAX_BYTES, Parser

__all__ = ["FILE", "FILES", "Piece", "Run", "reason", "run_options"]

P = ParamSpec("P")
T = TypeVar("T")

_MOST_REASONS = 20

FILE = click.Path(readable=False)
"""A file's name. Whether it can be read is found out when it is its turn."""
FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
"""The argument of commands that take several files."""


@attrs.frozen
class Piece:
    """One description of a file."""

    file: str
    part: int | None
    """The description's number, from 1, where the file was split."""
    document: Document
    diagnostics: tuple[Diagnostic, ...]
    """With their lines in the file, and what its encoding gave to say."""


class Run:
    """What a command was told, and how it goes."""

    def __init__(self, parser: Parser, max_bytes: int) -> None:
        self.parser = parser
        self.max_bytes = max_bytes
        self.status: int = 0
        """The exit status so far: 0, all is well; 1, something was found; 2, trouble."""

    def found(self) -> None:
        """A text is not as it was asked to be."""
        self.status = max(self.status, 1)

    def fail(self, file: str, message: str) -> None:
        """Reports trouble with a file; the run goes on with the next one."""
        streams.report(f"{file}: {message}")
        self.status = 2

    def emit(self, file: str, text: str) -> None:
        """Writes a canonical text; it is trouble if standard output cannot hold all of it."""
        streams.write_exact(text)
        loss = streams.unencodable(text)
        if loss is not None:
            self.fail(file, loss)

    def attempt(self, file: str, action: Callable[P, T], *args: P.args, **kw: P.kwargs) -> T | None:
        """What ``action`` returns, or ``None`` and what went wrong on standard error."""
        try:
            return action(*args, **kw)
        except Exception as error:
            messages = reason(error).split("\n")
            for message in messages[:_MOST_REASONS]:
                self.fail(file, message)
            if len(messages) > _MOST_REASONS:
                self.fail(file, f"{len(messages) - _MOST_REASONS} more")
        return None

    def read(self, file: str) -> tuple[bytes, str, str | None]:
        """A file's bytes, its text, and what is to be said about its encoding.

        Raises:
            OSError: the file cannot be read.
            FileTooLargeError: it is larger than the run allows.
        """
        data = streams.read_bytes(file, self.max_bytes)
        return data, *decode(data)

    def pieces(self, file: str, *, split: bool) -> list[Piece]:
        """The descriptions of a file: one, unless it is to be split.

        Raises:
            OSError: the file cannot be read.
            FileTooLargeError: it is larger than the run allows.
        """
        _, text, note = self.read(file)
        if not split:
            document = self.parser.parse_document(text)
            return [Piece(file, None, document, _noted(document.diagnostics, note))]
        result: list[Piece] = []
        line = start = 0
        for number, document in enumerate(self.parser.split_documents(text), 1):
            moved = (
                attrs.evolve(
                    d, line=d.line + line, span=Span(d.span.start + start, d.span.end + start)
                )
                for d in document.diagnostics
            )
            result.append(Piece(file, number, document, _noted(tuple(moved), note)))
            line += line_view(document.text).count("\n")
            start += len(document.text)
            note = None
        return result

    @contextmanager
    def over(self, files: Sequence[str]) -> Iterator[Iterator[str]]:
        """The files one after the other, with a progress bar where that helps."""
        from esr_parser.cli.progress import is_wanted, tracked

        if is_wanted(files):
            with tracked(files) as steps:
                yield steps
        else:
            yield iter(files)


def reason(error: Exception) -> str:
    """What went wrong, in words.

    With ``ESR_PARSER_TRACEBACK`` set in the environment, what nobody expected is raised again, for
    those who write handlers.

    >>> reason(FileNotFoundError(2, "No such file or directory"))
    'No such file or directory'
    """
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, ValueError):
        return str(error)
    if isinstance(error, MemoryError):
        return "not enough memory"
    if os.environ.get("ESR_PARSER_TRACEBACK"):
        raise error
    return f"unexpected {type(error).__name__}: {error}; ESR_PARSER_TRACEBACK=1 shows where"


def run_options(command: Callable[Concatenate[Run, P], int]) -> Callable[..., int]:
    """The options every command has; the command gets a :class:`Run` in their place."""

    @click.option(
        "--aliases",
        metavar="FILE.toml",
        type=FILE,
        help="Other spellings of headings and labels: a table [aliases] of"
        ' "other spelling" = "declared spelling".',
    )
    @click.option(
        "--plugins",
        is_flag=True,
        help="Use the section handlers that installed packages offer.",
    )
    @click.option(
        "--max-bytes",
        metavar="N",
        type=click.IntRange(min=0),
        default=DEFAULT_MAX_BYTES,
        show_default=True,
        help="Read no file that is larger.",
    )
    @wraps(command)
    def with_run(
        aliases: str | None, plugins: bool, max_bytes: int, *args: P.args, **kw: P.kwargs
    ) -> int:
        return command(Run(_parser(aliases, plugins=plugins), max_bytes), *args, **kw)

    return with_run


def _parser(aliases_file: str | None, *, plugins: bool) -> Parser:
    try:
        aliases = load_aliases(aliases_file) if aliases_file is not None else None
    except AliasesError as error:
        raise click.ClickException(str(error)) from error
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{aliases_file}: {reason(error)}") from error
    try:
        parser = Parser.with_plugins(aliases) if plugins else Parser(aliases=aliases)
    except Exception as error:
        raise click.ClickException(f"--plugins: {type(error).__name__}: {error}") from error
    for message in undeclared_targets(parser.aliases, parser.layouts):
        raise click.ClickException(f"{aliases_file}: {message}")
    return parser


def _noted(diagnostics: tuple[Diagnostic, ...], note: str | None) -> tuple[Diagnostic, ...]:
    if note is None:
        return diagnostics
    said = Diagnostic("ESR106", CODES["ESR106"].severity, note, 1, 1, Span(0, 0))
    return tuple(sorted((*diagnostics, said), key=lambda d: (d.span.start, d.code)))
