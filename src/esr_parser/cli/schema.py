"""``esr-parser schema``: the shape of the data."""

from __future__ import annotations

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import Run, run_options


@command("esr-parser schema > description.schema.json")
@run_options
def schema(run: Run) -> int:
    """Print the JSON Schema (2020-12) of what parse prints for one description.

    Exit status: 0, all is well; 2, trouble.
    """
    streams.write(streams.json_text(run.parser.json_schema(), 2) + "\n")
    return run.status
