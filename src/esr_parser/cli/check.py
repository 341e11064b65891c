"""``esr-parser check``: what is to be said about texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from esr_parser.cli import streams
from esr_parser.cli.run import FILES, Run, run_options
from esr_parser.diagnostics import CODES, Diagnostic, Severity

__all__ = ["check", "github_line", "json_object", "text_line"]

_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_WORDS = [severity.value for severity in Severity]
_GITHUB = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}

Found = tuple[str, Diagnostic]


@click.command()
@FILES
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="text: one a line; json: an array of objects; github: annotations of a workflow.",
)
@click.option(
    "--level",
    type=click.Choice(_WORDS),
    default="warning",
    show_default=True,
    help="Show diagnostics of this severity and above.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_WORDS),
    default="error",
    show_default=True,
    help="Exit 1 for a diagnostic of this severity or above, shown or not.",
)
@click.option("--split", is_flag=True, help="Files may hold several descriptions.")
@run_options
def check(
    run: Run, files: tuple[str, ...], form: str, level: str, fail_on: str, split: bool
) -> int:
    """Say what is wrong with texts, and where.

    FILE may be - for standard input.

    Exit status: 0, nothing was found; 1, something was; 2, trouble.
    """
    with run.over(files) as steps:
        found = _found(run, steps, Severity(level), Severity(fail_on), split=split)
        if form == "json":
            streams.write_array(json_object(file, d) for file, d in found)
        else:
            line = github_line if form == "github" else text_line
            for file, d in found:
                streams.write(f"{line(file, d)}\n")
    return run.status


def _found(
    run: Run, files: Iterable[str], level: Severity, fail_on: Severity, *, split: bool
) -> Iterator[Found]:
    for file in files:
        for piece in run.attempt(file, run.pieces, file, split=split) or ():
            for diagnostic in piece.diagnostics:
                rank = _RANKS[diagnostic.severity]
                if rank >= _RANKS[fail_on]:
                    run.found()
                if rank >= _RANKS[level]:
                    yield file, diagnostic


def text_line(file: str, diagnostic: Diagnostic) -> str:
    """``file:line:column: CODE message``."""
    return streams.one_line(f"{file}:{diagnostic}")


def json_object(file: str, diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data; ``start`` and ``end`` are offsets of characters in the text."""
    return {
        "file": file,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "start": diagnostic.span.start,
        "end": diagnostic.span.end,
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "section": diagnostic.section,
        "label": diagnostic.label,
    }


def github_line(file: str, diagnostic: Diagnostic) -> str:
    """A workflow command that annotates the line.

    Source: GitHub's documentation, "Workflow commands", and the escapes of ``@actions/core``.
    """
    code = diagnostic.code
    properties = {
        "file": file,
        "line": str(diagnostic.line),
        "col": str(diagnostic.column),
        "title": f"{code} {CODES[code].name}",
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_GITHUB[diagnostic.severity]} {listed}::{_escaped(diagnostic.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
