"""``esr-parser view``: a page that shows a text and its values side by side."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path

import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILE, Run, run_options


@command("esr-parser view S29999.txt -o S29999.html", "esr-parser view S29999.txt --open")
@click.argument("file", type=FILE)
@click.option("-o", "--output", metavar="OUT.html", type=FILE, help="Write the page to this file.")
@click.option("--open", "opens", is_flag=True, help="Show the page in the browser.")
@run_options
def view(run: Run, file: str, output: str | None, opens: bool) -> int:
    """Show a text and its values side by side, as one HTML page that loads nothing else.

    FILE may be - for standard input. Without -o and --open the page is printed.

    Exit status: 0, all is well; 2, trouble.
    """
    page = run.attempt(file, lambda: run.document(file).to_html())
    if page is None:
        return run.status
    if output is None and opens:
        with tempfile.NamedTemporaryFile(suffix=".html", delete=False) as place:
            output = place.name
    if output is None:
        streams.write(page)
    elif run.attempt(output, Path(output).write_bytes, page.encode()) and opens:
        webbrowser.open(Path(output).resolve().as_uri())
    return run.status
