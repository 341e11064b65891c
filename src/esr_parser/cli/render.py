"""``esr-parser render`` and ``esr-parser schema``: data to texts, and the shape of the data."""

from __future__ import annotations

import click

from esr_parser.cli import streams
from esr_parser.cli.run import Run, run_options

__all__ = ["render", "schema"]


@click.command()
@click.argument("file", metavar="FILE.json", type=click.Path())
@run_options
def render(run: Run, file: str) -> int:
    """Print the canonical text of a description in JSON.

    The JSON is an object as parse prints it. FILE.json may be - for standard input.

    Exit status: 0, all is well; 2, trouble.
    """
    text = run.attempt(file, _rendered, run, file)
    if text is not None:
        run.emit(file, text)
    return run.status


def _rendered(run: Run, file: str) -> str:
    data = streams.read_bytes(file, run.max_bytes)
    return run.parser.render_description(run.parser.from_json(data))


@click.command()
@run_options
def schema(run: Run) -> int:
    """Print the JSON Schema of what parse prints for one description."""
    streams.write(streams.json_text(run.parser.json_schema(), 2) + "\n")
    return run.status
