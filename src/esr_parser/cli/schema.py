"""``esr-parser schema``: the shape of the data."""

from __future__ import annotations

import click

from esr_parser.cli import streams
from esr_parser.cli.run import Run, run_options

_EXAMPLES = """\b
Examples:
  esr-parser schema > description.schema.json
"""


@click.command(epilog=_EXAMPLES)
@run_options
def schema(run: Run) -> int:
    """Print the JSON Schema (2020-12) of what parse prints for one description.

    Exit status: 0, all is well; 2, trouble.
    """
    streams.write(streams.json_text(run.parser.json_schema(), 2) + "\n")
    return run.status
