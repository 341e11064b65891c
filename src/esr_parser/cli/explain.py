"""``esr-parser explain``: cause, example and remedy of a diagnostic code."""

from __future__ import annotations

import sys
import unicodedata

import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.diagnostics import DIAGNOSTIC_CODES, DiagnosticCode, did_you_mean


@command("esr-parser explain ESR301", "esr-parser explain          (lists all codes)")
@click.argument(
    "codes",
    metavar="[CODE]...",
    nargs=-1,
    shell_complete=lambda _context, _argument, word: [
        code for code in DIAGNOSTIC_CODES if code.startswith(word.upper())
    ],
)
def explain(codes: tuple[str, ...]) -> int:
    """Explain diagnostic codes: cause, example, remedy. Without a CODE, list all codes.

    Exit status: 0, all is well; 2, the code is unknown.
    """
    unknown = [code for code in codes if code.upper() not in DIAGNOSTIC_CODES]
    if unknown:
        hint = did_you_mean(unknown[0].upper(), DIAGNOSTIC_CODES)
        raise click.UsageError(f"unknown code {unknown[0]!r}{hint}")
    if codes:
        streams.write("\n".join(_explained(DIAGNOSTIC_CODES[code.upper()]) for code in codes))
    else:
        for c in DIAGNOSTIC_CODES.values():
            streams.write(f"{streams.styled(c.code, '1')}  {c.severity:<7}  {c.name}\n")
    return 0


def _explained(code: DiagnosticCode) -> str:
    columns = streams.width(sys.stdout)
    lines = [
        f"{streams.styled(code.code, '1')} {code.name} ({code.severity})",
        "",
        streams.wrapped("Cause: ", code.cause, columns),
        streams.wrapped("Remedy: ", code.remedy, columns),
    ]
    if code.example:
        example = (f"    {_visible(line)}".rstrip() for line in code.example.split("\n"))
        lines += ["Example:", "", *example]
    return "\n".join(lines) + "\n"


def _visible(line: str) -> str:
    """A line as it is; as a Python string where some of it could not be seen."""
    is_seen = line.isprintable() and line == line.rstrip() == unicodedata.normalize("NFC", line)
    return line if is_seen else ascii(line)
