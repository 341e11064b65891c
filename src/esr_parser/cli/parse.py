"""``esr-parser parse``: texts to data."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILES, Piece, Run, format_option, run_options

NAMES = ("file", "part")
"""Keys that name where a description comes from and are not part of it."""


@command(
    "esr-parser parse S29999.txt > S29999.json",
    "esr-parser parse pages/ --format ndjson > pages.ndjson",
    "esr-parser parse --strict --split all.txt",
    "esr-parser parse S29999.html --format table",
)
@FILES
@format_option(
    ("json", "ndjson", "table"),
    "json: an object, or an array for several files; ndjson: one object a line; table: for"
    " reading.",
)
@click.option("--strict", is_flag=True, help="Leave out a description that has errors; exit 1.")
@click.option("--split", is_flag=True, help="Files may contain several descriptions.")
@run_options
def parse(run: Run, files: tuple[str, ...], form: str, strict: bool, split: bool) -> int:
    """Print the values of descriptions.

    PATH is a file, a folder, or - for standard input; text or HTML. Objects of arrays and lines
    begin with the name of their "file" and, with --split, the number of their "part".

    Exit status: 0, all were read; 1, --strict and a description has errors; 2, trouble.
    """
    has_several = split or len(files) > 1 or any(Path(file).is_dir() for file in files)
    is_array = form == "json" and has_several
    if form == "table":
        from esr_parser.cli.table import table_text as shown
    else:
        indent, is_named = (2, is_array) if form == "json" else (None, True)
        shown = partial(_json, indent=indent, is_named=is_named)
    pieces = _pieces(run, files, strict=strict, split=split)
    texts = filter(None, (run.attempt(piece.file, shown, run, piece) for piece in pieces))
    if is_array:
        streams.write_array(texts)
    else:
        for text in texts:
            streams.write(f"{text}\n")
            sys.stdout.flush()
    return run.status


def _pieces(run: Run, paths: Sequence[str], *, strict: bool, split: bool) -> Iterator[Piece]:
    for file in run.over(paths):
        for piece in run.attempt(file, run.pieces, file, split=split) or ():
            errors = [d for d in piece.diagnostics if d.severity == "error"]
            if errors and strict:
                for error in errors:
                    streams.report(f"{file}:{error}")
                run.found()
                continue
            if errors:
                count = streams.counted(len(errors), "error")
                streams.report(f"{file}: {count}, first {errors[0]}")
            yield piece


def _json(run: Run, piece: Piece, *, indent: int | None, is_named: bool) -> str:
    """The JSON of a description, behind the keys that name where it comes from."""
    text = run.parser.to_json(piece.document.description, indent=indent)
    if not is_named:
        return text
    names = {name: value for name in NAMES if (value := getattr(piece, name)) is not None}
    head = streams.json_text(names, indent).rstrip("\n}")
    return f"{head},{'' if indent else ' '}{text[1:]}"
