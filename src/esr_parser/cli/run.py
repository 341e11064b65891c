"""One run of a command: its parser, its files one after the other, its exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import attrs
import click

from esr_parser.aliases import AliasesError, load_aliases
from esr_parser.cli import streams
from esr_parser.cli.streams import reason
from esr_parser.decoding import decode
from esr_parser.diagnostics import Diagnostic
from esr_parser.document import Document
from esr_parser.files import DEFAULT_MAX_BYTES, HTML_SUFFIXES, TEXT_SUFFIXES
from esr_parser.parser import Parser
from esr_parser.parts import Part, parts_of

P = ParamSpec("P")
T = TypeVar("T")

SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES
"""The files of a folder that are read."""

_MOST_REASONS = 20
_MANY = 50

FILE = click.Path(readable=False)
"""A file's name. Whether it can be read is found out when it is its turn."""
FILES = click.argument("files", metavar="PATH...", nargs=-1, required=True, type=FILE)
"""The argument of commands that take several files and folders."""
JOBS = click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 61),
    default=lambda: min(os.cpu_count() or 1, 61),
    help="The number of worker processes.  [default: one for each core]",
)


def format_option(
    forms: Sequence[str], text: str | None = None
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """The option ``--format``, of which the first form is the default; ``text`` is its help."""
    kind = click.Choice(forms)
    return click.option(
        "--format", "form", type=kind, default=forms[0], show_default=True, help=text
    )


@attrs.frozen
class Piece:
    """One description of a file."""

    file: str
    part: int | None
    """The description's number, from 1, where the file was split."""
    document: Document
    diagnostics: tuple[Diagnostic, ...]
    """With their places in the whole file, and what is odd about its encoding."""
    text: str
    """The text of the whole file."""


@attrs.define
class Run:
    """The options that every command has, and the exit status so far."""

    parser: Parser
    max_bytes: int
    status: int = 0
    """0, all is well; 1, something was found; 2, trouble."""

    def found(self) -> None:
        """A text has what the command looks for: errors, changes, differences."""
        self.status = max(self.status, 1)

    def fail(self, file: str, message: str) -> None:
        """Reports trouble with a file; the run goes on with the next one."""
        streams.report(f"{file}: {message}")
        self.status = 2

    def emit(self, file: str, text: str) -> None:
        """Writes a canonical text, which has no line end; only a terminal gets one."""
        # JSON can hold half of a surrogate pair, which cannot be encoded.
        if self.attempt(file, text.encode) is not None:
            streams.write(f"{text}\n" if sys.stdout.isatty() else text)

    def attempt(self, file: str, action: Callable[P, T], *args: P.args, **kw: P.kwargs) -> T | None:
        """What ``action`` returns, or ``None`` and what went wrong on standard error."""
        try:
            return action(*args, **kw)
        except BrokenPipeError:
            raise
        except Exception as error:
            messages = reason(error).split("\n")
            for message in messages[:_MOST_REASONS]:
                self.fail(file, message)
            if len(messages) > _MOST_REASONS:
                self.fail(file, f"{len(messages) - _MOST_REASONS} more")
        return None

    def read(self, file: str) -> tuple[bytes, str, str | None]:
        """A file's bytes, its text, and what is odd about its encoding."""
        data = streams.read_bytes(file, self.max_bytes)
        return data, *decode(data)

    def document(self, file: str) -> Document:
        """The document in a file, text or HTML."""
        data = streams.read_bytes(file, self.max_bytes)
        return self.parser.parse_bytes(data, Path(file).suffix)

    def pieces(self, file: str, *, split: bool) -> list[Piece]:
        """The descriptions of a file: one, unless the file is to be split."""
        whole = self.document(file)
        parts = parts_of(whole) if split else [Part(whole)]
        return [
            Piece(file, number if split else None, part.document, part.diagnostics(), whole.text)
            for number, part in enumerate(parts, 1)
        ]

    def over(self, paths: Sequence[str], suffixes: Collection[str] = SUFFIXES) -> Iterator[str]:
        """The files one after the other, also those in folders; with a bar where that helps."""
        files = [file for path in paths for file in self._files(path, suffixes)]
        # No output runs through the bar.
        if len(files) < _MANY or not sys.stderr.isatty() or sys.stdout.isatty():
            yield from files
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
            yield from progress.track(files)

    def _files(self, path: str, suffixes: Collection[str]) -> Iterator[str]:
        """The path itself, or the files of the folder that it names."""
        if path == "-" or not Path(path).is_dir():
            yield path
            return
        is_empty = True
        walk = os.walk(path, onerror=lambda e: self.fail(str(e.filename), reason(e)))
        for folder, folders, names in walk:
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(folder, name)
                if file.suffix.lower() not in suffixes:
                    continue
                is_empty = False
                if file.is_file():
                    yield str(file)
                else:
                    self.fail(str(file), "not a regular file, passed over")
        if is_empty:
            self.fail(path, f"no file in this folder ends in {', '.join(sorted(suffixes))}")


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
        "--plugins", is_flag=True, help="Use the section handlers that installed packages offer."
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
    source = " with ".join(filter(None, (aliases_file, "--plugins" if plugins else None)))
    try:
        aliases = load_aliases(aliases_file) if aliases_file is not None else None
        return Parser.with_plugins(aliases) if plugins else Parser(aliases=aliases)
    except AliasesError as error:
        raise click.ClickException(str(error)) from error
    except Exception as error:
        raise click.ClickException(f"{source}: {reason(error)}") from error
