"""``esr-parser export``: many texts to a table, a spreadsheet or a database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILE, FILES, JOBS, Run, run_options

if TYPE_CHECKING:
    from esr_parser.export import Tally

_FORMATS = ("csv", "jsonl", "parquet", "sqlite", "duckdb", "xlsx", "folder")
_MOST_CODES = 12


@command(
    "esr-parser export pages -o projects.parquet",
    "esr-parser export pages saved.zip -o projects.xlsx --redact",
    "esr-parser export new-pages -o projects.sqlite --append",
    "esr-parser export crawl.jsonl.gz -o projects.duckdb --only-descriptions",
)
@FILES
@click.option("-o", "--out", metavar="OUT", required=True, type=FILE, help="The output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="The output's format; by its suffix unless given. No suffix: a folder of CSV files.",
)
@click.option(
    "--glob",
    "patterns",
    metavar="PATTERN",
    multiple=True,
    help="The files of folders and archives that are read: '*.txt'. May be given several times."
    " By default: .txt .text .md .html .htm .xhtml .mhtml.",
)
@click.option(
    "--text-key", default="text", show_default=True, help="The key of the text in .jsonl."
)
@click.option(
    "--text-column", default="text", show_default=True, help="The column of the text in .parquet."
)
@click.option(
    "--append", is_flag=True, help="Add to a database; rows of the same sources are replaced."
)
@click.option("--excel", is_flag=True, help="CSV with semicolons, decimal commas and a BOM.")
@click.option("--redact", is_flag=True, help="Take personal data out first.")
@click.option("--only-descriptions", is_flag=True, help="Skip texts that are not descriptions.")
@JOBS
@run_options
def export(run: Run, /, files: tuple[str, ...], out: str, **options: Any) -> int:
    """Write the values of many descriptions to a table or database.

    PATH is a file, a folder, a .zip, a .jsonl[.gz|.zst] or .parquet with a column of texts, or -
    for standard input. OUT is .csv, .jsonl, .parquet, .sqlite, .duckdb, .xlsx or a folder of CSV
    files. It appears when it is complete; until then the old one is there.

    Exit status: 0, all was read; 1, something could not be read, and is in "diagnostics", or
    there was nothing to read; 2, no output was written.
    """
    from esr_parser import export as package

    try:
        with _progress() as progress:
            options |= {"max_bytes": run.max_bytes, "parser": run.parser, "progress": progress}
            tally = package.export(files, out, **options)
    except package.ExportError as error:
        run.fail(out, f"{str(error).removeprefix(f'{out}: ')}; {_left(out)}")
        return run.status
    except KeyboardInterrupt:
        streams.report(f"{out}: interrupted; {_left(out)}")
        raise
    for line in _summary(tally):
        streams.report(f"{out}: {line}")
    if tally.unreadable or not (tally.texts or tally.skipped):
        run.found()
    return run.status


def _left(out: str) -> str:
    return "the old output is unchanged" if Path(out).exists() else "nothing was written"


def _summary(tally: Tally) -> Iterator[str]:
    parts = [
        f"{streams.counted(tally.texts, 'text')} read",
        streams.counted(tally.descriptions, "description"),
        f"{tally.with_errors:,} of them with errors",
        f"{tally.unreadable:,} not readable",
    ]
    if tally.skipped:
        parts.append(f"{tally.skipped:,} skipped")
    yield ", ".join(parts)
    if tally.codes:
        found = sorted(tally.codes.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CODES]
        codes = [f"{code} in {n:,}" for code, n in found]
        more = len(tally.codes) - len(codes)
        yield ", ".join([*codes, f"{more} more codes"] if more else codes)


@contextmanager
def _progress() -> Iterator[Callable[[Tally], object] | None]:
    """A function that shows what was read so far: on a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting")

        def show(tally: Tally) -> None:
            rate = tally.texts / max(bar.tasks[0].elapsed or 0, 0.001)
            errors = tally.with_errors + tally.unreadable
            bar.update(task, description=f"{tally.texts:,} texts, {rate:,.0f}/s, {errors:,} errors")

        yield show
