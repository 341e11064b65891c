"""``esr-parser parse``: texts to data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from esr_parser.cli import streams
from esr_parser.cli.run import FILES, Piece, Run, run_options
from esr_parser.diagnostics import Severity

__all__ = ["NAMES", "parse"]

NAMES = ("file", "part")
"""Keys that say where a description comes from and are no part of it."""

Record = tuple[Piece, dict[str, Any]]


@click.command()
@FILES
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "ndjson", "table"]),
    default="json",
    show_default=True,
    help="json: an object, or an array where there are several files; ndjson: one object a line;"
    " table: for reading.",
)
@click.option("--strict", is_flag=True, help="Leave out a description that has errors; exit 1.")
@click.option("--split", is_flag=True, help="Files may hold several descriptions.")
@run_options
def parse(run: Run, files: tuple[str, ...], form: str, strict: bool, split: bool) -> int:
    """Print the values of descriptions.

    FILE may be - for standard input. Objects of arrays and lines begin with the name of their
    "file" and, with --split, the number of their "part".

    Exit status: 0, all were read; 1, --strict and a description has errors; 2, trouble.
    """
    with run.over(files) as steps:
        records = _records(run, steps, strict=strict, split=split)
        if form == "table":
            from esr_parser.cli.table import table_text

            for piece, data in records:
                streams.write(table_text(piece, data))
        elif form == "ndjson":
            for piece, data in records:
                streams.write(streams.json_text(_named(piece, data)) + "\n")
                streams.flush()
        elif split or len(files) > 1:
            streams.write_array(_named(piece, data) for piece, data in records)
        else:
            for _, data in records:
                streams.write(streams.json_text(data, 2) + "\n")
    return run.status


def _records(run: Run, files: Iterable[str], *, strict: bool, split: bool) -> Iterator[Record]:
    for file in files:
        for piece in run.attempt(file, run.pieces, file, split=split) or ():
            errors = [d for d in piece.diagnostics if d.severity is Severity.ERROR]
            if errors and strict:
                for error in errors:
                    streams.report(f"{file}: {error}")
                run.found()
                continue
            if errors:
                count = f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
                streams.report(f"{file}: {count}, first {errors[0]}")
            data = run.attempt(file, run.parser.to_dict, piece.document.description)
            if data is not None:
                yield piece, data


def _named(piece: Piece, data: dict[str, Any]) -> dict[str, Any]:
    names = zip(NAMES, (piece.file, piece.part), strict=True)
    return {**{name: value for name, value in names if value is not None}, **data}
