"""``esr-parser drift``: has the format changed?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILE, FILES, JOBS, Run, format_option, run_options
from esr_parser.drift.comparison import DriftKind, Thresholds, compare
from esr_parser.drift.corpus import read_files
from esr_parser.drift.fingerprints import Fingerprint
from esr_parser.drift.report import github_lines, json_report, markdown_report, text_report

_ANY, _NOTHING = "any", "nothing"
_REPORTS = {"text": text_report, "github": github_lines, "markdown": markdown_report}


def _thresholds(_context: Any, _option: Any, values: tuple[str, ...]) -> Thresholds:
    """``share=0.05`` and the like."""
    names = [field.name for field in attrs.fields(Thresholds)]
    chosen: dict[str, Any] = {}
    for value in values:
        name, _, number = value.partition("=")
        if name not in names:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(names)}")
        try:
            chosen[name] = int(number) if name == "pages" else float(number)
        except ValueError:
            raise click.BadParameter(f"{value!r} does not end in a number") from None
    return Thresholds(**chosen)


@command(
    "esr-parser drift pages --save baseline.json",
    "esr-parser drift pages --baseline baseline.json",
    "esr-parser drift pages --fail-on renamed --format markdown",
)
@FILES
@click.option(
    "--baseline",
    metavar="FILE",
    type=FILE,
    help="A file that --save wrote of an earlier corpus, to compare with.  [default: the declared"
    " format]",
)
@click.option(
    "--save", metavar="FILE", type=FILE, help="Save what this corpus is like, as a baseline."
)
@format_option(
    ("text", "json", "github", "markdown"),
    "github: annotations of a workflow; markdown: for its summary.",
)
@click.option(
    "--fail-on",
    type=click.Choice([_ANY, *(change.value for change in DriftKind), _NOTHING]),
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
    help="The least pages or share that is drift: pages=3, share=0.02, similarity=0.6; may be given"
    " several times.",
)
@JOBS
@run_options
def drift(
    run: Run,
    files: tuple[str, ...],
    baseline: str | None,
    save: str | None,
    form: str,
    fail_on: tuple[str, ...],
    thresholds: Thresholds,
    jobs: int,
) -> int:
    """Report what differs between pages and the declared format, or a baseline.

    PATH is a file or a folder. The report lists new, missing and renamed headings, labels and
    words, and values in another spelling, each with its share of the pages and three places.
    What is on too few pages to be drift is a line at the end. Renamed labels are printed as
    aliases, for --aliases.

    Exit status: 0, no drift; 1, drift; 2, trouble.
    """
    recorded = None
    if baseline is not None:
        recorded = run.attempt(baseline, lambda: Fingerprint.from_json(Path(baseline).read_bytes()))
        if recorded is None:
            return run.status
    found, troubles = read_files(run.over(files), run.parser, run.max_bytes, jobs)
    for trouble in troubles:
        run.fail(trouble.file, trouble.reason)
    if not found.documents:
        return run.status
    comparison = compare(found, recorded, thresholds=thresholds)
    if form == "json":
        streams.write(streams.json_text(json_report(comparison), 2) + "\n")
    else:
        for line in _REPORTS[form](comparison):
            streams.write(f"{streams.one_line(line)}\n")
    if save is not None:
        run.attempt(save, streams.replace, Path(save), found.to_json().encode())
    if any(_ANY in fail_on or one.change in fail_on for one in comparison.drifts):
        run.found()
    return run.status
