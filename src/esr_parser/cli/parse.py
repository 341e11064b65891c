"""``esr-parser parse``: texts to data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from esr_parser.cli import streams
from esr_parser.cli.run import FILES, Piece, Run, run_options

__all__ = ["NAMES", "parse"]

NAMES = ("file", "part")
"""Keys that name where a description comes from and are not part of it."""

_EXAMPLES = """\b
Examples:
  esr-parser parse S29999.txt > S29999.json
  esr-parser parse pages/ --format ndjson > pages.ndjson
  esr-parser parse --strict --split all.txt
  curl https://example.org/S29999.html | esr-parser parse - --format table
"""


@click.command(epilog=_EXAMPLES)
@FILES
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "ndjson", "table"]),
    default="json",
    show_default=True,
    help="json: an object, or an array for several files; ndjson: one object a line; table: for"
    " reading.",
)
@click.option("--strict", is_flag=True, help="Leave out a description that has errors; exit 1.")
@click.option("--split", is_flag=True, help="Files may hold several descriptions.")
@run_options
def parse(run: Run, files: tuple[str, ...], form: str, strict: bool, split: bool) -> int:
    """Print the values of descriptions.

    PATH is a file, a folder, or - for standard input; text or HTML. Objects of arrays and lines
    begin with the name of their "file" and, with --split, the number of their "part".

    Exit status: 0, all were read; 1, --strict and a description has errors; 2, trouble.
    """
    with run.over(files) as steps:
        pieces = _pieces(run, steps, strict=strict, split=split)
        if form == "table":
            from esr_parser.cli.table import table_text

            for piece in pieces:
                data = run.attempt(piece.file, run.parser.to_dict, piece.document.description)
                if data is not None:
                    streams.write(table_text(piece, data))
        elif form == "ndjson":
            for text in _texts(run, pieces, None, named=True):
                streams.write(f"{text}\n")
                streams.flush()
        elif split or len(files) > 1 or Path(files[0]).is_dir():
            streams.write_array(_texts(run, pieces, 2, named=True))
        else:
            for text in _texts(run, pieces, 2, named=False):
                streams.write(f"{text}\n")
    return run.status


def _pieces(run: Run, files: Iterable[str], *, strict: bool, split: bool) -> Iterator[Piece]:
    for file in files:
        for piece in run.attempt(file, run.pieces, file, split=split) or ():
            errors = [d for d in piece.diagnostics if d.severity == "error"]
            if errors and strict:
                for error in errors:
                    streams.report(f"{file}:{error}")
                run.found()
                continue
            if errors:
                count = f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
                streams.report(f"{file}: {count}, first {errors[0]}")
            yield piece


def _texts(
    run: Run, pieces: Iterable[Piece], indent: int | None, *, named: bool
) -> Iterator[str]:
    """The JSON of descriptions, behind the keys that name where they come from."""
    for piece in pieces:
        description = piece.document.description
        text = run.attempt(piece.file, run.parser.to_json, description, indent=indent)
        if text is not None and named:
            names = {k: v for k in NAMES if (v := getattr(piece, k)) is not None}
            head = streams.json_text(names, indent).rstrip("\n}")
            text = f"{head},{'' if indent else ' '}{text[1:]}"
        if text is not None:
            yield text
