"""``esr-parser explain``: what the documentation says of a diagnostic code."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem

from esr_parser.cli import streams
from esr_parser.diagnostics import DIAGNOSTIC_CODES, DiagnosticCode, did_you_mean

__all__ = ["explain"]

_EXAMPLES = """\b
Examples:
  esr-parser explain ESR301
  esr-parser explain          (lists all codes)
"""


def _completed(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    codes = DIAGNOSTIC_CODES.values()
    return [CompletionItem(c.code, help=c.name) for c in codes if c.code.startswith(incomplete)]


@click.command(epilog=_EXAMPLES)
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=_completed)
def explain(codes: tuple[str, ...]) -> int:
    """Explain diagnostic codes: cause, example, remedy. Without a CODE, list all codes.

    Exit status: 0, all is well; 2, there is no such code.
    """
    unknown = [code for code in codes if code.upper() not in DIAGNOSTIC_CODES]
    if unknown:
        hint = did_you_mean(unknown[0].upper(), DIAGNOSTIC_CODES)
        raise click.UsageError(f"no code {unknown[0]!r}{hint}")
    if not codes:
        for c in DIAGNOSTIC_CODES.values():
            streams.write(f"{streams.styled(c.code, '1')}  {c.severity:<7}  {c.name}\n")
    streams.write("\n".join("".join(_lines(DIAGNOSTIC_CODES[code.upper()])) for code in codes))
    return 0


def _lines(code: DiagnosticCode) -> Iterator[str]:
    columns = streams.width(sys.stdout)
    yield f"{streams.styled(code.code, '1')} {code.name} ({code.severity})\n\n"
    yield f"{streams.wrapped('Cause: ', code.cause, columns)}\n"
    yield f"{streams.wrapped('Remedy: ', code.remedy, columns)}\n"
    if code.example:
        yield "Example:\n\n"
        yield from (f"    {_visible(line)}".rstrip() + "\n" for line in code.example.split("\n"))


def _visible(line: str) -> str:
    """A line as it is; as a Python string where some of it could not be seen."""
    is_seen = line.isprintable() and line == line.rstrip() == unicodedata.normalize("NFC", line)
    return line if is_seen else ascii(line)
