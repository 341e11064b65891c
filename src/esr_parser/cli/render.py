"""``esr-parser render`` and ``esr-parser schema``: data to texts, and the shape of the data."""

from __future__ import annotations

import json

import click

from esr_parser.cli import streams
from esr_parser.cli.parse import NAMES
from esr_parser.cli.run import FILE, Run, run_options

__all__ = ["render", "schema"]


@click.command()
@click.argument("file", metavar="FILE.json", type=FILE)
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
    parser, data = run.parser, streams.read_bytes(file, run.max_bytes)
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError):
        description = parser.from_json(data)  # says what is wrong with it
    else:
        if isinstance(loaded, dict):
            loaded = {key: value for key, value in loaded.items() if key not in NAMES}
        description = parser.from_dict(loaded)
    return parser.render_description(description)


@click.command()
@run_options
def schema(run: Run) -> int:
    """Print the JSON Schema of what parse prints for one description."""
    streams.write(streams.json_text(run.parser.json_schema(), 2) + "\n")
    return run.status
