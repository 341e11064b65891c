"""``esr-parser drift``: has the format changed?"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import click

from esr_parser.cli import streams
from esr_parser.cli.run import FILE, Run, reason, run_options
from esr_parser.drift.comparison import compare
from esr_parser.drift.corpus import Batch, read_batches, text_files
from esr_parser.drift.findings import Change, Drift, Thresholds
from esr_parser.drift.report import github_lines, json_report, markdown_report, text_report
from esr_parser.drift.tallies import MOST_UNKNOWN, Fingerprint

__all__ = ["drift"]

_ANY, _NOTHING = "any", "nothing"
_CHANGES = {"rate" if change is Change.RATE else change.value: change for change in Change}


def _thresholds(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    values: tuple[str, ...],
) -> Thresholds:
    """``share=0.05`` and the like."""
    names = {field.name: field.type for field in attrs.fields(Thresholds)}
    chosen: dict[str, float] = {}
    for value in values:
        name, _, number = value.partition("=")
        if name not in names:
            raise click.BadParameter(f"{name!r} is none of {', '.join(names)}")
        try:
            chosen[name] = int(number) if name == "documents" else float(number)
        except ValueError:
            raise click.BadParameter(f"{value!r} does not end in a number") from None
    return Thresholds(**chosen)  # type: ignore[arg-type]


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=FILE)
@click.option("--glob", default="*.txt", show_default=True, help="Which files of a folder.")
@click.option(
    "--baseline",
    metavar="FILE",
    type=FILE,
    help="Compare with what --record wrote of an earlier corpus; without it, with the format as"
    " it is declared.",
)
@click.option("--record", metavar="FILE", type=FILE, help="Write this corpus down, as a baseline.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "markdown"]),
    default="text",
    show_default=True,
    help="github: annotations of a workflow; markdown: for its summary.",
)
@click.option(
    "--fail-on",
    type=click.Choice([_ANY, *_CHANGES, _NOTHING]),
    multiple=True,
    default=[_ANY],
    show_default=True,
    help="Exit 1 for drift of this kind; may be given several times.",
)
@click.option(
    "--threshold",
    "thresholds",
    metavar="NAME=NUMBER",
    multiple=True,
    callback=_thresholds,
    help="From when on something is drift, as documents=2, share=0.03, similarity=0.6; may be"
    " given several times.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=lambda: getattr(os, "process_cpu_count", os.cpu_count)() or 1,
    help="Processes that read.  [default: one a core]",
)
@run_options
def drift(
    run: Run,
    paths: tuple[str, ...],
    glob: str,
    baseline: str | None,
    record: str | None,
    form: str,
    fail_on: tuple[str, ...],
    thresholds: Thresholds,
    jobs: int,
) -> int:
    """Say whether pages are written another way than declared, or than they were.

    PATH is a file or a folder. Headings, labels, aspects and words that are new, missing or
    renamed are reported, values written another way, and another order: each with its share of
    the descriptions and the first three places. Renamed ones end up in aliases, which --aliases
    takes.

    Exit status: 0, no drift; 1, drift; 2, trouble.
    """
    recorded = _recorded(baseline) if baseline is not None else None
    batches = read_batches(text_files(paths, glob), run.parser, run.max_bytes, jobs)
    with _watched(batches, lambda: text_files(paths, glob)) as steps:
        found = Fingerprint.sum(_fingerprints(run, steps), most_unknown=MOST_UNKNOWN)
    if not found.documents and not run.status:
        run.fail(paths[0], f"no {glob} in it")
    drifts = compare(found, recorded, thresholds=thresholds, layouts=run.parser.layouts)
    _write(form, drifts, found.documents)
    if record is not None and found.documents:
        run.attempt(record, _replace, record, found.to_json())
    wanted = {_CHANGES[name] for name in fail_on if name in _CHANGES}
    if any(_ANY in fail_on or one.change in wanted for one in drifts):
        run.found()
    return run.status


def _recorded(file: str) -> Fingerprint:
    try:
        return Fingerprint.from_json(Path(file).read_bytes())
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file}: {reason(error)}") from error


def _fingerprints(run: Run, batches: Iterable[Batch]) -> Iterator[Fingerprint]:
    for batch in batches:
        for trouble in batch.troubles:
            run.fail(trouble.file, trouble.reason)
        yield batch.fingerprint


@contextmanager
def _watched(
    batches: Iterator[Batch], files: Callable[[], Iterable[object]]
) -> Iterator[Iterator[Batch]]:
    """The batches, while a bar shows how many files are done, where somebody watches."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield batches
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # The names are not kept, so that a large corpus takes no more memory than a small one.
    total = sum(1 for _ in files())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)

        def steps() -> Iterator[Batch]:
            for batch in batches:
                yield batch
                progress.advance(task, batch.files)

        yield steps()


def _write(form: str, drifts: list[Drift], documents: int) -> None:
    if form == "json":
        streams.write(streams.json_text(json_report(drifts, documents), 2) + "\n")
        return
    if form == "github":
        lines = github_lines(drifts)
    else:
        lines = (markdown_report if form == "markdown" else text_report)(drifts, documents)
    for line in lines:
        streams.write(f"{streams.one_line(line)}\n")


def _replace(file: str, text: str) -> None:
    """Writes a file whole or not at all: a half-written baseline would be no baseline."""
    path = Path(file)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as stream:
        stream.write(text.encode())
    temporary = Path(stream.name)
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink()
        raise
